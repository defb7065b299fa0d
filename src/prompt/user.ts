import { printable } from "../document/printable.js";
import { catalogue } from "../explain/catalogue.js";
import type { Entry, EntryKind } from "../explain/entry.js";
import { resolve } from "../explain/resolve.js";
import type { CriteriaSpec, Problem, ScenarioSpec } from "../problem/problem.js";
import { roles } from "../roles/index.js";
import { leastExposure } from "../scoring/invariants.js";
import { parseMetricExpression } from "../scoring/metric-expression.js";
import {
  cartWords,
  clientWords,
  errorsWords,
  roleParameterWords,
  scenarioWords,
  workloadWords,
} from "./parameter-words.js";

const scaleWords = { scale: "the figures of this problem are this share of the full load" };

/** Data of the problem as JSON on one line, with nothing in it that a terminal could obey. */
function compact(value: unknown): string {
  return printable(JSON.stringify(value));
}

/** Text of the problem, which may have several lines. */
function prose(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

/** A line for each field that the object has: its value, and what it means. */
function fieldLines(value: object | undefined, words: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(value ?? {})
    .filter(([, field]) => field !== undefined)
    .map(([name, field]) => {
      const meaning = Object.hasOwn(words, name) ? `: ${words[name]}` : "";
      return `- \`${name}\` ${compact(field)}${meaning}`;
    });
}

function entry(kind: EntryKind, id: string): Entry | undefined {
  return catalogue.find((candidate) => candidate.kind === kind && candidate.id === id);
}

function roleSection(problem: Problem): readonly string[] {
  const { roles: stated = {}, goal } = problem;
  const lines = Object.entries(stated).flatMap(([name, parameters]) => [
    `- \`${name}\`${roles.get(name)?.optional === true ? ", which may be left out" : ""}${Object.keys(parameters ?? {}).length === 0 ? "" : ":"}`,
    ...fieldLines(parameters, roleParameterWords).map((line) => `  ${line}`),
  ]);
  const target =
    goal === undefined
      ? "An intent is delivered when its client gets an ok."
      : `An intent is delivered when the system knows that \`${printable(goal.operation)}\` of the \`${printable(goal.role)}\` has taken effect.`;
  const intro =
    lines.length === 0
      ? []
      : ["The design needs a component in each of these roles. Their figures are the problem's:", "", ...lines, ""];
  return [...intro, target];
}

function loadSection({ workload, errors, scale }: Problem): readonly string[] {
  const { client, cart, ...rest } = workload;
  const part = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ["", title, "", ...lines];
  return [
    ...fieldLines({ scale }, scaleWords),
    ...fieldLines(rest, workloadWords),
    ...part("Clients:", fieldLines(client, clientWords)),
    ...part("Carts:", fieldLines(cart, cartWords)),
    ...part("Errors of the components themselves:", fieldLines(errors, errorsWords)),
  ];
}

function gatesOf(criteria: CriteriaSpec | undefined): readonly string[] {
  const { metrics = [], ...named } = criteria ?? {};
  const limits = Object.entries(named).map(([name, limit]) => `\`${name}\` ${limit}`);
  return [...limits, ...metrics.map((text) => `\`${printable(text)}\``)];
}

function scenarioLines(scenario: ScenarioSpec): readonly string[] {
  const { id, label, kind, criteria, ...parameters } = scenario;
  const gates = gatesOf(criteria);
  return [
    `- \`${id}\`${label === undefined ? "" : `, ${printable(label)}`}: kind \`${kind}\`${Object.keys(parameters).length === 0 ? "" : `, ${compact(parameters)}`}`,
    ...(gates.length === 0 ? [] : [`  - must keep: ${gates.join(", ")}`]),
  ];
}

function scenarioSection({ scenarios }: Problem): readonly string[] {
  const kinds = [...new Set(scenarios.map(({ kind }) => kind))];
  const used = Object.entries(scenarioWords).filter(([name]) =>
    scenarios.some((scenario) => scenario[name] !== undefined),
  );
  const meanings = used.map(([name, meaning]) => `- \`${name}\`: ${meaning}`);
  const shared = used.length === 0 ? [] : ["Fields of any scenario:", "", ...meanings, ""];
  return [
    ...scenarios.flatMap(scenarioLines),
    "",
    ...shared,
    "The kinds:",
    "",
    ...kinds.map((kind) => {
      const found = entry("scenario", kind);
      return `- \`${kind}\`: ${found === undefined ? "" : `${found.meaning} ${found.computed}`}`;
    }),
  ];
}

function criteriaSection({ criteria, constraints = {} }: Problem): readonly string[] {
  const { metrics = [], ...named } = criteria ?? {};
  const limits = Object.entries({ ...named, ...constraints }).map(([name, limit]) => {
    const meaning = entry("criterion", name)?.computed ?? "";
    return `- \`${name}\` ${compact(limit)}: ${meaning}`;
  });
  return [...limits, ...metrics.map((text) => `- \`${printable(text)}\``)];
}

/** The metrics that any gate of the problem names, each once, by name. */
function metricSection({ criteria, scenarios }: Problem): readonly string[] {
  const all = [criteria, ...scenarios.map((scenario) => scenario.criteria)];
  const gated = all
    .flatMap((one) => one?.metrics ?? [])
    .flatMap((text) => {
      const parsed = parseMetricExpression(text);
      return parsed.ok ? [parsed.expression.metric] : [];
    });
  return [...new Set(gated)].sort().flatMap((metric) => {
    const resolved = resolve(metric);
    if (!resolved.ok) return [];
    const { entries, figure } = resolved.explanation;
    const one = figure === undefined ? "" : ` (${figure.meaning})`;
    return entries.map(({ title, computed }) => `- \`${metric}\`${one}: ${title}. ${computed}`);
  });
}

function invariantSection({ invariants = [] }: Problem): readonly string[] {
  if (invariants.length === 0) return [];
  const rule = `Judged for every intent, whatever a component says of itself. One violation fails; without any, fewer than ${leastExposure} exposed intents over all scenarios are inconclusive.`;
  const lines = invariants.map((invariant) => {
    const { id, limitMs } = typeof invariant === "string" ? { id: invariant, limitMs: undefined } : invariant;
    const found = entry("invariant", id);
    const limit = limitMs === undefined ? "" : ` (\`limitMs\` ${limitMs})`;
    return `- \`${id}\`${limit}: ${found === undefined ? "" : `${found.meaning} ${found.computed}`}`;
  });
  return [rule, "", ...lines];
}

/** The user prompt: the problem with all its figures, scenarios, criteria and invariants. */
export function userPrompt(problem: Problem): string {
  const sections: readonly (readonly [heading: string, lines: readonly string[]])[] = [
    ["Roles", roleSection(problem)],
    ["Load", loadSection(problem)],
    ["Scenarios", scenarioSection(problem)],
    ["What it must keep", criteriaSection(problem)],
    ["The metrics of the gates", metricSection(problem)],
    ["Invariants", invariantSection(problem)],
    ["Weights of the score", problem.weights === undefined ? [] : [compact(problem.weights)]],
  ];
  return [
    `Problem: ${printable(problem.title)}`,
    ...(problem.brief === undefined ? [] : [prose(problem.brief)]),
    ...sections
      .filter(([, lines]) => lines.length > 0)
      .map(([heading, lines]) => [`## ${heading}`, "", ...lines].join("\n")),
    "Answer with the JSON of one canvas and nothing else.",
  ].join("\n\n");
}
