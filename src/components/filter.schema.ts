import { z } from "zod";
import { commonBehaviour } from "../canvas/canvas.schema.js";

/** `dropPct` drops that percentage of everything (0 to 100); `detection` and `falsePositive` are the shares (0 to 1) of hostile and clean calls dropped. */
export const filterParameters = z.looseObject({
  ...commonBehaviour,
  mode: z.literal("filter"),
  dropPct: z.number().min(0).max(100).optional(),
  detection: z.number().min(0).max(1).optional(),
  falsePositive: z.number().min(0).max(1).optional(),
});
