import { z } from "zod";

/** The store of orders has no parameters of its own; naming it makes the problem need it. */
export const orderStoreParameters = z.strictObject({ required: z.boolean().optional() });
