import { formatCount, formatDuration, formatShare } from "../../scoring/quantity.js";
import type { ScenarioResult } from "../../scoring/result.js";
import { figure } from "./figure.js";
import { grid } from "./grid.js";
import type { Markup } from "./markup.js";

type ComponentResult = ScenarioResult["components"][number];

/** A column: its head, the figure's name among the intervals, how to read it and how to write it. */
interface Figure {
  readonly head: string;
  readonly name: string;
  read(component: ComponentResult): number | null;
  format(value: number): string;
}

/** A mean number: two decimals below 10 are enough in a table. */
function formatMean(value: number): string {
  if (value > 0 && value < 0.005) return "<0.01";
  return formatCount(value < 10 ? Number(value.toFixed(2)) : value);
}

/** A time: a hundredth of a millisecond is enough in a table. */
function formatWait(ms: number): string {
  return ms > 0 && ms < 0.005 ? "<0.01 ms" : formatDuration(ms);
}

const figures: readonly Figure[] = [
  { head: "arrivals", name: "arrivals", read: ({ arrivals }) => arrivals, format: formatCount },
  { head: "completed", name: "completed", read: ({ completed }) => completed, format: formatCount },
  { head: "busy", name: "utilization", read: ({ utilization }) => utilization, format: formatShare },
  { head: "in line, mean", name: "queueLength.mean", read: ({ queueLength }) => queueLength.mean, format: formatMean },
  { head: "in line, most", name: "queueLength.max", read: ({ queueLength }) => queueLength.max, format: formatCount },
  { head: "wait, mean", name: "waitMs.mean", read: ({ waitMs }) => waitMs.mean, format: formatWait },
  { head: "wait, p95", name: "waitMs.p95", read: ({ waitMs }) => waitMs.p95, format: formatWait },
  { head: "sojourn, mean", name: "sojournMs.mean", read: ({ sojournMs }) => sojournMs.mean, format: formatWait },
  { head: "sojourn, p95", name: "sojournMs.p95", read: ({ sojournMs }) => sojournMs.p95, format: formatWait },
];

/** Failures by how they came about: only kinds that some component had. */
const failureHeads = {
  full: "refused, full",
  rejected: "rejected",
  open: "breaker open",
  unavailable: "unavailable",
  error: "errors",
  timeout: "timeouts",
  conflict: "conflicts",
} as const;

/** What each component did in a run. */
export function componentTable({ id, components }: ScenarioResult): Markup {
  const kinds = (Object.keys(failureHeads) as (keyof typeof failureHeads)[]).filter((kind) =>
    components.some(({ failures }) => failures[kind] > 0),
  );
  const failures: readonly Figure[] = kinds.map((kind) => ({
    head: failureHeads[kind],
    name: `failures.${kind}`,
    read: (component) => component.failures[kind],
    format: formatCount,
  }));
  const shown = [...figures.slice(0, 2), ...failures, ...figures.slice(2)];
  return grid(
    `Components in ${id}`,
    [{ head: "component" }, ...shown.map(({ head }) => ({ head, numeric: true }))],
    components.map((component) => [
      component.id,
      ...shown.map(({ name, read, format }) => figure(read(component), component.intervals?.[name], format)),
    ]),
  );
}
