import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { readSchema } from "../../src/document/json-schema.js";
import { json } from "../../src/report/json.js";
import { storedBaseline } from "../../src/report/stored-baseline.js";
import { table } from "../../src/report/table.js";
import type { BaselineSubject } from "../../src/scoring/baseline/baseline.js";
import type { Result } from "../../src/scoring/result.js";
import { baselineWith, compared, samplesWith, subjectWith } from "../scoring/baseline/fixtures.js";
import { reportOf } from "./report-of.js";

const options = { color: false, width: 80, quiet: false };
const steady = { stability: [90, 91, 92], "acceptMs.p95": [200, 210, 220], "violations.no-leak": [0, 0, 0] };
const before = subjectWith(samplesWith(steady, { composite: [97, 97, 97] }));

/** A design that is nowhere in the baseline. */
const elsewhere = {
  ...before,
  canvas: "b.json",
  result: { ...before.result, canvas: { ...before.result.canvas, sha256: "cd".repeat(32) } },
};

function reportBeside(now: BaselineSubject) {
  return { ...reportOf(now.result), baselines: [compared(before, now)] };
}

/** The block about the baseline: from its heading to the next empty line. */
function block(text: string): readonly string[] {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith("Beside ") || line.startsWith("base.json "));
  return start === -1 ? [] : lines.slice(start, lines.indexOf("", start));
}

const worse = { stability: [95, 96, 97], "acceptMs.p95": [470, 480, 492], "violations.no-leak": [2, 0, 0] };
const changed = subjectWith(samplesWith(worse, { composite: [97, 97, 97] }), "fail");

