import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formats } from "../../scripts/compose-schemas.js";
import type { JsonValue } from "../../src/document/parse.js";
import { validatorOf } from "../../src/document/validate.js";
import { mutationsOf } from "../fixtures/mutations.js";

function fixture(path: string): JsonValue {
  return JSON.parse(readFileSync(fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url)), "utf8")) as JsonValue;
}

/** Says the verdict of both validators, which must be one. */
function verdicts(format: "canvas" | "problem", value: unknown): { readonly zod: boolean; readonly ajv: boolean } {
  return { zod: formats[format].safeParse(value).success, ajv: validatorOf(format)(value) };
}

const both = { zod: true, ajv: true };
const neither = { zod: false, ajv: false };

const component = (fields: object) => ({ components: [{ id: "a", type: "step", ...fields }], connections: [] });
const connection = (fields: object) => ({
  components: [{ id: "a", type: "step" }],
  connections: [{ from: "a", to: "b", ...fields }],
});
const behavior = (fields: object) => component({ behavior: fields });
const service = (timeMs: unknown) => component({ service: { timeMs } });

const canvasCases: readonly (readonly [string, unknown, boolean])[] = [
  ["the smallest", component({}), true],
  ["no component", { components: [], connections: [] }, false],
  ["no connections", { components: [{ id: "a", type: "step" }] }, false],
  ["an array", [], false],
  ["null", null, false],
  [
    "unknown fields everywhere",
    { ...component({ x: 1, cost: { y: 2 }, behavior: { mode: "queue", z: 3 } }), w: 0 },
    true,
  ],
  ["an unknown type", component({ type: "steps" }), false],
  ["an empty id", component({ id: "" }), false],
  ["an id of 200 emoji", component({ id: "😀".repeat(200) }), true],
  ["an id of 201 emoji", component({ id: "😀".repeat(201) }), false],
  ["200 components", { ...component({}), components: Array(200).fill({ id: "a", type: "step" }) }, true],
  ["201 components", { ...component({}), components: Array(201).fill({ id: "a", type: "step" }) }, false],
  ["2 000 connections", { ...component({}), connections: Array(2_000).fill({ from: "a", to: "b" }) }, true],
  ["2 001 connections", { ...component({}), connections: Array(2_001).fill({ from: "a", to: "b" }) }, false],
  ["an unknown mode", behavior({ mode: "retyr" }), false],
  ["no mode", behavior({ maxAttempts: 3 }), false],
  ["a mode of another case", behavior({ mode: "Retry" }), false],
  ["behavior null", component({ behavior: null }), false],
  ["a parameter of another mode with a wrong type", behavior({ mode: "retry", openMs: "long" }), true],
  ["attempts of 0", behavior({ mode: "retry", maxAttempts: 0 }), false],
  ["attempts of 1.5", behavior({ mode: "retry", maxAttempts: 1.5 }), false],
  ["attempts of 2.0", behavior({ mode: "retry", maxAttempts: 2.0 }), true],
  ["a quorum of all", behavior({ mode: "replicate", quorum: "all" }), true],
  ["a quorum of 2", behavior({ mode: "replicate", quorum: 2 }), true],
  ["a quorum of 0", behavior({ mode: "replicate", quorum: 0 }), false],
  ["a quorum of most", behavior({ mode: "replicate", quorum: "most" }), false],
  ["a quorum of null", behavior({ mode: "replicate", quorum: null }), false],
  ["a time of 0", service(0), true],
  ["a time of minus 0", service(-0), true],
  ["a negative time", service(-1), false],
  ["an infinite time", service(Number.POSITIVE_INFINITY), false],
  ["a time that is no number", service(Number.NaN), false],
  ["a time as text", service("5"), false],
  ["a time as null", service(null), false],
  ["a time as a list", service([5]), false],
  ["an empty distribution", service({}), false],
  ["an unknown distribution", service({ dist: "uniform", meanMs: 1 }), false],
  ["a distribution without its mean", service({ dist: "constant" }), false],
  ["a distribution with more", service({ dist: "constant", meanMs: 1, sigma: "x" }), true],
  ["an erlang of 0 stages", service({ dist: "erlang", meanMs: 1, k: 0 }), false],
  ["a whole number beyond 2^53", component({ service: { concurrency: 2 ** 60 } }), false],
  ["slots that follow the load", component({ service: { autoscale: { min: 1, max: 9, everyMs: 1000 } } }), true],
  ["autoscaling without a max", component({ service: { autoscale: { min: 1 } } }), false],
  ["autoscaling to 0", component({ service: { autoscale: { min: 0, max: 1 } } }), false],
  ["autoscaling on idle slots", component({ service: { autoscale: { min: 1, max: 2, targetUtilization: 0 } } }), false],
  ["autoscaling each ms", component({ service: { autoscale: { min: 1, max: 2, everyMs: 1 } } }), false],
  ["on: dead-letter", connection({ on: "dead-letter" }), true],
  ["on: deadletter", connection({ on: "deadletter" }), false],
  ["direction none", connection({ direction: "none" }), true],
  ["async as text", connection({ async: "true" }), false],
];

