import type { JsonDocument } from "../document/document.js";
import { choiceOf, isJsonObject, type JsonSchema } from "../document/json-schema.js";
import { nearestName } from "../document/nearest.js";
import type { JsonObject, JsonValue } from "../document/parse.js";
import { pointerTo } from "../document/pointer.js";
import type { FaultDetail } from "../document/wording.js";

/** What a setting's path leads to. */
export interface Target {
  /** The list that the component or connection stands in. */
  readonly list: "components" | "connections";
  readonly index: number;
  /** The names from the component or connection down to the field; at least one. */
  readonly fields: readonly string[];
  /** JSON pointer of the field. */
  readonly pointer: string;
}

/** Prefixes of a path that are compared with ids to suggest one. */
const prefixesTried = 8;

const lists = ["components", "connections"] as const;

function entriesOf(document: JsonDocument, list: Target["list"]): readonly JsonValue[] {
  const entries = isJsonObject(document.value) ? document.value[list] : undefined;
  return Array.isArray(entries) ? (entries as readonly JsonValue[]) : [];
}

/**
 * The field that a path names: the longest id that it begins with wins, for ids may hold points, and a component goes
 * before a connection of the same id. The field need not be there.
 * @returns the fault when there is no such component or connection, or no field behind it
 */
export function findTarget(document: JsonDocument, path: string): Target | FaultDetail {
  const named = lists.flatMap((list) =>
    entriesOf(document, list).flatMap((entry, index) =>
      isJsonObject(entry) && typeof entry.id === "string" ? [{ list, index, id: entry.id }] : [],
    ),
  );
  const [longest] = named
    .filter(({ id }) => path.startsWith(`${id}.`))
    .sort((left, right) => right.id.length - left.id.length);
  if (longest === undefined) {
    if (named.some(({ id }) => id === path)) return { code: "setting-without-field", found: path };
    return unknownTarget(
      path,
      named.map(({ id }) => id),
    );
  }
  const { list, index, id } = longest;
  const fields = path.slice(id.length + 1).split(".");
  return { list, index, fields, pointer: fields.reduce(pointerTo, pointerTo(pointerTo("", list), index)) };
}

function unknownTarget(path: string, ids: readonly string[]): FaultDetail {
  const segments = path.split(".");
  const found = segments[0] ?? path;
  for (let length = 1; length <= Math.min(segments.length, prefixesTried); length++) {
    const suggestion = nearestName(segments.slice(0, length).join("."), ids);
    if (suggestion !== null) return { code: "unknown-target", found, allowed: ids, suggestion };
  }
  return { code: "unknown-target", found, allowed: ids };
}

/**
 * What is wrong with a target's fields in the edited canvas: names that the schema does not know there, which would
 * silently do nothing, or parameters of another behaviour mode. Null when all are known.
 * @param schema the canvas's
 */
export function fieldFault(document: JsonDocument, schema: JsonSchema, target: Target): FaultDetail | null {
  let described: JsonSchema | undefined = schema.properties?.[target.list]?.items;
  let value: JsonValue | undefined = entriesOf(document, target.list)[target.index];
  let holder: string = target.list;
  for (const name of target.fields) {
    const known: Shape = described === undefined ? noShape : shapeOf(described, value);
    if (!Object.hasOwn(known.properties, name)) return unknownField(name, holder, known);
    holder = name;
    described = known.properties[name];
    value = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return null;
}

/** What the schema says of an object. */
interface Shape {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  /** Where one of several was chosen: by which property, its value, and what each choice knows. */
  readonly choice: {
    readonly tag: string;
    readonly chosen: string;
    readonly branches: ReadonlyMap<string, JsonSchema>;
  } | null;
}

const noShape: Shape = { properties: {}, choice: null };

/** Without a valid tag every choice's properties are known: the validator will ask for the tag. */
function shapeOf(schema: JsonSchema, value: JsonValue | undefined): Shape {
  const shape = schema.if?.type === "object" && schema.then !== undefined ? schema.then : schema;
  const choice = choiceOf(shape);
  if (choice === null) return { properties: shape.properties ?? {}, choice: null };
  const { tag, branches } = choice;
  const chosen = isJsonObject(value) ? String((value as JsonObject)[tag]) : "";
  const branch = branches.get(chosen);
  if (branch !== undefined) return { properties: branch.properties ?? {}, choice: { tag, chosen, branches } };
  return { properties: Object.assign({}, ...[...branches.values()].map((each) => each.properties)), choice: null };
}

function unknownField(name: string, holder: string, { properties, choice }: Shape): FaultDetail {
  if (choice !== null) {
    const { tag, chosen, branches } = choice;
    const owners = [...branches].filter(([, branch]) => Object.hasOwn(branch.properties ?? {}, name));
    const allowed = owners.map(([owner]) => owner);
    if (allowed.length > 0) return { code: "unused-parameter", found: name, tag, chosen, allowed };
  }
  const allowed = Object.keys(properties).filter((known) => !known.startsWith("$"));
  if (allowed.length === 0) return { code: "not-an-object", found: holder };
  const suggestion = nearestName(name, allowed);
  return { code: "unknown-property", found: name, allowed, ...(suggestion === null ? {} : { suggestion }) };
}
