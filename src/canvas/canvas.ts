import type { z } from "zod";
import type {
  componentTypes,
  connectionConditions,
  connectionSchema,
  idempotencySchema,
  sagaSchema,
  serviceSchema,
  timeSchema,
} from "./canvas.schema.js";

export type ComponentType = (typeof componentTypes)[number];
export type ConnectionCondition = (typeof connectionConditions)[number];
/** Milliseconds, or a distribution of milliseconds. */
export type TimeSpec = z.infer<typeof timeSchema>;
export type ServiceSpec = z.infer<typeof serviceSchema>;
export type IdempotencySpec = z.infer<typeof idempotencySchema>;
export type Connection = z.infer<typeof connectionSchema>;

/** A behaviour as written: its mode, and parameters that the mode's own file gives a type and defaults. */
export interface BehaviorSpec {
  readonly mode: string;
  readonly [parameter: string]: unknown;
}

export interface Component {
  readonly id: string;
  readonly type: ComponentType;
  readonly label?: string | undefined;
  readonly description?: string | undefined;
  readonly behavior?: BehaviorSpec | undefined;
  readonly cost?: { readonly monthlyUsd?: number | undefined; readonly setupUsd?: number | undefined } | undefined;
  readonly service?: ServiceSpec | undefined;
  readonly role?: string | undefined;
  readonly idempotency?: IdempotencySpec | undefined;
  readonly saga?: z.infer<typeof sagaSchema> | undefined;
}

/** A validated system design. */
export interface Canvas {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly components: readonly Component[];
  readonly connections: readonly Connection[];
}
