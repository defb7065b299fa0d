import { z } from "zod";
import { commonScenario } from "../problem/problem.schema.js";

/** The workload as it is, undisturbed. */
export const baselineParameters = z.strictObject({ ...commonScenario, kind: z.literal("baseline") });
