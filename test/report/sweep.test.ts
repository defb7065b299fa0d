import fc from "fast-check";
import { HtmlValidate } from "html-validate";
import { describe, expect, it } from "vitest";
import { github } from "../../src/report/github.js";
import { html } from "../../src/report/html.js";
import { junit } from "../../src/report/junit.js";
import { markdown } from "../../src/report/markdown.js";
import type { Report } from "../../src/report/report.js";
import { table } from "../../src/report/table.js";
import type { Result, SetField } from "../../src/scoring/result.js";
import { sweepsOf } from "../../src/scoring/sweep/sweeps.js";
import { junitFaults, xmlValues } from "../fixtures/junit-schema.js";
import { hostileText } from "./hostile.js";
import { tagsOf, tokensOf } from "./markdown-shown.js";
import { designOf } from "./report-of.js";
import { invalidDesign, passing } from "./sample.js";

const options = { color: false, width: 80, quiet: false };

/** The sample with something set, whose one criterion fails up to a limit. */
function variant(set: readonly SetField[], actual: number, limit = 20): Result {
  const pass = actual <= limit;
  const verdict = pass ? "pass" : "fail";
  const criterion = { id: "maxErrors", scenario: "baseline", metric: "errors", expected: `<= ${limit}`, actual };
  const canvas = { ...passing.canvas, set: [...set] };
  return { ...passing, verdict, canvas, criteria: [{ ...criterion, pass, verdict }], repeat: `one ${actual}` };
}

function reportOf(results: readonly Result[]): Report {
  return { designs: results.map((result) => designOf(result)), sweeps: sweepsOf(results, () => "again") };
}

const slots = (value: number) => [{ path: "w.service.concurrency", value }];
const report = reportOf([variant(slots(1), 90), variant(slots(2), 12), variant(slots(3), 4)]);
const turn = "baseline  errors ≤ 20: fails at 1, passes from 2 on; turns between 1 (90) and 2 (12)";

