import { canvasOf, exponential, openProblem, server } from "./network.js";
import type { Oracle, OracleMeasure } from "./oracle.js";

const unitMs = 10;
const perS = 1000 / unitMs;

const sojourn = (theory: number): OracleMeasure => ({
  name: "mean sojourn",
  theory,
  tolerance: 0.012,
  read: (run) => (run.metrics.acceptMs.mean ?? 0) / unitMs,
});

/** Each node as its own M/M/1 at its total rate: 1/(μ − λ). */
const tandem: Oracle = {
  system: "tandem, λ 0.5, μ 1 and 0.8",
  canvas: canvasOf(
    [server("first", exponential(unitMs)), server("second", exponential(unitMs / 0.8))],
    ["customers→first", "first→second"],
  ),
  problem: openProblem(0.5 * perS, 3_200_000),
  measures: [sojourn(1 / 0.5 + 1 / 0.3)],
};

/** γ 0.3 and a quarter going round again: total rate λ = γ/(1 − p) = 0.4; W = ΣLᵢ/γ. */
const feedback: Oracle = {
  system: "Jackson with feedback, γ 0.3, p 0.25, μ 1 and 0.9",
  canvas: canvasOf(
    [
      server("first", exponential(unitMs)),
      server("second", exponential(unitMs / 0.9), 1, undefined, { mode: "split" }),
      server("exit", 0, 1000),
    ],
    [
      "customers→first",
      "first→second",
      { from: "second", to: "exit", weight: 3 },
      { from: "second", to: "first", weight: 1, on: "success" },
    ],
  ),
  problem: openProblem(0.3 * perS, 4_800_000),
  measures: [sojourn((0.4 / 0.6 + 0.4 / 0.5) / 0.3)],
};

export const networkOracles: readonly Oracle[] = [tandem, feedback];
