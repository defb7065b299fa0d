import type { Component, Connection } from "../../src/canvas/canvas.js";
import type { ClientSpec } from "../../src/problem/problem.js";
import { api, buyer, instant, psp, type World } from "../roles/world.js";

export const mail: Component = {
  id: "mail",
  type: "channel",
  service: instant,
  behavior: { mode: "queue", releaseRps: 1000 },
};
/** A connection for status polls. */
export const polled = (to: string, from = "buyer"): Connection => ({ from, to, on: "poll" });

/** A component that shows the status. */
export function view(service: NonNullable<Component["service"]> = instant): Component {
  return { id: "view", type: "storage", service };
}

/** Accepted at once and final when the provider has answered, `finalMs` after the arrival. */
export function queued(finalMs: number, client: ClientSpec, status: Component = view()): World {
  return {
    components: [buyer, api, mail, psp(), status],
    connections: ["buyer>api", "api>mail", "mail>psp", polled("view")],
    provider: { ratePerS: 1000, timeMs: finalMs },
    workload: { client },
  };
}

export const every2s = { poll: { everyMs: 2000 } };
