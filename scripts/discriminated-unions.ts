import type { JsonSchema } from "../src/document/json-schema.js";

function typeOf(branch: JsonSchema): string {
  if (typeof branch.type !== "string")
    throw new RangeError(`a union's branch needs one type: ${JSON.stringify(branch)}`);
  // A whole number is a number, so that the two would be one branch to a reader of the type alone.
  return branch.type === "integer" ? "number" : branch.type;
}

/** The property that has another constant in every branch. */
function tagOf(branches: readonly JsonSchema[]): string {
  const names = Object.keys(branches[0]?.properties ?? {});
  const tag = names.find((name) => {
    const values = branches.map((branch) => branch.properties?.[name]?.const);
    return values.every((value) => typeof value === "string") && new Set(values).size === branches.length;
  });
  if (tag === undefined) throw new RangeError(`no property tells the branches of a union apart: ${names.join(", ")}`);
  return tag;
}

/** Branches of one type as one schema. */
function merged(branches: readonly JsonSchema[]): JsonSchema {
  const [first, ...others] = branches;
  if (first === undefined) throw new RangeError("a union needs branches");
  if (others.length === 0) return first;
  return { type: "object", discriminator: { propertyName: tagOf(branches) }, oneOf: branches };
}

function isBare(schema: JsonSchema): boolean {
  return Object.keys(schema).length === 1;
}

/**
 * A union as a choice by type, then by tag, so that a validator tries only the branch that was meant and has one error
 * to tell. It accepts what `anyOf` accepts.
 */
function choice(branches: readonly JsonSchema[]): JsonSchema {
  const names = [...new Set(branches.map(typeOf))];
  const schemas = names.map((name) => merged(branches.filter((branch) => typeOf(branch) === name)));
  const types = schemas.map((schema) => schema.type as string);
  if (schemas.length > 1 && schemas.every(isBare)) return { type: types };
  // Objects first and the plain value last: its branch names all types, as it also meets those that fit nowhere.
  const ordered = schemas.sort((left, right) => Number(right.type === "object") - Number(left.type === "object"));
  return ordered.reduceRight((rest, schema, index) => {
    if (index === ordered.length - 1) return types.length === 1 ? schema : { ...schema, type: types };
    // biome-ignore lint/suspicious/noThenProperty: the name is JSON Schema's
    return { if: { type: schema.type as string }, then: schema, else: rest };
  }, {} as JsonSchema);
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function convertChild(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(convertChild);
  return isSchema(value) ? discriminateUnions(value) : value;
}

/** The schema with every `anyOf` and `oneOf` in it turned into a choice by type and tag. */
export function discriminateUnions(schema: JsonSchema): JsonSchema {
  const { anyOf, oneOf, ...rest } = schema;
  const own = Object.fromEntries(Object.entries(rest).map(([keyword, value]) => [keyword, convertChild(value)]));
  const branches = anyOf ?? oneOf;
  return branches === undefined ? own : { ...own, ...choice(branches.map(discriminateUnions)) };
}
