import type { z } from "zod";
import type { pauseParameters } from "./pause.schema.js";
import { during, type ScenarioKind, windowOf } from "./plan.js";

export const pause: ScenarioKind = {
  kind: "pause",
  plans(spec, arrivals) {
    const { rate, minMs, maxMs, ...own } = spec as z.infer<typeof pauseParameters>;
    const window = windowOf(own, arrivals);
    return [
      {
        id: spec.id,
        targets: [],
        disturbance: window,
        apply({ engine }) {
          const { ambience } = engine;
          ambience.pauseMinMs = minMs;
          ambience.pauseMaxMs = maxMs;
          during(
            engine,
            window,
            () => {
              ambience.pauseRate = rate;
            },
            () => {
              ambience.pauseRate = 0;
            },
          );
        },
      },
    ];
  },
};
