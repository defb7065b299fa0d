import { Argument, type Command } from "commander";
import { schemaNames } from "../document/json-schema.js";

/** `schema <format>`: prints the published JSON Schema. */
export function registerSchema(program: Command): void {
  program
    .command("schema")
    .description("print the JSON Schema (draft 2020-12) of a format")
    .addArgument(new Argument("<format>", "which format").choices(schemaNames))
    .action(async (format: (typeof schemaNames)[number]) => {
      const { readSchema } = await import("../document/json-schema.js");
      process.stdout.write(`${JSON.stringify(readSchema(format), null, 2)}\n`);
    });
}
