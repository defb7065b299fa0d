import { orderStore } from "./order-store.js";
import { paymentProvider } from "./payment-provider.js";
import { reconciler } from "./reconciler.js";
import type { Role } from "./role.js";

/** Every role, by name. */
export const roles: ReadonlyMap<string, Role> = new Map(
  [paymentProvider, orderStore, reconciler].map((role) => [role.name, role]),
);
