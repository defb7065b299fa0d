import type { z } from "zod";
import { slowDown } from "./faults.js";
import type { latencyParameters } from "./latency.schema.js";
import { type ScenarioKind, windowOf } from "./plan.js";

export const latency: ScenarioKind = {
  kind: "latency",
  plans(spec, arrivals) {
    const { target: role, addMs = 0, factor = 1, ...own } = spec as z.infer<typeof latencyParameters>;
    const window = windowOf(own, arrivals);
    const wholeRun = window.endMs >= arrivals.endMs;
    return [
      {
        id: spec.id,
        targets: [role],
        disturbance: window,
        apply({ engine, targets }) {
          for (const target of targets(role)) {
            engine.at(window.startMs, () => slowDown(engine, target, addMs, factor));
            // A slowness that lasts as long as arrivals do is the world of this run; it does not end with them.
            if (!wholeRun) engine.at(window.endMs, () => slowDown(engine, target, 0, 1));
          }
        },
      },
    ];
  },
};
