import { z } from "zod";
import { commonBehaviour } from "../canvas/canvas.schema.js";

/** A durable queue: capacity in messages, release in messages per second, times in milliseconds. */
export const queueParameters = z.looseObject({
  ...commonBehaviour,
  mode: z.literal("queue"),
  capacity: z.int().min(1).max(100_000_000).optional(),
  overflow: z.enum(["reject", "drop-oldest"]).optional(),
  concurrency: z.int().min(1).max(1_000_000).optional(),
  releaseRps: z.number().gt(0).optional(),
  serviceRate: z.number().gt(0).optional(),
  visibilityMs: z.number().gt(0).optional(),
  maxDeliveries: z.int().min(1).max(1_000_000).optional(),
  redeliverMs: z.number().min(0).optional(),
  pauseWhenOpen: z.boolean().optional(),
});
