import { readFileSync } from "node:fs";
import { packagePath } from "./package-files.js";
import type { JsonObject, JsonValue } from "./parse.js";
import { pointerTo } from "./pointer.js";

/** The formats that have a published JSON Schema. */
export const schemaNames = ["canvas", "config", "problem", "result", "results", "comparison", "baseline"] as const;
export type SchemaName = (typeof schemaNames)[number];

/** The part of JSON Schema (draft 2020-12) that the generated schemas use. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly const?: JsonValue;
  readonly enum?: readonly JsonValue[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly discriminator?: { readonly propertyName: string };
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
  readonly else?: JsonSchema;
  readonly [keyword: string]: unknown;
}

/** The path of a published schema. */
export function schemaPath(name: SchemaName): string {
  return packagePath("schemas", `${name}.schema.json`);
}

/** A published schema. It is the package's own file, so that a damaged one is a fault of the program. */
export function readSchema(name: SchemaName): JsonSchema {
  return JSON.parse(readFileSync(schemaPath(name), "utf8")) as JsonSchema;
}

/** Whether a value is a JSON object. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The finite number that an object has under a name; undefined when it is no object or has none. */
export function numberIn(value: JsonValue | undefined, name: string): number | undefined {
  const number = isJsonObject(value) ? value[name] : undefined;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** One of several shapes of an object, chosen by the property `tag`. */
export interface SchemaChoice {
  readonly tag: string;
  /** Value of the tag → the schema of that choice. */
  readonly branches: ReadonlyMap<string, JsonSchema>;
}

/** The choices of a discriminated union; null for any other schema. */
export function choiceOf(schema: JsonSchema): SchemaChoice | null {
  const tag = schema.discriminator?.propertyName;
  if (tag === undefined) return null;
  const branches = new Map<string, JsonSchema>();
  for (const branch of schema.oneOf ?? []) {
    const value = branch.properties?.[tag]?.const;
    if (typeof value === "string") branches.set(value, branch);
  }
  return { tag, branches };
}

/** An object of a valid document with the schema that describes it. */
export interface DescribedObject {
  readonly pointer: string;
  readonly value: JsonObject;
  /** Properties that the schema names for this object. */
  readonly properties: Readonly<Record<string, JsonSchema>>;
  /** The union the schema was chosen from; null when there was no choice. */
  readonly choice: SchemaChoice | null;
}

/**
 * Visits, outermost first, every object of a valid document that the schema describes;
 * what lies in unknown fields is not visited.
 */
export function visitObjects(
  schema: JsonSchema,
  value: JsonValue,
  visit: (object: DescribedObject) => void,
  pointer = "",
): void {
  if (Array.isArray(value)) {
    const { items } = schema;
    if (items === undefined) return;
    for (const [index, item] of value.entries()) visitObjects(items, item, visit, pointerTo(pointer, index));
    return;
  }
  if (!isJsonObject(value)) return;
  const shape = schema.if?.type === "object" && schema.then !== undefined ? schema.then : schema;
  const choice = choiceOf(shape);
  const chosen = choice === null ? shape : choice.branches.get(String(value[choice.tag]));
  const properties = chosen?.properties;
  if (properties === undefined) return;
  visit({ pointer, value, properties, choice });
  for (const [name, child] of Object.entries(value)) {
    const described = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (described !== undefined) visitObjects(described, child, visit, pointerTo(pointer, name));
  }
}
