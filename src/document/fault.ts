import { excerpt, printable } from "./printable.js";
import { type FaultArguments, type FaultDetail, listsAllowed, type WarningCode, word } from "./wording.js";

/** Where something stands in a file: line and column from 1, a column being one UTF-16 code unit, as editors count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What a fault is about. `position` is null when it is about the file as a whole. */
export interface Place {
  readonly file: string;
  /** JSON pointer; `""` for the whole document. */
  readonly pointer: string;
  readonly position: Position | null;
  /** The option that the value comes from, where it is not the file's: `--set worker.service.concurrency=0`; printable. */
  readonly setting?: string;
}

/** One thing wrong with an input, as data; no string in it holds a control character. */
export interface Fault {
  readonly code: keyof FaultArguments;
  readonly file: string;
  readonly pointer: string;
  /** From 1; null when the fault is about the file as a whole. */
  readonly line: number | null;
  readonly column: number | null;
  /** The option that led to the fault, such as `--set worker.service.concurrency=0`; absent when the file did alone. */
  readonly setting?: string;
  readonly message: string;
  readonly found?: string;
  readonly allowed?: readonly string[];
  readonly suggestion?: string;
}

/** Something doubtful that does not stop a run. */
export type Warning = Fault & { readonly code: WarningCode };

/** Longest pointer and file name shown, in characters; keys and paths may be as long as a file. */
const placeLength = 400;

/** Names listed after `Allowed:`; a canvas may have 200 component ids. */
const allowedShown = 24;

function printableDetail<Detail extends FaultDetail>(detail: Detail): Detail {
  const entries = Object.entries(detail).map(([name, value]: [string, unknown]) => {
    if (typeof value === "string") return [name, name === "suggestion" ? printable(value) : excerpt(value)];
    if (Array.isArray(value)) return [name, value.map((item) => printable(String(item)))];
    return [name, value];
  });
  return Object.fromEntries(entries) as Detail;
}

/** The fault of a kind at a place. Everything taken from the file is cut short and made printable. */
export function createFault(place: Place, detail: FaultDetail): Fault {
  const safe = printableDetail(detail);
  return {
    code: safe.code,
    file: excerpt(place.file, placeLength),
    pointer: excerpt(place.pointer, placeLength),
    line: place.position?.line ?? null,
    column: place.position?.column ?? null,
    ...(place.setting === undefined ? {} : { setting: place.setting }),
    message: word(safe),
    ...("found" in safe && safe.found !== undefined ? { found: safe.found } : {}),
    ...("allowed" in safe && safe.allowed !== undefined ? { allowed: safe.allowed } : {}),
    ...("suggestion" in safe && safe.suggestion !== undefined ? { suggestion: safe.suggestion } : {}),
  };
}

/** The allowed names as a sentence, cut short with their number when there are many. */
function allowedText(fault: Fault): string {
  if (fault.allowed === undefined || !listsAllowed(fault.code)) return "";
  if (fault.allowed.length === 0) return " Allowed: none.";
  const shown = fault.allowed.slice(0, allowedShown);
  const more = fault.allowed.length - shown.length;
  return ` Allowed: ${shown.join(", ")}${more > 0 ? `, … (${more} more)` : ""}.`;
}

/**
 * A fault as one printable line, such as
 * `canvas.json:12:19 /components/3/behavior/mode: unknown mode "retyr"; did you mean "retry"? Allowed: passthrough, …`.
 */
export function formatFault(fault: Fault): string {
  const position = fault.line === null ? "" : `:${fault.line}:${fault.column}`;
  const pointer = fault.pointer === "" ? "" : ` ${fault.pointer}`;
  const setting = fault.setting === undefined ? "" : ` (${fault.setting})`;
  const allowed = allowedText(fault);
  const suggestion = fault.suggestion === undefined ? "" : `; did you mean "${fault.suggestion}"?`;
  const end = suggestion === "" && allowed !== "" ? "." : "";
  return `${fault.file}${position}${pointer}${setting}: ${fault.message}${suggestion}${end}${allowed}`;
}

/** Faults in the order of the file, those about the file as a whole first. */
export function sortFaults<Item extends Fault>(faults: readonly Item[]): readonly Item[] {
  return [...faults].sort(
    (left, right) => (left.line ?? 0) - (right.line ?? 0) || (left.column ?? 0) - (right.column ?? 0),
  );
}
