import type { LoadedCanvas } from "../canvas/load.js";
import type { Model } from "../compile/model.js";
import { formatFault } from "../document/fault.js";
import { packageVersion } from "../document/package-files.js";
import type { JudgedDesign } from "../evaluation/design.js";
import { positionIn } from "../evaluation/prepare.js";
import { repeatCommand } from "../evaluation/repeat-command.js";
import type { LoadedProblem } from "../problem/load.js";
import type { ScenarioMeasurement } from "../scenarios/measurement.js";
import { judge as judgeMeasurements } from "../scoring/judge.js";
import { samplesOf } from "../scoring/samples.js";
import { scenarioOfRun } from "../scoring/scenario-spec.js";
import { problemName } from "./evaluate.js";

/** Where the model comes from: file names, digest, warnings and positions go into what is judged. */
export interface JudgeOrigin {
  readonly canvas?: LoadedCanvas | undefined;
  readonly problem?: LoadedProblem | undefined;
}

/**
 * Judges what `simulate` measured with one seed: criteria, invariants, sub-scores from 0 to 100, verdict. For several
 * seeds use `evaluate`, which judges intervals.
 *
 * @param measurements of this model, all with the same seed, in the order in which `simulate` gives them
 * @returns the design with its result, for `render({ designs: [design] })`
 * @throws RangeError when there are no measurements, or seeds differ
 * @throws ProgramFault when a number of the result is not finite: a defect of the program
 */
export function judge(
  model: Model,
  measurements: readonly ScenarioMeasurement[],
  origin: JudgeOrigin = {},
): JudgedDesign {
  const { canvas, problem } = model;
  const seed = seedOf(measurements);
  const file = origin.canvas?.file ?? "canvas";
  const asked = origin.problem === undefined ? problem.id : problemName(origin.problem);
  const result = judgeMeasurements(model, measurements, {
    tool: { name: "chini-bench", version: packageVersion() },
    canvas: { name: canvas.name ?? null, file, sha256: origin.canvas?.sha256 ?? "" },
    seeds: [seed],
    warnings: [...(origin.canvas?.warnings.map(formatFault) ?? []), ...(origin.canvas?.notes ?? [])],
    repeat: repeatCommand(asked, file, { seed, seeds: 1, decide: "interval", scenarios: chosen(model, measurements) }),
  });
  return {
    problem,
    result,
    canvas,
    faults: [],
    samples: samplesOf(problem, [result]),
    positionOf: (component) => (origin.canvas === undefined ? undefined : positionIn(origin.canvas, component)),
  };
}

function seedOf(measurements: readonly ScenarioMeasurement[]): number {
  const [first] = measurements;
  if (first === undefined) throw new RangeError("there are no measurements to judge");
  const other = measurements.find(({ seed }) => seed !== first.seed);
  if (other === undefined) return first.seed;
  throw new RangeError(`measurements of one seed are judged, these are of ${first.seed} and ${other.seed}`);
}

/** The scenarios that were measured; undefined for all of the problem's. */
function chosen({ problem }: Model, measurements: readonly ScenarioMeasurement[]): readonly string[] | undefined {
  const ids = [...new Set(measurements.map(({ id }) => scenarioOfRun(id)))];
  return ids.length === problem.scenarios.length ? undefined : ids;
}
