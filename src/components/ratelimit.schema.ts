import { z } from "zod";
import { commonBehaviour } from "../canvas/canvas.schema.js";

/** A token bucket: `rps` tokens per second, at most `burst` tokens. */
export const ratelimitParameters = z.looseObject({
  ...commonBehaviour,
  mode: z.literal("ratelimit").describe("a token bucket: a call without a token is rejected"),
  rps: z.number().gt(0).optional().describe("tokens per second"),
  burst: z.number().min(1).optional().describe("most tokens in the bucket"),
});
