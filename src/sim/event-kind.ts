/** Kinds of event; the low three bits of a payload, below the handle of what it concerns. */
export const EventKind = {
  arrive: 0,
  served: 1,
  answer: 2,
  lane: 3,
  wake: 4,
  station: 5,
  action: 6,
  source: 7,
} as const;
export type EventKind = (typeof EventKind)[keyof typeof EventKind];

export const kindBits = 3;
export const kindMask = 7;

/** Packs an event's kind and handle into one 32-bit payload; handles go up to 2^28. */
export function payloadOf(kind: EventKind, handle: number): number {
  return (handle << kindBits) | kind;
}
