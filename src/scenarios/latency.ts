import type { z } from "zod";
import { slowDown, speedUp } from "./faults.js";
import type { latencyParameters } from "./latency.schema.js";
import { duringOn, type ScenarioKind, windowOf } from "./plan.js";

export const latency: ScenarioKind = {
  kind: "latency",
  plans(spec, arrivals) {
    const { target: role, addMs = 0, factor = 1, ...own } = spec as z.infer<typeof latencyParameters>;
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
            (target) => slowDown(stage.engine, target, addMs, factor),
            (target) => speedUp(stage.engine, target),
          );
        },
      },
    ];
  },
};
