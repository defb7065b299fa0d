import type { ExternalParameters } from "../roles/external.js";
import { meanOf } from "../sim/service-times.js";
import { externalSlots } from "./timing.js";

/** An external role keeps calls waiting for this long at its rate; then it is full. */
const externalWaitS = 1;

/** Slots and room of an external role. Slots = rate × mean latency, so that its rate is the problem's. */
export function externalSize({ ratePerS, timeMs }: ExternalParameters): {
  readonly slots: number;
  readonly queueLimit: number;
} {
  return { slots: externalSlots(ratePerS, meanOf(timeMs)), queueLimit: Math.ceil(externalWaitS * ratePerS) };
}
