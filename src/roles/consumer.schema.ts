import { z } from "zod";

/** A consumer of the store's changes has no parameters of its own; every component in the role must apply each once. */
export const consumerParameters = z.strictObject({});
