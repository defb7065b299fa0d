import type { Component, Connection, IdempotencySpec } from "../../src/canvas/canvas.js";
import { api, buyer, instant, psp, type World } from "./world.js";

export interface Events {
  /** Parameters of the webhook: without delay or mishap unless this says otherwise. */
  readonly events?: object;
  /** Of the receiver; none without. */
  readonly key?: "event" | "none";
  /** Of the order store: a natural key unless this says otherwise. */
  readonly store?: IdempotencySpec;
  readonly receiver?: Partial<Component>;
  /** Components between the api and the provider. */
  readonly between?: readonly Component[];
  readonly more?: readonly Component[];
  readonly ways?: readonly (string | Connection)[];
}

/** buyer → api → (orders), then → … → psp; psp's events → hook –record→ orders. The provider takes 100 ms. */
export function shopOf(
  { events = {}, key = "none", store, receiver, between = [], more = [], ways = [] }: Events,
  rest: Partial<World> = {},
): World {
  const chain = [api, ...between, psp()];
  return {
    components: [
      buyer,
      api,
      {
        id: "orders",
        type: "storage",
        role: "order-store",
        service: instant,
        idempotency: { key: "intent", ...store },
      },
      ...between,
      psp(),
      { id: "hook", type: "step", role: "webhook", service: instant, idempotency: { key }, ...receiver },
      ...more,
    ],
    connections: [
      "buyer>api",
      "api>orders",
      ...chain.slice(1).map(({ id }, i) => `${chain[i]!.id}>${id}`),
      { from: "hook", to: "orders", operation: "record" },
      ...ways,
    ],
    invariants: ["no-regression"],
    ...rest,
    roles: { webhook: { delayMs: 0, ...events } },
  };
}
