import { catalogue } from "../src/explain/catalogue.js";
import { type Entry, type EntryKind, kindHeadings } from "../src/explain/entry.js";
import { latencyFields } from "../src/explain/time-metrics.js";

/** The document that is made from the catalogue. */
export const referenceDocument = "docs/reference.md";

const opening = `# Reference

Everything that a gate, a report or a message may name: what it means, how it is computed, and what to change where it is
not as it should be. \`npm run reference\` writes this file from the catalogue in \`src/explain\`, and
\`chini-bench explain <id>\` prints the same entries. Words such as intent, item and outcome are explained in
[model.md](model.md); λ is the problem's base rate a second.`;

/** What is to be said of a group as a whole. */
const introductions: Partial<Readonly<Record<EntryKind, readonly string[]>>> = {
  metric: [
    "A gate names one, as `dropRate <= 3%`; of a latency it names one figure, as `acceptMs.p95 <= 500`:",
    "",
    ...Object.entries(latencyFields).map(([field, meaning]) => `- \`${field}\`: ${meaning}`),
  ],
  invariant: [
    "Statements about every intent, judged from what really happened. One violation fails; see [exposure](#exposure) for",
    "when the lack of one says something.",
  ],
  finding: ["Found by looking at the graph, without simulating. Those that take points off the design score say so."],
  fault: ["A file with a fault is not run, and every fault is listed; a warning stops nothing."],
};

/** The anchor that GitHub gives a heading of this text. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}

function entryText({ id, title, meaning, computed, mend, unit, example, see }: Entry): string {
  return [
    `### \`${id}\``,
    "",
    `**${title}.** ${meaning}`,
    "",
    ...(unit === undefined ? [] : [`- Unit: ${unit}`]),
    `- Computed: ${computed}`,
    `- Mend: ${mend}`,
    ...(example === undefined ? [] : [`- Example: \`${example}\``]),
    ...(see === undefined ? [] : [`- See also: ${see.map((other) => `[${other}](#${anchorOf(other)})`).join(", ")}`]),
  ].join("\n");
}

/** The text of {@link referenceDocument}. */
export function referenceText(): string {
  const kinds = Object.keys(kindHeadings) as readonly EntryKind[];
  const contents = kinds.map((kind) => `[${kindHeadings[kind]}](#${anchorOf(kindHeadings[kind])})`).join(" · ");
  const sections = kinds.flatMap((kind) => [
    `## ${kindHeadings[kind]}`,
    ...(introductions[kind] === undefined ? [] : [introductions[kind].join("\n")]),
    ...catalogue.filter((entry) => entry.kind === kind).map(entryText),
  ]);
  return `${[opening, contents, ...sections].join("\n\n")}\n`;
}
