import { describe, expect, it } from "vitest";
import type { Model } from "../../src/compile/model.js";
import { columnsOf } from "../../src/report/table/text.js";
import { table } from "../../src/report/table.js";
import { invalidResult } from "../../src/scoring/invalid.js";
import { judge } from "../../src/scoring/judge.js";
import type { Result } from "../../src/scoring/result.js";
import { buildModel, buildRun, checkoutSketch, context, latency, type RunSketch } from "../scoring/fixtures.js";
import { reportOf } from "./report-of.js";

const plain = { color: false, width: 80, quiet: false };
const escapeCode = "\u001b";

const scenarios = [
  { id: "baseline", kind: "baseline" },
  { id: "flash-sale", kind: "spike", criteria: { metrics: ["acceptMs.p95 <= 500", "dropRate <= 3%"] } },
  { id: "payment-outage", kind: "outage" },
];

const trace = Array.from({ length: 30 }, (_, step) => ({
  atMs: 62_412 + step,
  where: step === 0 ? "psp" : "payment-worker",
  what: step === 0 ? "charge captured (key 812)" : `attempt ${step}`,
}));

const modes = ["rps", "burst", "maxAttempts", "backoffMs"];

function model(): Model {
  const built = buildModel({
    ...checkoutSketch({ psp: { idempotency: { key: "attempt" } } }),
    problem: {
      scenarios,
      criteria: { minStability: 75, maxErrors: 3 },
      invariants: ["no-double-charge", "no-lost-charge"],
      constraints: { maxComponents: 6, monthlyBudgetUsd: 800 },
    },
  });
  const assumptions = built.components.flatMap(({ id }) =>
    modes.map((field, index) => ({ component: id, field, value: index, because: index === 0 ? "6 × λ" : "default" })),
  );
  return { ...built, assumptions };
}

const disturbance = {
  startMs: 30_000,
  endMs: 150_000,
  targets: [],
  untilEnd: false,
  backlogBack: true,
  peakRatePerS: 100,
};
const doubles = { id: "no-double-charge", violations: 25, exposure: 340, examples: [{ intent: 1812, trace }] };
const sale: RunSketch = {
  id: "flash-sale",
  kind: "spike",
  disturbance,
  health: [1, 0.2, 0.3, 0.9],
  components: [{ id: "api", slots: 50, meanHoldMs: 1800, failures: { full: 8000 }, firstFullMs: 31_000 }],
  metrics: {
    offered: 13_204,
    delivered: 8953,
    dropRate: 0.322,
    errors: 25,
    acceptMs: latency(10_544),
    recoveryMs: 5000,
  },
  invariants: [doubles],
};

function failed(): Result {
  const runs = [buildRun(), buildRun(sale), buildRun({ id: "payment-outage:blackhole", kind: "outage" })];
  return judge(model(), runs, { ...context, warnings: ['a.json:3:5 /components/0/lable: unknown field "lable"'] });
}

function lines(results: readonly Result[], options: Partial<typeof plain> = {}): readonly string[] {
  return table.render(reportOf(...results), { ...plain, ...options }).split("\n");
}

