import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type EvaluateRequest, evaluate, loadCanvas, loadProblem, type Progress, render } from "../../src/index.js";
import { run } from "../fixtures/binary.js";

const problem = "chini-002-checkout";
const reference = `canvases/${problem}/reference.json`;
const wrong = `canvases/${problem}/wrong/new-key-per-attempt.json`;
const text = readFileSync(reference, "utf8");

/** The line of the brace before the provider's id. */
function lineOfProvider(json: string): number {
  return json.split("\n").findIndex((line) => line.includes('"id": "psp"'));
}

function linesOf(request: Partial<EvaluateRequest>): Promise<string> {
  return evaluate({ problem, canvases: [reference], ...request }).then(
    () => "",
    (error: Error) => `${error.name}: ${error.message}`,
  );
}

describe("evaluate", () => {
  it("gives the bytes of the command line, with threads and without", async () => {
    const request = { problem, canvases: [reference, wrong], seeds: 2, scenarios: ["baseline", "payment-slow"] };
    const flags = ["--seeds", "2", "--scenario", "baseline", "--scenario", "payment-slow", "--json"];
    const [printed, alone, threaded] = await Promise.all([
      run(["run", problem, reference, wrong, ...flags]),
      evaluate({ ...request, workers: 1 }).then((report) => render(report, "json")),
      evaluate({ ...request, workers: 2 }).then((report) => render(report, "json")),
    ]);
    expect(alone).toBe(printed.stdout);
    expect(threaded).toBe(printed.stdout);
  });

  it("takes a file, a loaded canvas, text and a value, and judges them alike", async () => {
    const { designs } = await evaluate({
      problem: await loadProblem(problem),
      canvases: [
        reference,
        await loadCanvas(reference),
        { name: reference, json: text },
        { name: "in memory", json: JSON.parse(text) as object },
      ],
      scenarios: ["baseline"],
    });
    const [file, loaded, asText, asValue] = designs.map(({ result }) => result);
    expect(loaded).toEqual(file);
    expect(asText).toEqual(file);
    expect({ ...asValue, canvas: file?.canvas, repeat: file?.repeat }).toEqual(file);
    expect(asValue?.repeat).toBe(`chini-bench run ${problem} 'in memory' --seed 42 --scenario baseline`);
    expect(designs.map(({ positionOf }) => positionOf("psp")?.line)).toEqual([
      ...[text, text, text].map(lineOfProvider),
      lineOfProvider(JSON.stringify(JSON.parse(text), null, 2)),
    ]);
  });

  it("judges the others beside a canvas that cannot be used", async () => {
    const broken = JSON.parse(text) as { components: { behavior: { mode: string } }[] };
    broken.components[3]!.behavior.mode = "retyr";
    const { designs } = await evaluate({
      problem,
      canvases: ["no-such.json", { name: "broken", json: broken }, { name: "cut", json: "{" }, reference],
      scenarios: ["baseline"],
    });
    expect(designs.map(({ result }) => result.verdict)).toEqual(["invalid", "invalid", "invalid", "pass"]);
    expect(designs.map(({ faults }) => faults.map(({ code }) => code))).toEqual([
      ["file-missing"],
      ["unknown-value"],
      ["json-truncated"],
      [],
    ]);
    expect(designs[1]?.result.findings[0]?.message).toMatch(
      /^broken:\d+:17 \/components\/3\/behavior\/mode: unknown mode "retyr"; did you mean "retry"\?/,
    );
  });

  it("tells after each run how far it has come", async () => {
    const told: Progress[] = [];
    await evaluate({
      problem,
      canvases: [reference],
      scenarios: ["baseline", "payment-outage"],
      onProgress: (progress) => told.push(progress),
    });
    expect(told).toEqual([
      { done: 1, total: 3, canvas: reference, run: "baseline", seed: 42 },
      { done: 2, total: 3, canvas: reference, run: "payment-outage:blackhole", seed: 42 },
      { done: 3, total: 3, canvas: reference, run: "payment-outage:failfast", seed: 42 },
    ]);
  });

  it("ends with what its listener throws", async () => {
    const onProgress = () => {
      throw new Error("enough");
    };
    expect(await linesOf({ onProgress, scenarios: ["baseline"] })).toBe("Error: enough");
  });

  it.each<[string, Partial<EvaluateRequest>, string]>([
    ["seed", { seed: -1 }, "seed: -1 is not a whole number from 0 to 9007199254740991"],
    ["seeds", { seeds: 1.5 }, "seeds: 1.5 is not a whole number from 1 to 1000"],
    ["workers", { workers: 257 }, "workers: 257 is not a whole number from 1 to 256"],
    ["scale", { scale: 0 }, "scale: 0 is not a number above 0"],
    ["scale, too", { scale: Number.POSITIVE_INFINITY }, "scale: Infinity is not a number above 0"],
    [
      "decide",
      { decide: "meen" as never },
      'decide: unknown word "meen"; did you mean "mean"? Allowed: interval, mean.',
    ],
    ["scenarios", { scenarios: ["basline"] }, `${problem} has no scenario "basline"; did you mean "baseline"?`],
  ])("refuses %s out of range", async (_, request, line) => {
    expect(await linesOf(request)).toContain(`UsageError: ${line}`);
  });

  it("names every option that is wrong, and every fault of a problem", async () => {
    expect(await linesOf({ seed: Number.NaN, seeds: 0 })).toBe(
      "UsageError: seed: NaN is not a whole number from 0 to 9007199254740991\n" +
        "seeds: 0 is not a whole number from 1 to 1000",
    );
    expect(await linesOf({ problem: "chini-002-chekout" })).toContain('did you mean "chini-002-checkout"?');
  });
});
