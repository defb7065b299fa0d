import { baseRatePerS } from "../compile/timing.js";
import { catalogue } from "../explain/catalogue.js";
import type { Entry } from "../explain/entry.js";
import type { Problem } from "../problem/problem.js";
import { roles } from "../roles/index.js";
import { exampleCanvas } from "./example.js";
import { commonParameterLines, componentLines, connectionLines, modeLines, typeLines } from "./format.js";

const opening = `You design systems. You draw one design as a CanvasState JSON: a graph of components and of the connections along which they call each other. Answer with this JSON and nothing else: no code fence, no comment, no word before or after it.

The design is run in a discrete-event simulator under the scenarios of the problem, and judged by what happens there. Types, roles, modes, connections and their fields act; a word in a label earns nothing.`;

const calls = `- A call waits for a slot of the component, is served for its service time, may fail, and goes on along the connections. At a component that leads nowhere it ends ok. Outcomes travel back the way they came: draw no arrows for answers.
- A failure goes back to the caller, unless a connection with \`on\` \`failure\` leads to something else that answers.
- A component with mode \`queue\` or \`batch\` answers ok as soon as it has taken a message in. What follows is no longer part of the call, and nobody waits for it.
- Who calls does not know what became of a call without an answer. What it called goes on, and may have had its effect.
- A call that is repeated keeps its item key; a client's own retry is a new request with a new item. \`idempotency.key\` says by which key a component knows calls again.
- A component without \`service\` has a service time of about 5 ms, and slots and waiting room for 8 × λ. What is left out is filled in and listed; state what matters.`;

function bullets(kind: Entry["kind"], text: (entry: Entry) => string): readonly string[] {
  return catalogue.filter((entry) => entry.kind === kind).map((entry) => `- \`${entry.id}\`: ${text(entry)}`);
}

function roleText({ id, title, meaning, computed }: Entry): string {
  const operations = roles.get(id)?.operations ?? [];
  const list = operations.length === 0 ? "none" : operations.map((operation) => `\`${operation}\``).join(", ");
  return `${title}. ${meaning} ${computed} Operations: ${list}.`;
}

/** Structural checks cost points of the design score, and their entries say how many. */
function checkLines(): readonly string[] {
  return catalogue
    .filter(({ kind, computed }) => kind === "finding" && computed.includes("off the design score"))
    .map(({ id, title, computed }) => `- \`${id}\`: ${title}. ${computed}`);
}

const judging = `The verdict is pass when every criterion, every constraint and every invariant holds and the cost is within the budget. One violation of an invariant is a fail. The score, 0 to 100, ranks designs and decides nothing:`;

/** The system prompt: the format, how it is simulated, and what it is judged by. Defaults are those at the problem's load. */
export function systemPrompt(problem: Problem): string {
  const lambda = Number(baseRatePerS(problem).toPrecision(6));
  const cost = catalogue.find(({ id }) => id === "cost.effectiveMonthlyUsd")?.computed ?? "";
  const sections: readonly (readonly [heading: string, ...lines: readonly string[]])[] = [
    [
      "Format",
      "An object with `components` and `connections`, and if you like `name` and `description`. Fields are optional unless they say required. Each component:",
      "",
      ...componentLines(),
      "",
      "Each connection:",
      "",
      ...connectionLines(),
      "",
      `Times are milliseconds, shares go from 0 to 1, rates are per second. λ is the problem's base rate, ${lambda} a second. Other fields are ignored.`,
    ],
    ["Types", ...typeLines()],
    ["Behaviour modes", ...modeLines(problem), "", "Parameters of every mode:", "", ...commonParameterLines()],
    ["How calls go", calls],
    [
      "Roles",
      "`role` says what a component is to the problem; only the roles below have an effect.",
      "",
      ...bullets("role", roleText),
    ],
    [
      "Judging",
      judging,
      "",
      ...bullets("score", ({ title, computed }) => `${title}. ${computed}`),
      "",
      `Cost: ${cost}`,
      "",
      "Structural checks:",
      "",
      ...checkLines(),
    ],
    ["Example of the format", JSON.stringify(exampleCanvas, null, 2)],
  ];
  return [opening, ...sections.map(([heading, ...lines]) => [`## ${heading}`, "", ...lines].join("\n"))].join("\n\n");
}
