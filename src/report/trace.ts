import type { InvariantResult } from "../scoring/result.js";

export type Example = InvariantResult["examples"][number];
export type Trace = Example["trace"];

/** Steps shown of a trace that is long even without its repetitions: the first ones and the last. */
const traceHead = 6;
const traceTail = 10;

/** A long trace without its repetitions; if it is long even so, without its middle. */
export function shortened(trace: Trace): Trace {
  const most = traceHead + traceTail;
  if (trace.length <= most) return trace;
  const telling = trace.filter((step, index) => step.routine !== true || index === trace.length - 1);
  return telling.length <= most ? telling : [...telling.slice(0, traceHead), ...telling.slice(-traceTail)];
}

/** What {@link shortened} left out; nothing when it left nothing. */
export function leftOutText(trace: Trace, shown: Trace): string {
  const left = trace.length - shown.length;
  return left === 0 ? "" : `(${left} more step${left === 1 ? "" : "s"} in the JSON result)`;
}

/** When a step was, in virtual time: `62.412 s`. */
export function stepTime({ atMs }: Trace[number]): string {
  return `${(atMs / 1000).toFixed(3)} s`;
}
