import { z } from "zod";
import { commonBehaviour } from "../canvas/canvas.schema.js";

/** `transform` has no parameters of its own. */
export const transformParameters = z.looseObject({
  ...commonBehaviour,
  mode: z.literal("transform").describe("as passthrough; it says that the content changes on the way"),
});
