import { valueText } from "../canvas/setting.js";
import type { JsonValue } from "../document/parse.js";
import { excerpt } from "../document/printable.js";
import type { SetField } from "./result.js";

/** Longest path and value shown, in characters. */
const shown = 80;

/** A value that was set, as one printable word: `80`, `same-key`; `(removed)` for a field that was taken away. */
export function settingValue(value: SetField["value"]): string {
  return value === null ? "(removed)" : excerpt(valueText(value as JsonValue), shown);
}

/** A path that was set, as printable text. */
export function settingPath(path: string): string {
  return excerpt(path, shown);
}

/** What was set, as one printable line: `worker.service.concurrency = 80 · c6.latencyMs = 5`; empty for nothing. */
export function settingsText(set: readonly SetField[]): string {
  return set.map(({ path, value }) => `${settingPath(path)} = ${settingValue(value)}`).join(" · ");
}
