import type { z } from "zod";
import { bringUp, takeDown } from "./faults.js";
import type { outageParameters } from "./outage.schema.js";
import { duringOn, type Plan, type ScenarioKind, windowOf } from "./plan.js";

export const outage: ScenarioKind = {
  kind: "outage",
  plans(spec, arrivals) {
    const { target: role, mode = "both", optional = false, ...own } = spec as z.infer<typeof outageParameters>;
    const window = windowOf(own, arrivals);
    const run = (availability: "blackhole" | "failfast", id: string): Plan => ({
      id,
      targets: optional ? [] : [role],
      disturbance: window,
      down: [role],
      apply(stage) {
        duringOn(stage, role, window, (target) => takeDown(stage.engine, target, availability), bringUp);
      },
    });
    if (mode !== "both") return [run(mode, spec.id)];
    return [run("blackhole", `${spec.id}:blackhole`), run("failfast", `${spec.id}:failfast`)];
  },
};
