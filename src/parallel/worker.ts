import { planRuns } from "../scenarios/simulate.js";
import type { WorkerAnswer, WorkerTask } from "./worker-task.js";

/** The entry of a worker thread: simulates one run. */
export function measure({ model, seed, scenario, run }: WorkerTask): WorkerAnswer {
  try {
    const planned = planRuns(model, { seed, scenarios: [scenario] }).find(({ id }) => id === run);
    if (planned === undefined) throw new RangeError(`scenario ${scenario} has no run ${run}`);
    return { measurement: planned.measure() };
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    return { fault: { name, message, stack } };
  }
}
