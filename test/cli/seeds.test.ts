import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Result } from "../../src/scoring/result.js";
import { run } from "../fixtures/binary.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();

/** The example of the docs, shorter: one clerk, M/M/1, λ = 8/s, μ = 10/s. */
const example = "examples/clerk.problem.json";
const canvas = "examples/clerk.json";
const specification = JSON.parse(readFileSync(example, "utf8")) as { readonly workload: object };
const problem = directory.write(
  "clerk.problem.json",
  JSON.stringify({
    ...specification,
    workload: { ...specification.workload, durationMs: 420_000 },
    criteria: { metrics: ["confirmMs.mean <= 450ms"] },
  }),
);

describe("run --seeds", () => {
  it("gives a plain network's measures as means with intervals that hold the theory", async () => {
    const { code, stdout } = await run(["run", example, canvas, "--seeds", "20", "--json"]);
    expect(code).toBe(0);
    const result = JSON.parse(stdout) as Result;
    const [steady] = result.scenarios;
    const clerk = steady?.components.find(({ id }) => id === "clerk");
    expect(result.seeds).toEqual(Array.from({ length: 20 }, (_, index) => 42 + index));
    // M/M/1: Wq = ρ/(μ−λ) = 400 ms, W = 500 ms, Lq = ρ²/(1−ρ) = 3.2.
    const theory: readonly (readonly [string, number | null | undefined, number])[] = [
      ["waitMs.mean", clerk?.waitMs.mean, 400],
      ["sojournMs.mean", clerk?.sojournMs.mean, 500],
      ["queueLength.mean", clerk?.queueLength.mean, 3.2],
      ["utilization", clerk?.utilization, 0.8],
    ];
    for (const [name, mean, expected] of theory) {
      const [low = Number.NaN, high = Number.NaN] = clerk?.intervals?.[name] ?? [];
      expect((low + high) / 2, name).toBeCloseTo(mean ?? Number.NaN, 9);
      expect(low, name).toBeLessThan(expected);
      expect(high, name).toBeGreaterThan(expected);
    }
    expect(steady?.intervals?.["confirmMs.mean"]).toBeDefined();
  });

  it("says which seeds, shows ± under each figure, what each component did, and how to repeat it, in 80 columns", async () => {
    const { stdout } = await run(["run", problem, canvas, "--seed", "7", "--seeds", "5"], { COLUMNS: "80" });
    expect(stdout).toContain("seeds 7 to 11");
    expect(stdout).toContain("Means over 5 seeds; ± half a 95 % interval.");
    expect(stdout).toMatch(/^clerk +[\d,]+ +0 +[\d.]+ % /m);
    expect(stdout).toMatch(/±[\d.]+ ms/);
    expect(stdout).toContain("Components in steady");
    expect(stdout).toContain("--seed 7 --seeds 5");
    for (const line of stdout.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  it("is inconclusive, exit 3, while the limit lies inside the interval; --decide mean takes the mean", async () => {
    const within = await run(["run", problem, canvas, "--seeds", "5"]);
    expect(within.code).toBe(3);
    expect(within.stdout).toMatch(/^INCONCLUSIVE/);
    expect(within.stdout).toContain("Undecided criteria (1)");
    expect(within.stdout).toContain("--decide mean");
    const byMean = await run(["run", problem, canvas, "--seeds", "5", "--decide", "mean", "--json"]);
    const result = JSON.parse(byMean.stdout) as Result;
    const mean = result.criteria[0]?.actual ?? 0;
    expect(byMean.code).toBe(mean <= 450 ? 0 : 1);
    expect(result.repeat).toContain("--decide mean");
  });

  it("gives one seed's result for --seeds 1, and the same bytes twice for five", async () => {
    const [once, plain, five, again] = await Promise.all([
      run(["run", problem, canvas, "--seeds", "1", "--json"]),
      run(["run", problem, canvas, "--json"]),
      run(["run", problem, canvas, "--seeds", "5", "--json"]),
      run(["run", problem, canvas, "--seeds", "5", "--json"]),
    ]);
    expect(once.stdout).toBe(plain.stdout);
    expect(five.stdout).toBe(again.stdout);
  });

  it.each(["0", "1001", "1.5", "many"])("refuses --seeds %s", async (seeds) => {
    const { code, stderr } = await run(["run", problem, canvas, "--seeds", seeds]);
    expect(code).toBe(2);
    expect(stderr).toContain("It must be a whole number from 1 to 1000.");
  });

  it("refuses seeds beyond the largest whole number, and a decision it does not know", async () => {
    const beyond = await run(["run", problem, canvas, "--seed", String(Number.MAX_SAFE_INTEGER), "--seeds", "2"]);
    expect(beyond).toMatchObject({ code: 2, stdout: "" });
    expect(beyond.stderr).toContain("seeds 2: the first seed is at most 9007199254740990");
    const unknown = await run(["run", problem, canvas, "--decide", "median"]);
    expect(unknown).toMatchObject({ code: 2, stdout: "" });
    expect(unknown.stderr).toContain("interval, mean");
  });
});

describe("a fault of the program in a run", () => {
  it("exits 70 with the canvas, the scenario and the one seed that lead to it again", async () => {
    const station = new URL("../../dist/src/sim/station.js", import.meta.url).href;
    // Forgets the arrivals of one seed's run, so that the calls there are not conserved.
    const module = directory.write(
      "forgetful.mjs",
      `import { Station } from ${JSON.stringify(station)};
       let runs = 0;
       const stop = Station.prototype.stopMeasuring;
       Station.prototype.stopMeasuring = function (atMs) {
         if (this.spec.id === "clerk" && atMs > 0 && ++runs === 5) this.arrivals -= 1;
         return stop.call(this, atMs);
       };`,
    );
    const { code, stdout, stderr } = await run(["run", problem, canvas, "--seeds", "4"], {
      NODE_OPTIONS: `--import=${module}`,
    });
    expect({ code, stdout }).toEqual({ code: 70, stdout: "" });
    expect(stderr).toContain("conservation broken at clerk");
    const repeat = /^To repeat it: chini-bench run (.*) --seed (\d+) --scenario steady$/m.exec(stderr);
    expect(repeat?.[1]).toBe(`${problem} ${canvas}`);
    expect(Number(repeat?.[2])).toBeGreaterThan(42);
  });
});
