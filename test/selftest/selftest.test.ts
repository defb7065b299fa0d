import { describe, expect, it } from "vitest";
import { inThisThread } from "../../src/parallel/simulator.js";
import { canvasOf, exponential, openProblem, server } from "../../src/selftest/network.js";
import type { Oracle } from "../../src/selftest/oracle.js";
import { oracleLines } from "../../src/selftest/report.js";
import { oracles, runOracle } from "../../src/selftest/selftest.js";

/** An M/M/1 with ρ 0.5, whose mean wait is one service. */
function desk(theory: number, tolerance: number): Oracle {
  return {
    system: "M/M/1, ρ 0.5",
    canvas: canvasOf([server("desk", exponential(10))], ["customers→desk"]),
    problem: openProblem(50, 400_000),
    measures: [{ name: "mean wait", theory, tolerance, read: (run) => run.components[1]!.waitMs.mean! / 10 }],
  };
}

describe("selftest", () => {
  it("accepts the right theory", async () => {
    const [result] = await runOracle(desk(1, 0.02), false, inThisThread);
    expect(result).toMatchObject({ theory: 1, tolerance: 0.02, pass: true });
    expect(Math.abs(result!.observed - 1)).toBeLessThanOrEqual(result!.half!);
  });

  it("misses a theory that is outside the interval, although within the bound", async () => {
    const [result] = await runOracle(desk(1.15, 0.5), false, inThisThread);
    expect(result!.relativeError).toBeLessThan(0.5);
    expect(result!.pass).toBe(false);
  });

  it("misses a bound that the interval would allow", async () => {
    expect((await runOracle(desk(1, 1e-6), false, inThisThread))[0]!.pass).toBe(false);
  });

  it("reports a miss as one, in lines of at most 80 columns", async () => {
    const lines = oracleLines([
      ...(await runOracle(desk(1, 0.02), true, inThisThread)),
      ...(await runOracle(desk(2, 0.02), true, inThisThread)),
    ]);
    expect(lines[1]).toBe("M/M/1, ρ 0.5");
    expect(lines.at(-2)).toMatch(/^ {2}mean wait +1 .* ok$/);
    expect(lines.at(-1)).toMatch(/^ {2}mean wait +2 .* MISS$/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it("covers every family of closed forms", () => {
    const systems = oracles.map(({ system }) => system).join("\n");
    for (const family of ["M/M/1,", "M/M/3", "M/M/10", "M/G/1", "M/G/5/5", "M/M/1/5", "tandem", "Jackson", "retry"]) {
      expect(systems).toContain(family);
    }
    for (const family of ["ambiguous", "no breaker", "components", "overload", "token bucket", "provider dies"]) {
      expect(systems).toContain(family);
    }
  });
});
