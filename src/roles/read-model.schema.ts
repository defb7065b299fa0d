import { z } from "zod";

/** The read model that shows buyers what became of their intents has no parameters of its own. */
export const readModelParameters = z.strictObject({});
