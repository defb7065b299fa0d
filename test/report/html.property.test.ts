import fc from "fast-check";
import { type DefaultTreeAdapterTypes, parse } from "parse5";
import { describe, expect, it } from "vitest";
import type { Canvas } from "../../src/canvas/canvas.js";
import { componentTypes } from "../../src/canvas/canvas.schema.js";
import type { JudgedDesign } from "../../src/evaluation/design.js";
import { html } from "../../src/report/html.js";
import { judge } from "../../src/scoring/judge.js";
import { buildModel, buildRun, checkoutSketch, context } from "../scoring/fixtures.js";
import { designOf } from "./report-of.js";

/** What ends or begins something in HTML, SVG, CSS or a URL, as pieces that any text of a file is made of. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 4 }),
      fc.constantFrom(
        ...[
          "</script>",
          "<script>alert(1)</script>",
          "<img src=x onerror=alert(1)>",
          "</title>",
          "</style>",
          "</svg>",
          "]]>",
        ],
        ...[
          "<!--",
          "-->",
          "<![CDATA[",
          "<foreignObject>",
          '"',
          "'",
          "`",
          '" onclick="x',
          "' onload='x",
          ">",
          "/>",
          "<",
          "&",
        ],
        ...[
          "&lt;",
          "&#60;",
          "&quot;",
          "&amp;lt;",
          "\\u003c",
          "javascript:x",
          "{{x}}",
          "url(http://x)",
          "</text>",
          "<use href=x>",
        ],
        ...[
          "\u202e",
          "\u200b",
          "\u2028",
          "\u0000",
          "\u001b[31m",
          "\r\n",
          "\ud83d",
          "😀",
          "é",
          "注文",
          " ",
          "x".repeat(10_000),
        ],
      ),
    ),
    { maxLength: 10 },
  )
  .map((pieces) => pieces.join(""));

type Element = DefaultTreeAdapterTypes.Element;

function elementsOf(node: DefaultTreeAdapterTypes.Node): readonly Element[] {
  const children = "childNodes" in node ? node.childNodes.flatMap(elementsOf) : [];
  return "tagName" in node ? [node, ...children] : children;
}

/** Tag and attribute names, with the values of those attributes that lead somewhere or tell elements apart. */
function shapeOf({ tagName, attrs }: Element): string {
  const named = attrs.map(({ name, value }) =>
    /^(?:id|href|class|marker-end|role|d|http-equiv)$/.test(name) ? `${name}=${value}` : name,
  );
  return [tagName, ...named].join(" ");
}

/** A design whose every text is the given one: names, labels, ids, causes, traces, findings, assumptions, the command. */
function designOfText(text: string): JudgedDesign {
  const judgedResult = judge(buildModel(checkoutSketch()), [buildRun({ components: [{ id: "api" }] })], context);
  const [scenario] = judgedResult.scenarios;
  const id = text === "" ? "x" : text;
  const canvas: Canvas = {
    name: text,
    components: componentTypes.map((type, index) => ({
      id: `${index}${id}`,
      type,
      label: text,
      role: id,
      behavior: { mode: "queue", releaseRps: text },
    })),
    connections: [
      { from: `0${id}`, to: `1${id}`, label: text },
      { from: `1${id}`, to: `2${id}`, label: text, async: true },
    ],
  };
  const cause = { component: `0${id}`, message: text };
  const trace = [
    { atMs: 1, where: id, what: text },
    { atMs: 2, where: `0${id}`, what: text },
  ];
  const component = { ...scenario!.components[0]!, id };
  const result = {
    ...judgedResult,
    verdict: "fail" as const,
    problem: text,
    canvas: { name: text, file: text, sha256: "" },
    criteria: [
      {
        id: "errors",
        scenario: id,
        metric: "errors",
        expected: "<= 3",
        actual: 4,
        pass: false,
        verdict: "fail" as const,
        cause,
      },
    ],
    invariants: [
      {
        id: "no-double-charge",
        scenario: id,
        violations: 1,
        exposure: 20,
        verdict: "fail" as const,
        cause,
        examples: [{ intent: 1, trace }],
      },
    ],
    scenarios: [
      {
        ...scenario!,
        id,
        kind: id,
        label: text,
        pass: false,
        disturbance: { startMs: 0, endMs: 2000, targets: [id] },
        components: [component],
        timeline: { ...scenario!.timeline, components: { [id]: { queueLength: [0, 1], utilization: [0, 1] } } },
      },
    ],
    findings: [{ code: "x", severity: "warning" as const, message: text }],
    assumptions: [{ component: id, field: text, value: text, because: text }],
    cost: { ...judgedResult.cost, components: [{ id, declared: 1, floor: 1, effective: 1 }] },
    warnings: [text],
    repeat: text,
  };
  return designOf(result, { canvas, problem: { ...designOf(result).problem, title: text } });
}

const render = (text: string) =>
  html.render({ designs: [designOfText(text)] }, { color: false, width: 100, quiet: false });

/** Elements other than lines of wrapped text in a drawing, of which a longer text has more; their attributes are looked at below. */
const skeletonOf = (document: string) =>
  elementsOf(parse(document))
    .filter(({ tagName }) => tagName !== "text" && tagName !== "path" && tagName !== "rect")
    .map(shapeOf);

describe("no text of a file", () => {
  const harmless = elementsOf(parse(render("abc def")));
  const skeleton = skeletonOf(render("abc def"));
  const names = new Set(harmless.map(({ tagName }) => tagName));
  const attributes = new Set(harmless.flatMap(({ tagName, attrs }) => attrs.map(({ name }) => `${tagName} ${name}`)));

  it("adds an element or an attribute, or moves one", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const document = render(text);
        const elements = elementsOf(parse(document));
        expect(elements.filter(({ tagName }) => !names.has(tagName)).map(shapeOf)).toEqual([]);
        const strange = elements.flatMap(({ tagName, attrs }) => attrs.map(({ name }) => `${tagName} ${name}`));
        expect(strange.filter((name) => !attributes.has(name))).toEqual([]);
        if (text.trim() !== "") expect(skeletonOf(document)).toEqual(skeleton);
      }),
      { numRuns: 60 },
    );
  });

  it("reaches the document unseen: hidden and control characters show as what they are", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what this is for
        expect(render(text)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u2028\u202e]/);
      }),
      { numRuns: 15 },
    );
  });

  it("names an id, a class or a link", () => {
    for (const { attrs } of elementsOf(parse(render('x" y')))) {
      for (const { name, value } of attrs) {
        if (name === "id") expect(value).toMatch(/^[a-z][a-z0-9-]*$/);
        if (name === "href") expect(value).toMatch(/^#[a-z][a-z0-9-]*$/);
      }
    }
  });
});
