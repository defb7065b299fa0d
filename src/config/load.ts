import { basename, dirname, extname, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type JsonDocument, loadDocument } from "../document/document.js";
import { type Fault, sortFaults } from "../document/fault.js";
import { InputError } from "../document/input-error.js";
import { pointerTo } from "../document/pointer.js";
import { excerpt, printable } from "../document/printable.js";
import { schemaFaults } from "../document/validate.js";
import { UsageError } from "../evaluation/usage-error.js";
import { parseMetricExpression } from "../scoring/metric-expression.js";
import type { Config } from "./config.js";
import { computedDocument, partOf, placeIn } from "./config-document.js";
import { configNames, findConfig, maxConfigBytes, packageKey } from "./find.js";

/** A valid configuration and the file it came from. */
export interface LoadedConfig {
  readonly config: Config;
  /** As it was asked for, or relative to the working directory. */
  readonly file: string;
  /** What its paths are relative to; absolute. */
  readonly directory: string;
  /** Where a message says that the value at a JSON pointer stands. */
  placeOf(pointer: string): string;
}

export interface ConfigQuestion {
  /** The working directory; absolute. */
  readonly workingDirectory: string;
  /** The file that was asked for; the one that is found when left out. */
  readonly file?: string | undefined;
  /** The process has loaded it before, and a program in it has to run again. */
  readonly again?: boolean | undefined;
}

/**
 * Loads the configuration that was asked for, or that is found from the working directory upwards.
 * @returns null when none was asked for and none is there
 * @throws InputError with every fault of the file
 * @throws UsageError when a program in it fails, or a gate does not read
 */
export async function loadConfig({ workingDirectory, file, again }: ConfigQuestion): Promise<LoadedConfig | null> {
  const path = file === undefined ? await findConfig(workingDirectory) : resolve(workingDirectory, file);
  if (path === null) return null;
  const shown = file ?? relative(workingDirectory, path);
  const document = await documentOf(path, shown, again === true);
  const faults = schemaFaults(document, "config");
  if (faults.length > 0) throw new InputError(sortFaults<Fault>(faults));
  // The schema is generated from the one that the type comes from, and the document has passed it.
  const config = document.value as unknown as Config;
  const loaded = { config, file: shown, directory: dirname(path), placeOf: placeOf(document) };
  const gateFaults = metricFaults(loaded);
  if (gateFaults.length > 0) throw new UsageError(gateFaults);
  return loaded;
}

function placeOf(document: JsonDocument): LoadedConfig["placeOf"] {
  return (pointer) => printable(placeIn(document, pointer));
}

async function documentOf(path: string, shown: string, again: boolean): Promise<JsonDocument> {
  const extension = extname(path);
  if (extension === ".json") {
    const document = await loadDocument(shown, maxConfigBytes);
    if (basename(path) !== "package.json") return document;
    const part = partOf(document, pointerTo("", packageKey));
    if (part.positionOf("") !== undefined) return part;
    throw new UsageError([`${printable(shown)} has no key "${packageKey}" that holds a configuration`]);
  }
  if (configNames.some((name) => extname(name) === extension)) {
    return computedDocument(shown, await defaultExport(path, shown, again));
  }
  const allowed = [...new Set(configNames.map((name) => extname(name)))].join(", ");
  throw new UsageError([`${printable(shown)} cannot be a configuration; its name has to end in ${allowed}`]);
}

/** What a program exports by default; a promise is waited for. */
async function defaultExport(path: string, shown: string, again: boolean): Promise<unknown> {
  // Node loads JavaScript itself, in a tenth of the time; but a file that it has loaded it does not load again.
  const byNode = /\.[cm]?js$/.test(path) && !again;
  let exports: Readonly<Record<string, unknown>>;
  try {
    if (byNode) exports = await import(pathToFileURL(path).href);
    else {
      const { createJiti } = await import("jiti");
      exports = await createJiti(import.meta.url, { fsCache: false, moduleCache: false, interopDefault: false }).import(
        path,
      );
    }
  } catch (error) {
    const reason = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).split("\n")[0] ?? "";
    throw new UsageError([
      `${printable(shown)}${placeOfThrow(error, path)} cannot be loaded: ${excerpt(reason.trim(), 400)}`,
    ]);
  }
  // A CommonJS file's exports are the object itself, unless Node has wrapped them in a module.
  const isModule = "__esModule" in exports || Reflect.get(exports, Symbol.toStringTag) === "Module";
  const value: unknown = await (isModule ? exports.default : exports);
  if (value !== undefined) return value;
  throw new UsageError([`${printable(shown)} has no default export; write \`export default { … }\``]);
}

/** Where in the program it was thrown, `:<line>:<column>`, as far as the message or the stack tells. */
function placeOfThrow(error: unknown, path: string): string {
  if (!(error instanceof Error)) return "";
  const texts = `${error.message}\n${error.stack ?? ""}`.split(path).slice(1);
  return texts.map((text) => /^(:\d+){1,2}/.exec(text)?.[0]).find((place) => place !== undefined) ?? "";
}

/** Gates that do not read, which no JSON Schema can tell. */
function metricFaults({ config, placeOf }: LoadedConfig): readonly string[] {
  return (config.gates ?? []).flatMap(({ metrics }, gate) =>
    (metrics ?? []).flatMap((text, index) => {
      const parsed = parseMetricExpression(text);
      if (parsed.ok) return [];
      const { offset, message } = parsed.fault;
      return [
        printable(`${placeOf(`/gates/${gate}/metrics/${index}`)}: \`${text}\`, character ${offset + 1}: ${message}`),
      ];
    }),
  );
}
