import type { z } from "zod";
import type {
  causeSchema,
  costSchema,
  criterionSchema,
  invariantResultSchema,
  resultSchema,
  scenarioResultSchema,
  setFieldSchema,
} from "./result.schema.js";

export type Result = z.infer<typeof resultSchema>;
export type ScenarioResult = z.infer<typeof scenarioResultSchema>;
export type CriterionResult = z.infer<typeof criterionSchema>;
export type InvariantResult = z.infer<typeof invariantResultSchema>;
export type CostResult = z.infer<typeof costSchema>;
export type Cause = z.infer<typeof causeSchema>;
export type SetField = z.infer<typeof setFieldSchema>;
