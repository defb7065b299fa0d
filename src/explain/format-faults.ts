import type { FaultArguments } from "../document/wording.js";
import type { EntryText } from "./entry.js";

/** Faults and warnings of a canvas or problem that is JSON, and not what its format asks for. */
export const formatFaults = {
  "wrong-type": {
    title: "A value of the wrong type",
    meaning: "Something else is expected here: a number and not a string, a list and not an object.",
    computed: "The JSON Schema asks for another type; `chini-bench schema canvas` prints it.",
    mend: "Write the type that the message names; numbers without quotes.",
  },
  "unknown-value": {
    title: "A value that does not exist",
    meaning: "Only certain words may stand here, and this is none of them.",
    computed: "The value is not in the schema's list; the nearest is suggested.",
    mend: "Take one that the message lists.",
  },
  "missing-property": {
    title: "A property is missing",
    meaning: "The object needs a property that it does not have.",
    computed: "The schema requires it; a name that looks like a misspelling of it is pointed out.",
    mend: "Add it: a canvas needs `components` and `connections`, a component `id` and `type`, a connection `from` and `to`.",
  },
  "unknown-property": {
    title: "A property that does not exist",
    meaning: "A problem file holds a property that its format does not know.",
    computed: "The schema of problems takes no others; canvases may hold any.",
    mend: "Take the name that is suggested, or remove it.",
    see: ["misspelt-field"],
  },
  "out-of-range": {
    title: "A value out of its range",
    meaning: "A number is too small or too large, or a text too long or of the wrong form.",
    computed: "The schema's limit, which the message names.",
    mend: "Stay within it. Shares go from 0 to 1, percentages (`…Pct`) from 0 to 100, times are milliseconds.",
  },
  "too-many-items": {
    title: "Too many of them",
    meaning: "A list is longer than the engine takes.",
    computed: "200 components, 2,000 connections.",
    mend: "Draw less; the problem's own limit is usually 12 components.",
    see: ["maxComponents"],
  },
  "too-few-items": {
    title: "Too few of them",
    meaning: "A list must not be empty.",
    computed: "At least one component; at least one scenario in a problem, one point in a profile.",
    mend: "Add one.",
  },
  "duplicate-id": {
    title: "The same id twice",
    meaning: "Two components, connections or scenarios have one id, so that nobody can say which is meant.",
    computed: "An id that stood before; the message names the first line.",
    mend: "Give one of them another id; connections may do without.",
  },
  "dangling-connection": {
    title: "A connection to nothing",
    meaning: "`from` or `to` names no component.",
    computed: "The name is no component's `id`; the nearest is suggested.",
    mend: "Write the component's `id`, and not its label.",
  },
  "self-loop": {
    title: "A connection to itself",
    meaning: "A component would call itself.",
    computed: "`from` and `to` are the same.",
    mend: "Remove it; repetition is what mode `retry` is for.",
    see: ["cycle-without-queue"],
  },
  "misspelt-field": {
    title: "A field that looks misspelt (warning)",
    meaning: "The field is unknown and ignored, and it is very like one that has an effect.",
    computed: "At most two letters away from a known field that the object does not have.",
    mend: "Take the suggested name, or rename the field if it is another tool's.",
    see: ["unused-parameter"],
  },
  "unused-parameter": {
    title: "A parameter of another mode (warning)",
    meaning: "The parameter exists, and not with the mode or distribution that is chosen here: it has no effect.",
    computed: "It belongs to the modes that the message names.",
    mend: "Choose the mode that it belongs to, or remove it.",
    see: ["without-effect"],
  },
} as const satisfies Partial<Record<keyof FaultArguments, EntryText>>;

/** What the schema cannot say of a problem. */
export const problemFaults = {
  "unknown-problem": {
    title: "No such problem",
    meaning: "There is no built-in problem of that id, and no such file.",
    computed: "The name has no slash and does not end in `.json`, and is no id of `chini-bench list`.",
    mend: "Take an id that `chini-bench list` shows, or the path of a problem file.",
  },
  "rate-missing": {
    title: "The workload has no rate",
    meaning: "Nobody would arrive.",
    computed: "`workload` has neither `ratePerS` nor `profile`.",
    mend: "State one of them.",
  },
  "rate-ambiguous": {
    title: "The workload has two rates",
    meaning: "`ratePerS` and `profile` are both given, and they could contradict each other.",
    computed: "Both stand in one `workload`.",
    mend: "Remove one of them.",
  },
  "rate-zero": {
    title: "The profile has no rate above 0",
    meaning: "Nobody would ever arrive.",
    computed: "Every point's `ratePerS` is 0.",
    mend: "Give at least one point a rate.",
  },
  "profile-unsorted": {
    title: "Points of the profile out of order",
    meaning: "A point comes before the one above it.",
    computed: "`atMs` is below that of the point before; equal times make a step.",
    mend: "Sort them by `atMs`.",
  },
  "window-empty": {
    title: "A window that ends before it starts",
    meaning: "There is no time in which it could happen.",
    computed: "The end is not after the start.",
    mend: "Make the end later than the start.",
  },
  "window-outside": {
    title: "A window outside of the run",
    meaning: "It would happen when nobody arrives any more.",
    computed: "It starts at or after `durationMs`, or ends after it.",
    mend: "Move it into the arrivals, or make `durationMs` longer.",
  },
  "warmup-too-long": {
    title: "A warm-up that leaves nothing",
    meaning: "All arrivals would be left out of the measures.",
    computed: "`warmupMs` is not below `durationMs`.",
    mend: "Shorten it.",
  },
  "resubmits-alone": {
    title: "resubmits without resubmitMs",
    meaning: "It says how often a request is sent again, and not after how long.",
    computed: "`client.resubmits` stands without `client.resubmitMs`.",
    mend: "Add `resubmitMs`.",
  },
  "pause-backward": {
    title: "The longest pause is the shorter one",
    meaning: "No pause can be drawn between the two.",
    computed: "`maxMs` is below `minMs`.",
    mend: "Exchange them.",
  },
  "latency-unchanged": {
    title: "A latency scenario that changes nothing",
    meaning: "It would be a baseline by another name.",
    computed: "Neither `addMs` nor `factor` is given.",
    mend: "Give one of them.",
    see: ["latency"],
  },
  "unknown-role": {
    title: "A role that the problem does not have",
    meaning: "A goal, a target or a change names a role that is not among the problem's `roles`.",
    computed: "The name is no key of `roles`; the nearest is suggested.",
    mend: "Take one that the message lists, or add it to `roles`.",
  },
  "weights-zero": {
    title: "All weights are 0",
    meaning: "The composite would be a division by 0.",
    computed: "Every number of `weights` is 0.",
    mend: "Give at least one a weight, or leave `weights` out.",
    see: ["composite"],
  },
} as const satisfies Partial<Record<keyof FaultArguments, EntryText>>;
