import { z } from "zod";
import { commonBehaviour } from "../canvas/canvas.schema.js";

/** Gathers `size` items, or what it has after `maxWaitMs` milliseconds. */
export const batchParameters = z.looseObject({
  ...commonBehaviour,
  mode: z.literal("batch"),
  size: z.int().min(1).max(1_000_000).optional(),
  maxWaitMs: z.number().gt(0).optional(),
});
