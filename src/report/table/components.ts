import { printable } from "../../document/printable.js";
import { formatCount, formatDuration, formatShare } from "../../scoring/quantity.js";
import type { Result, ScenarioResult } from "../../scoring/result.js";
import { withMargin } from "./figure.js";
import { gridLines } from "./grid.js";
import { heading, type Style } from "./style.js";

type ComponentResult = ScenarioResult["components"][number];

/** A column: its head, the figure's name among the intervals, how to read it and how to write it. */
interface Column {
  readonly head: string;
  readonly name: string;
  read(component: ComponentResult): number | null;
  format(value: number): string;
}

const columns: readonly Column[] = [
  { head: "arrivals", name: "arrivals", read: (component) => component.arrivals, format: formatCount },
  {
    head: "refused",
    name: "failures.full",
    read: (component) => component.failures.full,
    format: formatCount,
  },
  { head: "busy", name: "utilization", read: (component) => component.utilization, format: formatShare },
  {
    head: "in line\nmean",
    name: "queueLength.mean",
    read: (component) => component.queueLength.mean,
    format: formatCount,
  },
  { head: "wait\nmean", name: "waitMs.mean", read: (component) => component.waitMs.mean, format: formatDuration },
  { head: "wait\np95", name: "waitMs.p95", read: (component) => component.waitMs.p95, format: formatDuration },
  {
    head: "sojourn\nmean",
    name: "sojournMs.mean",
    read: (component) => component.sojournMs.mean,
    format: formatDuration,
  },
  { head: "sojourn\np95", name: "sojournMs.p95", read: (component) => component.sojournMs.p95, format: formatDuration },
];

/** What each component did, where a single run was made; with more it would be longer than anybody reads. */
export function componentLines({ scenarios }: Result, style: Style): readonly string[] {
  const [only] = scenarios;
  if (only === undefined || scenarios.length > 1 || only.impossible !== undefined) return [];
  const served = only.components.filter(({ slots }) => slots !== null);
  if (served.length === 0) return [];
  const rows = served.map((component) => [
    printable(component.id),
    ...columns.map(({ name, read, format }) => withMargin(read(component), component.intervals?.[name], format)),
  ]);
  return [
    ...heading(`Components in ${printable(only.id)}`, style),
    ...gridLines(["component", ...columns.map(({ head }) => head)], rows, style.width),
  ];
}
