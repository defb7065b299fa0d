import { consumer } from "./consumer.js";
import { ledger } from "./ledger.js";
import { orderStore } from "./order-store.js";
import { outbox } from "./outbox.js";
import { paymentProvider } from "./payment-provider.js";
import { readModel } from "./read-model.js";
import { reconciler } from "./reconciler.js";
import type { Role } from "./role.js";

/** Every role, by name. */
export const roles: ReadonlyMap<string, Role> = new Map(
  [paymentProvider, orderStore, reconciler, outbox, consumer, ledger, readModel].map((role) => [role.name, role]),
);
