import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerpt } from "../../src/document/printable.js";
import { markdownText } from "../../src/report/markdown/text.js";
import { markdown } from "../../src/report/markdown.js";
import type { Report } from "../../src/report/report.js";
import { hostileResult, hostileText } from "./hostile.js";
import { shownTexts, tagsOf, tokensOf } from "./markdown-shown.js";
import { designOf } from "./report-of.js";
import { canvas, passing } from "./sample.js";

const options = { color: false, width: 100, quiet: false };

/** What GitHub makes of text after Markdown is read: people, issues, links, pictures of words. */
const linking = /@\w|#\d|\bGH-\d|:\/\/|\bwww\.|:[\w+-]+:/i;

/** One hostile design, or that and others with a comparison. */
function reportOf(text: string, several: boolean): Report {
  const components = [{ id: text || "x", type: "step" as const, label: text }, ...canvas.components];
  const hostile = designOf(hostileResult(text), { canvas: { ...canvas, name: text, components } });
  if (!several) return { designs: [hostile] };
  const label = { rank: 1, passes: 0, outOf: 1, onFront: true };
  const figure = { scenario: text, figure: text, difference: 1, interval: [0.5, 1.5], word: "worse" } as const;
  return {
    designs: [hostile, designOf(passing)],
    comparison: {
      problem: text,
      seeds: [1],
      ranking: [
        { ...label, design: 1, label: text },
        { ...label, design: 0, label: text },
      ],
      reference: 1,
      repeat: text,
      differences: [{ design: 0, figures: [figure] }],
    },
  };
}

/** The kinds of block and span and the tags that a report is made of, in order. */
function structureOf(text: string, several: boolean): readonly string[] {
  const rendered = markdown.render(reportOf(text, several), options);
  const kinds = tokensOf(rendered)
    .filter(({ type }) => type !== "text" && !type.startsWith("html_"))
    .map(({ type, tag, info }) => `${type} ${tag} ${info}`);
  return [...kinds, ...tagsOf(rendered)];
}

describe("hostile texts in Markdown", () => {
  it("are shown as they are, and are neither Markdown nor HTML nor anything that GitHub links", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const rendered = `A ${markdownText(text)} Z`;
        expect(rendered).not.toContain("\n");
        const [opened, inline, ...others] = tokensOf(rendered);
        expect([opened?.type, inline?.type, others.at(-1)?.type]).toEqual([
          "paragraph_open",
          "inline",
          "paragraph_close",
        ]);
        expect(
          others
            .slice(0, -1)
            .map(({ type }) => type)
            .filter((type) => type !== "text" && type !== "text_special"),
        ).toEqual([]);
        const shown = shownTexts(rendered).join("");
        expect(shown).not.toMatch(linking);
        expect(shown.replaceAll("\u200b", "")).toBe(`A ${excerpt(text, 1000)} Z`);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["one design", false],
    ["several designs", true],
  ])("leave a report on %s of the same structure as harmless ones", (_what, several) => {
    const harmless = structureOf("harmless", several);
    expect(harmless.filter((kind) => /link|image/.test(kind))).toEqual([]);
    expect(new Set(harmless.filter((kind) => kind.startsWith("<")))).toEqual(
      new Set(["<!-- chini-bench -->", "<br>", "<details>", "<summary>", "</summary>", "</details>"]),
    );
    fc.assert(
      fc.property(hostileText, (text) => {
        fc.pre(text.trim() !== "");
        expect(structureOf(text, several)).toEqual(harmless);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ["a|b", "a&#124;b"],
    ["<b>", "&#60;b&#62;"],
    ["`x`", "&#96;x&#96;"],
    ["@octocat", "@&#8203;octocat"],
    ["#12 GH-7", "#&#8203;12 GH-&#8203;7"],
    ["https://a.b", "https:&#8203;//a.b"],
    ["two\nlines", "two&#92;u000alines"],
    ["Kasse 1, 5 % off", "Kasse 1, 5 % off"],
    ["x".repeat(1001), `${"x".repeat(1000)}…`],
  ])("is written so: $1", (text, written) => {
    expect(markdownText(text)).toBe(written);
  });
});
