import type { ComponentType } from "../canvas/canvas.js";
import { type JsonSchema, readSchema } from "../document/json-schema.js";
import { commonParameters, modeSchemas, ownParameters } from "../explain/mode-schemas.js";
import { wordField } from "../explain/schema-words.js";
import type { Problem } from "../problem/problem.js";
import { modeDefaults } from "./mode-defaults.js";

/** What the seven kinds of component are to a call. */
const typeWords: Readonly<Record<ComponentType, string>> = {
  person: "the buyers: the workload begins at a person without an inbound connection; no slots, no service",
  step: "active: keeps its slot until the calls that it sends on are answered; takes its success connections one after another, in the order of the file",
  decision: "active, as a step",
  trigger: "active, as a step; with `everyMs` a schedule",
  storage: "passive: its slot is free after service; copies a call to all its success connections",
  tool: "passive; usually something external",
  channel: "passive; usually a queue",
};

/** Fields of a component that have a section of their own. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ["type", "- `type` (one of the types below; required)"],
  ["behavior", "- `behavior` (an object with `mode`, one of the modes below, and its parameters; else passthrough)"],
]);

function fieldLines(schema: JsonSchema, told: ReadonlyMap<string, string> = new Map()): readonly string[] {
  const required = schema.required ?? [];
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const line = told.get(name);
    if (line !== undefined) return [line];
    const more = required.includes(name) ? "; required" : "";
    if (field.properties === undefined) return [`- ${wordField(name, field, more)}`];
    return [`- \`${name}\`, an object:`, ...fieldLines(field).map((line) => `  ${line}`)];
  });
}

/** The schema of what a list of the canvas holds. */
function itemOf(list: "components" | "connections"): JsonSchema {
  return readSchema("canvas").properties?.[list]?.items ?? {};
}

export function componentLines(): readonly string[] {
  return fieldLines(itemOf("components"), elsewhere);
}

export function connectionLines(): readonly string[] {
  return fieldLines(itemOf("connections"));
}

/** The types of component, in the schema's order. */
export function typeLines(): readonly string[] {
  const types = (itemOf("components").properties?.type?.enum ?? []) as readonly ComponentType[];
  return types.map((type) => `- \`${type}\`: ${typeWords[type]}`);
}

/** Each behaviour mode of the schema with its own parameters, what they mean, and their defaults at the problem's load. */
export function modeLines(problem: Problem): readonly string[] {
  return [...modeSchemas()].flatMap(([mode, schema]) => {
    const defaults = modeDefaults(mode, problem);
    const does = schema.properties?.mode?.description;
    return [
      `- \`${mode}\`${typeof does === "string" ? `: ${does}` : ""}`,
      ...[...ownParameters(schema)].map(
        ([name, field]) => `  - ${wordField(name, field, wordDefault(defaults.get(name)))}`,
      ),
    ];
  });
}

/** Parameters that every mode may have. */
export function commonParameterLines(): readonly string[] {
  return [...commonParameters()].map(([name, schema]) => `- ${wordField(name, schema)}`);
}

function wordDefault(value: string | undefined): string {
  return value === undefined ? "" : `; default ${value}`;
}
