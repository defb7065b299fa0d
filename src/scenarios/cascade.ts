import type { z } from "zod";
import type { cascadeParameters } from "./cascade.schema.js";
import { bringUp, takeDown } from "./faults.js";
import { during, type ScenarioKind, windowOf } from "./plan.js";

export const cascade: ScenarioKind = {
  kind: "cascade",
  plans(spec, arrivals) {
    const { jitter = 0, ambientDrop = 0, fault, ...own } = spec as z.infer<typeof cascadeParameters>;
    const window = windowOf(own, arrivals);
    return [
      {
        id: spec.id,
        targets: fault === undefined ? [] : [fault.target],
        disturbance: fault === undefined ? window : { startMs: fault.startMs, endMs: fault.endMs },
        apply({ engine, targets }) {
          const set = (share: number, drop: number): void => {
            engine.ambience.jitter = share;
            engine.ambience.dropRate = drop;
          };
          during(
            engine,
            window,
            () => set(jitter, ambientDrop),
            () => set(0, 0),
          );
          if (fault === undefined) return;
          for (const target of targets(fault.target)) {
            during(
              engine,
              fault,
              () => takeDown(engine, target, fault.mode),
              () => bringUp(target),
            );
          }
        },
      },
    ];
  },
};
