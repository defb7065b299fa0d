import { dirname, relative, resolve, sep } from "node:path";
import type { Design, DesignGroup, JudgedDesign } from "../evaluation/design.js";
import type { EvaluationOptions } from "../evaluation/options.js";
import { isProblemPath } from "../problem/load.js";
import type {
  BaselineDesign,
  BaselineDesignOptions,
  BaselineOptions,
  BaselineSubject,
} from "../scoring/baseline/baseline.js";

type Names = Pick<BaselineDesign, "problem" | "canvas">;

/** A design by the names that a baseline's file knows it by. */
export function namesIn(baselineFile: string, { problem, file }: Design): Names {
  const folder = folderOf(baselineFile);
  return { problem: problemNamed(problem.name, (path) => pathFrom(folder, path)), canvas: pathFrom(folder, file) };
}

/** {@link namesIn} the other way: problem and canvas as the command line would name them. */
export function namesHere(baselineFile: string, { problem, canvas }: Names): Names {
  const here = (path: string) => pathFrom(process.cwd(), resolve(folderOf(baselineFile), path));
  return { problem: problemNamed(problem, here), canvas: here(canvas) };
}

function folderOf(baselineFile: string): string {
  return dirname(resolve(baselineFile));
}

/** A file's path from a folder, with slashes, so that `./a.json` and `a.json` are one design. */
function pathFrom(folder: string, file: string): string {
  return relative(folder, resolve(file)).split(sep).join("/");
}

/** A built-in problem's id as it is; the path of a file as a path that cannot be taken for an id. */
function problemNamed(name: string, pathOf: (path: string) => string): string {
  if (!isProblemPath(name)) return name;
  const path = pathOf(name);
  return isProblemPath(path) ? path : `./${path}`;
}

/** The designs of a run under the names that a baseline keeps, group by group. */
export function subjectsOf(
  baselineFile: string,
  groups: readonly DesignGroup[],
  judged: readonly (readonly JudgedDesign[])[],
): readonly BaselineSubject[] {
  return groups.flatMap(({ designs, options }, group) =>
    designs.flatMap((design, index) => {
      const outcome = judged[group]?.[index];
      if (outcome === undefined) return [];
      const { result, samples } = outcome;
      const names = namesIn(baselineFile, design);
      return [{ ...names, problemSha256: design.problem.sha256, options: designOptionsOf(options), result, samples }];
    }),
  );
}

function designOptionsOf({ scenarios = [], gates = [] }: EvaluationOptions): BaselineDesignOptions {
  return {
    ...(scenarios.length === 0 ? {} : { scenarios: [...scenarios] }),
    ...(gates.length === 0 ? {} : { gates: [...gates] }),
  };
}

/** The options that all designs of a run share, as a baseline keeps them. */
export function baselineOptionsOf(options: EvaluationOptions): BaselineOptions {
  const { seed, seeds, decide, scale, strict, fromModelOutput } = options;
  return {
    seed,
    seeds,
    decide,
    ...(scale === undefined ? {} : { scale }),
    strict: strict === true,
    ...(fromModelOutput === true ? { fromModelOutput } : {}),
  };
}
