import type { JsonDocument } from "../document/document.js";
import type { Fault, Warning } from "../document/fault.js";
import { type DescribedObject, type JsonSchema, visitObjects } from "../document/json-schema.js";
import { misspeltName, nearestName } from "../document/nearest.js";
import { pointerTo } from "../document/pointer.js";
import { excerpt } from "../document/printable.js";
import type { FaultDetail } from "../document/wording.js";

/** Unknown fields named in the note; a drawing tool writes a dozen. */
const fieldsShown = 40;

/** What a canvas says that the engine does not use. */
export interface UnusedFields {
  /** Misspelt fields, and parameters of another behaviour mode or distribution. */
  readonly warnings: readonly Warning[];
  /** Names of all other unknown fields, sorted, each once. */
  readonly unknown: readonly string[];
  /** The same fields where a setting brought them: a trial that would show nothing. */
  readonly tried: readonly Fault[];
}

/** Why an unknown field deserves a warning of its own; null when it is just another tool's. */
function warningDetail(
  name: string,
  { value, properties, choice }: DescribedObject,
): (FaultDetail & { code: Warning["code"] }) | null {
  const owners = [...(choice?.branches ?? [])].filter(([, branch]) => Object.hasOwn(branch.properties ?? {}, name));
  if (choice !== null && owners.length > 0) {
    const allowed = owners.map(([owner]) => owner);
    return { code: "unused-parameter", found: name, tag: choice.tag, chosen: String(value[choice.tag]), allowed };
  }
  const absent = Object.keys(properties).filter((known) => !Object.hasOwn(value, known));
  const suggestion = misspeltName(name, absent);
  return suggestion === null ? null : { code: "misspelt-field", found: name, suggestion };
}

/** Finds the fields of a valid canvas that its schema does not name. */
export function unusedFields(document: JsonDocument, schema: JsonSchema): UnusedFields {
  const warnings: Warning[] = [];
  const unknown = new Set<string>();
  const tried: Fault[] = [];
  visitObjects(schema, document.value, (object) => {
    for (const name of Object.keys(object.value)) {
      if (Object.hasOwn(object.properties, name)) continue;
      const detail = warningDetail(name, object);
      const pointer = pointerTo(object.pointer, name);
      const refusal = document.fault(pointer, refusalOf(name, object, detail), "key");
      if (refusal.setting !== undefined) tried.push(refusal);
      else if (detail === null) unknown.add(name);
      else warnings.push(document.fault(pointer, detail, "key") as Warning);
    }
  });
  return { warnings, unknown: [...unknown].sort(), tried };
}

/** What is wrong with a field that must not be ignored. */
function refusalOf(name: string, { properties }: DescribedObject, warning: FaultDetail | null): FaultDetail {
  if (warning?.code === "unused-parameter") return warning;
  const allowed = Object.keys(properties).filter((known) => !known.startsWith("$"));
  const suggestion = warning?.code === "misspelt-field" ? warning.suggestion : nearestName(name, allowed);
  return { code: "unknown-property", found: name, allowed, ...(suggestion === null ? {} : { suggestion }) };
}

/** The one line that names unknown fields; null when there are none. */
export function unknownFieldsNote(file: string, unknown: readonly string[]): string | null {
  if (unknown.length === 0) return null;
  const shown = unknown.slice(0, fieldsShown).map((name) => excerpt(name));
  const more = unknown.length - shown.length;
  const names = `${shown.join(", ")}${more > 0 ? `, … (${more} more)` : ""}`;
  return `${excerpt(file, 400)}: unknown field${unknown.length === 1 ? "" : "s"} kept and ignored: ${names}`;
}
