import { z } from "zod";
import { commonScenario, windowFields } from "../problem/problem.schema.js";

/** Hostile calls at `multiplier` × the clean rate. */
export const adversarialParameters = z.strictObject({
  ...commonScenario,
  ...windowFields,
  kind: z.literal("adversarial"),
  multiplier: z.number().gt(0).max(10_000),
});
