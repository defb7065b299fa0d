import { z } from "zod";
import { shortText } from "../canvas/canvas.schema.js";

const share = z.number().min(0).max(1);
const percent = z.number().min(0).max(100);
const nonNegative = z.number().min(0);
const positive = z.number().gt(0);
const identifier = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/)
  .max(100);

/** How the population behaves. Times in milliseconds; percentages 0 to 100. */
export const clientSchema = z.strictObject({
  timeoutMs: positive.optional(),
  retries: z.int().min(0).max(1_000).optional(),
  backoffMs: nonNegative.optional(),
  backoffFactor: z.number().min(1).max(100).optional(),
  doubleClickPct: percent.optional(),
  doubleClickWithinMs: nonNegative.optional(),
  keyPolicy: z.enum(["per-intent", "per-request"]).optional(),
  /** Clients that make a new request key for each of their requests, whatever `keyPolicy` says. */
  freshKeyPct: percent.optional(),
  /** A limit for health only: an intent accepted later than this counts as unhealthy. The client waits on. */
  patienceMs: positive.optional(),
  /** Asks for the status of an accepted intent until it is shown final. */
  poll: z
    .strictObject({
      everyMs: z.number().min(1),
      jitterPct: percent.optional(),
      timeoutMs: positive.optional(),
    })
    .optional(),
  /** An accepted intent that is not shown final after so long sends its request again, `resubmits` times at most. */
  resubmitMs: positive.optional(),
  resubmits: z.int().min(0).max(1_000).optional(),
  /** So many clients have a second device, which sends a request of its own so long after the first. */
  secondDevicePct: percent.optional(),
  secondDeviceFromMs: nonNegative.optional(),
  secondDeviceToMs: nonNegative.optional(),
});

/**
 * What intents want: one unit of one of `skus` SKUs, and with the probability `twoItemShare` (0) one of another as well.
 * `hotShare` of the carts (1 ÷ skus) hold the hot SKU, number 0; the others are equally likely.
 */
const cartSchema = z.strictObject({
  skus: z.int().min(1).max(1_000_000).optional(),
  hotShare: share.optional(),
  twoItemShare: share.optional(),
});

/**
 * Errors of the components themselves. `curve`: every component with slots errs by the error curve on its offered
 * utilisation. `beforeQueue` (0 to 1): what a component that an accept passes errs in addition.
 */
export const errorsSchema = z.strictObject({ curve: z.boolean().optional(), beforeQueue: share.optional() });

/** Points of a rate profile, linear in between; two points at one time make a step. */
const profileSchema = z.array(z.strictObject({ atMs: nonNegative, ratePerS: nonNegative })).min(1);

export const workloadSchema = z.strictObject({
  ratePerS: positive.optional(),
  profile: profileSchema.optional(),
  arrivals: z.enum(["poisson", "constant"]).optional(),
  durationMs: positive.max(864_000_000),
  drainMs: nonNegative.max(864_000_000).optional(),
  warmupMs: nonNegative.optional(),
  crashRate: share.optional(),
  /** Share of intents whose buyer leaves before paying. */
  abandonRate: share.optional(),
  /** Share of events that a relay delivers twice. */
  eventRepeatRate: share.optional(),
  /** Share of the second of two writes that is never made. */
  dualWriteLossRate: share.optional(),
  client: clientSchema.optional(),
  cart: cartSchema.optional(),
});

/** Gates. `metrics` holds expressions such as `acceptMs.p95 <= 500`. */
export const criteriaSchema = z.strictObject({
  minStability: percent.optional(),
  maxDropRate: share.optional(),
  minDeliveryRate: share.optional(),
  maxErrors: nonNegative.optional(),
  metrics: z.array(shortText(200)).optional(),
});

/** Fields of every scenario; a kind's own file adds its parameters. */
export const commonScenario = {
  id: identifier,
  label: z.string().optional(),
  criteria: criteriaSchema.optional(),
  /** How long a full recovery may take before the recovery score is 0. */
  recoveryAllowanceMs: positive.optional(),
  workload: workloadSchema.partial().optional(),
  /** How many payment providers can be reached in it, of those that a canvas has; all when left out. */
  providers: z.int().min(1).max(2).optional(),
};

/** A window of a run, [startMs, endMs); the whole of the arrivals when left out. */
export const windowFields = { startMs: nonNegative.optional(), endMs: positive.optional() };

export const weightsSchema = z.strictObject({
  stability: nonNegative,
  delivery: nonNegative,
  design: nonNegative,
  constraints: nonNegative,
  cost: nonNegative,
});

const invariantSchema = z.union([identifier, z.strictObject({ id: identifier, limitMs: positive.optional() })]);

/**
 * The problem schema, given the parameters' schema of every role (by name) and of every scenario kind (each an object
 * with a literal `kind`), and the behaviours that a problem may require: mode names and component types.
 */
export function buildProblemSchema(
  roles: Readonly<Record<string, z.ZodObject>>,
  scenarios: readonly [z.ZodObject, ...z.ZodObject[]],
  behaviours: readonly [string, ...string[]],
) {
  // What a scenario changes of a role, the problem states in full.
  const changedRoles = Object.fromEntries(
    Object.entries(roles).map(([name, schema]) => [name, schema.partial().optional()]),
  );
  const ofScenario = scenarios.map((scenario) => scenario.extend({ roles: z.strictObject(changedRoles).optional() }));
  const optionalRoles = Object.fromEntries(Object.entries(roles).map(([name, schema]) => [name, schema.optional()]));
  return z.strictObject({
    $schema: z.string().optional(),
    id: identifier,
    title: shortText(200),
    brief: z.string().optional(),
    source: z.string().optional(),
    /** The share of the full load that the numbers of this file are. */
    scale: positive.optional(),
    constraints: z
      .strictObject({
        maxComponents: z.int().min(1).max(200).optional(),
        requiredBehaviors: z.array(z.enum(behaviours)).optional(),
        monthlyBudgetUsd: positive.optional(),
      })
      .optional(),
    roles: z.strictObject(optionalRoles).optional(),
    goal: z.strictObject({ role: z.string().min(1), operation: z.string().min(1) }).optional(),
    workload: workloadSchema,
    errors: errorsSchema.optional(),
    scenarios: z.array(z.discriminatedUnion("kind", ofScenario as never)).min(1),
    criteria: criteriaSchema.optional(),
    invariants: z.array(invariantSchema).optional(),
    weights: weightsSchema.optional(),
  });
}
