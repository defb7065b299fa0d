import type { BindingCode } from "../compile/notebook.js";
import type { DesignCode } from "../scoring/design/check.js";
import { designChecks } from "../scoring/design.js";
import type { EntryText } from "./entry.js";

/** The structural checks; what each costs is added from the checks themselves. */
const structural: Readonly<Record<DesignCode, EntryText>> = {
  "no-entry": {
    title: "Nothing receives the workload",
    meaning: "There is no component at which the buyers' requests could begin.",
    computed:
      "No person leads anywhere; and without persons, no component that nothing leads to (schedules and webhooks aside) reaches the goal.",
    mend: "Draw a `person` with a connection to the first component of the design.",
    see: ["component-off-every-path"],
  },
  "no-reachable-sink": {
    title: "The workload ends nowhere",
    meaning: "What the workload reaches leads on and on; no call can end in an ok.",
    computed:
      "Every component that the entries reach has a connection onwards (`poll` aside); the person that sends the workload is no end.",
    mend: "A connection back to the buyer is read as a response only if it leads back to the way; draw the arrow from the last component away, or draw the provider or store at which calls end.",
    see: ["cycle-without-queue"],
  },
  "no-queue-before-slow-external": {
    title: "Callers wait for a slow external",
    meaning: "A provider with a mean service time of 100 ms or more is called while the buyer waits.",
    computed:
      "There is a way from an entry to it along connections that carry calls, without a queue or batch on it. An `async` connection is no queue: it keeps nothing. Nor is a durable sequence.",
    mend: "Put a component with mode `queue` between acceptance and provider. Where the answer must be waited for (a saga), this finding is the price.",
    see: ["acceptMs", "external-call-without-breaker"],
  },
  "retry-without-idempotent-target": {
    title: "A retry repeats what is not known again",
    meaning: "A retry calls an external to which each repetition is new: it may charge twice.",
    computed: "From a component with mode retry an external is reached whose `idempotency.key` is `attempt` or `none`.",
    mend: 'Give the external\'s component `"idempotency": { "key": "item" }`: the key survives retries and redeliveries.',
    see: ["no-double-charge"],
  },
  "unbound-role": {
    title: "A role of the problem that nothing plays",
    meaning: "The problem needs a component in this role, and none has it.",
    computed: "No component states the role, and no words in ids, labels or descriptions name it.",
    mend: 'State it: `"role": "payment-provider"` on a tool, `"role": "order-store"` on a storage.',
    see: ["runnable", "unknown-role"],
  },
  "external-call-without-breaker": {
    title: "Nothing stops calls to a dead external",
    meaning: "While the external is down, every call to it still waits for its timeout.",
    computed: "There is a way from an entry to the external without a component with mode circuitbreaker on it.",
    mend: "Put a component with mode `circuitbreaker` before it, behind the queue and the retry.",
    see: ["amplification", "recoveryMs"],
  },
  "external-call-without-retry": {
    title: "Nothing repeats a failed call",
    meaning: "A single failure of the external is final for what called it.",
    computed: "There is a way from an entry to the external without a component with mode retry on it.",
    mend: "Put a component with mode `retry` before it, and give the external a key that survives it.",
    see: ["retry-without-idempotent-target"],
  },
  "nested-retries": {
    title: "A retry waits for another retry",
    meaning: "Their attempts multiply: 4 × 4 are 16 calls for one item, just when the target is weakest.",
    computed: "From a component with mode retry another is reached along connections on which the caller waits.",
    mend: "Keep one of them, the one nearest to the external.",
    see: ["amplification"],
  },
  "cycle-without-queue": {
    title: "Calls go round in a circle",
    meaning: "Each call in it waits for itself, until it has gone through too many components and fails.",
    computed: "A circle of connections that carry calls, without a queue or batch in it.",
    mend: 'Remove the arrow that only means "and so on", or put a queue into the circle.',
    see: ["no-reachable-sink"],
  },
  "component-off-every-path": {
    title: "A component that no call reaches",
    meaning: "It is drawn and costs money, and nothing ever comes there.",
    computed:
      "No way leads to it from the entries, from schedules, from triggers that start by themselves or from webhooks.",
    mend: "Connect it in the direction of the calls (`from` calls `to`), or remove it.",
    see: ["no-entry"],
  },
  "inner-timeout-too-long": {
    title: "A caller gives up before its retry is done",
    meaning: "Timeouts should shrink inward: who waits must wait longer than what it waits for can take.",
    computed:
      "attempts × timeout + the longest backoffs of a retry > the timeout of a caller that waits for it: the client's, a queue's `visibilityMs`, an outer retry's.",
    mend: "Fewer attempts or a shorter `timeoutMs` inside, or a longer one outside.",
    see: ["nested-retries"],
  },
};

/** What binding the canvas to the problem finds. */
const binding: Readonly<Record<BindingCode, EntryText>> = {
  "unknown-role": {
    title: "A role that does not exist",
    meaning: "The component states a role that the engine does not know; it is ignored.",
    computed: "`role` of a component is none of the roles of docs/reference.md. Costs nothing itself.",
    mend: "Write one of the names that the message lists; `chini-bench explain` lists them with their meaning.",
    see: ["unbound-role"],
  },
  "without-effect": {
    title: "Something stated has no effect",
    meaning:
      "The canvas states something that this version does not simulate at that place, so that it is not silently ignored.",
    computed:
      "A field or connection whose kind acts elsewhere only: an `operation` that the target does not have, `saga` on what is no sequence, a schedule that leads nowhere. Costs nothing itself.",
    mend: "The message names the field and where it acts; move it there, or remove it.",
    see: ["unused-parameter"],
  },
  "no-poll-connection": {
    title: "Clients would poll, and cannot",
    meaning:
      "The problem's clients ask for the status, and no connection of their entry is for polls: they do not poll.",
    computed:
      'The workload has `client.poll`, and no connection with `on: "poll"` leaves the entry. Costs nothing itself.',
    mend: 'Draw a connection with `"on": "poll"` from the person to the component that shows the status.',
    see: ["polls", "statusMs"],
  },
};

/** Findings that stand in for a result where a canvas could not be run. */
const refusals: Readonly<Record<"not-stated", EntryText>> = {
  "not-stated": {
    title: "Not stated, and --strict forbids to infer it",
    meaning: "The engine would read a meaning into the drawing: a role from a word, an arrow as a response.",
    computed: "With `--strict`, one finding for each inference; the canvas is invalid, and nothing is simulated.",
    mend: "Write what the message says into the canvas, or run without `--strict` and read it under assumptions.",
    see: ["assumption", "invalid"],
  },
};

const occasions: Readonly<Record<"once" | "each", string>> = { once: "once", each: "for each" };

function withWeight(text: EntryText, code: string): EntryText {
  const check = designChecks.find((candidate) => candidate.code === code);
  if (check === undefined) return text;
  const cost = `Takes ${check.weight} points off the design score, ${occasions[check.counts]}; severity ${check.severity}.`;
  return { ...text, computed: `${text.computed} ${cost}` };
}

/** What is found by looking at the canvas, without simulating. */
export const findings: Readonly<Record<string, EntryText>> = {
  ...Object.fromEntries(Object.entries(structural).map(([code, text]) => [code, withWeight(text, code)])),
  ...binding,
  ...refusals,
};
