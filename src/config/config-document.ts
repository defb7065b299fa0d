import type { JsonDocument } from "../document/document.js";
import { createFault, type Fault } from "../document/fault.js";
import type { JsonValue } from "../document/parse.js";
import { parentPointer, pointerSegments } from "../document/pointer.js";

/** What stands at a pointer of a document, as a document of its own whose faults keep their place in the whole. */
export function partOf(whole: JsonDocument, pointer: string): JsonDocument {
  const isWithin = (fault: Fault) => fault.pointer.startsWith(`${pointer}/`);
  return {
    file: whole.file,
    sha256: whole.sha256,
    value: valueAt(whole.value, pointer) ?? null,
    faults: whole.faults.filter(isWithin),
    positionOf: (below) => whole.positionOf(`${pointer}${below}`),
    keyPositionOf: (below) => whole.keyPositionOf(`${pointer}${below}`),
    fault: (below, detail, at) => whole.fault(`${pointer}${below}`, detail, at),
  };
}

/** A value that a program made, as a document without lines and columns. */
export function computedDocument(file: string, value: unknown): JsonDocument {
  return {
    file,
    sha256: "",
    value: value as JsonValue,
    faults: [],
    positionOf: () => undefined,
    keyPositionOf: () => undefined,
    fault: (pointer, detail) => createFault({ file, pointer, position: null }, detail),
  };
}

/** Where a message says that a value stands: `chini-bench.config.json:4:7 /gates/0/metrics/1`. */
export function placeIn(document: JsonDocument, pointer: string): string {
  let position = document.positionOf(pointer);
  for (let above = pointer; position === undefined && above !== ""; ) {
    above = parentPointer(above);
    position = document.positionOf(above);
  }
  const line = position === undefined ? "" : `:${position.line}:${position.column}`;
  return `${document.file}${line}${pointer === "" ? "" : ` ${pointer}`}`;
}

function valueAt(value: JsonValue, pointer: string): JsonValue | undefined {
  let at: JsonValue | undefined = value;
  for (const segment of pointerSegments(pointer)) {
    at = typeof at === "object" && at !== null ? (at as Readonly<Record<string, JsonValue>>)[segment] : undefined;
  }
  return at;
}
