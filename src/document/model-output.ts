import { createFault } from "./fault.js";
import { InputError } from "./input-error.js";
import { parseSource } from "./parse.js";
import { excerpt } from "./printable.js";
import { positionAt, type SourceText } from "./read.js";
import { maxDepth } from "./scan.js";
import type { FaultDetail } from "./wording.js";

/** Longest text that is repaired, in characters: the library's time grows with the square of some hostile ones. */
const longestRepair = 64_000;

/** Pieces of a text that are looked at; the last ones, for an answer comes after its drafts. */
const piecesTried = 20;

/** A piece of a text that may be the JSON. */
interface Piece {
  readonly text: string;
  readonly offset: number;
  readonly kind: "code block" | "text";
}

/** A piece that is a JSON object, as it stands or once it is repaired. */
interface Candidate {
  readonly piece: Piece;
  /** Valid JSON of an object. */
  readonly json: string;
  readonly repaired: boolean;
  /** How many of a canvas's two lists it has. */
  readonly lists: number;
}

/** What was found in a text. */
export interface ModelOutput {
  /** Valid JSON; its positions are the file's, unless it was repaired. */
  readonly source: SourceText;
  /** One printable line: what was taken, and what was mended. */
  readonly said: string;
}

/**
 * Takes a canvas out of what a model wrote around it. Looked at are code blocks between fences and, where none of
 * them is a canvas, the texts from a `{` to its `}`. Of those that are JSON objects, as they stand or repaired by
 * jsonrepair, the one that has most of `components` and `connections` is taken, and of several the last.
 * @throws InputError when there is none, or the text is too long to repair
 */
export async function readModelOutput(source: SourceText): Promise<ModelOutput> {
  const blocks = codeBlocks(source.text).filter(({ text }) => text.includes("{"));
  const inBlocks = await candidatesOf(blocks);
  const objects = inBlocks.some(({ lists }) => lists > 0) ? [] : objectsIn(source.text);
  const candidates = [...inBlocks, ...(await candidatesOf(objects))];
  const most = Math.max(...candidates.map(({ lists }) => lists));
  const best = candidates.filter(({ lists }) => lists === most);
  const chosen = best.at(-1);
  if (chosen === undefined) {
    const tooLong = [...blocks, ...objects].some(({ text }) => text.length > longestRepair);
    return refuse(source, tooLong ? { code: "repair-too-long", limit: longestRepair } : { code: "no-json" });
  }
  const { piece, json, repaired } = chosen;
  const text = repaired ? json : blankBefore(source.text, piece) + json;
  return { source: { ...source, text, repaired }, said: said(source, chosen, best.length) };
}

function refuse(source: SourceText, detail: FaultDetail): never {
  throw new InputError([createFault({ file: source.file, pointer: "", position: null }, detail)]);
}

/** As many characters as stand before the piece, with the same line ends: so that lines and columns are the file's. */
function blankBefore(text: string, { offset }: Piece): string {
  return text.slice(0, offset).replace(/[^\r\n]/g, " ");
}

/** What stands between fences; a block that is not closed ends with the text. */
function codeBlocks(text: string): readonly Piece[] {
  const blocks: Piece[] = [];
  let open: { readonly fence: string; readonly offset: number } | null = null;
  let offset = 0;
  for (const line of text.split(/(?<=\n)/)) {
    const fence = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    const end = offset + line.length;
    if (open === null) {
      if (fence !== undefined) open = { fence, offset: end };
    } else if (fence?.startsWith(open.fence) === true) {
      blocks.push({ text: text.slice(open.offset, offset), offset: open.offset, kind: "code block" });
      open = null;
    }
    offset = end;
  }
  if (open !== null) blocks.push({ text: text.slice(open.offset), offset: open.offset, kind: "code block" });
  return blocks;
}

