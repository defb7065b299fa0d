import type { Canvas } from "../canvas/canvas.js";
import { type LoadedCanvas, loadCanvas } from "../canvas/load.js";
import { scaledCanvas } from "../canvas/scale.js";
import type { Finding } from "../compile/assumption.js";
import { compile, InferenceError } from "../compile/compile.js";
import type { Model } from "../compile/model.js";
import { type Fault, formatFault, type Position } from "../document/fault.js";
import { InputError } from "../document/input-error.js";
import { packageVersion } from "../document/package-files.js";
import { pointerTo } from "../document/pointer.js";
import { invalidResult } from "../scoring/invalid.js";
import type { JudgeContext } from "../scoring/judge.js";
import { noSamples } from "../scoring/samples.js";
import type { Design, JudgedDesign } from "./design.js";
import { type EvaluationOptions, seedsOf } from "./options.js";
import { repeatCommand } from "./repeat-command.js";
import { optionsOfVariant } from "./variants.js";

/** A design that can be simulated. */
export interface PreparedDesign {
  readonly design: Design;
  readonly canvas: Canvas;
  readonly model: Model;
  readonly context: JudgeContext;
  positionOf: JudgedDesign["positionOf"];
}

/**
 * load → edit → compile, for one canvas. One that cannot be run is judged already: its result says why.
 * @param tell is told, as a printable line, what had to be done to read the file
 */
export async function prepare(
  design: Design,
  options: EvaluationOptions,
  tell?: (line: string) => void,
): Promise<PreparedDesign | JudgedDesign> {
  const { problem, loadFactor } = design.problem;
  const readings: string[] = [];
  const context = { ...contextOf(design, options), warnings: readings };
  try {
    const loaded =
      design.load?.() ??
      (await loadCanvas(design.file, {
        edits: design.edits,
        fromModelOutput: options.fromModelOutput,
        tell: (line) => {
          readings.push(line);
          tell?.(line);
        },
      }));
    const canvas = loadFactor === 1 ? loaded.canvas : scaledCanvas(loaded.canvas, loadFactor);
    const model = compile(canvas, problem, { strict: options.strict === true, loadFactor });
    const { sha256 } = loaded;
    const warnings = [...readings, ...loaded.warnings.map(formatFault), ...loaded.notes];
    return {
      design,
      canvas,
      model,
      context: { ...context, canvas: { ...context.canvas, name: canvas.name ?? null, sha256 }, warnings },
      positionOf: (component) => positionIn(loaded, component),
    };
  } catch (error) {
    if (error instanceof InputError) {
      const findings = error.faults.map((fault) => invalidFinding(fault.code, formatFault(fault)));
      return refused(design, context, findings, error.faults);
    }
    if (error instanceof InferenceError) {
      const lines = error.message.split("\n");
      const findings = lines.map((line) => invalidFinding("not-stated", `${design.file}: ${line}`));
      return refused(design, context, findings, []);
    }
    throw error;
  }
}

function contextOf({ problem, file, edits }: Design, options: EvaluationOptions): JudgeContext {
  return {
    tool: { name: "chini-bench", version: packageVersion() },
    canvas: { name: null, file, sha256: "", ...(edits === undefined ? {} : { set: edits }) },
    seeds: seedsOf(options),
    ...(options.scale === undefined ? {} : { scale: options.scale }),
    warnings: [],
    repeat: repeatCommand(problem.name, file, optionsOfVariant(options, edits)),
  };
}

/** Where a canvas says what a component is; undefined when it has no such component. */
export function positionIn({ canvas, lineOf }: LoadedCanvas, component: string): Position | undefined {
  const index = canvas.components.findIndex(({ id }) => id === component);
  return index === -1 ? undefined : lineOf(pointerTo("/components", index));
}

function invalidFinding(code: string, message: string): Finding {
  return { code, severity: "error", message };
}

function refused(
  { problem: { problem } }: Design,
  context: JudgeContext,
  findings: readonly Finding[],
  faults: readonly Fault[],
): JudgedDesign {
  const result = invalidResult(problem.id, findings, context);
  return { problem, result, canvas: null, faults, samples: noSamples, positionOf: () => undefined };
}
