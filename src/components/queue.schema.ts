import { z } from "zod";
import { commonBehaviour } from "../canvas/canvas.schema.js";

/** A durable queue: capacity in messages, release in messages per second, times in milliseconds. */
export const queueParameters = z.looseObject({
  ...commonBehaviour,
  mode: z
    .literal("queue")
    .describe(
      "acknowledges its caller, keeps messages and delivers them to what follows; a delivery that fails comes back at the tail",
    ),
  capacity: z.int().min(1).max(100_000_000).optional().describe("messages it can hold"),
  overflow: z.enum(["reject", "drop-oldest"]).optional().describe("what happens when it is full"),
  concurrency: z.int().min(1).max(1_000_000).optional().describe("consumers: deliveries under way at once"),
  releaseRps: z.number().gt(0).optional().describe("deliveries per second at most"),
  serviceRate: z.number().gt(0).optional().describe("another name of releaseRps"),
  visibilityMs: z
    .number()
    .gt(0)
    .optional()
    .describe("a delivery without an acknowledgement for so long counts as failed"),
  maxDeliveries: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe("after so many failed deliveries it goes to the dead-letter connection, or is lost"),
  redeliverMs: z.number().min(0).optional().describe("wait before a failed delivery is made again, ± 50 %"),
  pauseWhenOpen: z.boolean().optional().describe("delivers nothing while the breaker ahead is open"),
});
