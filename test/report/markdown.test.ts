import { describe, expect, it } from "vitest";
import { markdown } from "../../src/report/markdown.js";
import { mermaid } from "../../src/report/mermaid.js";
import type { Comparison } from "../../src/scoring/comparison/comparison.js";
import { designOf, reportOf } from "./report-of.js";
import { canvas, failing, failingDesign, invalidDesign, passing } from "./sample.js";

const options = { color: false, width: 100, quiet: false };
const limit = 65_536;

/** The part of the text between two pieces of it. */
function between(text: string, start: string, end: string): string {
  const from = text.indexOf(start);
  return text.slice(from, text.indexOf(end, from) + end.length);
}

describe("the markdown report on one design", () => {
  const text = markdown.render({ designs: [failingDesign] }, options);

  it("begins with a mark for bots, then the verdict and the score, then the canvas", () => {
    expect(text.split("\n").slice(0, 4)).toEqual([
      "<!-- chini-bench -->",
      `## ❌ FAIL: ${failing.score.composite} of 100`,
      "",
      "Canvas **A canvas** canvases/a.json · checkout · seed 42",
    ]);
    expect(text.endsWith("```\n")).toBe(true);
  });

  it("has a row per scenario with what was found and expected, and one for the whole design", () => {
    expect(between(text, "| scenario", "\n\n")).toBe(
      [
        "| scenario | pass | missed |",
        "| --- | --- | --- |",
        "| baseline | ❌ no | errors 19, expected ≤ 3<br>" +
          "undecided: acceptMs.p95 499 ms (95 %: 480 ms to 518 ms), expected ≤ 500 ms<br>" +
          "no-double-charge broken for 19 of 56<br>undecided: no-leak met by 4 intents |",
        "| _whole design_ | ✅ yes |  |",
        "",
        "",
      ].join("\n"),
    );
  });

  it("tells each cause once with all that it made fail, and what is undecided", () => {
    expect(between(text, "**Why**", "\n\n**Broken")).toBe(
      [
        "**Why**",
        "",
        "- ❌ psp: a repeated call is a new charge<br>→ baseline: errors, no-double-charge",
        "",
        "**Undecided**",
        "",
        "- ❔ not put to the test: no-leak: 4 intents exposed in all runs together, at least 10 needed",
        "",
        "**Broken",
      ].join("\n"),
    );
  });

  it("counts broken invariants and folds a trace away", () => {
    expect(between(text, "- ❌ no-double-charge", "</details>")).toBe(
      [
        "- ❌ no-double-charge: 19 violations (baseline 19 of 56 exposed)",
        "",
        "<details>",
        "<summary>How no-double-charge broke: intent 1,084 in baseline</summary>",
        "",
        "```text",
        "1.000 s  client  request 1 sent with key 7",
        "1.250 s  psp     charge captured under key 8: 1 live for this intent",
        "```",
        "",
        "</details>",
      ].join("\n"),
    );
  });

  it("marks in the graph what failed, and what was disturbed where it did not fail", () => {
    const marks = new Map([
      ["psp", "failed"],
      ["api", "disturbed"],
    ] as const);
    expect(text).toContain(`\`\`\`mermaid\n${mermaid(canvas, { marks })}\`\`\`\n`);
    expect(text).toContain("_Marked failed: what the reasons name; disturbed: hit by a planned fault");
  });

  it("ends with the cost and the command that makes it again", () => {
    expect(text).toContain("**Cost** &#36;");
    expect(text.endsWith(`\`\`\`sh\n${failing.repeat}\n\`\`\`\n`)).toBe(true);
  });

  it("has no graph of a canvas that Mermaid would not draw", () => {
    const connections = Array.from({ length: 501 }, () => ({ from: "api", to: "psp" }));
    const large = { ...failingDesign, canvas: { ...canvas, connections } };
    expect(markdown.render({ designs: [large] }, options)).not.toContain("```mermaid");
  });

  it("says that a trace stands for two invariants that one intent broke", () => {
    const [broken] = failing.invariants;
    const result = { ...failing, invariants: [broken!, { ...broken!, id: "no-duplicate-order" }] };
    const both = markdown.render(reportOf(result), options);
    expect(both.match(/<summary>How .*<\/summary>/g)).toEqual([
      "<summary>How no-double-charge and no-duplicate-order broke: intent 1,084 in baseline</summary>",
    ]);
  });

  it("lists the faults of a canvas that cannot be run", () => {
    const invalid = markdown.render({ designs: [invalidDesign] }, options);
    expect(invalid).toContain("## ⛔ INVALID: not run\n");
    expect(invalid).toContain(
      '- ⛔ canvases/b.json:&#8203;3:9 /components/0/type: unknown type "tol"; did you mean "tool"?\n' +
        "- ⛔ canvases/b.json: no entry\n",
    );
  });
});

