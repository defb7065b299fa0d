import type { BehaviorSpec, Canvas, Component, ComponentType } from "../canvas/canvas.js";
import { type Link, linksOf, positionOf } from "./links.js";
import { mermaidText } from "./mermaid-text.js";

/** Why a component stands out: what failed there, or a fault that the scenario planned there. */
type ComponentMark = "failed" | "disturbed";

export interface MermaidOptions {
  /** Marks by component id; each is a frame and a word, so that no reader depends on colour. */
  readonly marks?: ReadonlyMap<string, ComponentMark>;
}

const markStyles: Readonly<Record<ComponentMark, string>> = {
  failed: "stroke:#c62828,stroke-width:4px",
  disturbed: "stroke:#ef6c00,stroke-width:3px,stroke-dasharray:6 4",
};

/** What stands before and after the label of a component's type. */
const shapes: Readonly<Record<ComponentType, readonly [open: string, close: string]>> = {
  person: ["(", ")"],
  step: ["[", "]"],
  storage: ["[(", ")]"],
  decision: ["{", "}"],
  trigger: ["{{", "}}"],
  tool: ["[[", "]]"],
  channel: ["([", "])"],
};

type Wording = readonly [parameter: string, word: (value: string) => string];

/** The parameters that matter most in each mode, at most two; a mode that is not here shows its name alone. */
const wordings: ReadonlyMap<string, readonly Wording[]> = new Map([
  [
    "queue",
    [
      ["releaseRps", (value) => `${value}/s`],
      ["capacity", (value) => `capacity ${value}`],
    ],
  ],
  [
    "retry",
    [
      ["maxAttempts", (value) => `attempts ${value}`],
      ["timeoutMs", (value) => `timeout ${value} ms`],
    ],
  ],
  [
    "ratelimit",
    [
      ["rps", (value) => `${value}/s`],
      ["burst", (value) => `burst ${value}`],
    ],
  ],
  [
    "circuitbreaker",
    [
      ["failureThreshold", (value) => `threshold ${value}`],
      ["openMs", (value) => `open ${value} ms`],
    ],
  ],
  [
    "batch",
    [
      ["size", (value) => `size ${value}`],
      ["maxWaitMs", (value) => `waits ${value} ms`],
    ],
  ],
  [
    "filter",
    [
      ["dropPct", (value) => `drops ${value} %`],
      ["detection", (value) => `detects ${value}`],
    ],
  ],
  ["delay", [["delayMs", (value) => `${value} ms`]]],
  ["replicate", [["quorum", (value) => `quorum ${value}`]]],
] satisfies readonly (readonly [string, readonly Wording[]])[]);

/** A behaviour in a few words: its mode, and the parameters that matter most in it. Not escaped. */
export function wordBehavior(behavior: BehaviorSpec): string {
  const figures = (wordings.get(behavior.mode) ?? []).flatMap(([parameter, word]) => {
    const value = behavior[parameter];
    return typeof value === "number" || typeof value === "string" ? [word(String(value))] : [];
  });
  return [behavior.mode, ...figures].join(", ");
}

function nodeLine(component: Component, index: number, mark: ComponentMark | undefined): string {
  const [open, close] = shapes[component.type];
  // An empty string is no label to Mermaid but a fault.
  const name = mermaidText(component.label ?? "") || mermaidText(component.id) || "unnamed";
  const behavior = component.behavior === undefined ? "" : mermaidText(wordBehavior(component.behavior));
  const lines = [name, behavior, mark ?? ""].filter((line) => line !== "");
  return `  n${index}${open}"${lines.join("<br/>")}"${close}`;
}

const arrows: Readonly<Record<Link["stroke"], string>> = { solid: "-->", dotted: "-.->", line: "---" };

/** With the arrow, then what is written on it. */
function linkLine({ from, to, stroke, words }: Link): string {
  const text = words
    .map(mermaidText)
    .filter((word) => word !== "")
    .join(" · ");
  return `  n${from} ${arrows[stroke]}${text === "" ? "" : `|"${text}"|`} n${to}`;
}

/**
 * A canvas as a Mermaid flowchart, from left to right; the text ends with a line feed. One line per component in canvas
 * order, then per connection, then two per kind of mark. Components are called n0, n1, … whatever their ids, and no label
 * can break out of its quotes ({@link mermaidText}). What a connection carries is read as the simulation reads it
 * (docs/model.md, the flow graph). Mermaid itself draws at most 500 connections and 50,000 characters by default.
 *
 * @throws RangeError when a connection or a mark names a component that the canvas does not have
 */
export function mermaid(canvas: Canvas, options: MermaidOptions = {}): string {
  const marks = options.marks ?? new Map<string, ComponentMark>();
  const positions = new Map(canvas.components.map((component, index) => [component.id, index]));
  const marked: Record<ComponentMark, number[]> = { failed: [], disturbed: [] };
  for (const [id, mark] of marks) marked[mark].push(positionOf(positions, id));
  const lines = [
    "flowchart LR",
    ...canvas.components.map((component, index) => nodeLine(component, index, marks.get(component.id))),
    ...linksOf(canvas).map(linkLine),
  ];
  for (const mark of ["failed", "disturbed"] as const) {
    if (marked[mark].length === 0) continue;
    const nodes = marked[mark].sort((left, right) => left - right).map((index) => `n${index}`);
    lines.push(`  classDef ${mark} ${markStyles[mark]}`, `  class ${nodes.join(",")} ${mark}`);
  }
  return `${lines.join("\n")}\n`;
}
