import { z } from "zod";
import { commonBehaviour } from "../canvas/canvas.schema.js";

/** `dropPct` drops that percentage of everything (0 to 100); `detection` and `falsePositive` are the shares (0 to 1) of hostile and clean calls dropped. */
export const filterParameters = z.looseObject({
  ...commonBehaviour,
  mode: z.literal("filter").describe("turns calls away after its service"),
  dropPct: z.number().min(0).max(100).optional().describe("percent of all calls"),
  detection: z.number().min(0).max(1).optional().describe("share of the hostile calls that it turns away"),
  falsePositive: z.number().min(0).max(1).optional().describe("share of the clean calls that it turns away"),
});
