import { describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/load.js";
import { planGates } from "../../src/config/plan.js";
import { temporaryDirectory } from "../fixtures/temporary.js";
import { clerkCanvas, clerkProblem } from "./clerk.js";

const directory = temporaryDirectory();
directory.write("shop/clerk.problem.json", clerkProblem);
for (const name of ["b", "a", "draft"]) directory.write(`shop/design/${name}.json`, clerkCanvas);
directory.write("shop/design/node_modules/x.json", clerkCanvas);
const options = { seed: 42, seeds: 1, decide: "interval" } as const;

async function plan(gates: object, more: object = {}) {
  directory.write("shop/chini-bench.config.json", JSON.stringify({ gates }));
  const loaded = await loadConfig({ workingDirectory: directory.path, file: "shop/chini-bench.config.json" });
  return planGates(loaded!, { ...options, ...more }, directory.path);
}

const clerk = { problem: "clerk.problem.json", canvases: ["design/a.json"] };

// The problem's name in a plan is relative to the working directory, so that loading it needs this one.
process.chdir(directory.path);

describe("planGates", () => {
  it("lists each canvas once, sorted, from the working directory, without what ! takes out", async () => {
    const [all, some] = await plan([
      { ...clerk, canvases: ["design/b.json", "design/*.json"] },
      { ...clerk, canvases: ["**/*.json", "!**/draft.json", "!*.json"] },
    ]);
    expect(all?.designs.map(({ file }) => file)).toEqual([
      "shop/design/a.json",
      "shop/design/b.json",
      "shop/design/draft.json",
    ]);
    expect(some?.designs.map(({ file }) => file)).toEqual(["shop/design/a.json", "shop/design/b.json"]);
    expect(all?.designs[0]?.problem.name).toBe("shop/clerk.problem.json");
  });

  it("adds a gate's metrics to the problem's own, each once, and lets the command line's scenarios count", async () => {
    const gate = { ...clerk, metrics: ["dropRate <= 1%", "confirmMs.p95 <= 2s"], scenarios: ["steady"] };
    const [own] = await plan([gate]);
    expect(own?.designs[0]?.problem.problem.criteria?.metrics).toEqual(["dropRate <= 1%", "confirmMs.p95 <= 2s"]);
    expect(own?.options).toMatchObject({ scenarios: ["steady"], gates: gate.metrics });
    const [asked] = await plan([gate], { scenarios: ["rush"], gates: ["errors <= 0"] });
    expect(asked?.options).toMatchObject({ scenarios: ["rush"], gates: [...gate.metrics, "errors <= 0"] });
  });

  it("names every gate that cannot be had, with its place", async () => {
    const gates = [
      { problem: "chini-002-chekout", canvases: ["design/c.json"] },
      { ...clerk, scenarios: ["stedy"] },
      { ...clerk, canvases: ["*.canvas", "!a"] },
      { ...clerk, canvases: ["!a"] },
    ];
    const message = await plan(gates).catch((error: Error) => error.message);
    const lines = String(message).split("\n");
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(
      /^shop\/chini-bench\.config\.json:1:\d+ \/gates\/0\/canvases\/0: no file matches "design\/c\.json" in shop$/,
    );
    expect(lines[1]).toMatch(
      /^shop\/chini-bench\.config\.json:1:22 \/gates\/0\/problem: .*did you mean "chini-002-checkout"\?/,
    );
    expect(lines[2]).toMatch(
      /\/gates\/1: clerk has no scenario "stedy"; did you mean "steady"\? Allowed: steady, rush\.$/,
    );
    expect(lines[3]).toMatch(/\/gates\/2\/canvases\/0: no file matches "\*\.canvas" in shop$/);
    expect(lines[4]).toMatch(/\/gates\/3\/canvases: no canvas is left; at least one pattern has to be without "!"$/);
  });
});
