import type { z } from "zod";
import type { cascadeParameters } from "./cascade.schema.js";
import { bringUp, takeDown } from "./faults.js";
import { during, duringOn, type ScenarioKind, windowOf } from "./plan.js";

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
        down: fault === undefined ? [] : [fault.target],
        apply(stage) {
          const { ambience } = stage.engine;
          const set = (share: number, drop: number): void => {
            ambience.jitter = share;
            ambience.dropRate = drop;
          };
          during(
            stage.engine,
            window,
            () => set(jitter, ambientDrop),
            () => set(0, 0),
          );
          if (fault === undefined) return;
          duringOn(stage, fault.target, fault, (target) => takeDown(stage.engine, target, fault.mode), bringUp);
        },
      },
    ];
  },
};
