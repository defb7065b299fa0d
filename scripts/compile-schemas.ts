import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { readSchema } from "../src/document/json-schema.js";
import { inputFormats, validatorPath } from "../src/document/validate.js";

/** Part of the build: writes the validators of what users hand in, as code. */
const require = createRequire(import.meta.url);
const { default: standaloneCode } =
  require("ajv/dist/standalone/index.js") as typeof import("ajv/dist/standalone/index.js");

for (const format of inputFormats) {
  const ajv = new Ajv2020({
    allErrors: true,
    discriminator: true,
    verbose: true,
    allowUnionTypes: true,
    code: { source: true },
  });
  const file = validatorPath(format);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, standaloneCode(ajv, ajv.compile(readSchema(format))));
}
