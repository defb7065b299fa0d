import { z } from "zod";
import { commonScenario, windowFields } from "../problem/problem.schema.js";

/**
 * Every service time varies by ± `jitter` (a share) and each connection loses the share `ambientDrop` of its calls;
 * `fault` takes the role it names down at first, so that its dependents carry the load.
 */
export const cascadeParameters = z.strictObject({
  ...commonScenario,
  ...windowFields,
  kind: z.literal("cascade"),
  jitter: z.number().min(0).max(1).optional(),
  ambientDrop: z.number().min(0).max(1).optional(),
  fault: z
    .strictObject({
      target: z.string().min(1),
      mode: z.enum(["blackhole", "failfast"]),
      startMs: z.number().min(0),
      endMs: z.number().gt(0),
    })
    .optional(),
});
