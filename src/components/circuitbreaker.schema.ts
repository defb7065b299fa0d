import { z } from "zod";
import { commonBehaviour } from "../canvas/canvas.schema.js";

/** A breaker with a count window: calls, shares 0 to 1, times in milliseconds. */
export const circuitbreakerParameters = z.looseObject({
  ...commonBehaviour,
  mode: z.literal("circuitbreaker"),
  window: z.int().min(1).max(100_000).optional(),
  minCalls: z.int().min(1).max(100_000).optional(),
  failureThreshold: z.number().gt(0).max(1).optional(),
  slowCallMs: z.number().gt(0).optional(),
  openMs: z.number().gt(0).optional(),
  halfOpenCalls: z.int().min(1).max(10_000).optional(),
  halfOpenLeaseMs: z.number().gt(0).optional(),
});
