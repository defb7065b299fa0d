import { z } from "zod";

/** A value that the canvas did not state, and why the engine took it. */
export const assumptionSchema = z.object({
  component: z.string(),
  field: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]),
  because: z.string(),
});

/** What a look at the graph alone shows. */
export const findingSchema = z.object({
  code: z.string(),
  severity: z.enum(["error", "warning", "note"]),
  component: z.string().optional(),
  connection: z.string().optional(),
  message: z.string(),
});
