import { replications } from "../parallel/replications.js";
import type { Simulator } from "../parallel/simulator.js";
import type { Workers } from "../parallel/workers.js";
import { type PlannedRun, planRuns } from "../scenarios/simulate.js";
import { judge } from "../scoring/judge.js";
import { combineSeeds, withCoursesOf } from "../scoring/replications/combine.js";
import type { Result } from "../scoring/result.js";
import { samplesOf } from "../scoring/samples.js";
import type { Design, JudgedDesign } from "./design.js";
import { type EvaluationOptions, seedsOf } from "./options.js";
import { type PreparedDesign, prepare } from "./prepare.js";
import { repeatCommand } from "./repeat-command.js";
import { RunFault } from "./run-fault.js";
import { optionsOfVariant } from "./variants.js";

/** Who is told how an evaluation goes on. */
export interface EvaluationWatcher {
  /** A design cannot be run; its result's findings say why. */
  invalid?(design: JudgedDesign): void;
  /** What had to be done to read a file, as a printable line; said again for each design of the file. */
  read?(line: string): void;
  /** All designs are loaded, and so many runs are to be simulated. */
  begun?(runs: number): void;
  /** One of them is done. */
  ran?(design: Design, run: PlannedRun): void;
}

/**
 * load → compile → simulate → judge with each seed → combine the seeds' results, for every design. What comes out does not
 * depend on the workers. A canvas that is not valid has a result that says so: the others are judged all the same.
 * @returns one per design, in the same order
 * @throws RunFault when the program itself fails in the middle of a run
 */
export async function evaluate(
  designs: readonly Design[],
  options: EvaluationOptions,
  workers: Workers,
  watcher: EvaluationWatcher = {},
): Promise<readonly JudgedDesign[]> {
  const prepared = await prepareAll(designs, options, watcher);
  const ready = prepared.filter(canRun);
  const planned = ready.flatMap(({ model }) => planRuns(model, { seed: options.seed, scenarios: options.scenarios }));
  watcher.begun?.(planned.length * options.seeds);
  const intents = planned.reduce((sum, { expectedIntents }) => sum + expectedIntents, 0);
  const simulator = await workers.simulatorFor(intents * options.seeds);
  const judged = await judgeAll(ready, options, simulator, watcher);
  return prepared.map((design) => (canRun(design) ? judged.get(design)! : design));
}

async function prepareAll(
  designs: readonly Design[],
  options: EvaluationOptions,
  watcher: EvaluationWatcher,
): Promise<readonly (PreparedDesign | JudgedDesign)[]> {
  const prepared: (PreparedDesign | JudgedDesign)[] = [];
  for (const design of designs) {
    const next = await prepare(design, options, watcher.read?.bind(watcher));
    if (!canRun(next)) watcher.invalid?.(next);
    prepared.push(next);
  }
  return prepared;
}

function canRun(design: PreparedDesign | JudgedDesign): design is PreparedDesign {
  return "model" in design;
}

/** Simulates and judges the designs one after the other; of each only the combined result is kept. */
async function judgeAll(
  ready: readonly PreparedDesign[],
  options: EvaluationOptions,
  simulator: Simulator,
  watcher: EvaluationWatcher,
): Promise<ReadonlyMap<PreparedDesign, JudgedDesign>> {
  const judged = new Map<PreparedDesign, JudgedDesign>();
  const seeds = seedsOf(options);
  const models = ready.map(({ model }) => model);
  const watched = watchedSimulator(ready, options, simulator, watcher);
  let results: Result[] = [];
  for await (const { model, seed, measurements } of replications(models, seeds, options.scenarios, watched)) {
    const design = ready[model]!;
    const result = orFault(
      () => judge(design.model, measurements, { ...design.context, seeds: [seed] }),
      () => repeatOf(design, options, seed, options.scenarios),
    );
    results.push(withCoursesOf(results[0] ?? result, result));
    if (results.length < seeds.length) continue;
    judged.set(design, judgedDesign(design, results, options));
    results = [];
  }
  return judged;
}

/** A simulator that tells of every run, and turns what a run throws into a fault with the command that leads to it again. */
function watchedSimulator(
  ready: readonly PreparedDesign[],
  options: EvaluationOptions,
  simulator: Simulator,
  watcher: EvaluationWatcher,
): Simulator {
  const designs = new Map(ready.map((design) => [design.model, design]));
  return {
    ...simulator,
    measure: async (model, run) => {
      const design = designs.get(model)!;
      try {
        return await simulator.measure(model, run);
      } catch (error) {
        throw new RunFault(error, repeatOf(design, options, run.seed, [run.scenario]));
      } finally {
        watcher.ran?.(design.design, run);
      }
    },
  };
}

function repeatOf(
  { design: { problem, file, edits } }: PreparedDesign,
  options: EvaluationOptions,
  seed: number,
  scenarios: readonly string[] | undefined,
): string {
  return repeatCommand(problem.name, file, { ...optionsOfVariant(options, edits), seed, seeds: 1, scenarios });
}

function orFault<Value>(compute: () => Value, repeat: () => string): Value {
  try {
    return compute();
  } catch (error) {
    throw new RunFault(error, repeat());
  }
}

function judgedDesign(
  { design, canvas, positionOf }: PreparedDesign,
  results: readonly Result[],
  options: EvaluationOptions,
): JudgedDesign {
  const { problem } = design.problem;
  const samples = samplesOf(problem, results);
  return { problem, result: combineSeeds(problem, results, options.decide), canvas, faults: [], samples, positionOf };
}
