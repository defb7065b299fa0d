import { HtmlValidate } from "html-validate";
import { beforeAll, describe, expect, it } from "vitest";
import type { JudgedDesign } from "../../src/evaluation/design.js";
import { html } from "../../src/report/html.js";
import { loadReporter, reporterNames } from "../../src/report/index.js";
import { invalidResult } from "../../src/scoring/invalid.js";
import { context } from "../scoring/fixtures.js";
import { judged, madeUpComparison } from "./judged.js";
import { designOf } from "./report-of.js";

const folder = "canvases/chini-002-checkout";
const options = { color: false, width: 100, quiet: false };
const validator = new HtmlValidate({ extends: ["html-validate:recommended"] });

/** What the validator finds, one line each. */
async function faultsOf(text: string): Promise<readonly string[]> {
  const { results } = await validator.validateString(text);
  return results.flatMap(({ messages }) =>
    messages.map(({ line, ruleId, message }) => `${line} ${ruleId}: ${message}`),
  );
}

const rendered = new Map<readonly JudgedDesign[], string>();

/** The document of designs; each is drawn once for all tests. */
function documentOf(designs: readonly JudgedDesign[]): string {
  const text = rendered.get(designs) ?? html.render({ designs }, options);
  rendered.set(designs, text);
  return text;
}
const quietDocumentOf = (designs: readonly JudgedDesign[]) => html.render({ designs }, { ...options, quiet: true });
const idsOf = (text: string) => [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);

