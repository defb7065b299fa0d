import type { TimeSpec } from "../canvas/canvas.js";
import { erlangB, lossOfMM1K } from "./formulas.js";
import { canvasOf, componentOf, exponential, openProblem, server } from "./network.js";
import type { Oracle, OracleMeasure } from "./oracle.js";

const unitMs = 10;
const perS = 1000 / unitMs;

const loss = (theory: number): OracleMeasure => ({
  name: "share lost",
  theory,
  tolerance: 0.012,
  read: (run) => componentOf(run, "desk").failures.full / componentOf(run, "desk").arrivals,
});

function erlang(name: string, timeMs: TimeSpec): Oracle {
  return {
    system: `M/G/5/5, a 3, ${name}`,
    canvas: canvasOf([server("desk", timeMs, 5, 0)], ["customers→desk"]),
    problem: openProblem(3 * perS, 800_000),
    measures: [loss(erlangB(5, 3))],
  };
}

function shortRoom(utilization: number): Oracle {
  return {
    system: `M/M/1/5, ρ ${utilization}`,
    canvas: canvasOf([server("desk", exponential(unitMs), 1, 4)], ["customers→desk"]),
    problem: openProblem(utilization * perS, 1_600_000),
    measures: [loss(lossOfMM1K(utilization, 5))],
  };
}

export const lossOracles: readonly Oracle[] = [
  erlang("exponential", exponential(unitMs)),
  erlang("constant", unitMs),
  erlang("hyperexponential, cₛ² 4", { dist: "hyperexponential", meanMs: unitMs, cv2: 4 }),
  shortRoom(0.8),
  shortRoom(1),
  shortRoom(1.25),
];