describe.each([80, 100, 120])("the table at %i columns", (width) => {
  const text = lines([failed()], { width });

  it("stays within the width, without trailing spaces", () => {
    expect(Math.max(...text.map(columnsOf))).toBeLessThanOrEqual(width);
    expect(text.filter((line) => line !== line.trimEnd())).toEqual([]);
  });

  it("opens with the verdict and closes with the line to repeat the run", () => {
    expect(text[0]).toMatch(/^FAIL {2}\d+ of 100 {2}A canvas$/);
    expect(text[1]).toBe("canvases/a.json · checkout · seed 42");
    expect(text.at(-2)).toBe("Repeat  chini-bench run checkout canvases/a.json --seed 42");
    expect(text.at(-1)).toBe("");
  });

  it("shows a row for each run, between rules of one length", () => {
    const row = text.find((line) => line.startsWith("flash-sale "));
    expect(row?.split(/ {1,}(?=\S)/).join("|")).toBe("flash-sale|13,204|8,953|32.2|%|25|10.5|s|550|ms|54.9|no");
    expect(text.join("\n")).toMatch(/payment-outage:\s*(blackhole)?/);
    const rules = text.filter((line) => line.startsWith("──"));
    expect(rules).toHaveLength(3);
    expect(new Set(rules.map((rule) => rule.length)).size).toBe(1);
  });

  it("tells each missed criterion with what was expected and found, and a shared cause once", () => {
    const all = text.join("\n");
    expect(all).toContain("✗ flash-sale  stability 54.9, expected ≥ 75");
    expect(all).toContain("✗ flash-sale  errors 25, expected ≤ 3");
    expect(all).toContain("✗ flash-sale  acceptMs.p95 10.5 s, expected ≤ 500 ms");
    expect(all).toContain("✗ flash-sale  dropRate 32.2 %, expected ≤ 3 %");
    expect(all).toContain("✗ components 7, expected ≤ 6");
    const whole = all.replace(/\s+/g, " ");
    expect(whole).toContain(
      "api: 50 slots ÷ 1.8 s = 28/s under 100/s offered: queue full from 31 s, 8,000 calls refused",
    );
    expect(whole.match(/8,000 calls refused/g)?.length).toBe(2);
  });

  it("tells a broken invariant with its exposure, its cause and one causal trace", () => {
    const all = text.join("\n");
    expect(all).toContain("✗ no-double-charge: 25 violations (flash-sale 25 of 340 exposed)");
    expect(all).toContain("psp: idempotency key attempt: a repeated call is a new charge to it");
    expect(all).toContain(
      "    intent 1,812 in flash-sale:\n      62.412 s  psp             charge captured (key 812)\n",
    );
    expect(all).toContain("(14 more steps in the JSON result)");
    expect(all).toContain("62.441 s  payment-worker  attempt 29");
  });

  it("lists the invariant that was not tested, the cost, findings and warnings", () => {
    const whole = text.join(" ").replace(/\s+/g, " ");
    expect(whole).toContain("? no-lost-charge: 0 intents exposed in all runs together, at least 10 needed");
    expect(whole).toContain("Cost $121 a month, budget $800, $0 declared; dearest: orders $60");
    expect(whole).toContain("warning retry-without-idempotent-target: worker repeats calls to psp");
    expect(whole).toContain('Warnings (1) - a.json:3:5 /components/0/lable: unknown field "lable"');
  });

  it("lists every assumption by component, fields of one reason together", () => {
    expect(text).toContain("Assumptions (28)");
    const all = text.join("\n");
    expect(all).toMatch(
      /\n {2}worker {3}rps = 0 \(6 × λ\); burst = 1 · maxAttempts = 2 · backoffMs = 3\s+\(default\)\n/,
    );
    for (const { id } of model().components) expect(all).toContain(`\n  ${id.padEnd(7)}  rps = 0`);
  });
});

