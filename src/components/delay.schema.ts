import { z } from "zod";
import { commonBehaviour } from "../canvas/canvas.schema.js";

/** Holds a call for `delayMs` milliseconds without a slot. */
export const delayParameters = z.looseObject({
  ...commonBehaviour,
  mode: z.literal("delay").describe("holds each call for a time, without a slot"),
  delayMs: z.number().min(0).optional().describe("how long"),
});
