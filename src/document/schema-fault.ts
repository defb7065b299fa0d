import type { ErrorObject } from "ajv";
import type { JsonDocument } from "./document.js";
import type { Fault } from "./fault.js";
import { choiceOf, isJsonObject, type JsonSchema } from "./json-schema.js";
import { nearestName } from "./nearest.js";
import type { JsonValue } from "./parse.js";
import { pointerSegments, pointerTo } from "./pointer.js";
import type { FaultDetail } from "./wording.js";

/** What stands in the file, as a phrase: `the string "x"`, `-5`, `an object`. */
function describe(value: unknown): string {
  if (typeof value === "string") return `the string "${value}"`;
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}

const typePhrases: Readonly<Record<string, string>> = {
  integer: "a whole number",
  number: "a number",
  string: "a string",
  boolean: "true or false",
  object: "an object",
  array: "an array",
  null: "null",
};

/** The last named step of a pointer: what the value there is called. */
function nounOf(pointer: string): string {
  return pointerSegments(pointer).findLast((segment) => !/^\d+$/.test(segment)) ?? "document";
}

function optionalSuggestion(name: string, candidates: readonly string[]): { suggestion?: string } {
  const suggestion = nearestName(name, candidates);
  return suggestion === null ? {} : { suggestion };
}

function wrongValue(
  pointer: string,
  value: unknown,
  names: readonly string[],
  others: readonly string[] = [],
): FaultDetail {
  if (typeof value !== "string") {
    return { code: "wrong-type", found: describe(value), allowed: [...names.map((name) => `"${name}"`), ...others] };
  }
  const allowed = [...names, ...others];
  return { code: "unknown-value", noun: nounOf(pointer), found: value, allowed, ...optionalSuggestion(value, names) };
}

/**
 * What else may stand where a string was refused: with `"all"` or a number, the schema has a branch for each,
 * and the error tells only of the branch for strings.
 */
function otherTypes(root: JsonSchema, error: ErrorObject): readonly string[] {
  const segments = pointerSegments(decodeURIComponent(error.schemaPath));
  if (segments.at(-2) !== "then") return [];
  let union: unknown = root;
  for (const segment of segments.slice(0, -2))
    union = (union as Readonly<Record<string, unknown>> | undefined)?.[segment];
  const types = [(union as JsonSchema | undefined)?.else?.type ?? []].flat();
  return types.filter((type) => type !== "string").map((type) => typePhrases[type] ?? type);
}

function limitPhrase(error: ErrorObject): string {
  const limit = String(error.params.limit);
  switch (error.keyword) {
    case "minimum":
      return `at least ${limit}`;
    case "maximum":
      return `at most ${limit}`;
    case "exclusiveMinimum":
      return `greater than ${limit}`;
    case "exclusiveMaximum":
      return `less than ${limit}`;
    case "minLength":
      return limit === "1" ? "a string that is not empty" : `a string of at least ${limit} characters`;
    case "maxLength":
      return `a string of at most ${limit} characters`;
    default:
      return `a string that matches ${String(error.params.pattern)}`;
  }
}

/** The names that the schema knows for an object. */
function namesOf(schema: JsonSchema): readonly string[] {
  return Object.keys(schema.properties ?? {});
}

/** The unknown property that seems to be a misspelling of a missing one. */
function misspellingOf(missing: string, error: ErrorObject): string | undefined {
  if (!isJsonObject(error.data as JsonValue)) return undefined;
  const known = new Set(namesOf(error.parentSchema as JsonSchema));
  const unknown = Object.keys(error.data as object).filter((name) => !known.has(name));
  return nearestName(missing, unknown) ?? undefined;
}

function missingProperty(document: JsonDocument, error: ErrorObject, property: string): Fault {
  const found = misspellingOf(property, error);
  if (found === undefined) return document.fault(error.instancePath, { code: "missing-property", property });
  const pointer = pointerTo(error.instancePath, found);
  return document.fault(pointer, { code: "missing-property", property, found }, "key");
}

/** The tag of a union is missing, not a string, or names no branch. */
function wrongTag(document: JsonDocument, error: ErrorObject): Fault {
  const { tag, tagValue } = error.params as { tag: string; tagValue: unknown };
  if (tagValue === undefined) return missingProperty(document, error, tag);
  const pointer = pointerTo(error.instancePath, tag);
  const names = [...(choiceOf(error.parentSchema as JsonSchema)?.branches.keys() ?? [])];
  if (typeof tagValue === "string") return document.fault(pointer, wrongValue(pointer, tagValue, names));
  return document.fault(pointer, { code: "wrong-type", found: describe(tagValue), allowed: ["a string"] });
}

function unknownProperty(document: JsonDocument, error: ErrorObject): Fault {
  const found = String(error.params.additionalProperty);
  const allowed = namesOf(error.parentSchema as JsonSchema).filter((name) => !name.startsWith("$"));
  const detail: FaultDetail = { code: "unknown-property", found, allowed, ...optionalSuggestion(found, allowed) };
  return document.fault(pointerTo(error.instancePath, found), detail, "key");
}

function valueDetail(root: JsonSchema, error: ErrorObject): FaultDetail {
  const noun = nounOf(error.instancePath);
  const limit = Number(error.params.limit);
  switch (error.keyword) {
    case "type": {
      const types = [error.params.type as string | readonly string[]].flat();
      return {
        code: "wrong-type",
        found: describe(error.data),
        allowed: types.map((type) => typePhrases[type] ?? type),
      };
    }
    case "enum":
      return wrongValue(error.instancePath, error.data, (error.params.allowedValues as readonly unknown[]).map(String));
    case "const":
      return wrongValue(error.instancePath, error.data, [String(error.params.allowedValue)], otherTypes(root, error));
    case "minItems":
      return { code: "too-few-items", noun, count: (error.data as readonly unknown[]).length, limit };
    case "maxItems":
      return { code: "too-many-items", noun, count: (error.data as readonly unknown[]).length, limit };
    default:
      return { code: "out-of-range", found: describe(error.data), allowed: [limitPhrase(error)] };
  }
}

/** One error of validation against the schema `root` as a fault; null for one that only repeats others (`if` of a union). */
export function schemaFault(document: JsonDocument, root: JsonSchema, error: ErrorObject): Fault | null {
  switch (error.keyword) {
    case "if":
      return null;
    case "required":
      return missingProperty(document, error, String(error.params.missingProperty));
    case "discriminator":
      return wrongTag(document, error);
    case "additionalProperties":
      return unknownProperty(document, error);
    default:
      return document.fault(error.instancePath, valueDetail(root, error));
  }
}
