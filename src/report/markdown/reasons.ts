import { printable } from "../../document/printable.js";
import type { Result } from "../../scoring/result.js";
import {
  type BrokenInvariant,
  brokenInvariants,
  exampleName,
  truncatedText,
  untestedTexts,
} from "../broken-invariants.js";
import { leftOutText, shortened, stepTime } from "../trace.js";
import { codeBlock, folded, markdownText } from "./text.js";

/** A cause and what it made fail. */
interface Reason {
  readonly message: string;
  /** Names of criteria and invariants by scenario run. */
  readonly effects: Map<string, string[]>;
}

/** Every cause once, each with what it made fail; then what is undecided, and why. */
export function reasonLines(result: Result): readonly string[] {
  const reasons = reasonsOf(result).map(
    ({ message, effects }) => `- ❌ ${markdownText(message)}<br>→ ${markdownText(effectsText(effects))}`,
  );
  const undecided = [
    ...untestedTexts(result).map((text) => `not put to the test: ${text}`),
    ...result.scenarios.filter(({ truncated }) => truncated).map((run) => `cut off: ${truncatedText(run)}`),
  ].map((text) => `- ❔ ${markdownText(text)}`);
  return [...section("Why", reasons), ...section("Undecided", undecided)];
}

function section(title: string, bullets: readonly string[]): readonly string[] {
  return bullets.length === 0 ? [] : ["", `**${title}**`, "", ...bullets];
}

/** `flash-sale: stability, dropRate; baseline, payment-slow: errors`: runs in which the same failed stand together. */
function effectsText(effects: Reason["effects"]): string {
  const scenariosByNames = new Map<string, string[]>();
  for (const [scenario, names] of effects) {
    const key = names.join(", ");
    scenariosByNames.set(key, [...(scenariosByNames.get(key) ?? []), scenario]);
  }
  return [...scenariosByNames].map(([names, scenarios]) => `${scenarios.join(", ")}: ${names}`).join("; ");
}

function reasonsOf({ criteria, invariants }: Result): readonly Reason[] {
  const rows = [...criteria, ...invariants].filter(({ verdict }) => verdict === "fail");
  const messages = [...new Set(rows.flatMap(({ cause }) => (cause === undefined ? [] : [cause.message])))];
  const reasons = new Map<string, Reason>();
  for (const row of rows) {
    if (row.cause === undefined) continue;
    const message = plainest(row.cause.message, messages);
    const reason = reasons.get(message) ?? { message, effects: new Map<string, string[]>() };
    reasons.set(message, reason);
    const scenario = row.scenario ?? "whole design";
    const name = "metric" in row ? row.metric : row.id;
    reason.effects.set(scenario, [...(reason.effects.get(scenario) ?? []), name]);
  }
  return [...reasons.values()];
}

/** The shortest message that this one only adds to: a cause of errors goes on with the invariants that they broke. */
function plainest(message: string, messages: readonly string[]): string {
  const shorter = messages.filter((other) => message.startsWith(`${other}; `));
  return shorter.sort((left, right) => left.length - right.length)[0] ?? message;
}

/** Broken invariants with how often each was broken in which run, and on request one folded trace each. */
export function invariantLines(result: Result, traces: boolean): readonly string[] {
  const broken = brokenInvariants(result);
  if (broken.length === 0) return [];
  const counts = broken.map(({ id, count }) => `- ❌ ${markdownText(`${id}: ${count}`)}`);
  return [...section("Broken invariants", counts), ...(traces ? traceLines(broken) : [])];
}

/** Folded traces; an intent that breaks several invariants has its trace shown once. */
function traceLines(broken: readonly BrokenInvariant[]): readonly string[] {
  const idsByIntent = new Map<string, string[]>();
  const lines: string[] = [];
  for (const { id, shortest } of broken) {
    if (shortest === undefined) continue;
    const name = exampleName(shortest);
    const ids = idsByIntent.get(name);
    if (ids === undefined) idsByIntent.set(name, [id]);
    else ids.push(id);
  }
  for (const [name, ids] of idsByIntent) {
    const trace = broken.find(({ id }) => id === ids[0])?.shortest?.trace ?? [];
    const shown = shortened(trace);
    const times = shown.map(stepTime);
    const places = shown.map(({ where }) => printable(where));
    const timeColumns = Math.max(0, ...times.map(({ length }) => length));
    const placeColumns = Math.max(0, ...places.map(({ length }) => length));
    const steps = shown.map(({ what }, index) => {
      const time = (times[index] ?? "").padStart(timeColumns);
      return `${time}  ${(places[index] ?? "").padEnd(placeColumns)}  ${what}`;
    });
    const left = leftOutText(trace, shown);
    const summary = markdownText(`How ${ids.join(" and ")} broke: ${name}`);
    lines.push("", ...folded(summary, codeBlock("text", left === "" ? steps : [...steps, left])));
  }
  return lines;
}
