/**
 * The library: what the command line does, as functions. Everything here is documented in docs/library.md; modules below
 * are not part of the package's interface.
 */

export type { Canvas, Component, Connection } from "./canvas/canvas.js";
export { type LoadedCanvas, loadCanvas, parseCanvas } from "./canvas/load.js";
export type { Assumption, Finding } from "./compile/assumption.js";
export { type CompileOptions, compile, InferenceError } from "./compile/compile.js";
export type { Model } from "./compile/model.js";
export type { Config, GateSpec } from "./config/config.js";
export { type Fault, formatFault, type Position } from "./document/fault.js";
export { InputError } from "./document/input-error.js";
export { type JsonSchema, readSchema, type SchemaName, schemaNames } from "./document/json-schema.js";
export { packageVersion } from "./document/package-files.js";
export type { JudgedDesign } from "./evaluation/design.js";
export { RunFault } from "./evaluation/run-fault.js";
export { UsageError } from "./evaluation/usage-error.js";
export { type CompareRequest, compare } from "./library/compare.js";
export { type CanvasSource, type EvaluateRequest, evaluate, type Progress } from "./library/evaluate.js";
export { type JudgeOrigin, judge } from "./library/judge.js";
export { render } from "./library/render.js";
export { type SimulateOptions, simulate } from "./library/simulate.js";
export { type LoadedProblem, listProblems, loadProblem, type ProblemSummary, parseProblem } from "./problem/load.js";
export type { Problem, ScenarioSpec } from "./problem/problem.js";
export { loadReporter, reporterNames } from "./report/index.js";
export type { Report } from "./report/report.js";
export type { Reporter, ReportOptions } from "./report/reporter.js";
export type { ScenarioMeasurement } from "./scenarios/measurement.js";
export type { Comparison } from "./scoring/comparison/comparison.js";
export type { CriterionResult, InvariantResult, Result, ScenarioResult } from "./scoring/result.js";
export type { Samples } from "./scoring/samples.js";
export { ProgramFault } from "./sim/program-fault.js";
