import { Hazard } from "../roles/ground-truth.js";
import type { Invariant } from "./invariant.js";

/** No intent is refunded twice. */
export const noDoubleRefund: Invariant = {
  id: "no-double-refund",
  violated: (intent, { truth }) => truth.refunds[intent]! > 1,
  exposed: (intent, { truth }) => (truth.hazards[intent]! & Hazard.refundUnsure) !== 0,
};
