import type { IdempotencySpec } from "../canvas/canvas.js";
import type { IntentBook } from "../sim/intents.js";

type KeyKind = NonNullable<IdempotencySpec["key"]>;

/**
 * The idempotency key of an item by the canvas's `idempotency.key`; 0 for none, which no key is. A kind that is left out,
 * or means nothing to the role, is `otherwise`; an event's own key has only an item that reports one.
 */
export function keyOf(
  intents: IntentBook,
  item: number,
  kind: KeyKind | undefined,
  otherwise: "request" | "intent" | "item",
): number {
  switch (kind) {
    case "none":
      return 0;
    case "attempt":
      return intents.mintKey();
    case "request":
      return intents.requestKey[item]!;
    case "intent":
      return intents.naturalKey[intents.itemIntent[item]!]!;
    case "item":
      return intents.itemKey[item]!;
    case "event":
      if (intents.itemReport[item] !== 0) return intents.requestKey[item]!;
      return keyOf(intents, item, otherwise, otherwise);
    default:
      return keyOf(intents, item, otherwise, otherwise);
  }
}
