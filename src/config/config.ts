import type { z } from "zod";
import type { configSchema, gateSchema } from "./config.schema.js";

/** A configuration as it is written; a TypeScript configuration gives its object this type. */
export type Config = z.input<typeof configSchema>;

/** An entry of `gates`: designs, and the problem that they have to pass. */
export type GateSpec = z.input<typeof gateSchema>;
