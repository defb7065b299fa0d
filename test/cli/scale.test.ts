import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Problem } from "../../src/problem/problem.js";
import type { Result } from "../../src/scoring/result.js";
import { run } from "../fixtures/binary.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();
const example = "examples/clerk.problem.json";
const canvas = "examples/clerk.json";

/** The example's problem, changed. */
function variant(name: string, change: Partial<Problem>): string {
  return directory.write(
    name,
    JSON.stringify({ ...(JSON.parse(readFileSync(example, "utf8")) as Problem), ...change }),
  );
}

async function resultOf(...args: readonly string[]): Promise<Result> {
  return JSON.parse((await run(["run", ...args, "--json"])).stdout) as Result;
}

describe("run --scale", () => {
  it("multiplies the load by the scale over the file's own, and says so", async () => {
    const tenth = variant("tenth.json", { scale: 0.1 });
    const own = await resultOf(tenth, canvas);
    const whole = await resultOf(tenth, canvas, "--scale", "0.4");
    const times = whole.scenarios[0]!.metrics.offered / own.scenarios[0]!.metrics.offered;
    expect(Math.abs(times - 4)).toBeLessThan(0.4);
    expect(whole.scale).toBe(0.4);
    expect(own).not.toHaveProperty("scale");
  });

  it("makes at the file's own scale what it makes without the flag", async () => {
    const plain = await resultOf(example, canvas);
    const { scale, repeat, ...rest } = await resultOf(example, canvas, "--scale", "1");
    expect(scale).toBe(1);
    expect(repeat).toBe(`${plain.repeat} --scale 1`);
    const { repeat: _, ...expected } = plain;
    expect(rest).toEqual(expected);
  });

  it("names the scale in the report's head and in the line to repeat", async () => {
    const { stdout } = await run(["run", example, canvas, "--scale", "0.5"]);
    expect(stdout).toContain("seed 42 · scale 0.5");
    expect(stdout).toMatch(/Repeat {2}chini-bench run [\s\S]*--scale 0\.5/);
    expect((await run(["run", example, canvas])).stdout).not.toContain("scale");
  });

  it("lets a default that is a plain count grow: 20,000 places in a queue at scale 1 are 1,000,000 at 50", async () => {
    const queued = {
      components: [
        { id: "person", type: "person" },
        { id: "letters", type: "channel", behavior: { mode: "queue" } },
        { id: "clerk", type: "step" },
      ],
      connections: [
        { from: "person", to: "letters" },
        { from: "letters", to: "clerk" },
      ],
    };
    const short = variant("short.json", { workload: { ratePerS: 1, durationMs: 1000 } });
    const file = directory.write("queued.json", JSON.stringify(queued));
    const capacityAt = async (...flags: readonly string[]) =>
      (await resultOf(short, file, ...flags)).assumptions.find(({ field }) => field === "behavior.capacity")?.value;
    expect(await capacityAt()).toBe(20_000);
    expect(await capacityAt("--scale", "50")).toBe(1_000_000);
  });

  it.each(["0", "-1", "NaN", "Infinity", "0x10", "1/50", ""])("refuses %j: exit 2", async (scale) => {
    const { code, stdout, stderr } = await run(["run", example, canvas, "--scale", scale]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("It must be a number above 0, such as 1 or 0.02.");
  });

  it("refuses a load 10,000 times the file's and more, or as small a part of it: exit 2", async () => {
    const tenth = variant("tenth-again.json", { scale: 0.1 });
    for (const scale of ["1001", "0.000009"]) {
      const { code, stdout, stderr } = await run(["run", tenth, canvas, "--scale", scale]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/^scale \S+: \S+ can be run at a scale from 0\.00001 to 1000\n$/);
    }
  });

  it("refuses a problem whose scale is no share: exit 2", async () => {
    const { code, stderr } = await run(["run", variant("zero.json", { scale: 0 }), canvas]);
    expect(code).toBe(2);
    expect(stderr).toContain("/scale: must be greater than 0, found 0");
  });
});
