import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formats } from "../../../scripts/compose-schemas.js";
import { InputError } from "../../../src/document/input-error.js";
import { validatorOf } from "../../../src/document/validate.js";
import { type Baseline, type BaselineSubject, baselineText, entryFor } from "../../../src/scoring/baseline/baseline.js";
import { loadBaseline } from "../../../src/scoring/baseline/load.js";
import { temporaryDirectory } from "../../fixtures/temporary.js";
import { baselineWith, samplesWith, subjectWith } from "./fixtures.js";

const directory = temporaryDirectory();

const figures = { stability: [0.1 + 0.2, 1e-300], "acceptMs.p95": [null, 20.53125] };
const samples = samplesWith(figures, { design: [100, 75], composite: [97.42500000000003, 97.3] });
const subject = subjectWith(samples);
const baseline = baselineWith(
  subjectWith(samples, "fail", { canvas: "canvases/b.json" }),
  subject,
  subjectWith(samples, "pass", { problem: "another" }),
  subject,
);

async function faultsOf(text: string): Promise<readonly string[]> {
  const file = directory.write("faulty.json", text);
  const thrown = await loadBaseline(file).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(InputError);
  return (thrown as InputError).message.split("\n").map((line) => line.replace(file, "f"));
}

/** The baseline with other options of the whole file. */
function withOptions(value: Baseline, options: object): unknown {
  return { ...value, options: { ...value.options, ...options } };
}

/** The baseline with options of its first design. */
function ofDesign(value: Baseline, options: object): unknown {
  return { ...value, designs: [{ ...value.designs[0], options }] };
}

describe("baselineText", () => {
  it("has a line per figure, figures by name, designs by problem and canvas, each once", () => {
    expect(baseline.designs.map(({ problem, canvas }) => `${problem} ${canvas}`)).toEqual([
      "another canvases/a.json",
      "checkout canvases/a.json",
      "checkout canvases/b.json",
    ]);
    const text = baselineText(baseline);
    expect(text).toContain(
      '      "figures": {\n        "composite": [97.42500000000003,97.3],\n        "design": [100,75]\n      },\n',
    );
    expect(text).toContain('"acceptMs.p95": [null,20.53125],\n            "stability": [0.30000000000000004,1e-300]\n');
    expect(text.endsWith("]\n}\n")).toBe(true);
  });

  it("comes back from the file bit for bit, and is the same bytes again", async () => {
    const loaded = await loadBaseline(directory.write("base.json", baselineText(baseline)));
    expect(loaded).toEqual(baseline);
    expect(baselineText(loaded)).toBe(readFileSync(`${directory.path}/base.json`, "utf8"));
    expect(entryFor(loaded, subject)?.figures).toEqual(samples.design);
    expect(entryFor(loaded, { ...subject, canvas: "a.json" })).toBeUndefined();
  });

  it("keeps a canvas once per choice of scenarios and gates, whatever the order and the spaces of the gates", () => {
    const twice = baselineWith(
      subjectWith(samples, "pass", { options: { gates: ["a <= 1", "b <= 2"] } }),
      subjectWith(samples, "fail", { options: { gates: [" b <= 2", "a <= 1"] } }),
      subjectWith(samples, "pass", { options: {} }),
      subjectWith({ ...samples, scenarios: [] }, "pass", { options: {} }),
    );
    expect(twice.designs.map(({ verdict, scenarios, options }) => [verdict, scenarios.length, options])).toEqual([
      ["fail", 1, { gates: [" b <= 2", "a <= 1"] }],
      ["pass", 1, undefined],
      ["pass", 0, undefined],
    ]);
  });

  it("finds the entry of the same scenarios and gates, else of the same scenarios, else the first", () => {
    const narrow = { ...samples, scenarios: [{ id: "quiet", figures }] };
    const several = baselineWith(
      subjectWith(narrow, "inconclusive"),
      subjectWith(samples, "pass", { options: { gates: ["a <= 1"] } }),
      subjectWith(samples, "fail", { options: { gates: ["b <= 2"] } }),
    );
    const verdictFor = (own: BaselineSubject) => entryFor(several, own)?.verdict;
    expect(verdictFor(subjectWith(samples, "pass", { options: { gates: ["b <= 2"] } }))).toBe("fail");
    expect(verdictFor(subjectWith(samples, "pass", { options: { gates: ["c <= 3"] } }))).toBe("pass");
    expect(verdictFor(subjectWith(narrow, "pass", { options: { scenarios: ["quiet"] } }))).toBe("inconclusive");
    expect(verdictFor(subjectWith({ ...samples, scenarios: [] }))).toBe("inconclusive");
  });

  it("refuses a design without figures", () => {
    expect(() => baselineWith(subjectWith(samples, "invalid"))).toThrow(
      "canvases/a.json was not run: it has no figures",
    );
  });
});

