import { z } from "zod";
import { commonBehaviour } from "../canvas/canvas.schema.js";

/** A breaker with a count window: calls, shares 0 to 1, times in milliseconds. */
export const circuitbreakerParameters = z.looseObject({
  ...commonBehaviour,
  mode: z
    .literal("circuitbreaker")
    .describe("counts failures of the calls it passes on; open, it refuses them at once, and later lets some probe"),
  window: z.int().min(1).max(100_000).optional().describe("how many of the last calls it looks at"),
  minCalls: z.int().min(1).max(100_000).optional().describe("fewest calls in the window before it may open"),
  failureThreshold: z.number().gt(0).max(1).optional().describe("share of failures at which it opens"),
  slowCallMs: z
    .number()
    .gt(0)
    .optional()
    .describe("an answer slower than this counts as a failure; left out, none does"),
  openMs: z.number().gt(0).optional().describe("how long it stays open before it lets some probe"),
  halfOpenCalls: z.int().min(1).max(10_000).optional().describe("probes that decide whether it closes"),
  halfOpenLeaseMs: z
    .number()
    .gt(0)
    .optional()
    .describe("a probe without an answer gives its place back after this time"),
});
