import { consumer } from "./consumer.js";
import { orderStore } from "./order-store.js";
import { outbox } from "./outbox.js";
import { paymentProvider } from "./payment-provider.js";
import { readModel } from "./read-model.js";
import { reconciler } from "./reconciler.js";
import type { Role } from "./role.js";
import { webhook } from "./webhook.js";

/** Every role, by name. */
export const roles: ReadonlyMap<string, Role> = new Map(
  [paymentProvider, orderStore, reconciler, outbox, consumer, readModel, webhook].map((role) => [role.name, role]),
);
