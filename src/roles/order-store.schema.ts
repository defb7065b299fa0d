import { z } from "zod";

/** The store of orders has no parameters of its own; naming it makes the problem look for one. */
export const orderStoreParameters = z.strictObject({});
