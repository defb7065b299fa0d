import { printable } from "../../document/printable.js";
import type { Result } from "../../scoring/result.js";
import { costText } from "../cost-text.js";
import { grouped } from "../groups.js";
import { heading, type Style } from "./style.js";
import { columnsOf, labelled, paragraph } from "./text.js";

/** Widest column of component ids in the list of assumptions, as a share of the line. */
const idShare = 0.25;

/** Effective cost, budget, and what most of it is for. */
export function costLines({ cost }: Result, style: Style): readonly string[] {
  return ["", ...paragraph("Cost  ", printable(costText(cost)), style.width)];
}

/** What the structure of the graph shows. */
export function findingLines({ findings }: Result, style: Style): readonly string[] {
  if (findings.length === 0) return [];
  return [
    ...heading(`Findings (${findings.length})`, style),
    ...findings.flatMap(({ code, severity, message }) => {
      const lines = paragraph("  - ", printable(`${severity} ${code}: ${message}`), style.width);
      return severity === "note" ? lines : lines.map((line) => style.chalk.yellow(line));
    }),
  ];
}

/**
 * Every assumption, a paragraph for each component. Fields assumed for one reason stand together:
 * `maxAttempts = 4 · backoffMs = 200 (default)`.
 */
export function assumptionLines({ assumptions, cost }: Result, style: Style): readonly string[] {
  if (assumptions.length === 0) return [];
  // The cost lists every component in the canvas's order; assumptions come as they were made.
  const position = new Map(cost.components.map(({ id }, index) => [id, index]));
  const positionOf = (id: string): number => position.get(id) ?? position.size;
  const inOrder = [...assumptions].sort((left, right) => positionOf(left.component) - positionOf(right.component));
  const byComponent = grouped(inOrder, (assumption) => assumption.component);
  const ids = [...byComponent.keys()].map(printable);
  const idColumns = Math.min(Math.max(...ids.map(columnsOf)), Math.floor(style.width * idShare));
  return [
    ...heading(`Assumptions (${assumptions.length})`, style),
    ...[...byComponent].flatMap(([id, own]) => {
      const byReason = grouped(own, (assumption) => assumption.because);
      const parts = [...byReason].map(([because, same]) => {
        const fields = same.map(({ field, value }) => `${field} = ${String(value)}`).join(" · ");
        return `${fields} (${because})`;
      });
      return labelled("  ", printable(id), idColumns, printable(parts.join("; ")), style.width);
    }),
  ];
}

/** What the input files hold that has no effect or may not be meant. */
export function warningLines({ warnings }: Result, style: Style): readonly string[] {
  if (warnings.length === 0) return [];
  return [
    ...heading(`Warnings (${warnings.length})`, style),
    ...warnings.flatMap((warning) =>
      paragraph("  - ", printable(warning), style.width).map((line) => style.chalk.yellow(line)),
    ),
  ];
}
