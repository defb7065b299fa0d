import { z } from "zod";
import { commonScenario, windowFields } from "../problem/problem.schema.js";

/** The arrival rate times `multiplier` in a window. */
export const spikeParameters = z.strictObject({
  ...commonScenario,
  ...windowFields,
  kind: z.literal("spike"),
  multiplier: z.number().gt(0).max(10_000),
});
