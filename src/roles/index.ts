import { orderStore } from "./order-store.js";
import { paymentProvider } from "./payment-provider.js";
import type { Role } from "./role.js";

/** Every role, by name. */
export const roles: ReadonlyMap<string, Role> = new Map([paymentProvider, orderStore].map((role) => [role.name, role]));
