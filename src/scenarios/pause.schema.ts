import { z } from "zod";
import { commonScenario, windowFields } from "../problem/problem.schema.js";

/**
 * The owner of a durable sequence stops with probability `rate` after a step that reaches a payment provider, for
 * `minMs` to `maxMs` milliseconds, and then goes on. Where nothing is durable it does not come back: a crash.
 */
export const pauseParameters = z.strictObject({
  ...commonScenario,
  ...windowFields,
  kind: z.literal("pause"),
  rate: z.number().min(0).max(1),
  minMs: z.number().min(0),
  maxMs: z.number().min(0),
});
