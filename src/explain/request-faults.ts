import type { FaultArguments } from "../document/wording.js";
import type { EntryText } from "./entry.js";

/** Faults of what is asked beside canvas and problem: a setting, a model's answer, a baseline. */
export const requestFaults = {
  "unknown-target": {
    title: "A setting of a component that does not exist",
    meaning: "The path of a `--set` begins with the id of no component and no connection.",
    computed: "No id of the canvas is the beginning of the path; the nearest is suggested.",
    mend: "Begin with an id that the message lists, as in `worker.service.concurrency=80`.",
  },
  "setting-without-field": {
    title: "A setting that names no field",
    meaning: "The path of a `--set` is an id and nothing more.",
    computed: "Nothing stands behind the id.",
    mend: "Name the field, as in `worker.service.concurrency=80`.",
  },
  "not-an-object": {
    title: "A setting inside a plain value",
    meaning: "The path of a `--set` goes on behind a value that holds no fields.",
    computed: "A part of the path before the last is a number, a word or a list.",
    mend: 'Set that value as a whole, as in `worker.service.timeMs={"dist":"constant","meanMs":20}`.',
  },
  "column-length": {
    title: "A baseline's figure without a value for each seed",
    meaning: "Figures of a baseline are compared seed by seed, and one has too few or too many values.",
    computed: "The list's length is not the baseline's `seeds`.",
    mend: "Do not edit baselines by hand; `chini-bench baseline update <file>` writes them anew.",
  },
  "no-json": {
    title: "No JSON in the model's answer",
    meaning: "With `--from-model-output` the text holds nothing that begins like a canvas.",
    computed: "No object between braces is found, in a code block or without one.",
    mend: "Look at the answer: the model may have refused, or been cut off before the JSON began.",
  },
  "repair-too-long": {
    title: "A broken answer too long to repair",
    meaning: "The text holds no valid JSON, and repairing one of its size would take too long.",
    computed: "It is larger than the limit that the message names.",
    mend: "Cut the canvas out by hand, or ask the model for JSON only.",
  },
} as const satisfies Partial<Record<keyof FaultArguments, EntryText>>;
