import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type CompareRequest, compare, loadCanvas, render } from "../../src/index.js";
import { run } from "../fixtures/binary.js";

const problem = "chini-002-checkout";
const reference = `canvases/${problem}/reference.json`;
const wrong = `canvases/${problem}/wrong/new-key-per-attempt.json`;
const scenarios = ["baseline"];

function refusal(request: Partial<CompareRequest>): Promise<string> {
  return compare({ problem, canvases: [reference, wrong], scenarios, ...request }).then(
    () => "",
    (error: Error) => `${error.name}: ${error.message}`,
  );
}

describe("compare", () => {
  it("gives the bytes of the command line, with five seeds where it is not told how many", async () => {
    const [printed, made] = await Promise.all([
      run(["compare", problem, reference, wrong, "--against", wrong, "--scenario", "baseline", "--json"]),
      compare({ problem, canvases: [reference, await loadCanvas(wrong)], against: 1, scenarios }),
    ]);
    expect(await render(made, "json")).toBe(printed.stdout);
    expect(made.comparison?.seeds).toEqual([42, 43, 44, 45, 46]);
  });

  it("ranks designs in memory by their names, one that cannot be run last", async () => {
    const json = readFileSync(reference, "utf8");
    const canvases = [
      { name: "model/cut", json: "{" },
      { name: "model/whole", json },
    ];
    const { comparison } = await compare({ problem, canvases, scenarios, seeds: 2 });
    expect(comparison?.ranking.map(({ label, rank }) => [label, rank])).toEqual([
      ["whole", 1],
      ["cut", null],
    ]);
    expect(comparison?.reference).toBe(1);
    expect(comparison?.problem).toBe(problem);
  });

  it.each<[Partial<CompareRequest>, string]>([
    [{ against: 2 }, "UsageError: against: 2 is not a whole number from 0 to 1"],
    [{ canvases: [] }, "UsageError: canvases: there are none; at least one is compared"],
    [
      { canvases: [reference, `./${reference}`] },
      `UsageError: canvases: ./${reference} is named twice; give each a name of its own`,
    ],
    [
      { canvases: [reference, "gone.json"], against: 1 },
      "UsageError: gone.json: no such file\nagainst: nothing can be compared with gone.json, which is not valid",
    ],
    [{ seeds: 0 }, "UsageError: seeds: 0 is not a whole number from 1 to 1000"],
    [{ scale: 1e9 }, `UsageError: scale 1000000000: ${problem} can be run at a scale from 0.0001 to 10000`],
  ])("refuses %j", async (request, line) => {
    expect(await refusal(request)).toBe(line);
  });
});
