import { z } from "zod";
import { commonBehaviour } from "../canvas/canvas.schema.js";

/** A token bucket: `rps` tokens per second, at most `burst` tokens. */
export const ratelimitParameters = z.looseObject({
  ...commonBehaviour,
  mode: z.literal("ratelimit"),
  rps: z.number().gt(0).optional(),
  burst: z.number().min(1).optional(),
});
