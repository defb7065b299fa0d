import { z } from "zod";
import { commonBehaviour } from "../canvas/canvas.schema.js";

/** Repeats a call. `maxAttempts` counts the first; times in milliseconds; `budgetRatio` is retries per call. */
export const retryParameters = z.looseObject({
  ...commonBehaviour,
  mode: z.literal("retry"),
  maxAttempts: z.int().min(1).max(1_000).optional(),
  backoffMs: z.number().min(0).optional(),
  backoffFactor: z.number().min(1).max(100).optional(),
  maxBackoffMs: z.number().min(0).optional(),
  jitter: z.enum(["none", "half", "full", "decorrelated"]).optional(),
  timeoutMs: z.number().gt(0).optional(),
  onUnknown: z.enum(["same-key", "query", "assume-failed"]).optional(),
  budgetRatio: z.number().min(0).optional(),
});