describe("the html reporter", () => {
  let failing: readonly JudgedDesign[] = [];
  let seeds: readonly JudgedDesign[] = [];
  beforeAll(async () => {
    failing = await judged("chini-002-checkout", [`${folder}/wrong/check-then-act.json`]);
    const files = ["wrong/no-breaker", "plain", "reference"].map((name) => `${folder}/${name}.json`);
    seeds = await judged("chini-002-checkout", files, { seeds: 3, scenarios: ["baseline", "payment-outage"] });
  });

  it("is a reporter by its name", async () => {
    expect(reporterNames).toContain("html");
    expect((await loadReporter("html")).name).toBe("html");
  });

  it("tells the verdict and why, scores, canvas, scenarios, traces, cost, assumptions, and how to repeat it, in this order", () => {
    const parts = [...documentOf(failing).matchAll(/<section id="d1-([a-z]+)">/g)].map(([, part]) => part);
    expect(parts).toEqual(["why", "scores", "canvas", "scenarios", "traces", "cost", "assumptions", "repeat"]);
  });

  it("names missed criteria with limit, cause and a link to the run, and broken invariants with their exposure", () => {
    const text = documentOf(failing);
    expect(text).toContain('<a href="#d1-run2">flash-sale</a> <code>errors</code> <strong>68</strong>, expected ≤ 3');
    expect(text).toContain("orders: check-then-act, 200 ms apart: a second request in between passes as new");
    expect(text).toContain("<strong>173 violations</strong>");
    expect(text).toContain('<a href="#d1-run1">baseline</a> 28 of 57 exposed');
  });

  it("opens the runs that failed and folds those that passed", () => {
    const runs = [...documentOf(seeds).matchAll(/<details class="run" id="(d1-run\d)"( open)?>/g)];
    expect(runs.map(([, id, open]) => [id, open !== undefined])).toEqual([
      ["d1-run1", false],
      ["d1-run2", false],
      ["d1-run3", true],
    ]);
  });

  it("draws per run intents, backlog, health, both latencies and every component that serves, each with a name and a text", () => {
    const text = documentOf(failing);
    const charts = idsOf(text).filter((id) => /^d1-run2-[a-z]+\d*-title$/.test(id ?? ""));
    expect(charts.map((id) => id?.split("-")[2])).toEqual([
      "flow",
      "backlog",
      "health",
      "accept",
      "confirm",
      ...[2, 3, 4, 5, 6, 7, 8, 9].map((part) => `part${part}`),
    ]);
    expect(text).toContain(
      "At most 127/s offered, 126/s accepted, 51/s delivered. Disturbed from 30 s to 150 s (shaded).",
    );
    expect(text).toContain("Up to 6,618, at 150 s; 0 at the end.");
  });

  it("marks the component at fault on the drawing by a word as well", () => {
    const text = documentOf(failing);
    const marks = text.match(/<g class="box failed">.*?<\/g>/gs) ?? [];
    expect(marks).toHaveLength(2);
    expect(marks[0]).toContain("Orders, checked on a</text>");
    expect(marks[0]).toContain("✗ fault found here</text>");
  });

  it("draws a trace as a sequence and tells it as a list; an intent that breaks two invariants is told once", () => {
    const text = documentOf(failing);
    expect(text).toContain('<span class="time">3.887 s</span> <span class="where">psp</span>');
    expect(text.match(/<summary>Intent 71 in baseline/g)).toHaveLength(1);
    expect(text).toContain("breaks no-double-charge, no-duplicate-order");
    expect(text).toContain('aria-label="Intent 71 in baseline, drawn"');
  });

  it("says what is a mean over seeds and what is of the first", () => {
    const text = documentOf(seeds);
    expect(text).toContain(
      "Charts and histograms are of the first seed, 42; all other figures are means over 3 seeds.",
    );
    expect(text).toMatch(/100 <span class="margin">±&nbsp;0<\/span>/);
  });

  it("puts several designs into a table with links to each", () => {
    const text = documentOf(seeds);
    expect(text).toContain("<h2>3 designs: 2 pass, 1 fail</h2>");
    for (const { result, index } of seeds.map((design, index) => ({ ...design, index }))) {
      expect(text).toContain(`<a href="#d${index + 1}">${result.canvas.name}</a>`);
    }
  });

  it("shows a comparison: ranking, runs, score against cost, differences with intervals and words", () => {
    const text = html.render({ designs: seeds, comparison: madeUpComparison }, options);
    expect(text).toContain(
      '1. <a href="#d3">reference.json</a> <span class="quiet">the others are compared with it</span>',
    );
    expect(text).toContain("Best for their cost: reference.json, plain.json.");
    expect(text).toContain(
      '−2.05 s</td><td class="number">−2.3 s to −1.8 s</td><td><span class="word pass">better</span>',
    );
    expect(text).toContain('plain.json <span class="quiet">1 better, 1 worse, 1 unknown</span>');
    expect(text).toContain("No difference shown in 1 more.");
  });

  it("says why a canvas is invalid, beside others", () => {
    const findings = [
      { code: "type", severity: "error", message: "a.json:5:28 /components/0/type: unknown type" } as const,
    ];
    const design = designOf(invalidResult("chini-002-checkout", findings, context));
    const text = documentOf([design, ...failing]);
    expect(text).toContain("<li>a.json:5:28 /components/0/type: unknown type</li>");
    expect(text).toContain("What makes it invalid (1)");
    expect(idsOf(text).filter((id) => id?.startsWith("d1-"))).toEqual(["d1-name", "d1-why", "d1-repeat"]);
  });

  it("leaves out charts and tables when it is to be quiet", () => {
    const parts = [...quietDocumentOf(failing).matchAll(/<section id="d1-([a-z]+)">/g)].map(([, part]) => part);
    expect(parts).toEqual(["why", "traces", "repeat"]);
  });

  it("has the same bytes for the same report, and no id twice", () => {
    const text = documentOf(seeds);
    expect(html.render({ designs: seeds }, options)).toBe(text);
    const ids = idsOf(text);
    expect(new Set(ids).size).toBe(ids.length);
    expect(text).not.toMatch(/\bzr\d|ecmeta|<script|CDATA|style="|https?:\/\/(?!www\.w3\.org)/);
    const targets = [...text.matchAll(/(?:href="#|url\(#)([^")]*)/g)].map(([, target]) => target);
    expect(targets.filter((target) => target !== "report" && !ids.includes(target))).toEqual([]);
  });

  it("stays below a megabyte for one design with five runs", () => {
    expect(Buffer.byteLength(documentOf(failing))).toBeLessThan(1_000_000);
  });

  it("passes an HTML validator", async () => {
    expect(await faultsOf(documentOf(failing))).toEqual([]);
    expect(await faultsOf(quietDocumentOf(failing))).toEqual([]);
    expect(await faultsOf(html.render({ designs: seeds, comparison: madeUpComparison }, options))).toEqual([]);
    expect(await faultsOf('<p style="color:red">a<p id="x"><b id="x">')).not.toEqual([]);
  });
});
