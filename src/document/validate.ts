import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { JsonDocument } from "./document.js";
import { type Fault, sortFaults } from "./fault.js";
import { type JsonSchema, readSchema, type SchemaName } from "./json-schema.js";
import { schemaFault } from "./schema-fault.js";

const compiled = new Map<SchemaName, ValidateFunction>();

/**
 * The validator of a published schema, compiled once. It reports every error, not only the first,
 * and carries the data and schema of each for the message.
 */
export function validatorOf(name: SchemaName): ValidateFunction {
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const ajv = new Ajv2020({ allErrors: true, discriminator: true, verbose: true, allowUnionTypes: true });
  const validator = ajv.compile(readSchema(name));
  compiled.set(name, validator);
  return validator;
}

/**
 * Every fault of a document against a published schema, with those of the document itself, in the order of the file.
 * What one fault explains is not said again: an infinite number is not also of the wrong type,
 * and a misspelt required property not also an unknown one.
 */
export function schemaFaults(document: JsonDocument, name: SchemaName): readonly Fault[] {
  const validator = validatorOf(name);
  if (validator(document.value)) return sortFaults(document.faults);
  const root = validator.schema as JsonSchema;
  const found = (validator.errors ?? []).flatMap((error) => schemaFault(document, root, error) ?? []);
  const misspelt = found.filter((fault) => fault.code === "missing-property" && fault.found !== undefined);
  const infinite = document.faults.filter((fault) => fault.code === "json-number-range");
  const explained = new Set([...misspelt, ...infinite].map((fault) => fault.pointer));
  const others = found.filter((fault) => !explained.has(fault.pointer));
  return sortFaults([...document.faults, ...misspelt, ...others]);
}
