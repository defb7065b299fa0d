import { consumer } from "./consumer.js";
import { inventory } from "./inventory.js";
import { ledger } from "./ledger.js";
import { lock } from "./lock.js";
import { orderStore } from "./order-store.js";
import { outbox } from "./outbox.js";
import { paymentProvider } from "./payment-provider.js";
import { readModel } from "./read-model.js";
import { reconciler } from "./reconciler.js";
import type { Role } from "./role.js";
import { sweeper } from "./sweeper.js";
import { webhook } from "./webhook.js";

/** Every role, by name. */
export const roles: ReadonlyMap<string, Role> = new Map(
  [paymentProvider, orderStore, reconciler, sweeper, webhook, outbox, consumer, ledger, readModel, inventory, lock].map(
    (role) => [role.name, role],
  ),
);
