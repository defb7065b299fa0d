import { compile } from "../compile/compile.js";
import type { Simulator } from "../parallel/simulator.js";
import { planRuns } from "../scenarios/simulate.js";
import { intervalOf } from "../scoring/student.js";
import { limitOracles } from "./limit-oracles.js";
import { lossOracles } from "./loss-oracles.js";
import { networkOracles } from "./network-oracles.js";
import type { Oracle, OracleMeasure } from "./oracle.js";
import { retryOracles } from "./retry-oracles.js";
import { waitingOracles } from "./waiting-oracles.js";

/** Closed forms that the engine must reproduce. */
export const oracles: readonly Oracle[] = [
  ...waitingOracles,
  ...lossOracles,
  ...networkOracles,
  ...retryOracles,
  ...limitOracles,
];

/** Independent replications, with the seeds 1 to this. */
export const replications = 20;
/** Theory must lie inside the interval of this confidence over the replications' figures. */
const confidence = 0.999;
/** `quick` runs this share of each run's length, and accepts this multiple of its tolerance. */
const quickShare = 0.125;
const quickTolerance = 2.5;

/** Theory against observation, for one figure. */
export interface OracleResult {
  readonly system: string;
  readonly measure: string;
  readonly theory: number;
  readonly observed: number;
  /** Half the width of the interval; null where nothing is left to chance. */
  readonly half: number | null;
  /** |observed ÷ theory − 1|, and the largest that is accepted. */
  readonly relativeError: number;
  readonly tolerance: number;
  readonly pass: boolean;
}

/** Runs one oracle, through the same compile and simulate as any design. */
export async function runOracle(
  oracle: Oracle,
  quick: boolean,
  simulator: Simulator,
): Promise<readonly OracleResult[]> {
  const chance = oracle.deterministic !== true;
  const shortened = quick && chance ? shorten(oracle) : oracle;
  const model = compile(shortened.canvas, shortened.problem);
  const seeds = Array.from({ length: chance ? replications : 1 }, (_, i) => i + 1);
  const runs = await Promise.all(seeds.map((seed) => simulator.measure(model, planRuns(model, { seed })[0]!)));
  return oracle.measures.map((measure) => {
    const values = runs.map((run) => measure.read(run));
    return judgeMeasure(oracle.system, measure, values, quick && chance ? quickTolerance : 1);
  });
}

function shorten(oracle: Oracle): Oracle {
  const { workload } = oracle.problem;
  const durationMs = workload.durationMs * quickShare;
  const warmup = workload.warmupMs === undefined ? {} : { warmupMs: workload.warmupMs * quickShare };
  return { ...oracle, problem: { ...oracle.problem, workload: { ...workload, durationMs, ...warmup } } };
}

function judgeMeasure(
  system: string,
  { name, theory, tolerance }: OracleMeasure,
  values: readonly number[],
  widened: number,
): OracleResult {
  const { mean, half } = intervalOf(values, confidence);
  const relativeError = Math.abs(mean / theory - 1);
  const accepted = tolerance * widened;
  const inside = half === null || Math.abs(mean - theory) <= half;
  return {
    system,
    measure: name,
    theory,
    observed: mean,
    half,
    relativeError,
    tolerance: accepted,
    pass: inside && relativeError <= accepted,
  };
}
