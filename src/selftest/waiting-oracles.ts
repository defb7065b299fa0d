import type { TimeSpec } from "../canvas/canvas.js";
import { meanWaitOfMG1, meanWaitOfMMc, sojournQuantileOfMM1 } from "./formulas.js";
import { canvasOf, componentOf, exponential, openProblem, server } from "./network.js";
import type { Oracle, OracleMeasure } from "./oracle.js";

/** One time unit of the textbook forms, milliseconds. */
const unitMs = 10;
const perS = 1000 / unitMs;

const meanWait = (theory: number, tolerance: number): OracleMeasure => ({
  name: "mean wait",
  theory,
  tolerance,
  read: (run) => (componentOf(run, "desk").waitMs.mean ?? 0) / unitMs,
});

const mm1: Oracle = {
  system: "M/M/1, λ 0.8, μ 1",
  canvas: canvasOf([server("desk", exponential(unitMs))], ["customers→desk"]),
  problem: openProblem(0.8 * perS, 6_400_000),
  measures: [
    meanWait(4, 0.012),
    {
      name: "mean number",
      theory: 4,
      tolerance: 0.012,
      read: (run) => componentOf(run, "desk").queueLength.mean + componentOf(run, "desk").utilization,
    },
    { name: "utilisation", theory: 0.8, tolerance: 0.004, read: (run) => componentOf(run, "desk").utilization },
    {
      name: "sojourn p95",
      theory: sojournQuantileOfMM1(0.95, 0.8, 1),
      tolerance: 0.012,
      read: (run) => (run.metrics.acceptMs.p95 ?? 0) / unitMs,
    },
    {
      name: "sojourn p99",
      theory: sojournQuantileOfMM1(0.99, 0.8, 1),
      tolerance: 0.016,
      read: (run) => (run.metrics.acceptMs.p99 ?? 0) / unitMs,
    },
  ],
};

function mmc(servers: number, arrivalRate: number, tolerance: number): Oracle {
  return {
    system: `M/M/${servers}, λ ${arrivalRate}, μ 1`,
    canvas: canvasOf([server("desk", exponential(unitMs), servers)], ["customers→desk"]),
    problem: openProblem(arrivalRate * perS, 12_000_000 / arrivalRate),
    measures: [meanWait(meanWaitOfMMc(servers, arrivalRate, 1), tolerance)],
  };
}

function mg1(name: string, timeMs: TimeSpec, cv2: number, durationMs: number): Oracle {
  return {
    system: `M/G/1, ρ 0.8, ${name}`,
    canvas: canvasOf([server("desk", timeMs)], ["customers→desk"]),
    problem: openProblem(0.8 * perS, durationMs),
    measures: [meanWait(meanWaitOfMG1(0.8, 1, cv2), 0.016)],
  };
}

/** σ² = ln(1 + c²) gives a lognormal the squared coefficient of variation c². */
const lognormalCv2 = 2;
const sigma = Math.sqrt(Math.log(1 + lognormalCv2));

export const waitingOracles: readonly Oracle[] = [
  mm1,
  mmc(3, 2, 0.012),
  mmc(10, 8, 0.016),
  mg1("constant", unitMs, 0, 3_200_000),
  mg1("Erlang-2", { dist: "erlang", meanMs: unitMs, k: 2 }, 0.5, 3_200_000),
  mg1("hyperexponential, cₛ² 4", { dist: "hyperexponential", meanMs: unitMs, cv2: 4 }, 4, 12_800_000),
  mg1(
    "lognormal, cₛ² 2",
    { dist: "lognormal", medianMs: unitMs / Math.sqrt(1 + lognormalCv2), sigma },
    lognormalCv2,
    12_800_000,
  ),
];
