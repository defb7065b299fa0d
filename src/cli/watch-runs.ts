import type { Simulator } from "../parallel/simulator.js";
import type { PlannedRun } from "../scenarios/simulate.js";
import { RunFault } from "./run-fault.js";

/** Work that takes longer than this shows how far it has come, on a terminal. */
const patienceMs = 500;

/** A simulator under watch; {@link Watched.finish} clears what it showed. */
interface Watched {
  readonly simulator: Simulator;
  finish(): void;
}

/**
 * Says on a terminal how many of `total` runs are done, and turns what a run throws into a fault with the command that
 * leads to it again.
 */
export function watchRuns(
  simulator: Simulator,
  total: number,
  shown: boolean,
  repeat: (run: PlannedRun) => string,
): Watched {
  const startedMs = performance.now();
  let done = 0;
  const measure: Simulator["measure"] = async (model, run) => {
    if (shown && performance.now() - startedMs >= patienceMs) {
      process.stderr.write(`\r\u001b[K${done + 1}/${total} ${run.id}, seed ${run.seed}`);
    }
    try {
      return await simulator.measure(model, run);
    } catch (error) {
      throw new RunFault(error, repeat(run));
    } finally {
      done++;
    }
  };
  return {
    simulator: { ...simulator, measure },
    finish: () => {
      if (shown) process.stderr.write("\r\u001b[K");
    },
  };
}
