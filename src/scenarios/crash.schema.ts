import { z } from "zod";
import { commonScenario, windowFields } from "../problem/problem.schema.js";

/** A call is lost with probability `rate` when the goal's ok reaches the innermost retry (or the nearest active component). */
export const crashParameters = z.strictObject({
  ...commonScenario,
  ...windowFields,
  kind: z.literal("crash"),
  rate: z.number().min(0).max(1),
});