/** The objects that stand side by side in a text, the last to the end of the text if it is not closed; and the widest span. */
function objectsIn(text: string): readonly Piece[] {
  const piece = (start: number, end: number): Piece => ({ text: text.slice(start, end), offset: start, kind: "text" });
  const first = text.indexOf("{");
  if (first === -1) return [];
  const found: Piece[] = [];
  let depth = 0;
  let start = first;
  let quoted = false;
  for (let offset = first; offset < text.length; offset++) {
    const character = text[offset]!;
    if (quoted && character === "\\") offset++;
    else if (character === '"' && depth > 0) quoted = !quoted;
    else if (character === "{" && !quoted) {
      if (depth === 0) start = offset;
      depth++;
    } else if (character === "}" && !quoted && depth > 0) {
      depth--;
      if (depth === 0) found.push(piece(start, offset + 1));
    }
  }
  if (depth > 0) found.push(piece(start, text.length));
  // Quotes that are not escaped hide brackets: then none of the others reads well, and this comes first.
  const widest = piece(first, Math.max(first, text.lastIndexOf("}")) + 1);
  return found.some(({ text: other }) => other === widest.text) ? found : [widest, ...found];
}

async function candidatesOf(pieces: readonly Piece[]): Promise<readonly Candidate[]> {
  const candidates: Candidate[] = [];
  for (const piece of pieces.slice(-piecesTried)) {
    const plain = objectOf(piece.text);
    const json = plain === null ? await repair(piece.text) : piece.text;
    const object = plain ?? (json === null ? null : objectOf(json));
    if (json === null || object === null) continue;
    const lists = ["components", "connections"].filter((name) => Array.isArray(object[name])).length;
    const repaired = plain === null;
    // Prose in braces can be mended into some object, but hardly into half a canvas.
    if (!repaired || lists > 0) candidates.push({ piece, json, repaired, lists });
  }
  return candidates;
}

function objectOf(json: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(json);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}

/** The text as JSON; null when it cannot be repaired. */
async function repair(text: string): Promise<string | null> {
  // The library calls itself for each level, and so do we later.
  if (text.length > longestRepair || deepestOpening(text) > maxDepth) return null;
  const { JSONRepairError, jsonrepair } = await import("jsonrepair");
  try {
    return jsonrepair(text);
  } catch (error) {
    if (error instanceof JSONRepairError || error instanceof RangeError) return null;
    throw error;
  }
}

/** How deep brackets are nested at most, quoted ones included: an upper bound. */
function deepestOpening(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === "{" || character === "[") depth++;
    else if ((character === "}" || character === "]") && depth > 0) depth--;
    if (depth > deepest) deepest = depth;
  }
  return deepest;
}

function said(source: SourceText, { piece, repaired, lists }: Candidate, alike: number): string {
  const trimmed = piece.text.trimEnd();
  const first = positionAt(source.text, piece.offset + (piece.text.length - piece.text.trimStart().length)).line;
  const last = positionAt(source.text, piece.offset + trimmed.length).line;
  const lines = first === last ? `line ${first}` : `lines ${first} to ${last}`;
  const one = alike > 1 ? `the last of ${alike} ${lists > 0 ? "canvases" : "objects"}` : "";
  const taken = [`took the ${piece.kind} on ${lines}`, one].filter((part) => part !== "").join(", ");
  const mended = repaired ? `; repaired it: ${firstFault(source, piece)}; so faults name no lines` : "";
  return excerpt(`${source.file}: read from model output: ${taken}${mended}`, 600);
}

/** What strict JSON says of the piece: the first thing that was repaired, with its place in the file. */
function firstFault(source: SourceText, piece: Piece): string {
  try {
    parseSource({ ...source, text: blankBefore(source.text, piece) + piece.text });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const [fault] = error.faults;
    if (fault !== undefined) {
      const place = fault.line === null ? "" : ` at ${fault.line}:${fault.column}`;
      const missing = fault.code === "json-truncated" ? ", so that parts of the canvas may be missing" : "";
      return `${fault.message.replace(/^not valid JSON: /, "")}${place}${missing}`;
    }
  }
  return "it was not valid JSON";
}
