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
  min: count.describe("fewest slots"),
  max: count.describe("most slots"),
  targetUtilization: z.number().gt(0).max(1).optional().describe("busy share that it aims at (0.6)"),
  everyMs: z.number().min(1000).optional().describe("time between two looks (15000)"),
});

export const serviceSchema = z.looseObject({
  timeMs: timeSchema.optional().describe("service time: milliseconds, or a distribution of them"),
  concurrency: count.optional().describe("slots: calls in service at once"),
  queueLimit: z.int().min(0).max(1_000_000_000).optional().describe("calls that may wait for a slot"),
  errorRate: share.optional().describe("share of the calls that fail in service"),
  autoscale: autoscaleSchema.optional().describe("slots that follow the load"),
});

export const idempotencySchema = z.looseObject({
  key: z
    .enum(["request", "intent", "item", "attempt", "event", "sku", "none"])
    .optional()
    .describe(
      "by what a repeated call is known again: the client's key, the intent itself, what one request creates on the server's side, each attempt (so never), the event's id, the SKU (locks), or not at all",
    ),
  check: z
    .enum(["unique", "check-then-act"])
    .optional()
    .describe("looks and writes in one step, or looks first and writes lagMs later"),
  ttlMs: positive.optional().describe("how long a key is remembered"),
  lagMs: nonNegative.optional().describe("time between the look and the write of check-then-act (200)"),
  claimLeaseMs: positive
    .optional()
    .describe(
      "how long a key in work stays claimed after an answer that nobody learned (30000; a lock's lease: 600000)",
    ),
  onHeld: z
    .enum(["conflict", "wait"])
    .optional()
    .describe("a lock that is held: answers conflict, or lets the caller wait in line"),
  writes: z
    .enum(["forward", "any"])
    .optional()
    .describe("whether a charge's record only moves on, or is whatever was written last"),
});

export const sagaSchema = z.looseObject({
  resumeMs: nonNegative
    .optional()
    .describe("another owner takes the record over so long after its owner's last sign of life (30000); 0 is never"),
  fence: z.boolean().optional().describe("an owner from whom the record was taken may do nothing more (true)"),
  undoAttempts: count.optional().describe("how often a step's undo is sent (no limit)"),
  undoEveryMs: positive.optional().describe("time between two of those (2000)"),
  settleMs: nonNegative
    .optional()
    .describe("when the undo of a step of unknown outcome is repeated (30000); 0 is not at all"),
});

export const connectionSchema = z.looseObject({
  id: identifier.optional(),
  from: identifier.describe("id of the component that calls"),
  to: identifier.describe("id of the component that is called"),
  label: z
    .string()
    .optional()
    .describe("what it means; words such as fail, retry, dead letter are read where on is missing"),
  direction: z.enum(connectionDirections).optional().describe("a word of other drawing tools; leave it out"),
  latencyMs: nonNegative.optional().describe("time a call takes on the way"),
  weight: nonNegative.optional().describe("share among the connections of a split or condition"),
  on: z
    .enum(connectionConditions)
    .optional()
    .describe(
      "when it is taken (success): after a success, instead of a failure, beside a failure to compensate, for what a circuitbreaker refuses, for changes of an order store, for status polls, for messages that a queue gives up",
    ),
  operation: z
    .string()
    .min(1)
    .optional()
    .describe("what is asked of the role at its end; the role's first operation when left out"),
  undo: z
    .string()
    .min(1)
    .optional()
    .describe("makes its source a durable sequence (a saga): the operation that takes this step back, or none"),
  async: z.boolean().optional().describe("the caller does not wait for the answer; nothing keeps the call"),
  openFor: z
    .enum(["never-sent", "any"])
    .optional()
    .describe("on open: what may go this way, only items never sent the usual way, or any"),
});

/** Fields any behaviour may carry: other exports' names for slots and service, and a schedule's period. */
export const commonBehaviour = {
  capacity: count.optional().describe("another name of service.concurrency"),
  processingTimeMs: nonNegative.optional().describe("another name of service.timeMs"),
  throughput: positive.optional().describe("calls per second that the slots shall manage"),
  everyMs: positive.optional().describe("of a schedule: time between two ticks (15000)"),
  ageMs: nonNegative.optional().describe("of a schedule: takes up what is this old (30000)"),
  batch: count.optional().describe("of a schedule: most calls in one tick (500)"),
};

/**
 * The CanvasState schema, given the parameters' schema of every behaviour mode
 * (each a loose object with a literal `mode`).
 */
export function buildCanvasSchema(behaviours: readonly [z.ZodObject, ...z.ZodObject[]]) {
  const componentSchema = z.looseObject({
    id: identifier.describe("unique; connections name it"),
    type: z.enum(componentTypes),
    label: z.string().optional(),
    description: z.string().optional(),
    behavior: z.discriminatedUnion("mode", behaviours as never).optional(),
    cost: z.looseObject({ monthlyUsd: nonNegative.optional(), setupUsd: nonNegative.optional() }).optional(),
    service: serviceSchema.optional(),
    role: z.string().min(1).optional().describe("what it is to the problem"),
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
