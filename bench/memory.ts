import { GCProfiler } from "node:v8";
import { compile } from "../src/compile/compile.js";
import { simulate } from "../src/scenarios/simulate.js";
import type { Design } from "./designs.js";

export interface Allocation {
  readonly name: string;
  readonly bytesPerEvent: number;
}

/**
 * Bytes of the JavaScript heap allocated per event: what is in use before each garbage collection less what was left
 * after the one before, of a run less that of a run of a tenth of the length, so that setting up and reporting, which
 * both do, stays out. Typed arrays live elsewhere; they are allocated once and grow with what is in flight.
 */
export function measureAllocation(name: string, design: Design): Allocation {
  const { problem } = design;
  const short = { ...problem, workload: { ...problem.workload, durationMs: problem.workload.durationMs / 10 } };
  // The first runs compile the code, which allocates, too.
  for (let round = 0; round < 3; round++) allocated({ ...design, problem: short });
  const whole = allocated(design);
  const part = allocated({ ...design, problem: short });
  return { name, bytesPerEvent: (whole.bytes - part.bytes) / (whole.events - part.events) };
}

function allocated({ canvas, problem }: Design): { readonly bytes: number; readonly events: number } {
  const model = compile(canvas, problem);
  globalThis.gc?.();
  const profiler = new GCProfiler();
  profiler.start();
  let before = process.memoryUsage().heapUsed;
  const events = simulate(model, { seed: 42 }).reduce((sum, run) => sum + run.events, 0);
  const after = process.memoryUsage().heapUsed;
  let bytes = 0;
  for (const { beforeGC, afterGC } of profiler.stop().statistics) {
    bytes += beforeGC.heapStatistics.usedHeapSize - before;
    before = afterGC.heapStatistics.usedHeapSize;
  }
  return { bytes: bytes + after - before, events };
}
