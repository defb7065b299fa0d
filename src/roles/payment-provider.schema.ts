import { z } from "zod";
import { timeSchema } from "../canvas/canvas.schema.js";

const share = z.number().min(0).max(1);

const oneProvider = z.strictObject({
  ratePerS: z.number().gt(0),
  timeMs: timeSchema,
  replyLossRate: share.optional(),
  unavailableRate: share.optional(),
  errorRate: share.optional(),
  errorEffectShare: share.optional(),
  declineRate: share.optional(),
  voidFailRate: share.optional(),
  errorCurve: z.boolean().optional(),
  keyTtlMs: z.number().gt(0).optional(),
});

/**
 * The external provider that takes payments: calls per second, service time in milliseconds, shares 0 to 1.
 * `errorEffectShare` is the part of the errors that took effect before they failed, `voidFailRate` the share of voids
 * that fail without one. `second` is what differs at the second provider of a canvas, where there is one.
 */
export const paymentProviderParameters = oneProvider.extend({ second: oneProvider.partial().optional() });
