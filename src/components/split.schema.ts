import { z } from "zod";
import { commonBehaviour } from "../canvas/canvas.schema.js";

/** `split` takes its shares from the `weight` of its connections. */
export const splitParameters = z.looseObject({
  ...commonBehaviour,
  mode: z.literal("split").describe("sends each call along one of its connections, in turn or by their weight"),
});
