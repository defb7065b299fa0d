import { z } from "zod";
import { commonScenario, windowFields } from "../problem/problem.schema.js";

/** The target role's service time plus `addMs` milliseconds, times `factor`. */
export const latencyParameters = z.strictObject({
  ...commonScenario,
  ...windowFields,
  kind: z.literal("latency"),
  target: z.string().min(1),
  addMs: z.number().min(0).optional(),
  factor: z.number().gt(0).optional(),
});
