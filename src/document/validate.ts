import { createRequire } from "node:module";
import type { ValidateFunction } from "ajv";
import type { JsonDocument } from "./document.js";
import { type Fault, sortFaults } from "./fault.js";
import { readSchema } from "./json-schema.js";
import { packagePath } from "./package-files.js";
import { schemaFault } from "./schema-fault.js";

/** The formats of what users hand in. */
export const inputFormats = ["canvas", "config", "problem", "baseline"] as const;
export type InputFormat = (typeof inputFormats)[number];

/** Where the build puts the validator of a format, as code that ajv generated from the published schema. */
export function validatorPath(format: InputFormat): string {
  return packagePath("dist", "validators", `${format}.cjs`);
}

const require = createRequire(import.meta.url);

/**
 * The validator of a format. It reports every error, not only the first, and carries the data and schema of each for
 * the message. The build generates it: compiling the schemas took every command 0.3 s.
 */
export function validatorOf(format: InputFormat): ValidateFunction {
  return require(validatorPath(format)) as ValidateFunction;
}

/**
 * Every fault of a document against a published schema, with those of the document itself, in the order of the file.
 * What one fault explains is not said again: an infinite number is not also of the wrong type,
 * and a misspelt required property not also an unknown one.
 */
export function schemaFaults(document: JsonDocument, format: InputFormat): readonly Fault[] {
  const validator = validatorOf(format);
  if (validator(document.value)) return sortFaults(document.faults);
  const root = readSchema(format);
  const found = (validator.errors ?? []).flatMap((error) => schemaFault(document, root, error) ?? []);
  const misspelt = found.filter((fault) => fault.code === "missing-property" && fault.found !== undefined);
  const infinite = document.faults.filter((fault) => fault.code === "json-number-range");
  const explained = new Set([...misspelt, ...infinite].map((fault) => fault.pointer));
  const others = found.filter((fault) => !explained.has(fault.pointer));
  return sortFaults([...document.faults, ...misspelt, ...others]);
}