const smallCheckout = fixture("problems/small-checkout.json") as Readonly<Record<string, JsonValue>>;
const problem = (fields: object) => ({ ...smallCheckout, ...fields });
const scenario = (fields: object) => problem({ scenarios: [{ id: "a", ...fields }] });

const problemCases: readonly (readonly [string, unknown, boolean])[] = [
  ["the fixture", smallCheckout, true],
  ["an unknown field", problem({ invariant: [] }), false],
  ["a $schema", problem({ $schema: "../schemas/problem.schema.json" }), true],
  ["an id in capitals", problem({ id: "Small" }), false],
  ["an id with a line break at its end", problem({ id: "small\n" }), false],
  ["a title of 200 emoji", problem({ title: "😀".repeat(200) }), true],
  ["a title of 201 emoji", problem({ title: "😀".repeat(201) }), false],
  ["no scenario", problem({ scenarios: [] }), false],
  ["an unknown kind", scenario({ kind: "quake" }), false],
  ["no kind", scenario({}), false],
  ["a spike", scenario({ kind: "spike", multiplier: 5 }), true],
  ["a spike without a multiplier", scenario({ kind: "spike" }), false],
  ["a spike with a target", scenario({ kind: "spike", multiplier: 5, target: "order-store" }), false],
  ["a scenario's partial workload", scenario({ kind: "baseline", workload: { ratePerS: 1 } }), true],
  ["an unknown role", problem({ roles: { psp: {} } }), false],
  ["a role without its parameters", problem({ roles: { "payment-provider": {} } }), false],
  ["an invariant as text", problem({ invariants: ["nothing-stuck"] }), true],
  ["an invariant as an object", problem({ invariants: [{ id: "nothing-stuck" }] }), true],
  ["an invariant without an id", problem({ invariants: [{ limitMs: 5 }] }), false],
  ["an invariant as a number", problem({ invariants: [5] }), false],
  ["a metric of 201 characters", problem({ criteria: { metrics: ["x".repeat(201)] } }), false],
  ["weights without one", problem({ weights: { stability: 1 } }), false],
  ["a required storage", problem({ constraints: { requiredBehaviors: ["storage"] } }), true],
  ["a required database", problem({ constraints: { requiredBehaviors: ["database"] } }), false],
];

describe("zod and ajv", () => {
  it.each(canvasCases)("agree on a canvas: %s", (_name, value, valid) => {
    expect(verdicts("canvas", value)).toEqual(valid ? both : neither);
  });

  it.each(problemCases)("agree on a problem: %s", (_name, value, valid) => {
    expect(verdicts("problem", value)).toEqual(valid ? both : neither);
  });

  it.each([
    ["canvas", fixture("full-canvas.json")],
    ["problem", fixture("full-problem.json")],
  ] as const)("agree on every damaged %s, and damage makes both refuse and accept", (format, valid) => {
    expect(verdicts(format, valid)).toEqual(both);
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(mutationsOf(valid), (value) => {
        // The loader refuses such a key before any validator sees it.
        fc.pre(!JSON.stringify(value).includes("__proto__"));
        const { zod, ajv } = verdicts(format, value);
        seen.add(ajv);
        expect(ajv).toBe(zod);
      }),
      { numRuns: 5_000 },
    );
    expect(seen.size).toBe(2);
  });

  it("agree on any JSON at all", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(verdicts("canvas", value)).toEqual(neither);
        expect(verdicts("problem", value)).toEqual(neither);
      }),
    );
  });
});
