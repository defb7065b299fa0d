import type { z } from "zod";
import type { assumptionSchema, findingSchema } from "./assumption.schema.js";

export type Assumption = z.infer<typeof assumptionSchema>;
export type Finding = z.infer<typeof findingSchema>;
