import { z } from "zod";
import { commonBehaviour } from "../canvas/canvas.schema.js";

/** `condition` takes its shares from the `weight` of its connections. */
export const conditionParameters = z.looseObject({
  ...commonBehaviour,
  mode: z.literal("condition").describe("sends each call along one of its connections, by weight, else the first"),
});