describe("the markdown report on several designs", () => {
  const passes = designOf(passing, { canvas });

  it("begins with a table and folds each design", () => {
    const text = markdown.render({ designs: [passes, failingDesign, invalidDesign] }, options);
    expect(text.split("\n").slice(1, 8)).toEqual([
      "## ⛔ INVALID: 1 of 3 designs pass, 1 invalid, 1 fail",
      "",
      "| verdict | score | $ a month | missed | canvas |",
      "| --- | --- | --- | --- | --- |",
      expect.stringMatching(/^\| ✅ PASS \| \d+ of 100 \| &#36;\d+ \| 0 \| canvases\/a\.json \|$/),
      expect.stringMatching(/^\| ❌ FAIL \| \d+ of 100 \| &#36;\d+ \| 2 \| canvases\/a\.json &#91;2&#93; \|$/),
      "| ⛔ INVALID | not run | – | – | canvases/b.json |",
    ]);
    expect(text.match(/<summary>. \w+ .*<\/summary>/gu)).toHaveLength(3);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });

  it("ranks them where they were compared, and tells what differs", () => {
    const ranked = { passes: 1, outOf: 1 };
    const comparison: Comparison = {
      problem: "checkout",
      seeds: [1, 2],
      ranking: [
        { ...ranked, design: 1, rank: 1, label: "good", onFront: true },
        { ...ranked, design: 0, rank: 2, label: "bad", onFront: false },
      ],
      reference: 1,
      repeat: "chini-bench compare checkout designs",
      differences: [
        {
          design: 0,
          figures: [
            { scenario: "baseline", figure: "errors", difference: 16, interval: [12, 20], word: "worse" },
            { scenario: null, figure: "composite", difference: -3.2, interval: [-4, -2.4], word: "worse" },
            { scenario: null, figure: "cost", difference: 0, interval: [-1, 1], word: "no difference shown" },
          ],
        },
      ],
    };
    const text = markdown.render({ designs: [failingDesign, passes], comparison }, options);
    expect(text.match(/^\| (\d.*?) \| . (\w+)/gmu)).toEqual(["| 1 ★ | ✅ PASS", "| 2 | ❌ FAIL"]);
    expect(text).toContain(
      "**Differences** from good, on the same seeds\n\n" +
        "- ❕ bad: composite −3.2 &#91;−4, −2.4&#93; worse; baseline errors +16 &#91;+12, +20&#93; worse\n",
    );
  });
});

describe("a markdown report that is too long for a comment", () => {
  const long = { ...failing, warnings: Array.from({ length: 40 }, (_, index) => `${index} ${"w".repeat(900)}`) };
  const many = (count: number) => Array.from({ length: count }, () => designOf(passing, { canvas }));

  it("leaves out traces first", () => {
    const trace = Array.from({ length: 16 }, () => ({ atMs: 1, where: "psp", what: "x".repeat(3000) }));
    const [broken, other] = failing.invariants;
    const invariants = [{ ...broken!, examples: [{ intent: 1, trace }] }, other!];
    const text = markdown.render({ designs: [{ ...failingDesign, result: { ...long, invariants } }] }, options);
    expect(text.length).toBeLessThanOrEqual(limit);
    expect(text).toContain("_Left out for their length: traces._\n");
    expect(text).not.toContain("xxx");
    expect(text).toContain("```mermaid");
    expect(text).toContain("www");
  });

  it("then what is to be said of designs that pass, their rows aside", () => {
    const text = markdown.render({ designs: [failingDesign, ...many(120)] }, options);
    expect(text.length).toBeLessThanOrEqual(limit);
    expect(text).toContain("_Left out for their length: traces, and the designs that pass._\n");
    expect(text.match(/<summary>❌/g)).toHaveLength(1);
    expect(text.match(/<summary>✅/g)).toBeNull();
    expect(text.match(/^\| ✅ PASS/gm)).toHaveLength(120);
  });

  it("then graphs and findings", () => {
    const designs = Array.from({ length: 3 }, () => ({ ...failingDesign, result: long }));
    const text = markdown.render({ designs }, options);
    expect(text.length).toBeLessThanOrEqual(limit);
    expect(text).toContain("_Left out for their length: traces, graphs, findings, and what passes._\n");
    expect(text.match(/^\*\*Why\*\*$/gm)).toHaveLength(3);
  });

  it("in the end rows, and says how many", () => {
    const text = markdown.render({ designs: many(1200) }, options);
    expect(text.length).toBeLessThanOrEqual(limit);
    expect(text).toContain("## ✅ PASS: 1200 of 1200 designs pass\n");
    expect(text).toMatch(/\n… and 600 more designs\n/);
  });

  it("and of a single design all but the first lines", () => {
    const criteria = Array.from({ length: 900 }, (_, index) => ({
      ...failing.criteria[0]!,
      cause: { component: "psp", message: `cause ${index}: ${"y".repeat(200)}` },
    }));
    const text = markdown.render({ designs: [{ ...failingDesign, result: { ...failing, criteria } }] }, options);
    expect(text.length).toBeLessThanOrEqual(limit);
    expect(text).toContain("- ❌ cause 9: yyy");
    expect(text.endsWith("_The rest is left out for its length; the JSON result has it all._\n")).toBe(true);
  });
});
