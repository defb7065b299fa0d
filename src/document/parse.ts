import { type DocumentNode, parse, type ValueNode } from "@humanwhocodes/momoa";
import { createFault, type Fault, type Position } from "./fault.js";
import { InputError } from "./input-error.js";
import { pointerTo } from "./pointer.js";
import { positionAt, type SourceText } from "./read.js";
import { maxDepth, scan } from "./scan.js";
import type { FaultDetail } from "./wording.js";

/** Any JSON value. Objects never have a `__proto__` of the file's. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** What usually stands behind an unexpected piece of text. */
const hints: readonly (readonly [RegExp, string])[] = [
  [/^'/, "strings take double quotes"],
  [/^\//, "JSON has no comments"],
  [/^`/, "a code fence is not part of the JSON"],
  [/^[+-]?(NaN|Infinity)/, "JSON has only finite numbers"],
  [/^(True|False|None|undefined)/, "JSON knows true, false and null"],
];

interface SyntaxFault {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

function isSyntaxFault(error: unknown): error is SyntaxFault {
  return error instanceof Error && typeof (error as Partial<SyntaxFault>).offset === "number";
}

/** The parser's node tree, or its error. Errors that are not about syntax are thrown on. */
function tryParse(text: string): DocumentNode | SyntaxFault {
  try {
    return parse(text, { mode: "json", ranges: true });
  } catch (error) {
    if (isSyntaxFault(error)) return error;
    throw error;
  }
}

/**
 * Whether a refused text is the beginning of valid JSON. The parser names the last token of such a text,
 * not its end; with a character after it that fits nowhere, it fails there if all before was well.
 */
function endsEarly(text: string): boolean {
  const result = tryParse(`${text}\u0000`);
  return "offset" in result && result.offset >= text.length;
}

function syntaxDetail(text: string, offset: number): FaultDetail {
  const piece = /^(?:\\.|[+\-\w.$]+|.)/su.exec(text.slice(offset, offset + 80))?.[0] ?? "";
  const trailing = /[}\]]/.test(piece) && text.slice(0, offset).trimEnd().endsWith(",");
  const hint = trailing
    ? "no comma may stand before it"
    : (hints.find(([pattern]) => pattern.test(piece))?.[1] ?? null);
  return { code: "json-syntax", found: piece === '"' ? "a string" : `"${piece}"`, hint };
}

function refuse(source: SourceText, detail: FaultDetail, position: Position): never {
  throw new InputError([createFault({ file: source.file, pointer: "", position }, detail)]);
}

function refuseScanned(source: SourceText): void {
  const fault = scan(source.text);
  if (fault === null) return;
  const position = positionAt(source.text, fault.offset);
  if (fault.kind === "too-deep") refuse(source, { code: "json-too-deep", limit: maxDepth }, position);
  refuse(source, { code: "json-control-character", found: source.text[fault.offset] ?? "" }, position);
}

/**
 * Parses JSON strictly, nothing beyond RFC 8259.
 *
 * @throws InputError at the first syntax error, raw control character, or too deep nesting
 */
export function parseSource(source: SourceText): ValueNode {
  refuseScanned(source);
  const { text } = source;
  const result = tryParse(text);
  if (!("offset" in result)) return result.body;
  if (endsEarly(text)) return refuse(source, { code: "json-truncated" }, positionAt(text, text.trimEnd().length));
  return refuse(source, syntaxDetail(text, result.offset), { line: result.line, column: result.column });
}

/** Builds the plain value of a node tree and gathers what JSON lets pass but no program should. */
class ValueBuilder {
  readonly faults: Fault[] = [];
  readonly #source: SourceText;

  constructor(source: SourceText) {
    this.#source = source;
  }

  build(node: ValueNode, pointer: string): JsonValue {
    switch (node.type) {
      case "Object":
        return this.#object(node, pointer);
      case "Array":
        return node.elements.map((element, index) => this.build(element.value, pointerTo(pointer, index)));
      case "Number":
        if (!Number.isFinite(node.value)) this.#tooLarge(node, pointer);
        return node.value;
      case "String":
      case "Boolean":
        return node.value;
      default:
        return null;
    }
  }

  #object(node: Extract<ValueNode, { type: "Object" }>, pointer: string): JsonObject {
    const value: Record<string, JsonValue> = {};
    const lines = new Map<string, number | null>();
    for (const member of node.members) {
      const name = member.name.type === "String" ? member.name.value : member.name.name;
      const at = pointerTo(pointer, name);
      const firstLine = lines.get(name);
      if (firstLine !== undefined)
        this.#add(at, member.loc.start, { code: "json-duplicate-key", found: name, firstLine });
      else lines.set(name, this.#source.repaired === true ? null : member.loc.start.line);
      const child = this.build(member.value, at);
      // Assigning it would replace the object's prototype, so it is reported and left out.
      if (name === "__proto__") this.#add(at, member.loc.start, { code: "json-proto-key" });
      else value[name] = child;
    }
    return value;
  }

  #tooLarge(node: Extract<ValueNode, { type: "Number" }>, pointer: string): void {
    const found = this.#source.text.slice(node.loc.start.offset, node.loc.end.offset);
    this.#add(pointer, node.loc.start, { code: "json-number-range", found });
  }

  #add(pointer: string, { line, column }: Position, detail: FaultDetail): void {
    const position = this.#source.repaired === true ? null : { line, column };
    this.faults.push(createFault({ file: this.#source.file, pointer, position }, detail));
  }
}

/** The plain value of a node tree; of a duplicate key the last counts. Faults: duplicate and `__proto__` keys, infinite numbers. */
export function plainValue(source: SourceText, root: ValueNode): { value: JsonValue; faults: readonly Fault[] } {
  const builder = new ValueBuilder(source);
  const value = builder.build(root, "");
  return { value, faults: builder.faults };
}