describe("the table", () => {
  it("colours only when it may", () => {
    expect(table.render(reportOf(failed()), plain)).not.toContain(escapeCode);
    expect(table.render(reportOf(failed()), { ...plain, color: true })).toContain(`${escapeCode}[31m`);
  });

  it("is the same text with and without colours", () => {
    const coloured = table.render(reportOf(failed()), { ...plain, color: true });
    expect(coloured.replaceAll(new RegExp(`${escapeCode}\\[\\d+m`, "g"), "")).toBe(
      table.render(reportOf(failed()), plain),
    );
  });

  it("leaves only verdict, reasons and the line to repeat when quiet", () => {
    const all = lines([failed()], { quiet: true }).join("\n");
    expect(all).toContain("Missed criteria");
    expect(all).toContain("Broken invariants");
    expect(all).toContain("Repeat  chini-bench run");
    expect(all).not.toContain("Assumptions");
    expect(all).not.toContain("──");
    expect(all).not.toContain("Cost");
  });

  it("says of a run that was cut off, and of one that could not be made", () => {
    const cut = buildRun({ truncated: true, endMs: 61_000, events: 500_000_000 });
    const impossible = buildRun({ id: "flash-sale", impossible: "no component plays the role payment-provider" });
    const all = lines([judge(model(), [cut, impossible], context)], { width: 100 }).join("\n");
    expect(all).toContain("? baseline: stopped at 61.000 s after 500,000,000 events; its measures decide nothing");
    expect(all).toMatch(/flash-sale.*–.*–.* no/);
    expect(all).toContain("✗ flash-sale cannot be run\n    no component plays the role payment-provider");
  });

  it("lists several canvases at the end, an invalid one among them, and reports only the valid ones", () => {
    const invalid = invalidResult("checkout", [], { ...context, canvas: { name: null, file: "b.json", sha256: "" } });
    const text = lines([failed(), invalid]);
    expect(text.filter((line) => line.startsWith("Repeat"))).toHaveLength(1);
    const summary = text.slice(text.indexOf("2 canvases: 1 fail, 1 invalid"));
    expect(summary[1]).toMatch(/^ {2}FAIL {11}\d+ {2}canvases\/a\.json$/);
    expect(summary[2]).toBe("  INVALID         –  b.json");
    expect(table.render(reportOf(invalid), plain)).toBe("");
  });

  it("breaks the line to repeat behind backslashes, an option never apart from its value", () => {
    const repeat = `chini-bench run checkout canvases/${"long-".repeat(9)}name.json --seed 42 --scenario flash-sale --strict`;
    const text = lines([judge(model(), [buildRun()], { ...context, repeat })]);
    const from = text.findIndex((line) => line.startsWith("Repeat"));
    const command = text.slice(from, -1).map((line) => line.replace(/^Repeat {2}| {8}/, "").replace(/ \\$/, ""));
    expect(command.length).toBeGreaterThan(1);
    expect(command.join(" ")).toBe(repeat);
    expect(command.some((line) => line.endsWith("--seed") || line.endsWith("--scenario"))).toBe(false);
  });

  it("shows no control character and no line break of a canvas", () => {
    const evil = `api${escapeCode}[2J\u202e\nPASS`;
    const sketch = checkoutSketch();
    const components = sketch.components.map((one) => (one.id === "api" ? { ...one, id: evil } : one));
    const built = buildModel({
      components,
      edges: ["queue>worker", "worker>breaker", "breaker>psp"],
      problem: { scenarios },
    });
    const assumptions = [{ component: evil, field: evil, value: evil, because: evil }];
    const run = buildRun({ ...sale, components: [{ id: evil, failures: { full: 3 } }] });
    const result = judge({ ...built, assumptions }, [run], {
      ...context,
      canvas: { ...context.canvas, name: evil, file: evil },
      warnings: [evil],
      repeat: evil,
    });
    const text = table.render(reportOf(result, result), plain);
    expect(text).not.toContain(escapeCode);
    expect(text).not.toContain("\u202e");
    expect(text.split("\n").filter((line) => line.startsWith("PASS"))).toEqual([]);
    expect(text).toContain("api\\u001b[2J\\u202e\\u000aPASS");
  });

  it("stays within the width with long names and wide characters", () => {
    const long = "支払い処理コンポーネント-".repeat(12);
    const components = checkoutSketch().components.map((one) => (one.id === "api" ? { ...one, id: long } : one));
    const built = buildModel({ components, problem: { scenarios, criteria: { maxDropRate: 0 } } });
    const assumptions = [{ component: long, field: "service.timeMs", value: "x".repeat(300), because: long }];
    const run = buildRun({ ...sale, components: [{ id: long, failures: { full: 3 } }] });
    const result = judge({ ...built, assumptions }, [run], { ...context, canvas: { ...context.canvas, name: long } });
    expect(Math.max(...lines([result]).map(columnsOf))).toBeLessThanOrEqual(80);
  });
});
