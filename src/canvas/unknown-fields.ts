import type { JsonDocument } from "../document/document.js";
import type { Warning } from "../document/fault.js";
import { type DescribedObject, type JsonSchema, visitObjects } from "../document/json-schema.js";
import { misspeltName } from "../document/nearest.js";
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
  visitObjects(schema, document.value, (object) => {
    for (const name of Object.keys(object.value)) {
      if (Object.hasOwn(object.properties, name)) continue;
      const detail = warningDetail(name, object);
      if (detail === null) unknown.add(name);
      else warnings.push(document.fault(pointerTo(object.pointer, name), detail, "key") as Warning);
    }
  });
  return { warnings, unknown: [...unknown].sort() };
}

/** The one line that names unknown fields; null when there are none. */
export function unknownFieldsNote(file: string, unknown: readonly string[]): string | null {
  if (unknown.length === 0) return null;
  const shown = unknown.slice(0, fieldsShown).map((name) => excerpt(name));
  const more = unknown.length - shown.length;
  const names = `${shown.join(", ")}${more > 0 ? `, … (${more} more)` : ""}`;
  return `${excerpt(file, 400)}: unknown field${unknown.length === 1 ? "" : "s"} kept and ignored: ${names}`;
}
