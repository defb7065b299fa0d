import { z } from "zod";
import { commonBehaviour } from "../canvas/canvas.schema.js";

/** `passthrough` has no parameters of its own. */
export const passthroughParameters = z.looseObject({
  ...commonBehaviour,
  mode: z.literal("passthrough").describe("hands a call on, along all its success connections"),
});
