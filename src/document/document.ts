import { createHash } from "node:crypto";
import type { MemberNode, ValueNode } from "@humanwhocodes/momoa";
import { createFault, type Fault, type Place, type Position } from "./fault.js";
import { type JsonValue, parseSource, plainValue } from "./parse.js";
import { parentPointer, pointerSegments } from "./pointer.js";
import { readSource, type SourceText, textSource } from "./read.js";
import type { FaultDetail } from "./wording.js";

/** A JSON file that parsed, with the places of its values. */
export interface JsonDocument {
  readonly file: string;
  /** SHA-256 of the file's bytes, in hexadecimal. */
  readonly sha256: string;
  readonly value: JsonValue;
  /** Duplicate keys, `__proto__` keys and infinite numbers: the value is not to be used when there are any. */
  readonly faults: readonly Fault[];
  /** Where the value at a JSON pointer starts; undefined when there is none. */
  positionOf(pointer: string): Position | undefined;
  /** Where the name of the property at a JSON pointer starts; undefined when there is none. */
  keyPositionOf(pointer: string): Position | undefined;
  /** A fault at the value, or with `at: "key"` at the property's name; else at the nearest that exists above it. */
  fault(pointer: string, detail: FaultDetail, at?: "value" | "key"): Fault;
}

function memberNamed(node: ValueNode, name: string): MemberNode | undefined {
  if (node.type !== "Object") return undefined;
  // The last of duplicates, as its value is the one that counts.
  return node.members.findLast((member) => member.name.type === "String" && member.name.value === name);
}

function child(node: ValueNode, segment: string): ValueNode | undefined {
  if (node.type !== "Array") return memberNamed(node, segment)?.value;
  return /^(0|[1-9]\d*)$/.test(segment) ? node.elements[Number(segment)]?.value : undefined;
}

function start(node: ValueNode | MemberNode): Position {
  return { line: node.loc.start.line, column: node.loc.start.column };
}

/** A document over a node tree; positions are looked up when asked for, as most never are. */
class ParsedDocument implements JsonDocument {
  readonly file: string;
  readonly sha256: string;
  readonly value: JsonValue;
  readonly faults: readonly Fault[];
  /** Null when the tree is of a repaired text, whose lines are not the file's. */
  readonly #root: ValueNode | null;

  constructor(source: SourceText, root: ValueNode) {
    const plain = plainValue(source, root);
    this.file = source.file;
    this.sha256 = createHash("sha256").update(source.bytes).digest("hex");
    this.#root = source.repaired === true ? null : root;
    this.value = plain.value;
    this.faults = plain.faults;
  }

  positionOf(pointer: string): Position | undefined {
    let node: ValueNode | undefined = this.#root ?? undefined;
    for (const segment of pointerSegments(pointer)) node = node === undefined ? undefined : child(node, segment);
    return node === undefined ? undefined : start(node);
  }

  keyPositionOf(pointer: string): Position | undefined {
    const segments = pointerSegments(pointer);
    const name = segments.at(-1);
    let node: ValueNode | undefined = this.#root ?? undefined;
    for (const segment of segments.slice(0, -1)) node = node === undefined ? undefined : child(node, segment);
    const member = node === undefined || name === undefined ? undefined : memberNamed(node, name);
    return member === undefined ? undefined : start(member);
  }

  fault(pointer: string, detail: FaultDetail, at: "value" | "key" = "value"): Fault {
    let position = at === "key" ? this.keyPositionOf(pointer) : this.positionOf(pointer);
    for (let above = pointer; position === undefined && above !== ""; ) {
      above = parentPointer(above);
      position = this.positionOf(above);
    }
    const place: Place = { file: this.file, pointer, position: position ?? null };
    return createFault(place, detail);
  }
}

export interface DocumentOptions {
  /** Takes the JSON out of the text around it, and repairs it where it must. */
  readonly fromModelOutput?: boolean | undefined;
  /** Is told, as one printable line, what had to be done to read the file; nothing for plain JSON. */
  readonly tell?: ((line: string) => void) | undefined;
}

/**
 * Reads and parses a JSON file of at most `maxBytes` bytes.
 *
 * @throws InputError when the file cannot be read or is not JSON; other faults are in the document
 */
export async function loadDocument(
  file: string,
  maxBytes: number,
  { fromModelOutput, tell }: DocumentOptions = {},
): Promise<JsonDocument> {
  const source = await readSource(file, maxBytes);
  if (fromModelOutput !== true || isJson(source.text)) return documentOf(source);
  const { readModelOutput } = await import("./model-output.js");
  const found = await readModelOutput(source);
  tell?.(found.said);
  return documentOf(found.source);
}

/**
 * {@link loadDocument} for JSON in memory: text, or a value, whose positions are then those in the text that
 * `JSON.stringify(value, null, 2)` makes of it.
 *
 * @param name stands where messages name the file
 * @throws InputError as {@link loadDocument}
 * @throws TypeError when the value cannot be written as JSON: it is circular or holds a BigInt
 */
export function parseDocument(json: string | object, name: string, maxBytes: number): JsonDocument {
  // A function has no JSON at all, and so is an empty text.
  const text = typeof json === "string" ? json : (JSON.stringify(json, null, 2) ?? "");
  return documentOf(textSource(name, text, maxBytes));
}

function documentOf(source: SourceText): JsonDocument {
  return new ParsedDocument(source, parseSource(source));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
