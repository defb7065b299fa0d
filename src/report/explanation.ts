import { type Entry, type EntryKind, kindHeadings } from "../explain/entry.js";
import type { Explanation } from "../explain/resolve.js";
import { formatMetric } from "../scoring/metric.js";
import type { Comparison } from "../scoring/metric-expression.js";
import { heading, type Style } from "./table/style.js";
import { labelled, paragraph } from "./table/text.js";

const labelColumns = "Computed".length;

const comparisonWords: Readonly<Record<Comparison, string>> = {
  "<=": "at most",
  "<": "below",
  ">=": "at least",
  ">": "above",
  "==": "exactly",
};

/** What was asked for, an entry a block: its name, its title, and a paragraph for each thing to know. */
export function explanationLines(explanation: Explanation, style: Style): readonly string[] {
  return explanation.entries.flatMap((entry, index) => [
    ...(index === 0 ? [] : ["", ""]),
    ...entryLines(entry, explanation, style),
  ]);
}

function entryLines(entry: Entry, explanation: Explanation, style: Style): readonly string[] {
  const { id, kind, title, meaning, computed, mend, unit, example, see } = entry;
  const { figure, gate } = explanation;
  const parts: readonly (readonly [label: string, text: string | undefined])[] = [
    ["Meaning", meaning],
    ["Unit", unit],
    ["Computed", computed],
    ["Figure", figure === undefined ? undefined : `${figure.metric}: ${figure.meaning}`],
    ["Gate", gate === undefined ? undefined : gateSentence(gate)],
    ["Mend", mend],
    ["Example", example],
    ["See also", see?.join(", ")],
  ];
  return [
    `${style.chalk.bold(id)}  ${style.chalk.dim(kind)}`,
    ...paragraph("", title, style.width),
    ...parts.flatMap(([label, text]) =>
      text === undefined ? [] : ["", ...labelled("", label, labelColumns, text, style.width)],
    ),
  ];
}

function gateSentence({ metric, comparison, limit }: NonNullable<Explanation["gate"]>): string {
  const kept = `${comparisonWords[comparison]} ${formatMetric(metric, limit)}`;
  return `${metric} must be ${kept}; a run in which it has no value does not keep it`;
}

/** Every id with its title, in groups by kind; no line is wider than 80 columns, and none is broken. */
export function catalogueLines(entries: readonly Entry[], style: Style): readonly string[] {
  const kinds = Object.keys(kindHeadings) as readonly EntryKind[];
  const groups = kinds.flatMap((kind) => {
    const own = entries.filter((entry) => entry.kind === kind);
    if (own.length === 0) return [];
    const idColumns = Math.max(...own.map(({ id }) => id.length));
    return [
      ...heading(kindHeadings[kind], style),
      ...own.map(({ id, title }) => `  ${style.chalk.cyan(id.padEnd(idColumns))}  ${title}`),
    ];
  });
  return groups.slice(1);
}
