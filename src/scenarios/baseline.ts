import type { ScenarioKind } from "./plan.js";

export const baseline: ScenarioKind = {
  kind: "baseline",
  plans: (spec) => [{ id: spec.id, targets: [], disturbance: null, apply() {} }],
};
