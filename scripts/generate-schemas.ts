import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { schemaNames, schemaPath } from "../src/document/json-schema.js";
import { schemaText } from "./compose-schemas.js";

for (const name of schemaNames) {
  const file = schemaPath(name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, schemaText(name));
  process.stdout.write(`${file}\n`);
}
