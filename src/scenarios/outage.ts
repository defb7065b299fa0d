import type { z } from "zod";
import { bringUp, takeDown } from "./faults.js";
import type { outageParameters } from "./outage.schema.js";
import { during, type Plan, type ScenarioKind, windowOf } from "./plan.js";

export const outage: ScenarioKind = {
  kind: "outage",
  plans(spec, arrivals) {
    const { target: role, mode = "both", ...own } = spec as z.infer<typeof outageParameters>;
    const window = windowOf(own, arrivals);
    const run = (availability: "blackhole" | "failfast", id: string): Plan => ({
      id,
      targets: [role],
      disturbance: window,
      apply({ engine, targets }) {
        for (const target of targets(role)) {
          during(
            engine,
            window,
            () => takeDown(engine, target, availability),
            () => bringUp(target),
          );
        }
      },
    });
    if (mode !== "both") return [run(mode, spec.id)];
    return [run("blackhole", `${spec.id}:blackhole`), run("failfast", `${spec.id}:failfast`)];
  },
};
