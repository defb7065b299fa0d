import { z } from "zod";

/** The outbox that relays a store's changes has no parameters of its own. */
export const outboxParameters = z.strictObject({});
