import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Canvas } from "../../src/canvas/canvas.js";
import { componentTypes, connectionConditions } from "../../src/canvas/canvas.schema.js";
import { mermaid } from "../../src/report/mermaid.js";
import { mermaidText } from "../../src/report/mermaid-text.js";

/** What begins something in Mermaid, Markdown or HTML, as pieces that an arbitrary label is made of. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 4 }),
      fc.constantFrom(
        ...[
          '"',
          "`",
          '"`',
          '"]',
          '")]',
          '"|',
          "<b>",
          "</script>",
          "<br/>",
          "\n",
          "\r\n",
          "\u2028",
          "\u202e",
          "\u001b[31m",
        ],
        ...["#", ";", "#60;", "&lt;", "%%{init: {}}%%", "%% ", "direction TB", "direction", " LR", "style x:#a;"],
        ...["classDef", "click n0 href", "end", "1. ", "1) ", "- ", "* ", "_x_", "fa:fa-car", "$$x$$", ":::failed"],
        ...[
          "www.example.com",
          "a@b.c",
          "```",
          "---",
          "===",
          "ﬂ°°60¶ß",
          "\ud83d",
          "😀",
          "é",
          "注文",
          "a",
          " ",
          "9",
          ".",
        ],
      ),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(""));

/** Entities and harmless characters; a hyphen within a word, a point within a number. */
const safeText = /^(?:#\d+;|[\p{L}\p{M}\p{N} ,/·]|(?<=[\p{L}\p{N}])-(?=[\p{L}\p{N}])|(?<=\d)\.(?=\d))*$/u;

/** What a browser shows for the text. */
function shown(text: string): string {
  return text.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

const canvases: fc.Arbitrary<Canvas> = fc
  .array(fc.record({ id: hostile, label: hostile, type: fc.constantFrom(...componentTypes), mode: hostile }), {
    minLength: 2,
    maxLength: 5,
  })
  .map((drafts) =>
    drafts.map(({ mode, ...fields }, index) => ({ ...fields, id: `${index}${fields.id}`, behavior: { mode } })),
  )
  .chain((components) => {
    const end = fc.constantFrom(...components.map(({ id }) => id));
    const edge = fc.record(
      { from: end, to: end, label: hostile, async: fc.boolean(), on: fc.constantFrom(...connectionConditions) },
      { requiredKeys: ["from", "to"] },
    );
    return fc.array(edge, { maxLength: 6 }).map((connections) => ({ components, connections }));
  });

const nodeLine =
  /^ {2}n\d+(?:\(|\[|\[\(|\{|\{\{|\[\[|\(\[)"[^"<>]+(?:<br\/>[^"<>]+)?"(?:\)|\]|\)\]|\}|\}\}|\]\]|\]\))$/;
const edgeLine = /^ {2}n\d+ (?:-->|-\.->)(?:\|"[^"<>]+"\|)? n\d+$/;

describe("hostile labels in a Mermaid diagram", () => {
  it("become entities but for harmless characters", () => {
    fc.assert(
      fc.property(hostile, (label) => {
        const text = mermaidText(label);
        expect(text).toMatch(safeText);
        expect(text).not.toMatch(/direction\s/);
        expect(text).not.toMatch(/^ | $| {2}/);
      }),
      { numRuns: 2000 },
    );
  });

  it("are shown as they were written, but for white space", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (label) => {
        fc.pre(!/\p{C}|\p{Zl}|\p{Zp}/u.test(label));
        expect(shown(mermaidText(label))).toBe(label.replace(/\s+/g, " ").trim());
      }),
      { numRuns: 1000 },
    );
  });

  it("leave as many lines as there are components and connections, each of the expected form", () => {
    fc.assert(
      fc.property(canvases, (canvas) => {
        const lines = mermaid(canvas).split("\n");
        expect(lines).toHaveLength(1 + canvas.components.length + canvas.connections.length + 1);
        expect(lines[0]).toBe("flowchart LR");
        expect(lines.at(-1)).toBe("");
        const nodes = lines.slice(1, 1 + canvas.components.length);
        const edges = lines.slice(1 + canvas.components.length, -1);
        for (const line of nodes) expect(line).toMatch(nodeLine);
        for (const line of edges) expect(line).toMatch(edgeLine);
        expect(mermaid(canvas)).toBe(lines.join("\n"));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a"] --> n9', "a#34;#93; #45;#45;#62; n9"],
    ["<img src=x>", "#60;img src#61;x#62;"],
    ["two\r\nlines", "two lines"],
    ["direction LR", "#100;irection LR"],
    ["1. first", "1#46; first"],
    ["pay-by-card 1.5/s", "pay-by-card 1.5/s"],
    ["\u202egnp", "#92;u202egnp"],
    ["x".repeat(81), `${"x".repeat(80)}#8230;`],
  ])("%j is written %s", (label, text) => {
    expect(mermaidText(label)).toBe(text);
  });
});
