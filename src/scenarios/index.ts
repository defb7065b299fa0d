import { adversarial } from "./adversarial.js";
import { baseline } from "./baseline.js";
import { brownout } from "./brownout.js";
import { cascade } from "./cascade.js";
import { crash } from "./crash.js";
import { latency } from "./latency.js";
import { outage } from "./outage.js";
import { pause } from "./pause.js";
import type { ScenarioKind } from "./plan.js";
import { spike } from "./spike.js";

/** Every kind of scenario, by name. */
export const scenarioKinds: ReadonlyMap<string, ScenarioKind> = new Map(
  [baseline, spike, latency, outage, brownout, cascade, adversarial, crash, pause].map((kind) => [kind.kind, kind]),
);
