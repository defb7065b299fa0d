import { Tinypool } from "tinypool";
import { packagePath } from "../document/package-files.js";
import type { Simulator } from "./simulator.js";
import type { WorkerAnswer, WorkerTask } from "./worker-task.js";

/** A thread that has nothing to do stays for this long: its successor would have to compile the code anew. */
const idleMs = 60_000;

/** Simulates on so many threads, which start when they are first needed. */
export function onWorkerThreads(threads: number): Simulator {
  const pool = new Tinypool({
    filename: packagePath("dist", "src", "parallel", "worker.js"),
    runtime: "worker_threads",
    minThreads: 1,
    maxThreads: threads,
    idleTimeout: idleMs,
  });
  return {
    concurrency: threads,
    measure: async (model, { id, scenario, seed }) => {
      const task: WorkerTask = { model, seed, scenario, run: id };
      const answer = (await pool.run(task, { name: "measure" })) as WorkerAnswer;
      if ("measurement" in answer) return answer.measurement;
      throw Object.assign(new Error(answer.fault.message), answer.fault);
    },
    close: () => pool.destroy(),
  };
}
