import type { Finding } from "../compile/assumption.js";
import { noCost } from "./cost.js";
import { type JudgeContext, originOf } from "./judge.js";
import type { Result } from "./result.js";

/**
 * The result of a canvas that could not be run: nothing was measured, so every score is 0 and the findings say why.
 * @param findings one per fault, in the order of the file
 */
export function invalidResult(problem: string, findings: readonly Finding[], context: JudgeContext): Result {
  return {
    schemaVersion: 1,
    tool: { name: context.tool.name, version: context.tool.version },
    problem,
    canvas: originOf(context),
    seeds: [...context.seeds],
    ...(context.scale === undefined ? {} : { scale: context.scale }),
    verdict: "invalid",
    score: { composite: 0, stability: 0, delivery: 0, cost: 0, constraints: 0, design: 0 },
    criteria: [],
    invariants: [],
    scenarios: [],
    findings: [...findings],
    assumptions: [],
    cost: noCost,
    warnings: [...context.warnings],
    repeat: context.repeat,
  };
}
