import { z } from "zod";
import { timeSchema } from "../canvas/canvas.schema.js";

const share = z.number().min(0).max(1);

/**
 * The events that the provider sends. `delayMs`: from its doing to the first delivery, drawn for each. `duplicateRate`
 * of the events come twice; `missedRate` of them are not there at first and come `missedRetryMs` (30,000) later. A
 * receiver that does not answer ok is tried again after `downRetryMs` (60,000). Milliseconds; shares 0 to 1.
 */
export const webhookParameters = z.strictObject({
  delayMs: timeSchema,
  duplicateRate: share.optional(),
  missedRate: share.optional(),
  missedRetryMs: z.number().min(0).optional(),
  downRetryMs: z.number().gt(0).optional(),
});
