import { z } from "zod";
import { commonBehaviour } from "../canvas/canvas.schema.js";

/** Copies to every edge; `quorum` says how many copies must come back ok. */
export const replicateParameters = z.looseObject({
  ...commonBehaviour,
  mode: z.literal("replicate").describe("copies each call to every connection"),
  quorum: z
    .union([z.literal("all"), z.int().min(1).max(2_000)])
    .optional()
    .describe("how many copies must come back ok"),
});