describe("a sweep", () => {
  it("is told in Markdown by a row per variant, and where each gate turns, with the wording of the table", () => {
    const lines = markdown.render(report, options).split("\n");
    expect(lines.slice(1, 16)).toEqual([
      "## ❌ FAIL: 2 of 3 designs pass, 1 fail",
      "",
      "### w.service.concurrency at 3 values",
      "",
      "Canvas **A canvas** canvases/a.json · checkout · seed 42",
      "",
      "| concurrency | verdict | score | &#36; a month | missed | broken |",
      "| --- | --- | --- | --- | --- | --- |",
      expect.stringMatching(/^\| 1 \| ❌ FAIL \| \d+ \| &#36;\S+ \| 1 \| 0 \|$/),
      expect.stringMatching(/^\| 2 \| ✅ PASS /),
      expect.stringMatching(/^\| 3 \| ✅ PASS /),
      "",
      "**Turns (1 of 1 criteria and invariants)**",
      "",
      `- ${turn}`,
    ]);
    expect(table.render(report, { ...options, width: 120 })).toContain(`  - ${turn}\n`);
  });

  it("is told in HTML with a link to the report of each variant, and the rows are not repeated", () => {
    const text = html.render(report, options);
    expect(text).toContain(turn.replace("errors ≤ 20:", "errors ≤ 20</strong>:"));
    const links = [...text.matchAll(/<a href="#(d\d)" aria-label="in full: ([^"]*)"/g)];
    expect(links.map(([, id, name]) => `${id} ${name?.replace(/.* with/, "with")}`)).toEqual([
      "d1 with w.service.concurrency = 1",
      "d2 with w.service.concurrency = 2",
      "d3 with w.service.concurrency = 3",
    ]);
    for (const id of ["d1", "d2", "d3"]) expect(text).toContain(`<article id="${id}"`);
    expect(text).not.toContain('id="overview"');
  });

  it("is valid HTML, with one and with two paths", async () => {
    const both = (x: number, y: number) => [...slots(x), { path: "w.y", value: y }];
    const grid = [1, 2].flatMap((x) => [1, 2].map((y) => variant(both(x, y), 30 - 9 * x * y)));
    for (const told of [report, reportOf(grid)]) {
      const { results } = await new HtmlValidate({ extends: ["html-validate:recommended"] }).validateString(
        html.render(told, options),
      );
      expect(results.flatMap(({ messages }) => messages.map(({ ruleId, line }) => `${line} ${ruleId}`))).toEqual([]);
    }
  });

  it("says what fails at every value, and that nothing turns", () => {
    const never = reportOf([variant(slots(1), 90), variant(slots(2), 80)]);
    const told = markdown.render(never, options);
    expect(told).toContain("**Turns (0 of 1 criteria and invariants)**\n\nnone: each says the same at every value\n");
    expect(told).toContain("**Fails at every value (1)**\n\n- ❌ baseline  errors ≤ 20: 80 to 90\n");
    expect(html.render(never, options)).toContain("<li>baseline  errors ≤ 20: 80 to 90</li>");
    expect(table.render(never, options)).toContain("Fails at every value (1)\n  ✗ baseline  errors ≤ 20: 80 to 90\n");
  });

  it("leaves rows for designs outside of it, in Markdown and HTML", () => {
    const mixed = { ...report, designs: [...report.designs, invalidDesign] };
    const rows = markdown
      .render(mixed, options)
      .split("\n")
      .filter((line) => line.startsWith("| ⛔"));
    expect(rows).toEqual(["| ⛔ INVALID | not run | – | – | canvases/b.json |"]);
    expect(html.render(mixed, options).match(/<section id="overview">.*/)?.[0]).toContain("1 designs: 1 invalid");
  });

  it("has its variants told apart by suites, tests and annotations", () => {
    const xml = junit.render(report, options);
    const names = [1, 2, 3].map((value) => `canvases/a.json with w.service.concurrency = ${value}`);
    expect(junitFaults(xml)).toEqual([]);
    expect(xmlValues(xml, "//testsuite/@name")).toEqual(names);
    const tests = xmlValues(xml, "//testcase/@name");
    expect(new Set(tests).size).toBe(tests.length);
    expect(github.render(report, options)).toBe(
      "::error file=canvases/a.json,title=missed errors (checkout with w.service.concurrency = 1)::baseline: errors 90, expected ≤ 20\n",
    );
  });

  it("says of findings and warnings that variants have in common once that they are", () => {
    const warnings = ['unknown field "x"'];
    const both = reportOf([1, 2].map((value) => ({ ...variant(slots(value), 4), warnings })));
    expect(github.render(both, options).match(/::warning/g)).toHaveLength(1);
  });

  it("shows hostile values as text in Markdown and HTML", () => {
    const shape = (text: string) => {
      const results = [text, `${text}2`].map((value, index) => variant([{ path: text, value }], 90 * index));
      const told = reportOf(results);
      const written = html.render(told, { ...options, quiet: true });
      const summary = markdown.render(told, options);
      const kinds = tokensOf(summary).filter(({ type }) => type !== "text" && !type.startsWith("html_"));
      return [kinds.map(({ type }) => type), tagsOf(summary), [...written.matchAll(/<[a-z/!][^\s>]*/gi)].map(String)];
    };
    const plain = shape("a");
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(shape(text || "a")).toEqual(plain);
      }),
      { numRuns: 60 },
    );
  });

  it("of 200 variants with long values is cut to what a comment may hold, and says so", () => {
    const many = Array.from({ length: 200 }, (_, index) =>
      variant([{ path: `w.${"p".repeat(300)}`, value: `${index} ${"é|".repeat(300)}` }], index),
    );
    const text = markdown.render(reportOf(many), options);
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(text).toContain("| ❌ FAIL |");
    expect(text).toMatch(
      /\n_(?:Left out for their length: the designs one by one|The rest is left out for its length).*_\n$/,
    );
  });
});
