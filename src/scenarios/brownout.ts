import type { z } from "zod";
import type { brownoutParameters } from "./brownout.schema.js";
import { brownOut } from "./faults.js";
import { duringOn, type ScenarioKind, windowOf } from "./plan.js";

export const brownout: ScenarioKind = {
  kind: "brownout",
  plans(spec, arrivals) {
    const own = spec as z.infer<typeof brownoutParameters>;
    const { target: role, capacityFactor = 1, latencyFactor = 1, errorRate = 0 } = own;
    const window = windowOf(own, arrivals);
    return [
      {
        id: spec.id,
        targets: [role],
        disturbance: window,
        apply(stage) {
          duringOn(
            stage,
            role,
            window,
            (target) => brownOut(stage.engine, target, capacityFactor, latencyFactor, errorRate),
            (target) => brownOut(stage.engine, target, 1, 1, 0),
          );
        },
      },
    ];
  },
};
