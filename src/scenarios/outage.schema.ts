import { z } from "zod";
import { commonScenario, windowFields } from "../problem/problem.schema.js";

const outageModes = ["blackhole", "failfast", "both"] as const;

/** The target role is down: it never answers, refuses at once, or each in a run of its own. */
export const outageParameters = z.strictObject({
  ...commonScenario,
  ...windowFields,
  kind: z.literal("outage"),
  target: z.string().min(1),
  mode: z.enum(outageModes).optional(),
  /** A design may do without the target: then nobody is struck. */
  optional: z.boolean().optional(),
});
