import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { diagramsDocument, withDiagrams } from "../../scripts/diagram-blocks.js";

const reference = "canvases/chini-002-checkout/reference.json";
const begin = `<!-- diagram: ${reference} -->`;
const end = "<!-- /diagram -->";

describe("the diagrams in docs/problems.md", () => {
  const markdown = readFileSync(diagramsDocument, "utf8");

  it("are what npm run diagrams writes", async () => {
    expect(await withDiagrams(markdown)).toBe(markdown);
  });

  it("show the reference of chini-002-checkout", () => {
    const block = markdown.slice(markdown.indexOf(begin), markdown.indexOf(end));
    expect(block).toContain('n3(["Payment queue<br/>queue, 45/s, capacity 20000"])');
  });
});

describe("writing diagrams", () => {
  it("replaces what stands between the markers and nothing else", async () => {
    const written = await withDiagrams(`before\n${begin}\nstale line\n${end}\nafter\n`);
    expect(written).toMatch(/^before\n<!-- diagram: \S+ -->\n\n```mermaid\nflowchart LR\n/);
    expect(written).toMatch(/\n```\n\n<!-- \/diagram -->\nafter\n$/);
    expect(written).not.toContain("stale line");
    expect(await withDiagrams(written)).toBe(written);
  });

  it.each([
    ["a marker without an end", `x\n${begin}\ny\n`, `docs/problems.md:2: the diagram of ${reference} has no end`],
    ["a marker within a diagram", `${begin}\n${begin}\n${end}\n`, "docs/problems.md:1: the diagram of"],
    ["an end without a marker", `x\n${end}\n`, "docs/problems.md:2: <!-- /diagram --> closes no diagram"],
    ["a marker with more on its line", `${begin} x\n${end}\n`, "is no marker; write <!-- diagram: FILE -->"],
    ["a missing file", `<!-- diagram: canvases/none.json -->\n${end}\n`, "cannot draw canvases/none.json; "],
    ["a file that is no canvas", `<!-- diagram: package.json -->\n${end}\n`, "cannot draw package.json; "],
  ])("refuses %s", async (_, markdown, message) => {
    await expect(withDiagrams(markdown)).rejects.toThrow(message);
  });
});
