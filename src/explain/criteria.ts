import type { CriteriaSpec, Problem } from "../problem/problem.js";
import type { runnableCriterion } from "../scoring/criteria.js";
import type { EntryText } from "./entry.js";

type CriterionId = keyof CriteriaSpec | keyof NonNullable<Problem["constraints"]> | typeof runnableCriterion;

/** Everything that a problem may ask of a run or of the canvas. */
export const criteria: Readonly<Record<CriterionId, EntryText>> = {
  minStability: {
    title: "Least stability of a run",
    meaning: "Every run must be at least this stable.",
    computed: "`stability` of the run ≥ the limit, 0 to 100. A scenario's own limit takes the place of the problem's.",
    mend: "See `stability`: health, its worst seconds, and recovery make it up.",
    example: '"criteria": { "minStability": 75 }',
    see: ["stability"],
  },
  maxDropRate: {
    title: "Most intents that may be dropped",
    meaning: "Every run may lose at most this share of its intents.",
    computed: "`dropRate` of the run ≤ the limit, a share from 0 to 1.",
    mend: "See `dropRate`.",
    example: '"criteria": { "maxDropRate": 0.03 }',
    see: ["dropRate"],
  },
  minDeliveryRate: {
    title: "Least intents that must be delivered",
    meaning: "Every run must deliver at least this share of its intents.",
    computed: "`deliveryRate` of the run ≥ the limit, a share from 0 to 1.",
    mend: "See `deliveryRate`.",
    example: '"criteria": { "minDeliveryRate": 0.95 }',
    see: ["deliveryRate"],
  },
  maxErrors: {
    title: "Most intents that may end wrong",
    meaning: "In every run at most so many intents may break an invariant.",
    computed:
      "`errors` of the run ≤ the limit, a count. It is apart from the invariants, of which one violation fails.",
    mend: "See `errors`.",
    example: '"criteria": { "maxErrors": 3 }',
    see: ["errors"],
  },
  metrics: {
    title: "Gates on single metrics",
    meaning: "Expressions that every run must keep; those of a scenario hold for its runs beside the problem's.",
    computed:
      "`<metric> <comparison> <number>[unit]`: one of `<=`, `<`, `>=`, `>`, `==`; units `ms`, `s`, `min` for times (milliseconds without one), `%` for shares (0 to 1 without). A metric that has no value keeps no gate. With several seeds the 95 % interval of the mean decides.",
    mend: "`chini-bench explain` with the gate, in quotes, explains its metric. Gates on the cost belong to the problem and not to a scenario.",
    example: '"criteria": { "metrics": ["acceptMs.p95 <= 500ms", "dropRate <= 3%"] }',
    see: ["acceptMs", "interval"],
  },
  runnable: {
    title: "The scenario could be run",
    meaning: "The scenario needs a role that no component of the canvas takes, so that it could not be run as meant.",
    computed: "Fails, in place of all other criteria, in a scenario whose target nothing plays; its scores are 0.",
    mend: 'Give the component its `role`, such as `"role": "payment-provider"`, or words in its id or label that say it.',
    see: ["unbound-role"],
  },
  maxComponents: {
    title: "Most components",
    meaning: "The canvas may have at most so many components.",
    computed: "Components of the canvas ≤ the limit; everything drawn counts, persons too.",
    mend: "Remove what carries nothing (`component-off-every-path`), or merge steps that follow one another.",
    example: '"constraints": { "maxComponents": 12 }',
    see: ["constraints"],
  },
  requiredBehaviors: {
    title: "A behaviour that must be there",
    meaning: "The canvas must have at least one component with this mode, or of this type.",
    computed:
      "One criterion `requiredBehaviors.<name>` for each name: components whose `behavior.mode` or `type` is it ≥ 1.",
    mend: 'Give a component the mode: `"behavior": { "mode": "queue" }`; a word in its label is not enough.',
    example: '"constraints": { "requiredBehaviors": ["queue", "storage"] }',
    see: ["constraints"],
  },
  monthlyBudgetUsd: {
    title: "The budget",
    meaning: "The design may cost at most so many US dollars a month.",
    computed: "`cost.effectiveMonthlyUsd` ≤ the limit.",
    mend: "See `cost.effectiveMonthlyUsd`; the report names the dearest components.",
    example: '"constraints": { "monthlyBudgetUsd": 800 }',
    see: ["cost.effectiveMonthlyUsd", "cost"],
  },
};

/** Other names under which reports and results have them. */
export const criterionAliases: ReadonlyMap<string, string> = new Map([
  ["components", "maxComponents"],
  ["effectiveMonthlyUsd", "monthlyBudgetUsd"],
]);

/** `requiredBehaviors.queue`, and its metric `behavior.queue`. */
export const behaviorCriterion = /^(?:requiredBehaviors|behavior)\.[a-z]+$/;
