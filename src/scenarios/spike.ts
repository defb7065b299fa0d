import type { z } from "zod";
import { type ScenarioKind, windowOf } from "./plan.js";
import type { spikeParameters } from "./spike.schema.js";

export const spike: ScenarioKind = {
  kind: "spike",
  plans(spec, arrivals) {
    const { multiplier, ...own } = spec as z.infer<typeof spikeParameters>;
    const window = windowOf(own, arrivals);
    return [{ id: spec.id, targets: [], disturbance: window, rate: { ...window, multiplier, outside: 1 }, apply() {} }];
  },
};
