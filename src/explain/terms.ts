import { leastExposure } from "../scoring/invariants.js";
import type { ScenarioResult } from "../scoring/result.js";
import type { EntryText } from "./entry.js";

/** Words that stand in reports and in the texts of the other entries. */
export const terms: Readonly<Record<string, EntryText>> = {
  intent: {
    title: "One thing that one buyer wants",
    meaning: "What is counted: a checkout, an order, a payment, once however many requests are sent for it.",
    computed:
      "Each arrival of the workload opens one. It is final when it is confirmed or declined, or when no call, message or planned try refers to it any more.",
    mend: "Nothing to mend; the trace of a broken one is in the report.",
    see: ["offered"],
  },
  exposure: {
    title: "Intents that met a hazard",
    meaning:
      "How often an invariant was put to the test: an invariant whose hazard nobody met has not held, it was not tried.",
    computed: `Counts the intents for which the invariant's "exposed when" holds, and those that broke it. One violation fails; without any, fewer than ${leastExposure} exposed intents over all scenarios and seeds are inconclusive.`,
    mend: `Below ${leastExposure}, run more seeds or all scenarios.`,
    see: ["inconclusive"],
  },
  health: {
    title: "Share of intents served well",
    meaning: "Of those who arrived in one second, how many were accepted in time and ended well.",
    computed:
      "Intents accepted within the client's `patienceMs` (its `timeoutMs` when left out), confirmed, and without a broken invariant ÷ intents of that second, the declined and the abandoned left out.",
    mend: "See `stability`.",
    see: ["stability"],
  },
  backlog: {
    title: "Promises that are open",
    meaning: "Work that was accepted and is not yet done.",
    computed: "Intents accepted and not final, sampled at the end of each second.",
    mend: "See `drainMs` and `backlogMax`.",
    see: ["drainMs", "backlogMax"],
  },
  assumption: {
    title: "What the canvas left open",
    meaning: "A value that the engine took because the canvas does not state it: a role read from a label, a default.",
    computed: "Listed with component, field, value and reason. docs/model.md has every default.",
    mend: "State in the canvas what should be otherwise; `--strict` refuses to read meanings into words.",
    see: ["not-stated"],
  },
  interval: {
    title: "95 % confidence interval of a mean",
    meaning: "Where the true mean lies, given the seeds that were run.",
    computed:
      "Mean ± t × s ÷ √n over the seeds, Student's t at 95 % with n − 1 degrees of freedom; `±` in the table is half of it. A gate passes when all of it keeps the limit, fails when none does, and is undecided in between.",
    mend: "Four times the seeds halve it.",
    see: ["inconclusive"],
  },
  truncated: {
    title: "A run that was cut off",
    meaning: "The run hit a limit of the engine; its measures are reported and decide nothing, its violations count.",
    computed: "500 million events, 2 billion calls, 8 million calls in flight, or 16 million messages in queues.",
    mend: "Stop what multiplies calls (retries inside retries, circles), or run a smaller part of the load with `--scale`.",
    see: ["inconclusive", "nested-retries"],
  },
};

type FailureName = keyof ScenarioResult["components"][number]["failures"];

/** How a call may fail, under `failures` of a component and in traces. */
export const outcomes: Readonly<Record<FailureName, EntryText>> = {
  full: {
    title: "No slot and no room to wait",
    meaning: "The component was busy, and its waiting room or queue was full.",
    computed: "All `concurrency` slots busy and `queueLimit` calls waiting; at a queue, `capacity` messages.",
    mend: "More slots (rate × holding time, and some more), a larger queue, or less load by a rate limit.",
    see: ["dropRate"],
  },
  rejected: {
    title: "Turned away by a filter or rate limit",
    meaning: "A filter took the call for hostile, or a rate limit had no token.",
    computed: "filter: `dropPct`, `detection`, `falsePositive`; ratelimit: `rps` tokens a second, at most `burst`.",
    mend: "Raise `rps` and `burst` to the load that must pass; sharpen the filter.",
    see: ["blocked"],
  },
  open: {
    title: "Refused by an open breaker",
    meaning: "A circuit breaker had seen too many failures and let nothing through.",
    computed: "From `failureThreshold` of the last `window` calls, at least `minCalls` of them, for `openMs`.",
    mend: "Put a queue before it, which pauses while it is open; or give it an `open` connection to another way.",
    see: ["recoveryMs"],
  },
  unavailable: {
    title: "Down, and says so",
    meaning: "The component is in an outage that answers, or the provider refused for a moment.",
    computed: "An outage with mode `failfast` (after 30 ms), or the provider's `unavailableRate`; without effect.",
    mend: "Wait and try again: a retry with a backoff, a queue for a long outage, a breaker in between.",
    see: ["outage"],
  },
  error: {
    title: "Failed in service",
    meaning: "The call was served and failed; at a provider it may have had its effect all the same.",
    computed:
      "`errorRate`, what the problem's `errors` add, `errorEffectShare` of the provider's errors with their effect; also a call that went through more than max(64, 2 × components) components.",
    mend: "Try again under the same key; keep load below 80 % where the error curve is on.",
    see: ["unknownMs"],
  },
  timeout: {
    title: "No answer in time",
    meaning: "The caller waited for as long as it would; what it called goes on, and may have its effect.",
    computed: "`timeoutMs` of a retry or client, `visibilityMs` of a queue.",
    mend: "Wait longer than the slow case takes, shrink timeouts inward, and repeat under the same key only.",
    see: ["inner-timeout-too-long", "unknownMs"],
  },
  conflict: {
    title: "Somebody else is at it",
    meaning: "A guard, a lock or a durable sequence has the key already in work for another request.",
    computed: "A row in state claimed, a lock held by another, a record that is open. Asked again after 1 s, 60 times.",
    mend: "Usually nothing: it is what keeps double clicks apart. Many of them: shorter claims (`claimLeaseMs`), locks held for less time.",
    see: ["no-double-charge"],
  },
};