describe("loadBaseline", () => {
  it("names every fault with its place and its mend", async () => {
    const text = baselineText(baseline)
      .replace('"verdict": "fail"', '"verdict": "failed"')
      .replace('"seeds": 2', '"seeds": 0');
    const [seeds, verdict, ...others] = await faultsOf(text);
    expect(seeds).toBe("f:9:14 /options/seeds: must be at least 1, found 0");
    expect(verdict).toMatch(
      /^f:\d+:18 \/designs\/2\/verdict: unknown verdict "failed"; did you mean "fail"\? Allowed: pass/,
    );
    expect(others).toEqual([]);
  });

  it("refuses columns of another length than there are seeds, and a design that is there twice", async () => {
    const text = baselineText({
      ...baseline,
      designs: [
        ...baseline.designs,
        { ...baseline.designs[1]!, scenarios: [{ id: "sale", figures: { errors: [1] } }] },
      ],
    });
    const faults = await faultsOf(text);
    expect(faults[0]).toMatch(
      /^f:\d+:5 \/designs\/3: duplicate design id "checkout canvases\/a.json", first on line \d+$/,
    );
    expect(faults[1]).toMatch(
      /^f:\d+:23 \/designs\/3\/scenarios\/0\/figures\/errors: must hold a value for each of 2 seeds, found 1$/,
    );
    expect(faults).toHaveLength(2);
  });

  it("does not take names for one another that read alike with a space between", async () => {
    const spaced = baselineWith(
      subjectWith(samples, "pass", { problem: "my problem.json", canvas: "a.json" }),
      subjectWith(samples, "pass", { problem: "my", canvas: "problem.json a.json" }),
    );
    const file = directory.write("spaced.json", baselineText(spaced));
    expect((await loadBaseline(file)).designs).toHaveLength(2);
  });

  it("refuses a first seed so high that the last is no whole number any more", async () => {
    const faults = await faultsOf(baselineText(baseline).replace('"seed": 42', `"seed": ${Number.MAX_SAFE_INTEGER}`));
    expect(faults).toEqual(["f:8:13 /options/seed: must be at most 9007199254740990, found 9007199254740991"]);
  });

  const cases: readonly (readonly [string, (value: Baseline) => unknown, boolean])[] = [
    ["as it is written", (value) => value, true],
    ["of another version", (value) => ({ ...value, schemaVersion: 2 }), false],
    ["without designs", (value) => ({ ...value, designs: [] }), false],
    ["with a scale", (value) => withOptions(value, { scale: 0.02 }), true],
    ["with a scale of 0", (value) => withOptions(value, { scale: 0 }), false],
    ["with a canvas out of a model's answer", (value) => withOptions(value, { fromModelOutput: true }), true],
    [
      "of scenarios and gates that were asked for",
      (value) => ofDesign(value, { scenarios: ["a"], gates: ["b"] }),
      true,
    ],
    ["with no scenario to run", (value) => ofDesign(value, { scenarios: [] }), false],
    ["with a gate that is no text", (value) => ofDesign(value, { gates: [1] }), false],
    ["with a seed that is no whole number", (value) => withOptions(value, { seed: 1.5 }), false],
    ["with fields of a later version", (value) => ({ ...value, later: 1 }), true],
    ["with a hash cut short", (value) => ({ ...value, designs: [{ ...value.designs[0], canvasSha256: "ab" }] }), false],
    [
      "with a figure that is a word",
      (value) => ({ ...value, designs: [{ ...value.designs[0], figures: { errors: ["1"] } }] }),
      false,
    ],
  ];
  it.each(cases)("has two validators of one opinion: a baseline %s", (_, change, valid) => {
    const value = change(JSON.parse(baselineText(baseline)) as Baseline);
    expect({ zod: formats.baseline.safeParse(value).success, ajv: validatorOf("baseline")(value) }).toEqual({
      zod: valid,
      ajv: valid,
    });
  });
});
