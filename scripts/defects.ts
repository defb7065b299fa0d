import { modeDefects } from "./defects/components.js";
import type { Defect } from "./defects/defect.js";
import { roleDefects } from "./defects/roles.js";
import { scenarioDefects } from "./defects/scenarios.js";
import { sequenceDefects } from "./defects/sequences.js";
import { kernelDefects } from "./defects/sim.js";

/** Defects that compile and let a run finish: figures and mechanisms must show them, not a crash. */
export const defects: readonly Defect[] = [
  ...kernelDefects,
  ...modeDefects,
  ...roleDefects,
  ...sequenceDefects,
  ...scenarioDefects,
];
