import { z } from "zod";
import { commonScenario, windowFields } from "../problem/problem.schema.js";

/** Slots × `capacityFactor`, service time × `latencyFactor`, errors + `errorRate` (a share, 0 to 1) at the target role. */
export const brownoutParameters = z.strictObject({
  ...commonScenario,
  ...windowFields,
  kind: z.literal("brownout"),
  target: z.string().min(1),
  capacityFactor: z.number().gt(0).max(1).optional(),
  latencyFactor: z.number().min(1).optional(),
  errorRate: z.number().min(0).max(1).optional(),
});
