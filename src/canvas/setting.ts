import { InputError } from "../document/input-error.js";
import { type JsonValue, parseSource, plainValue } from "../document/parse.js";
import { excerpt } from "../document/printable.js";

/** One value for one field of a canvas: what `--set <path>=<value>` asks for. */
export interface Edit {
  /** Id of a component or connection, a point, and the field's names with points between. */
  readonly path: string;
  /** null removes the field. */
  readonly value: JsonValue;
}

/** A field and the values to try: with one it is an edit, with several a sweep. */
export interface Setting {
  readonly path: string;
  /** At least one; each once. Numbers alone are in ascending order. */
  readonly values: readonly JsonValue[];
}

/** Longest path, in characters: two identifiers of the longest and some fields. */
const longestPath = 1_000;

/** Most values of one setting. */
export const mostValues = 200;

const number = "-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?";
const wholeNumber = new RegExp(`^${number}$`);
const quotedPath = /^\s*("(?:[^"\\]|\\.)*")\s*=/s;
const range = new RegExp(`^(${number})\\.\\.(${number}):(${number})$`);

/** Digits of a step's sum that are kept: 0.1 + 2 · 0.1 is 0.3. */
const stepDigits = 12;

/**
 * Reads `worker.service.concurrency=40,60,80`. Values are JSON, or else plain words; a comma parts two of them, but
 * not between quotes or brackets; `10..50:10` stands for 10, 20, 30, 40, 50. A path in quotes, a JSON string, may hold `=`.
 * @throws RangeError that says what is wrong, as one printable line
 */
export function parseSetting(text: string): Setting {
  const { path, after } = pathOf(text);
  if (path === "") throw new RangeError(`"${excerpt(text)}" is not <path>=<value>, as worker.service.concurrency=80`);
  if (path.length > longestPath) throw new RangeError(`the path is longer than ${longestPath} characters`);
  const name = `--set ${excerpt(path)}`;
  const values = partsOf(after).flatMap((part) => valuesOf(part.trim(), name));
  if (values.length > mostValues) {
    throw new RangeError(`${name}: ${values.length} values are more than the limit of ${mostValues}`);
  }
  const distinct = [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
  const numbers = distinct.filter((value) => typeof value === "number");
  return { path, values: numbers.length === distinct.length ? numbers.sort((a, b) => a - b) : distinct };
}

/** What stands before the first `=` that is not between quotes, and what comes after it; no path where there is none. */
function pathOf(text: string): { readonly path: string; readonly after: string } {
  const [whole, quoted] = quotedPath.exec(text) ?? [];
  if (whole !== undefined && quoted !== undefined) {
    const path = jsonValue(quoted, "--set");
    if (typeof path === "string") return { path, after: text.slice(whole.length) };
  }
  const equals = text.indexOf("=");
  return equals === -1
    ? { path: "", after: "" }
    : { path: text.slice(0, equals).trim(), after: text.slice(equals + 1) };
}

/** The pieces between the commas that stand outside of quotes and brackets. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  let quoted = false;
  for (let offset = 0; offset < text.length; offset++) {
    const character = text[offset]!;
    if (quoted) {
      if (character === "\\") offset++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if ("[{".includes(character)) depth++;
    else if ("]}".includes(character)) depth--;
    else if (character === "," && depth === 0) {
      parts.push(text.slice(start, offset));
      start = offset + 1;
    }
  }
  return [...parts, text.slice(start)];
}

function valuesOf(part: string, name: string): readonly JsonValue[] {
  if (part === "") throw new RangeError(`${name}: a value is missing; null removes the field`);
  const steps = range.exec(part);
  if (steps !== null) return steppedValues(part, steps.slice(1).map(Number), name);
  const isJson = /^["[{]/.test(part) || ["true", "false", "null"].includes(part) || wholeNumber.test(part);
  return [isJson ? jsonValue(part, name) : part];
}

function steppedValues(part: string, [from = 0, to = 0, step = 0]: readonly number[], name: string): readonly number[] {
  const steps = (to - from) / step;
  if (!Number.isFinite(steps) || steps < 0) {
    throw new RangeError(`${name}: ${excerpt(part)} never ends; a range is <from>..<to>:<step>, as 10..50:10`);
  }
  // A last step that misses the end by rounding alone still arrives.
  const count = Math.floor(steps + 1e-9) + 1;
  if (count > mostValues) {
    throw new RangeError(`${name}: ${excerpt(part)} has more values than the limit of ${mostValues}`);
  }
  return Array.from({ length: count }, (_, index) => Number((from + index * step).toPrecision(stepDigits)));
}

/** A value as a file would hold it: the same faults are refused, duplicate keys and infinite numbers among them. */
function jsonValue(part: string, name: string): JsonValue {
  try {
    const source = { file: name, bytes: new Uint8Array(), text: part };
    const { value, faults } = plainValue(source, parseSource(source));
    if (faults.length > 0) throw new InputError(faults);
    return value;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new RangeError(`${name}: ${excerpt(part)} is not a value: ${error.faults[0]!.message}`);
  }
}

/** A setting as {@link parseSetting} reads it: `worker.service.concurrency=40,60`. */
export function settingText({ path, values }: Setting): string {
  const plain = path === path.trim() && !/["=]/.test(path);
  return `${plain ? path : JSON.stringify(path)}=${values.map(valueText).join(",")}`;
}

/** A value as `--set` takes it: a word without quotes where it would be read as a word. */
export function valueText(value: JsonValue): string {
  return typeof value === "string" && isWord(value) ? value : JSON.stringify(value);
}

function isWord(text: string): boolean {
  if (text === "" || text !== text.trim() || /[",[\]{}]/.test(text)) return false;
  return !["true", "false", "null"].includes(text) && !wholeNumber.test(text) && !range.test(text);
}
