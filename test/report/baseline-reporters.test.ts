import { describe, expect, it } from "vitest";
import { github } from "../../src/report/github.js";
import { html } from "../../src/report/html.js";
import { jsonl } from "../../src/report/jsonl.js";
import { junit } from "../../src/report/junit.js";
import { markdown } from "../../src/report/markdown.js";
import type { Report } from "../../src/report/report.js";
import type { BaselineSubject } from "../../src/scoring/baseline/baseline.js";
import type { Result } from "../../src/scoring/result.js";
import { junitFaults, xmlValues } from "../fixtures/junit-schema.js";
import { compared, samplesWith, subjectWith } from "../scoring/baseline/fixtures.js";
import { reportOf } from "./report-of.js";

const options = { color: false, width: 80, quiet: false };
const steady = { stability: [90, 91, 92], "acceptMs.p95": [200, 210, 220], "violations.no-leak": [0, 0, 0] };
const worse = { stability: [95, 96, 97], "acceptMs.p95": [470, 480, 492], "violations.no-leak": [2, 0, 0] };
const composite = { composite: [97, 97, 97] };
const before = subjectWith(samplesWith(steady, composite));
const changed = subjectWith(samplesWith(worse, composite), "fail");

function beside(now: BaselineSubject, failOnRegression = false): Report {
  return { ...reportOf(now.result), baselines: [compared(before, now)], failOnRegression };
}

const line =
  "worse than base.json: verdict pass → fail; sale no-leak newly broken: 2 violations; sale acceptMs.p95 210 ms → 481 ms (+271 ms)";

describe("a baseline", () => {
  it("is a line and a folded list in Markdown, and the heading says whether it fails the run", () => {
    const text = markdown.render(beside(changed), options);
    expect(text).toMatch(/^## .* · ❌ worse than the baseline$/m);
    expect(text).toContain(`\n**Baseline** ❌ ${line}\n`);
    expect(text).toContain(
      [
        "<summary>2 of 4 figures changed; the others show no difference</summary>",
        "",
        "- **worse** sale acceptMs.p95 210 ms → 481 ms (+271 ms)",
        "- **better** sale stability 91 → 96 (+5)",
        "",
        "</details>",
      ].join("\n"),
    );
    expect(markdown.render(beside(changed, true), options)).toMatch(/worse than the baseline, which fails the run$/m);
    expect(markdown.render(beside(before, true), options)).toContain("**Baseline** no difference shown to base.json\n");
  });

  it("is a column where there are several designs", () => {
    const results = [changed.result, before.result].map(({ canvas, ...result }, index) => ({
      ...result,
      canvas: { ...canvas, file: `${index}.json` },
    }));
    const baselines = [compared(before, changed), compared(before, before)];
    const several = { ...reportOf(...results), baselines, failOnRegression: true };
    const text = markdown.render(several, options);
    expect(text).toMatch(/^## .* · ❌ 1 worse than the baseline, which fails the run$/m);
    expect(text).toMatch(/\| worse \| 0\.json \|\n.*\| no difference \| 1\.json \|\n/);
    const overview = /<section id="overview">[\s\S]*?<\/section>/.exec(html.render(several, options))?.[0];
    expect(overview).toContain('<th scope="col">baseline</th>');
    expect(overview?.match(/<td>(?:worse|no difference)<\/td>/g)).toEqual(["<td>worse</td>", "<td>no difference</td>"]);
  });

  it("is a part of a design in HTML, also with --quiet", () => {
    const text = html.render(beside(changed), { ...options, quiet: true });
    const part = /<section id="d1-baseline">[\s\S]*?<\/section>/.exec(text)?.[0];
    expect(part).toContain(`<strong class="fail">${line}</strong>`);
    expect(part).toContain('<th scope="row">sale acceptMs.p95</th><td class="number">210 ms</td>');
    expect(part).toContain("2 of 4 figures changed");
    expect(text).toContain("</span> worse than the baseline</span>");
    expect(html.render(reportOf(changed.result), options)).not.toContain("d1-baseline");
  });

  it("is a test case in JUnit that fails only where it fails the run", () => {
    const gate = junit.render(beside(changed, true), options);
    expect(junitFaults(gate)).toEqual([]);
    expect(xmlValues(gate, "//testcase[starts-with(@name,'baseline')]/failure/@message")).toEqual([line]);
    expect(xmlValues(gate, "//testcase/failure[@type='baseline']/..//@classname")).toEqual([
      `${changed.result.problem}.whole design`,
    ]);
    const told = junit.render(beside(changed), options);
    expect(junitFaults(told)).toEqual([]);
    expect(xmlValues(told, "//failure[@type='baseline']/@type")).toEqual([]);
    expect(told).toContain("only --fail-on-regression makes this a failure");
    const same = junit.render(beside(before, true), options);
    expect(xmlValues(same, "//testcase[starts-with(@name,'baseline')]/*")).toEqual([]);
    expect(same).toContain('name="baseline (');
  });

  it("that does not know the design is a skipped test, and no annotation", () => {
    const result = { ...before.result, canvas: { ...before.result.canvas, sha256: "f".repeat(64) } };
    const other = { ...before, canvas: "other.json", result };
    const report = beside(other, true);
    expect(junit.render(report, options)).toContain("<skipped>not in base.json</skipped>");
    expect(github.render(report, options)).not.toContain("baseline");
    expect(markdown.render(report, options)).toContain("**Baseline** not in base.json\n");
  });

  it("is an annotation that is an error only where it fails the run", () => {
    const level = (failOnRegression: boolean) =>
      github
        .render(beside(changed, failOnRegression), options)
        .split("\n")
        .filter((text) => text.includes("worse than the baseline"));
    const text = ` file=${changed.result.canvas.file},title=worse than the baseline (${changed.result.problem})::${line}`;
    expect(level(true)).toEqual([`::error${text}`]);
    expect(level(false)).toEqual([`::warning${text}`]);
  });

  it("is in the lines of jsonl as it is in JSON", () => {
    const [only] = jsonl.render(beside(changed), options).split("\n");
    expect((JSON.parse(only!) as Result).baseline?.regressed).toBe(true);
  });
});
