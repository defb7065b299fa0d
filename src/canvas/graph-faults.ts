import type { JsonDocument } from "../document/document.js";
import type { Fault } from "../document/fault.js";
import { isJsonObject } from "../document/json-schema.js";
import { nearestName } from "../document/nearest.js";
import type { JsonObject, JsonValue } from "../document/parse.js";
import { pointerTo } from "../document/pointer.js";

/** An entry of `components` or `connections` that is an object, with its pointer. */
interface Entry {
  readonly value: JsonObject;
  readonly pointer: string;
}

function entriesOf(value: JsonValue, list: "components" | "connections"): readonly Entry[] {
  const items = isJsonObject(value) ? value[list] : undefined;
  if (!Array.isArray(items)) return [];
  return (items as readonly JsonValue[]).flatMap((item, index) =>
    isJsonObject(item) ? [{ value: item, pointer: pointerTo(pointerTo("", list), index) }] : [],
  );
}

function duplicateIds(document: JsonDocument, entries: readonly Entry[], noun: string): readonly Fault[] {
  const firstLines = new Map<string, number | null>();
  return entries.flatMap(({ value, pointer }) => {
    const { id } = value;
    if (typeof id !== "string") return [];
    const at = pointerTo(pointer, "id");
    const firstLine = firstLines.get(id);
    if (firstLine !== undefined) return [document.fault(at, { code: "duplicate-id", noun, found: id, firstLine })];
    firstLines.set(id, document.positionOf(at)?.line ?? null);
    return [];
  });
}

function danglingEnds(document: JsonDocument, connection: Entry, ids: ReadonlySet<string>): readonly Fault[] {
  return (["from", "to"] as const).flatMap((end) => {
    const found = connection.value[end];
    if (typeof found !== "string" || ids.has(found)) return [];
    const suggestion = nearestName(found, ids);
    const detail = { code: "dangling-connection", end, found, allowed: [...ids] } as const;
    return [
      document.fault(pointerTo(connection.pointer, end), suggestion === null ? detail : { ...detail, suggestion }),
    ];
  });
}

function selfLoop(document: JsonDocument, { value, pointer }: Entry): readonly Fault[] {
  const { from, to } = value;
  if (typeof from !== "string" || from !== to) return [];
  return [document.fault(pointerTo(pointer, "to"), { code: "self-loop", found: from })];
}

/**
 * What is wrong with a canvas as a graph: ids given twice, connections to nothing or to themselves.
 * Looks only at entries of the right shape, so that it also serves a canvas that the schema refuses.
 */
export function graphFaults(document: JsonDocument): readonly Fault[] {
  const components = entriesOf(document.value, "components");
  const connections = entriesOf(document.value, "connections");
  const ids = new Set(components.flatMap(({ value }) => (typeof value.id === "string" ? [value.id] : [])));
  return [
    ...duplicateIds(document, components, "component"),
    ...duplicateIds(document, connections, "connection"),
    ...connections.flatMap((connection) => [
      ...danglingEnds(document, connection, ids),
      ...selfLoop(document, connection),
    ]),
  ];
}
