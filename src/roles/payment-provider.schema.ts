import { z } from "zod";
import { timeSchema } from "../canvas/canvas.schema.js";

const share = z.number().min(0).max(1);

/**
 * The external provider that takes payments: calls per second, service time in milliseconds, shares 0 to 1.
 * `errorEffectShare` is the part of the errors that charged before they failed.
 */
export const paymentProviderParameters = z.strictObject({
  ratePerS: z.number().gt(0),
  timeMs: timeSchema,
  replyLossRate: share.optional(),
  unavailableRate: share.optional(),
  errorRate: share.optional(),
  errorEffectShare: share.optional(),
  declineRate: share.optional(),
  errorCurve: z.boolean().optional(),
  keyTtlMs: z.number().gt(0).optional(),
});
