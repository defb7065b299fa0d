import type { HeapProfiler } from "node:inspector";
import { Session } from "node:inspector/promises";
import { compile } from "../src/compile/compile.js";
import { simulate } from "../src/scenarios/simulate.js";
import { checkout, type Design, multiServer, undisturbed } from "./designs.js";
import { peakMemoryMb } from "./peak-memory.js";

/** What a simulation takes of the memory. */
export interface MemoryUse {
  readonly bytesPerEvent: number;
  /** Largest resident size of the process, megabytes. */
  readonly peakMb: number;
}

/**
 * `node dist/bench/allocation.js <design>`: prints the {@link MemoryUse} of a design: bytes of the JavaScript heap that
 * are allocated per event, by V8's sampling heap profiler, garbage and reporting included. It is a process of its own,
 * for what has run before decides what is compiled how; the first runs compile the code, and until then the interpreter
 * makes an object of every number with a fraction. Typed arrays live elsewhere: they grow with what is in flight.
 */
const designs: Readonly<Record<string, () => Design>> = {
  queue: () => multiServer(1),
  "long-queue": () => multiServer(1, 10_000_000),
  checkout: () => undisturbed(checkout(100)),
};

const warmupRounds = 4;
/** The profiler notes one allocation in about so many bytes. */
const samplingBytes = 4096;

async function bytesPerEvent({ canvas, problem }: Design): Promise<number> {
  const model = compile(canvas, problem);
  for (let round = 0; round < warmupRounds; round++) simulate(model, { seed: 42 });
  const session = new Session();
  session.connect();
  await session.post("HeapProfiler.startSampling", {
    samplingInterval: samplingBytes,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  } as HeapProfiler.StartSamplingParameterType);
  const events = simulate(model, { seed: 42 }).reduce((sum, run) => sum + run.events, 0);
  const { profile } = await session.post("HeapProfiler.stopSampling");
  session.disconnect();
  return sizeOf(profile.head) / events;
}

function sizeOf({ selfSize, children }: HeapProfiler.SamplingHeapProfileNode): number {
  return children.reduce((sum, child) => sum + sizeOf(child), selfSize);
}

const make = designs[process.argv[2] ?? ""];
if (make === undefined) {
  console.error(`usage: allocation.js <${Object.keys(designs).join("|")}>`);
  process.exitCode = 2;
} else {
  const bytes = await bytesPerEvent(make());
  const use: MemoryUse = { bytesPerEvent: bytes, peakMb: peakMemoryMb() };
  console.log(JSON.stringify(use));
}
