import type { SubScores } from "../scoring/composite.js";
import { leastExposure } from "../scoring/invariants.js";
import type { Result } from "../scoring/result.js";
import type { EntryText } from "./entry.js";

const points = "points, 0 to 100";

/** The composite and what it is made of. */
export const scores: Readonly<Record<keyof SubScores | "composite", EntryText>> = {
  composite: {
    title: "The score as one number",
    meaning: "The weighted mean of the five sub-scores. It ranks designs; it decides nothing: 94 may be a fail.",
    computed:
      "Σ weight × sub-score ÷ Σ weight, rounded. Without weights in the problem: stability 0.45, delivery 0.25, design 0.1, constraints 0.1, cost 0.1.",
    unit: points,
    mend: "Raise the sub-score with the largest weight × gap; but first what makes the verdict fail.",
    see: ["stability", "delivery", "cost", "constraints", "design"],
  },
  stability: {
    title: "How steady it stays, and how fast it recovers",
    meaning:
      "Whether buyers are served well in every second, the worst ones included, and soon again after a disturbance.",
    computed:
      "Of a run: 100 × (0.5 × mean health + 0.3 × mean health of the worst 5 % of the one-second windows + 0.2 × recovery). Recovery = 1 − min(1, recoveryMs ÷ `recoveryAllowanceMs` (90,000)); 1 without a disturbance; if that lasts until arrivals stop, 1 where the final backlog is within its bound, else 0. Of the design: the mean over the scenarios, of an outage's two runs the lower.",
    unit: points,
    mend: "Look at the seconds in which health breaks in: refusals before acceptance, answers later than the client's patience, intents lost or charged twice; then at `recoveryMs`.",
    see: ["health", "recoveryMs", "minStability"],
  },
  delivery: {
    title: "How much of the work gets done",
    meaning: "The delivery rate as points.",
    computed: "100 × `deliveryRate`; the mean over the scenarios, of an outage's two runs the lower.",
    unit: points,
    mend: "See `deliveryRate`.",
    see: ["deliveryRate"],
  },
  cost: {
    title: "Whether it is within the budget",
    meaning: "Full points up to the budget, none from twice the budget on.",
    computed: "100 up to `monthlyBudgetUsd`, then linear down to 0 at twice as much; 100 without a budget.",
    unit: points,
    mend: "See `cost.effectiveMonthlyUsd`.",
    see: ["cost.effectiveMonthlyUsd", "monthlyBudgetUsd"],
  },
  constraints: {
    title: "Whether it is what was asked for",
    meaning: "Points off for components over the limit and for required behaviours that are missing.",
    computed: "100 − 25 for each component over `maxComponents` − 25 for each required behaviour missing; 0 at least.",
    unit: points,
    mend: "See `maxComponents` and `requiredBehaviors`.",
    see: ["maxComponents", "requiredBehaviors"],
  },
  design: {
    title: "What the drawing itself shows",
    meaning: "Points off for structural faults, which are found without simulating.",
    computed:
      "100 − the weights of the structural checks that found something; 0 at least. Findings of other codes cost nothing.",
    unit: points,
    mend: "See the findings of the report, each by its code.",
    see: ["no-entry", "no-queue-before-slow-external", "retry-without-idempotent-target"],
  },
};

/** What a run of a canvas comes to. */
export const verdicts: Readonly<Record<Result["verdict"], EntryText>> = {
  pass: {
    title: "Everything holds",
    meaning:
      "Every criterion, constraint and invariant holds, the cost is within the budget, and enough happened to say so.",
    computed: "No fail and nothing inconclusive. Exit code 0.",
    mend: "Nothing to mend. `--seeds 20` shows whether it was luck.",
    see: ["fail", "inconclusive"],
  },
  fail: {
    title: "Something does not hold",
    meaning: "At least one criterion or constraint was missed, or one invariant broken once.",
    computed:
      "Any failed criterion of a run that was not cut off, any failed criterion of the canvas, any violation. It goes before inconclusive. Exit code 1.",
    mend: "Read the missed criteria and broken invariants, each with its cause; `chini-bench explain` takes their ids.",
    see: ["errors", "exposure"],
  },
  inconclusive: {
    title: "Too little happened to say",
    meaning: "Nothing failed, but something was not put to the test, or not measured sharply enough.",
    computed: `An invariant exposed fewer than ${leastExposure} times in all runs, a gate whose limit lies inside the interval over several seeds, a run that hit a limit of the engine, or no scenario at all. Exit code 3.`,
    mend: "More seeds (`--seeds 20`); `--decide mean` where the mean is to decide; all scenarios instead of one; a smaller load where a run was cut off.",
    see: ["exposure", "interval", "truncated"],
  },
  invalid: {
    title: "The canvas cannot be used",
    meaning:
      "The file is no valid canvas, or `--strict` found something that it does not state. Nothing was simulated.",
    computed: "Any fault of the file; every score is 0. Exit code 2.",
    mend: "Mend the faults, which are listed with line and column; `chini-bench validate` checks without simulating.",
    see: ["not-stated", "missing-property"],
  },
};
