import { z } from "zod";
import { maxComponents, maxConnections, maxIdentifierLength } from "./limits.js";

/** The seven kinds of component a CanvasState may hold. */
export const componentTypes = ["person", "step", "storage", "decision", "trigger", "tool", "channel"] as const;

/** When a connection is taken; `success` when it is not said. */
export const connectionConditions = [
  "success",
  "failure",
  "compensate",
  "open",
  "change",
  "poll",
  "dead-letter",
] as const;

/** Direction words of other drawing tools. */
const connectionDirections = ["forward", "backward", "both", "none"] as const;

const nonNegative = z.number().min(0);
const positive = z.number().gt(0);
const share = z.number().min(0).max(1);
/** A whole number from 1; the bound keeps slot and waiting-room counts within 32 bits. */
const count = z.int().min(1).max(1_000_000_000);

/**
 * A string of 1 to `max` characters. JSON Schema counts code points where zod's own `max` counts UTF-16 code units,
 * so that the two would disagree on an identifier of many emoji.
 */
export function shortText(max: number) {
  return z
    .string()
    .min(1)
    .refine((text) => [...text].length <= max)
    .meta({ maxLength: max });
}

const identifier = shortText(maxIdentifierLength);

/** A service time: milliseconds, or a distribution. Units: milliseconds; `cv2` is the squared coefficient of variation. */
export const timeSchema = z.union([
  nonNegative,
  z.looseObject({ dist: z.literal("exponential"), meanMs: nonNegative }),
  z.looseObject({ dist: z.literal("constant"), meanMs: nonNegative }),
  z.looseObject({ dist: z.literal("lognormal"), medianMs: nonNegative, sigma: nonNegative.max(4) }),
  z.looseObject({ dist: z.literal("erlang"), meanMs: nonNegative, k: z.int().min(1).max(100) }),
  z.looseObject({ dist: z.literal("hyperexponential"), meanMs: nonNegative, cv2: z.number().min(1).max(100) }),
]);

/** Slots that follow the load: from `min` to `max`, looked at every `everyMs` milliseconds, a second at least. */
const autoscaleSchema = z.looseObject({
  min: count,
  max: count,
  targetUtilization: z.number().gt(0).max(1).optional(),
  everyMs: z.number().min(1000).optional(),
});

export const serviceSchema = z.looseObject({
  timeMs: timeSchema.optional(),
  concurrency: count.optional(),
  queueLimit: z.int().min(0).max(1_000_000_000).optional(),
  errorRate: share.optional(),
  autoscale: autoscaleSchema.optional(),
});

export const idempotencySchema = z.looseObject({
  key: z.enum(["request", "intent", "item", "attempt", "event", "sku", "none"]).optional(),
  check: z.enum(["unique", "check-then-act"]).optional(),
  ttlMs: positive.optional(),
  lagMs: nonNegative.optional(),
  claimLeaseMs: positive.optional(),
  onHeld: z.enum(["conflict", "wait"]).optional(),
  writes: z.enum(["forward", "any"]).optional(),
});

export const sagaSchema = z.looseObject({
  resumeMs: nonNegative.optional(),
  fence: z.boolean().optional(),
  undoAttempts: count.optional(),
  undoEveryMs: positive.optional(),
  settleMs: nonNegative.optional(),
});

export const connectionSchema = z.looseObject({
  id: identifier.optional(),
  from: identifier,
  to: identifier,
  label: z.string().optional(),
  direction: z.enum(connectionDirections).optional(),
  latencyMs: nonNegative.optional(),
  weight: nonNegative.optional(),
  on: z.enum(connectionConditions).optional(),
  operation: z.string().min(1).optional(),
  undo: z.string().min(1).optional(),
  async: z.boolean().optional(),
  openFor: z.enum(["never-sent", "any"]).optional(),
});

/** Fields any behaviour may carry: other exports' names for slots and service, and a schedule's period. */
export const commonBehaviour = {
  capacity: count.optional(),
  processingTimeMs: nonNegative.optional(),
  throughput: positive.optional(),
  everyMs: positive.optional(),
  ageMs: nonNegative.optional(),
  batch: count.optional(),
};

/**
 * The CanvasState schema, given the parameters' schema of every behaviour mode
 * (each a loose object with a literal `mode`).
 */
export function buildCanvasSchema(behaviours: readonly [z.ZodObject, ...z.ZodObject[]]) {
  const componentSchema = z.looseObject({
    id: identifier,
    type: z.enum(componentTypes),
    label: z.string().optional(),
    description: z.string().optional(),
    behavior: z.discriminatedUnion("mode", behaviours as never).optional(),
    cost: z.looseObject({ monthlyUsd: nonNegative.optional(), setupUsd: nonNegative.optional() }).optional(),
    service: serviceSchema.optional(),
    role: z.string().min(1).optional(),
    idempotency: idempotencySchema.optional(),
    saga: sagaSchema.optional(),
  });
  return z.looseObject({
    $schema: z.string().optional(),
    name: z.string().optional(),
    description: z.string().optional(),
    components: z.array(componentSchema).min(1).max(maxComponents),
    connections: z.array(connectionSchema).max(maxConnections),
  });
}
