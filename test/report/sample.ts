import type { Canvas } from "../../src/canvas/canvas.js";
import type { JudgedDesign } from "../../src/evaluation/design.js";
import { invalidResult } from "../../src/scoring/invalid.js";
import { judge } from "../../src/scoring/judge.js";
import type { Result } from "../../src/scoring/result.js";
import { buildModel, buildRun, checkoutSketch, context } from "../scoring/fixtures.js";
import { designOf } from "./report-of.js";

const sketch = checkoutSketch();

/** The canvas of {@link failing} and {@link passing}. */
export const canvas: Canvas = {
  components: sketch.components.map(({ id, type = "step" }) => ({ id, type })),
  connections: (sketch.edges ?? []).map((edge) => {
    const [from = "", to = ""] = edge.split(">");
    return { from, to };
  }),
};

const model = buildModel({ ...sketch, problem: { criteria: { maxErrors: 3 } } });

/** A design that passes: one run, one criterion. */
export const passing: Result = judge(model, [buildRun()], context);

const trace = [
  { atMs: 1000, where: "client", what: "request 1 sent with key 7" },
  { atMs: 1250.4, where: "psp", what: "charge captured under key 8: 1 live for this intent" },
];

/** A design that misses a criterion and breaks an invariant in `baseline` for one cause, and leaves one undecided. */
export const failing: Result = {
  ...passing,
  verdict: "fail",
  criteria: [
    {
      id: "maxErrors",
      scenario: "baseline",
      metric: "errors",
      expected: "<= 3",
      actual: 19,
      pass: false,
      verdict: "fail",
      cause: { component: "psp", message: "psp: a repeated call is a new charge; no-double-charge is broken" },
    },
    {
      id: "acceptMs.p95 <= 500",
      scenario: "baseline",
      metric: "acceptMs.p95",
      expected: "<= 500",
      actual: 499,
      interval: [480, 518],
      pass: false,
      verdict: "inconclusive",
    },
    {
      id: "monthlyBudgetUsd",
      scenario: null,
      metric: "effectiveMonthlyUsd",
      expected: "<= 800",
      actual: 367,
      pass: true,
      verdict: "pass",
    },
  ],
  invariants: [
    {
      id: "no-double-charge",
      scenario: "baseline",
      violations: 19,
      exposure: 56,
      verdict: "fail",
      cause: { component: "psp", message: "psp: a repeated call is a new charge" },
      examples: [{ intent: 1084, trace }],
    },
    { id: "no-leak", scenario: "baseline", violations: 0, exposure: 4, verdict: "inconclusive", examples: [] },
  ],
  scenarios: passing.scenarios.map((scenario) => ({
    ...scenario,
    pass: false,
    disturbance: { startMs: 1, endMs: 2, targets: ["psp", "api"] },
  })),
};

/** The failing design with its canvas; each component stands on a line of its own from 4, in column 5. */
export const failingDesign: JudgedDesign = designOf(failing, {
  canvas,
  positionOf: (id) => {
    const index = canvas.components.findIndex((component) => component.id === id);
    return index === -1 ? undefined : { line: 4 + index, column: 5 };
  },
});

/** A canvas with two faults, of which one has a place. */
export const invalidDesign: JudgedDesign = designOf(
  invalidResult("checkout", [{ code: "unknown-mode", severity: "error", message: "told above" }], {
    ...context,
    canvas: { name: null, file: "canvases/b.json", sha256: "" },
  }),
  {
    faults: [
      {
        code: "unknown-value",
        file: "canvases/b.json",
        pointer: "/components/0/type",
        line: 3,
        column: 9,
        message: 'unknown type "tol"',
        suggestion: "tool",
      },
      { code: "rate-missing", file: "canvases/b.json", pointer: "", line: null, column: null, message: "no entry" },
    ],
  },
);
