import type { z } from "zod";
import type { crashParameters } from "./crash.schema.js";
import { during, type ScenarioKind, windowOf } from "./plan.js";

export const crash: ScenarioKind = {
  kind: "crash",
  plans(spec, arrivals) {
    const { rate, ...own } = spec as z.infer<typeof crashParameters>;
    const window = windowOf(own, arrivals);
    return [
      {
        id: spec.id,
        targets: [],
        disturbance: window,
        apply({ engine }) {
          const usual = engine.ambience.crashRate;
          during(
            engine,
            window,
            () => {
              engine.ambience.crashRate = rate;
            },
            () => {
              engine.ambience.crashRate = usual;
            },
          );
        },
      },
    ];
  },
};
