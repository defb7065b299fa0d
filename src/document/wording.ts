/** What each kind of fault says, in data. `found` is what stands in the file; `allowed` lists what may. */
export interface FaultArguments {
  "file-missing": object;
  "file-directory": object;
  "file-empty": object;
  "file-unreadable": { readonly reason: string };
  "file-too-large": { readonly limitBytes: number };
  "file-encoding": { readonly found: string };
  "json-syntax": { readonly found: string; readonly hint: string | null };
  "json-truncated": object;
  "json-control-character": { readonly found: string };
  "json-too-deep": { readonly limit: number };
  "json-duplicate-key": { readonly found: string; readonly firstLine: number | null };
  "json-proto-key": object;
  "json-number-range": { readonly found: string };
  "wrong-type": { readonly found: string; readonly allowed: readonly string[] };
  "unknown-value": {
    /** What the value is: the property's name. */
    readonly noun: string;
    readonly found: string;
    readonly allowed: readonly string[];
    readonly suggestion?: string;
  };
  "missing-property": { readonly property: string; readonly found?: string };
  "unknown-property": { readonly found: string; readonly allowed: readonly string[]; readonly suggestion?: string };
  /** A number, a length or a pattern that does not hold; `allowed` is one phrase, such as `at least 0`. */
  "out-of-range": { readonly found: string; readonly allowed: readonly string[] };
  "too-many-items": { readonly noun: string; readonly count: number; readonly limit: number };
  "too-few-items": { readonly noun: string; readonly count: number; readonly limit: number };
  "duplicate-id": { readonly noun: string; readonly found: string; readonly firstLine: number | null };
  "column-length": { readonly count: number; readonly seeds: number };
  "dangling-connection": {
    readonly end: "from" | "to";
    readonly found: string;
    readonly allowed: readonly string[];
    readonly suggestion?: string;
  };
  "self-loop": { readonly found: string };
  "rate-missing": object;
  "rate-ambiguous": object;
  "rate-zero": object;
  "profile-unsorted": { readonly found: string; readonly beforeMs: number };
  "window-empty": { readonly found: string; readonly startMs: number };
  "window-outside": { readonly found: string; readonly durationMs: number };
  "warmup-too-long": { readonly found: string; readonly durationMs: number };
  "resubmits-alone": object;
  "pause-backward": { readonly found: string; readonly minMs: number };
  "latency-unchanged": object;
  "unknown-role": { readonly found: string; readonly allowed: readonly string[]; readonly suggestion?: string };
  "weights-zero": object;
  "unknown-problem": { readonly found: string; readonly allowed: readonly string[]; readonly suggestion?: string };
  "misspelt-field": { readonly found: string; readonly suggestion: string };
  "unknown-target": { readonly found: string; readonly allowed: readonly string[]; readonly suggestion?: string };
  "setting-without-field": { readonly found: string };
  /** A value that a setting goes through as if it held fields; `found` is its name. */
  "not-an-object": { readonly found: string };
  "no-json": object;
  "repair-too-long": { readonly limit: number };
  "unused-parameter": {
    readonly found: string;
    readonly tag: string;
    readonly chosen: string;
    /** The choices that do have it. */
    readonly allowed: readonly string[];
  };
}

/** A kind of fault with what it says. */
export type FaultDetail = {
  [Code in keyof FaultArguments]: { readonly code: Code } & FaultArguments[Code];
}[keyof FaultArguments];

export type WarningCode = "misspelt-field" | "unused-parameter";

const listingCodes: ReadonlySet<keyof FaultArguments> = new Set<keyof FaultArguments>([
  "unknown-value",
  "unknown-property",
  "dangling-connection",
  "unknown-role",
  "unknown-problem",
  "unknown-target",
]);

/** Whether the allowed values are names to list after the message; else the message itself says them. */
export function listsAllowed(code: keyof FaultArguments): boolean {
  return listingCodes.has(code);
}

type Wording = { readonly [Code in keyof FaultArguments]: (detail: FaultArguments[Code]) => string };

