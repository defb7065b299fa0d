import type { ComponentType } from "../canvas/canvas.js";
import { choiceOf, type JsonSchema, readSchema } from "../document/json-schema.js";
import type { Problem } from "../problem/problem.js";
import { modeDefaults } from "./mode-defaults.js";
import { wordField } from "./schema-words.js";

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
  const branches = [...modeBranches()];
  const common = commonParameters();
  return branches.flatMap(([mode, { properties = {} }]) => {
    const defaults = modeDefaults(mode, problem);
    const own = Object.entries(properties).filter(
      ([name, schema]) => name !== "mode" && !isSame(common.get(name), schema),
    );
    const does = properties.mode?.description;
    return [
      `- \`${mode}\`${typeof does === "string" ? `: ${does}` : ""}`,
      ...own.map(([name, schema]) => `  - ${wordField(name, schema, wordDefault(defaults.get(name)))}`),
    ];
  });
}

/** Parameters that every mode may have. */
export function commonParameterLines(): readonly string[] {
  return [...commonParameters()].map(([name, schema]) => `- ${wordField(name, schema)}`);
}

function modeBranches(): ReadonlyMap<string, JsonSchema> {
  const behavior = itemOf("components").properties?.behavior;
  return (behavior === undefined ? null : choiceOf(behavior))?.branches ?? new Map();
}

/** Those that stand in all modes; where they differ, as most modes have them: as the first has. */
function commonParameters(): ReadonlyMap<string, JsonSchema> {
  const branches = [...modeBranches().values()];
  const [first] = branches;
  const shared = Object.entries(first?.properties ?? {}).filter(([name]) =>
    branches.every(({ properties = {} }) => name !== "mode" && Object.hasOwn(properties, name)),
  );
  return new Map(shared);
}

function isSame(left: JsonSchema | undefined, right: JsonSchema): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function wordDefault(value: string | undefined): string {
  return value === undefined ? "" : `; default ${value}`;
}
