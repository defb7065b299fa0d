import type { HeapProfiler } from "node:inspector";
import { Session } from "node:inspector/promises";
import { compile } from "../src/compile/compile.js";
import { simulate } from "../src/scenarios/simulate.js";
import { checkout, type Design, multiServer, undisturbed } from "./designs.js";

/**
 * `node dist/bench/allocation.js <queue|checkout>`: prints the bytes of the JavaScript heap that are allocated per event,
 * by V8's sampling heap profiler, garbage and reporting included. A process of its own, for what has run before decides
 * what is compiled how; the first runs compile the code, and until then the interpreter makes an object of every number
 * with a fraction. Typed arrays live elsewhere: they are allocated once and grow with what is in flight.
 */
const designs: Readonly<Record<string, () => Design>> = {
  queue: () => multiServer(1),
  checkout: () => undisturbed(checkout(100)),
};

const warmupRounds = 6;
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
} else console.log((await bytesPerEvent(make())).toFixed(3));