/** `a number or an object`. */
function alternatives(names: readonly string[]): string {
  if (names.length < 3) return names.join(" or ");
  return `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

function bytes(count: number): string {
  return count % 1_000_000 === 0 ? `${count / 1_000_000} MB` : `${count} bytes`;
}

/** Where the other one stands; nothing where that is no line of the file. */
function firstAt(line: number | null): string {
  return line === null ? "" : `, first on line ${line}`;
}

const wording: Wording = {
  "file-missing": () => "no such file",
  "file-directory": () => "is a directory, not a file",
  "file-empty": () => "the file is empty",
  "file-unreadable": ({ reason }) => `cannot be read: ${reason}`,
  "file-too-large": ({ limitBytes }) => `the file is larger than the limit of ${bytes(limitBytes)}`,
  "file-encoding": ({ found }) => `not valid UTF-8: found ${found}`,
  "json-syntax": ({ found, hint }) => `not valid JSON: unexpected ${found}${hint === null ? "" : ` (${hint})`}`,
  "json-truncated": () => "not valid JSON: the file ends too early",
  "json-control-character": ({ found }) => `not valid JSON: a string holds the raw control character ${found}`,
  "json-too-deep": ({ limit }) => `nested deeper than the limit of ${limit} levels`,
  "json-duplicate-key": ({ found, firstLine }) => `duplicate key "${found}"${firstAt(firstLine)}`,
  "json-proto-key": () => 'the key "__proto__" is not allowed',
  "json-number-range": ({ found }) => `the number ${found} is too large to be represented`,
  "wrong-type": ({ found, allowed }) => `must be ${alternatives(allowed)}, found ${found}`,
  "unknown-value": ({ noun, found }) => `unknown ${noun} "${found}"`,
  "missing-property": ({ property, found }) =>
    found === undefined
      ? `the property "${property}" is missing`
      : `the property "${property}" is missing; "${found}" looks like a misspelling of it`,
  "unknown-property": ({ found }) => `unknown property "${found}"`,
  "out-of-range": ({ found, allowed }) => `must be ${alternatives(allowed)}, found ${found}`,
  "too-many-items": ({ noun, count, limit }) => `${count} ${noun} are more than the limit of ${limit}`,
  "too-few-items": ({ noun, count, limit }) => `${count} ${noun} are fewer than the minimum of ${limit}`,
  "duplicate-id": ({ noun, found, firstLine }) => `duplicate ${noun} id "${found}"${firstAt(firstLine)}`,
  "column-length": ({ count, seeds }) =>
    `must hold a value for each of ${seeds} seed${seeds === 1 ? "" : "s"}, found ${count}`,
  "dangling-connection": ({ end, found }) => `the connection's "${end}" names no component: "${found}"`,
  "self-loop": ({ found }) => `connects "${found}" to itself`,
  "rate-missing": () => 'the workload needs a rate: either "ratePerS" or "profile"',
  "rate-ambiguous": () => 'both "ratePerS" and "profile" are given; only one may be',
  "rate-zero": () => "no point of the profile has a rate above 0, so nothing would ever arrive",
  "profile-unsorted": ({ found, beforeMs }) => `points must be in order of time: ${found} comes after ${beforeMs}`,
  "window-empty": ({ found, startMs }) => `the window ends at ${found} ms, not after its start at ${startMs} ms`,
  "window-outside": ({ found, durationMs }) =>
    `${found} ms is outside of the run, whose arrivals last ${durationMs} ms`,
  "warmup-too-long": ({ found, durationMs }) =>
    `a warm-up of ${found} ms leaves nothing of the ${durationMs} ms of arrivals`,
  "resubmits-alone": () => '"resubmits" needs "resubmitMs": after how long the request is sent again',
  "pause-backward": ({ found, minMs }) => `the longest pause, ${found} ms, is shorter than the shortest, ${minMs} ms`,
  "latency-unchanged": () => 'a latency scenario needs "addMs" or "factor"',
  "unknown-role": ({ found }) => `the role "${found}" is not among the problem's roles`,
  "weights-zero": () => "at least one weight must be above 0",
  "unknown-problem": ({ found }) => `there is no built-in problem "${found}", and no such file`,
  "misspelt-field": ({ found }) => `unknown field "${found}" is ignored`,
  "unknown-target": ({ found }) => `no component or connection "${found}"`,
  "setting-without-field": ({ found }) => `"${found}" needs a field behind it, as in ${found}.service.concurrency`,
  "not-an-object": ({ found }) => `"${found}" holds no fields; set it as a whole`,
  "no-json": () => "no JSON object in the text; a canvas stands between { and }, in a code block or without one",
  "repair-too-long": ({ limit }) =>
    `no valid JSON in the text, and more than ${limit / 1000} kB are not repaired; cut out the canvas`,
  "unused-parameter": ({ found, tag, chosen, allowed }) =>
    `"${found}" has no effect with ${tag} "${chosen}"; it belongs to ${alternatives(allowed)}`,
};

/** The sentence that says what is wrong, without place, suggestion or list of allowed names. */
export function word(detail: FaultDetail): string {
  const sentence = wording[detail.code] as (detail: FaultDetail) => string;
  return sentence(detail);
}
