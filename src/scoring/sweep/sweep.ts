import type { z } from "zod";
import type {
  courseSchema,
  readingSchema,
  runSchema,
  sweepRowSchema,
  sweepSchema,
  sweptGateSchema,
  sweptPathSchema,
} from "./sweep.schema.js";

/** What a schema describes, for readers only. */
type Unchanging<Value> = Value extends readonly (infer Item)[]
  ? readonly Unchanging<Item>[]
  : Value extends object
    ? { readonly [Name in keyof Value]: Unchanging<Value[Name]> }
    : Value;

export type SweptPath = Unchanging<z.infer<typeof sweptPathSchema>>;
export type SweepRow = Unchanging<z.infer<typeof sweepRowSchema>>;
export type Reading = Unchanging<z.infer<typeof readingSchema>>;
export type GateVerdict = Reading["verdict"];
export type Run = Unchanging<z.infer<typeof runSchema>>;
export type Course = Unchanging<z.infer<typeof courseSchema>>;
export type SweptGate = Unchanging<z.infer<typeof sweptGateSchema>>;
export type Sweep = Unchanging<z.infer<typeof sweepSchema>>;
