import { z } from "zod";
import { commonBehaviour } from "../canvas/canvas.schema.js";

/** Repeats a call. `maxAttempts` counts the first; times in milliseconds; `budgetRatio` is retries per call. */
export const retryParameters = z.looseObject({
  ...commonBehaviour,
  mode: z.literal("retry").describe("sends the same item again after a failure, with a timeout for each attempt"),
  maxAttempts: z.int().min(1).max(1_000).optional().describe("attempts, the first one included"),
  backoffMs: z.number().min(0).optional().describe("wait before the second attempt"),
  backoffFactor: z.number().min(1).max(100).optional().describe("each further wait is so many times the last"),
  maxBackoffMs: z.number().min(0).optional().describe("longest wait"),
  jitter: z
    .enum(["none", "half", "full", "decorrelated"])
    .optional()
    .describe(
      "how waits vary: not at all; between half and the whole; between 0 and the whole; between backoffMs and 3 × the last",
    ),
  timeoutMs: z.number().gt(0).optional().describe("how long an attempt waits for its answer"),
  onUnknown: z
    .enum(["same-key", "query", "assume-failed"])
    .optional()
    .describe("after an attempt that may have had its effect: send it again, ask first, or take it for failed"),
  budgetRatio: z.number().min(0).optional().describe("retries that each call earns; left out, there is no such limit"),
});
