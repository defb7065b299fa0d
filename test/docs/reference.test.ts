import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { anchorOf, referenceDocument, referenceText } from "../../scripts/reference-text.js";
import { catalogue } from "../../src/explain/catalogue.js";

const markdown = readFileSync(referenceDocument, "utf8");

describe("docs/reference.md", () => {
  it("is what npm run reference writes", () => expect(referenceText()).toBe(markdown));

  it("has a heading for each entry, and says what it says", () => {
    const headings = [...markdown.matchAll(/^### `(.+)`$/gm)].map((match) => match[1]);
    expect(headings).toEqual(catalogue.map(({ id }) => id));
    for (const { computed, mend } of catalogue) {
      expect(markdown).toContain(`\n- Computed: ${computed}\n- Mend: ${mend}\n`);
    }
  });

  it("has no link that leads nowhere, and neither have the links to it", () => {
    const anchors = new Set([...markdown.matchAll(/^#+ (.+)$/gm)].map((match) => anchorOf(match[1] ?? "")));
    const links = [...markdown.matchAll(/\]\(#([^)]+)\)/g)].map((match) => match[1] ?? "");
    expect(links.length).toBeGreaterThan(150);
    expect(links.filter((link) => !anchors.has(link))).toEqual([]);
    const model = readFileSync("docs/model.md", "utf8");
    const inward = [...model.matchAll(/\]\(reference\.md#([^)]+)\)/g)].map((match) => match[1] ?? "");
    expect(inward.filter((link) => anchors.has(link))).toEqual(["metrics", "invariants"]);
  });
});

describe("anchors", () => {
  it.each([
    ["`acceptMs`", "acceptms"],
    ["`cost.peakToOffPeak`", "costpeaktooffpeak"],
    ["Findings about a canvas", "findings-about-a-canvas"],
    ["`no-leak`", "no-leak"],
  ])("of %s", (heading, anchor) => expect(anchorOf(heading)).toBe(anchor));
});