describe("the table reporter with a baseline", () => {
  it("says below the verdict what is worse and better, from before to now, with the difference and its interval", () => {
    const text = table.render(reportBeside(changed), options);
    expect(text.indexOf("Beside base.json")).toBeLessThan(text.indexOf("delivery 100"));
    expect(block(text)).toEqual([
      "Beside base.json (3 common seeds): worse, and better in other figures",
      "  ✗ verdict pass → fail",
      "  ✗ sale no-leak newly broken: 2 violations",
      "──────────────────────────────────────────────────────",
      "figure              before      now    change",
      "──────────────────────────────────────────────────────",
      "sale acceptMs.p95   210 ms   481 ms   +271 ms    worse",
      "                                      ±2.9 ms",
      "sale stability          91       96        +5   better",
      "──────────────────────────────────────────────────────",
      "  1 of 4 figures show no difference; ± half a 95 % interval",
    ]);
  });

  it("leaves of it with --quiet the verdict, the invariants and five figures", () => {
    const quiet = { ...options, quiet: true };
    expect(block(table.render(reportBeside(changed), quiet))).toEqual([
      "Beside base.json (3 common seeds): worse, and better in other figures",
      "  ✗ verdict pass → fail",
      "  ✗ sale no-leak newly broken: 2 violations",
      "  ✗ sale acceptMs.p95 210 ms → 481 ms (+271 ms)",
    ]);
  });

  it("has one line where nothing differs, or the baseline does not know the design, and none without a baseline", () => {
    expect(block(table.render(reportBeside(before), options))).toEqual([
      "Beside base.json (3 common seeds): no difference shown in 4 figures",
    ]);
    expect(block(table.render(reportBeside(elsewhere), options))).toEqual([
      "base.json does not hold this design: nothing to compare it with",
    ]);
    expect(block(table.render(reportOf(before.result), options))).toEqual([]);
  });

  it("says under which name the baseline has a design that it does not hold", () => {
    expect(block(table.render(reportBeside({ ...before, canvas: "b.json" }), options))).toEqual([
      "base.json does not hold this design: nothing to compare it with",
      "  - it holds the same canvas as canvases/a.json: was a file renamed, or the",
      "    baseline moved?",
    ]);
    expect(block(table.render(reportBeside({ ...before, problem: "shop" }), { ...options, quiet: true }))).toEqual([
      "base.json does not hold this design: nothing to compare it with",
      "  - it holds canvases/a.json judged by checkout",
    ]);
  });

  it("takes no rounding for an interval", () => {
    const low = subjectWith(samplesWith({ stability: [90.1, 90.2, 90.3] }));
    const high = subjectWith(samplesWith({ stability: [92.43, 92.53, 92.63] }));
    const comparison = compared(low, high);
    expect(comparison.figures[0]?.interval?.[0]).not.toBe(comparison.figures[0]?.interval?.[1]);
    const text = table.render({ ...reportOf(high.result), baselines: [comparison] }, options);
    expect(text).toContain("+2.33   better\n──");
  });

  it("keeps to the width and shows no character of a file that steers a terminal", () => {
    const hostile = "\u001b[31mred";
    const name = { scenarios: [{ id: `${hostile}-${"long-".repeat(12)}`, figures: steady }] };
    const own = subjectWith({ ...before.samples, ...name });
    const slower = { ...steady, "acceptMs.p95": [400, 410, 425] };
    const now = subjectWith({ ...own.samples, scenarios: [{ ...own.samples.scenarios[0]!, figures: slower }] });
    const comparison = { ...compared(own, now), file: `${hostile}.json`, notes: [`${hostile} ${"note ".repeat(30)}`] };
    const text = table.render({ ...reportOf(now.result), baselines: [comparison] }, options);
    expect(text).not.toContain("\u001b");
    expect(text).toContain("\\u001b[31mred.json");
    for (const line of text.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
  });
});

describe("the JSON reporter with a baseline", () => {
  it("adds the comparison to each result, as the published schema says", () => {
    const result = JSON.parse(json.render(reportBeside(changed), options)) as Result;
    const validate = new Ajv2020({ discriminator: true, allowUnionTypes: true }).compile(readSchema("result"));
    expect(validate(result), JSON.stringify(validate.errors)).toBe(true);
    expect(result.baseline).toMatchObject({ file: "base.json", regressed: true, seeds: [42, 43, 44] });
    expect(result.baseline?.figures).toHaveLength(4);
    expect(json.render(reportOf(changed.result), options)).not.toContain('"baseline":');
  });
});

describe("storedBaseline", () => {
  it("shows the options and each design with its verdict and figures", () => {
    const text = storedBaseline("base.json", baselineWith(before, { ...changed, canvas: "canvases/b.json" }), options);
    expect(text.split("\n")).toEqual([
      "base.json",
      "chini-bench 0.1.0 · seeds 42 to 44",
      "",
      "PASS  canvases/a.json · checkout",
      "composite 97",
      "───────────────────────────────────────────────────────────────────────────────",
      "                                       accept   confirm",
      "scenario   stability   drop   errors      p95       p95   recovery   violations",
      "───────────────────────────────────────────────────────────────────────────────",
      "sale              91   none     none   210 ms      none       none            0",
      "               ±2.48                   ±25 ms",
      "───────────────────────────────────────────────────────────────────────────────",
      "Means over 3 seeds; ± half a 95 % interval.",
      "",
      "FAIL  canvases/b.json · checkout",
      "composite 97",
      "───────────────────────────────────────────────────────────────────────────────",
      "                                       accept   confirm",
      "scenario   stability   drop   errors      p95       p95   recovery   violations",
      "───────────────────────────────────────────────────────────────────────────────",
      "sale              96   none     none   481 ms      none       none            2",
      "               ±2.48                   ±27 ms",
      "───────────────────────────────────────────────────────────────────────────────",
      "Means over 3 seeds; ± half a 95 % interval.",
      "",
    ]);
    const { options: said } = baselineWith(before);
    const all = { ...said, seeds: 1, decide: "mean", scale: 0.02, strict: true, fromModelOutput: true } as const;
    const own = { scenarios: ["sale"], gates: ["acceptMs.p95 <= 300ms", "dropRate <= 1%"] };
    const full = { ...baselineWith(subjectWith(before.samples, "pass", { options: own })), options: all };
    const lines = storedBaseline("b", full, { ...options, width: 120 }).split("\n");
    expect(lines[1]).toBe(
      "chini-bench 0.1.0 · seed 42 · decided by the mean · scale 0.02 · strict · from a model's output",
    );
    expect(lines[4]).toBe("only sale · gates `acceptMs.p95 <= 300ms`, `dropRate <= 1%`");
  });
});
