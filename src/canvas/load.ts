import { type DocumentOptions, type JsonDocument, loadDocument, parseDocument } from "../document/document.js";
import { type Fault, type Position, sortFaults, type Warning } from "../document/fault.js";
import { InputError } from "../document/input-error.js";
import { readSchema } from "../document/json-schema.js";
import { schemaFaults } from "../document/validate.js";
import { autoscaleFaults } from "./autoscale-faults.js";
import type { Canvas } from "./canvas.js";
import { blamedOnEdits, editedDocument } from "./edit.js";
import { graphFaults } from "./graph-faults.js";
import { maxCanvasBytes } from "./limits.js";
import type { Edit } from "./setting.js";
import { unknownFieldsNote, unusedFields } from "./unknown-fields.js";

/** A valid canvas and the file it came from. */
export interface LoadedCanvas {
  readonly canvas: Canvas;
  readonly file: string;
  /** SHA-256 of the file's bytes, in hexadecimal. */
  readonly sha256: string;
  /** Misspelt fields and parameters without effect, in the order of the file. */
  readonly warnings: readonly Warning[];
  /** Printable lines for the user that need no action: the unknown fields, in one line. */
  readonly notes: readonly string[];
  /** Line and column, from 1, of the value at a JSON pointer; undefined when there is none. */
  lineOf(pointer: string): Position | undefined;
}

export interface LoadOptions extends DocumentOptions {
  /** Changes to the file's values, in this order. */
  readonly edits?: readonly Edit[] | undefined;
}

function faultsOf(document: JsonDocument): readonly Fault[] {
  const shape = schemaFaults(document, "canvas");
  // Beyond the limits every end times every id would be compared, so the graph waits until the size is right.
  const oversized = shape.some((fault) => fault.code === "too-many-items");
  return [...shape, ...(oversized ? [] : [...graphFaults(document), ...autoscaleFaults(document)])];
}

function refuseFaulty(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new InputError(sortFaults(faults));
}

/** The document with its edits, valid; what only an edit made faulty is said to be the edits' doing. */
function validDocument(file: JsonDocument, edits: readonly Edit[]): JsonDocument {
  if (edits.length === 0) {
    refuseFaulty(faultsOf(file));
    return file;
  }
  const document = editedDocument(file, edits);
  const faults = faultsOf(document);
  if (faults.length > 0) refuseFaulty(blamedOnEdits(faults, faultsOf(file), edits));
  return document;
}

/**
 * Loads a canvas: reads the file (at most 1 MB), parses it, applies edits, and checks it against the schema and as a graph.
 *
 * @throws InputError with every fault of the file or the edits
 */
export async function loadCanvas(file: string, options: LoadOptions = {}): Promise<LoadedCanvas> {
  return canvasOf(await loadDocument(file, maxCanvasBytes, options), options.edits ?? []);
}

/**
 * {@link loadCanvas} for a canvas in memory: the text of its JSON, or the value.
 *
 * @param name stands where a file's name would: in messages, in the result and in the line that repeats it. Lines and
 *   columns in a value are those of `JSON.stringify(value, null, 2)`.
 * @throws InputError with every fault
 * @throws TypeError when the value cannot be written as JSON
 */
export function parseCanvas(json: string | object, name = "canvas"): LoadedCanvas {
  return canvasOf(parseDocument(json, name, maxCanvasBytes), []);
}

function canvasOf(original: JsonDocument, edits: readonly Edit[]): LoadedCanvas {
  const document = validDocument(original, edits);
  const { file } = document;
  const { warnings, unknown, tried } = unusedFields(document, readSchema("canvas"));
  // A file may hold what is not used; a field that is tried may not, for the trial would show nothing.
  refuseFaulty(tried);
  const note = unknownFieldsNote(file, unknown);
  return {
    // The schema is generated from the one that the type comes from, and the document has passed it.
    canvas: document.value as unknown as Canvas,
    file,
    sha256: document.sha256,
    warnings: sortFaults(warnings),
    notes: note === null ? [] : [note],
    lineOf: (pointer) => document.positionOf(pointer),
  };
}
