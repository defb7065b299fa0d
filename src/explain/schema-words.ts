import { choiceOf, type JsonSchema } from "../document/json-schema.js";

/** Bounds at or above this only keep numbers within 32 bits; they say nothing to who draws a design. */
const technicalBound = 100_000_000;

/** What may stand where the schema holds, in a few words: `whole number, 1 to 1000`, `"none" | "half"`. */
function wordType(schema: JsonSchema): string {
  const choice = choiceOf(schema);
  if (choice !== null) {
    return [...choice.branches].map(([name, branch]) => wordBranch(choice.tag, name, branch)).join(" or ");
  }
  if (schema.if !== undefined) {
    // One type or another; the types of what is left name both.
    const { if: condition, then: first = {}, else: rest = {} } = schema;
    return `${wordType({ ...rest, type: otherType(rest, condition.type) })} or ${wordType(first)}`;
  }
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.properties !== undefined) return wordObject(schema);
  if (schema.type === "integer") return `whole number${range(schema)}`;
  if (schema.type === "number") return `number${range(schema)}`;
  return schema.type === "boolean" ? "true | false" : "text";
}

/** The fields of an object, each with its type, and a `?` behind those that may be left out. */
function wordObject(schema: JsonSchema): string {
  const required = schema.required ?? [];
  const fields = Object.entries(schema.properties ?? {}).map(
    ([name, field]) => `"${name}"${required.includes(name) ? "" : "?"}: ${wordType(field)}`,
  );
  return `{ ${fields.join(", ")} }`;
}

function wordBranch(tag: string, name: string, branch: JsonSchema): string {
  const fields = Object.entries(branch.properties ?? {})
    .filter(([field]) => field !== tag)
    .map(([field, schema]) => `"${field}": ${wordType(schema)}`);
  return `{ ${[`"${tag}": "${name}"`, ...fields].join(", ")} }`;
}

function otherType({ type }: JsonSchema, known: JsonSchema["type"]): string {
  const types = typeof type === "string" ? [type] : (type ?? []);
  return types.find((name) => name !== known) ?? "string";
}

function range({ minimum, exclusiveMinimum, maximum }: JsonSchema): string {
  const least = typeof minimum === "number" ? minimum : undefined;
  const above = typeof exclusiveMinimum === "number" ? exclusiveMinimum : undefined;
  const most = typeof maximum === "number" && maximum < technicalBound ? maximum : undefined;
  if (above !== undefined) return ` above ${above}${most === undefined ? "" : `, at most ${most}`}`;
  if (least === undefined) return most === undefined ? "" : ` up to ${most}`;
  return most === undefined ? ` from ${least}` : ` from ${least} to ${most}`;
}

/** ` (whole number from 1 to 1000; default 4): attempts, the first one included`. */
export function wordField(name: string, schema: JsonSchema, more = ""): string {
  const description = typeof schema.description === "string" ? `: ${schema.description}` : "";
  return `\`${name}\` (${wordType(schema)}${more})${description}`;
}
