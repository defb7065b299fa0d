import type { Canvas } from "../canvas/canvas.js";
import type { Problem } from "../problem/problem.js";
import type { Graph } from "./graph.js";
import type { Notebook } from "./notebook.js";

/** Says which entries' clients ask nobody for their status, where the problem's clients would poll. */
export function notePollers(
  canvas: Canvas,
  problem: Problem,
  graph: Graph,
  entries: readonly number[],
  notebook: Notebook,
): void {
  const workloads = [problem.workload, ...problem.scenarios.map((scenario) => scenario.workload)];
  const poll = workloads.find((workload) => workload?.client?.poll !== undefined)?.client?.poll;
  if (poll === undefined) return;
  for (const entry of entries) {
    if (graph.from(entry).some((edge) => edge.on === "poll")) continue;
    const { id } = canvas.components[entry]!;
    notebook.find({
      code: "no-poll-connection",
      severity: "note",
      component: id,
      message:
        `${id}: clients would ask for the status every ${poll.everyMs / 1000} s, but no connection from here has ` +
        `on "poll", so they do not poll; draw one to the component that shows the status`,
    });
  }
}
