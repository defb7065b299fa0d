import type { z } from "zod";
import type { adversarialParameters } from "./adversarial.schema.js";
import { type ScenarioKind, windowOf } from "./plan.js";

export const adversarial: ScenarioKind = {
  kind: "adversarial",
  plans(spec, arrivals) {
    const { multiplier, ...own } = spec as z.infer<typeof adversarialParameters>;
    const window = windowOf(own, arrivals);
    return [
      { id: spec.id, targets: [], disturbance: window, hostile: { ...window, multiplier, outside: 0 }, apply() {} },
    ];
  },
};
