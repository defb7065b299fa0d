import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { github } from "../../src/report/github.js";
import { markdown } from "../../src/report/markdown.js";
import type { Report } from "../../src/report/report.js";
import { hostileResult, hostileText } from "./hostile.js";
import { designOf, reportOf } from "./report-of.js";
import { failing, failingDesign, invalidDesign, passing } from "./sample.js";

const options = { color: false, width: 100, quiet: false };

function lines(report: Report): readonly string[] {
  return github.render(report, options).split("\n").slice(0, -1);
}

describe("the github reporter", () => {
  it("says nothing of designs that pass", () => {
    expect(github.render(reportOf(passing, passing), options)).toBe("");
  });

  it("annotates the guilty component's line, what is broken before what is missed before what is undecided", () => {
    expect(lines({ designs: [failingDesign] })).toEqual([
      "::error file=canvases/a.json,line=10,col=5,title=psp%3A broken no-double-charge (checkout)::" +
        "19 violations (baseline 19 of 56 exposed)%0Apsp: a repeated call is a new charge",
      "::error file=canvases/a.json,line=10,col=5,title=psp%3A missed errors (checkout)::" +
        "baseline: errors 19, expected ≤ 3%0Apsp: a repeated call is a new charge; no-double-charge is broken",
      "::warning file=canvases/a.json,title=undecided acceptMs.p95 (checkout)::" +
        "baseline: acceptMs.p95 499 ms (95 %25: 480 ms to 518 ms), expected ≤ 500 ms",
      "::warning file=canvases/a.json,title=not put to the test (checkout)::" +
        "no-leak: 4 intents exposed in all runs together, at least 10 needed",
    ]);
  });

  it("annotates a fault of an invalid canvas at its own line and column, before all else", () => {
    expect(lines({ designs: [failingDesign, invalidDesign] }).slice(0, 2)).toEqual([
      "::error file=canvases/b.json,line=3,col=9,title=cannot be run (checkout)::" +
        'canvases/b.json:3:9 /components/0/type: unknown type "tol"; did you mean "tool"?',
      "::error file=canvases/b.json,title=cannot be run (checkout)::canvases/b.json: no entry",
    ]);
    const strict = designOf(invalidDesign.result);
    expect(lines({ designs: [strict] })).toEqual([
      "::error file=canvases/b.json,title=cannot be run (checkout)::told above",
    ]);
  });

  it("puts all runs in which a component misses a criterion into one annotation", () => {
    const [criterion] = failing.criteria;
    const again = { ...criterion!, scenario: "flash-sale", actual: 93 };
    const elsewhere = { ...again, cause: { component: "api", message: "api: full" } };
    const criteria = [criterion!, again, elsewhere];
    const texts = lines({ designs: [{ ...failingDesign, result: { ...failing, criteria, invariants: [] } }] });
    expect(texts).toHaveLength(2);
    expect(texts[0]).toContain("::baseline: errors 19, expected ≤ 3%0Aflash-sale: errors 93, expected ≤ 3%0Apsp: ");
    expect(texts[1]).toContain("line=5,col=5,title=api%3A missed errors");
  });

  it("has the graph's errors and warnings, but no notes, and the file's warnings at their places", () => {
    const findings = (["error", "warning", "note"] as const).map((severity) => ({
      code: `a-${severity}`,
      severity,
      component: "queue",
      message: "queue leads nowhere",
    }));
    const warnings = ['canvases/a.json:7:3 /x: unknown field "x"', "kept and ignored: y"];
    expect(lines({ designs: [{ ...failingDesign, result: { ...passing, findings, warnings } }] })).toEqual([
      "::error file=canvases/a.json,line=7,col=5,title=a-error::queue leads nowhere",
      "::warning file=canvases/a.json,line=7,col=5,title=a-warning::queue leads nowhere",
      `::warning file=canvases/a.json,line=7,col=3,title=the canvas may not be as meant::${warnings[0]}`,
      `::warning file=canvases/a.json,title=the canvas may not be as meant::${warnings[1]}`,
    ]);
  });

  it("shows ten of a level at most, the last of which holds what is more", () => {
    const named = (file: string) => ({ ...failing, canvas: { ...failing.canvas, file } });
    const others = Array.from({ length: 12 }, (_, index) => ({ ...failingDesign, result: named(`${index}.json`) }));
    const texts = lines({ designs: [...others, designOf(named("z.json"))] });
    const errors = texts.filter((text) => text.startsWith("::error "));
    expect(errors).toHaveLength(10);
    expect(errors[8]).toContain("title=psp%3A broken no-double-charge");
    expect(errors[9]).toMatch(/,title=17 more::9\.json:10 psp: broken no-double-charge \(checkout\): 19 viol/);
    expect(errors[9]).toContain("z.json psp: missed errors (checkout): baseline: errors 19, expected ≤ 3");
    expect(texts.filter((text) => text.startsWith("::warning "))).toHaveLength(10);
  });

  it("calls files as they are called in the repository", () => {
    const text = github.render({ designs: [failingDesign] }, { ...options, pathOf: (file) => `design/${file}` });
    expect(text).toContain("::error file=design/canvases/a.json,line=10");
  });

  it("prints one command a line whatever the texts hold, with nothing in a property that ends it", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const line of lines(reportOf(hostileResult(text)))) {
          expect(line).toMatch(/^::(error|warning) file=[^:,\r\n]*(,line=\d+,col=\d+)?,title=[^:,\r\n]*::[^\r\n]*$/);
          expect(line).not.toMatch(/%(?!25|0A|3A|2C)/);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("the summary of a job", () => {
  it("is the markdown report, cut to the bytes that there is room for", () => {
    const report = { designs: [failingDesign] };
    const whole = markdown.render(report, options);
    const { variable, mostBytes, render } = github.summary!;
    expect([variable, mostBytes]).toEqual(["GITHUB_STEP_SUMMARY", 1_048_576]);
    expect(render(report, mostBytes)).toBe(whole);
    const room = Buffer.byteLength(whole) - 1;
    const cut = render(report, room);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(room);
    expect(cut).toContain("_Left out for their length: traces._");
    expect(render(report, 20)).toBe("");
  });
});
