import { z } from "zod";
import { commonBehaviour } from "../canvas/canvas.schema.js";

/** Gathers `size` items, or what it has after `maxWaitMs` milliseconds. */
export const batchParameters = z.looseObject({
  ...commonBehaviour,
  mode: z
    .literal("batch")
    .describe("acknowledges its caller at once, gathers items and releases them together, each once"),
  size: z.int().min(1).max(1_000_000).optional().describe("items released at once"),
  maxWaitMs: z.number().gt(0).optional().describe("releases what it has after this time"),
});
