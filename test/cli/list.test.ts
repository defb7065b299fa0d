import { describe, expect, it } from "vitest";
import { listText } from "../../src/cli/list.js";
import { listProblems } from "../../src/problem/load.js";
import { run } from "../fixtures/binary.js";

describe("chini-bench list", () => {
  it("prints each problem with its limits below, in order of their ids", async () => {
    const { code, stdout, stderr } = await run(["list"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const problems = await listProblems();
    const lines = stdout.trimEnd().split("\n");
    if (problems.length === 0) expect(lines).toEqual(["no built-in problems"]);
    else
      expect(lines.filter((line) => !line.startsWith(" ")).map((line) => line.split(" ")[0])).toEqual(
        problems.map(({ id }) => id),
      );
  });

  it("--json prints the same as data", async () => {
    const { code, stdout, stderr } = await run(["list", "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({ schemaVersion: 1, problems: await listProblems() });
  });

  it("makes text from files printable, and shows the limits dim", () => {
    const problem = { requiredBehaviors: [], monthlyBudgetUsd: null, maxComponents: null };
    const problems = [
      {
        id: "small-checkout",
        title: "A small\u001b[31m checkout",
        scenarios: ["baseline", "sale"],
        maxComponents: 12,
        requiredBehaviors: ["queue", "retry"],
        monthlyBudgetUsd: 800,
      },
      { ...problem, id: "b", title: "Another", scenarios: ["baseline"] },
    ];
    expect(listText(problems, { width: 80, dim: (text) => `<${text}>` })).toBe(
      [
        "small-checkout  A small\\u001b[31m checkout",
        "<  2 scenarios · ≤ 12 components · ≤ $800 a month · queue, retry>",
        "b               Another",
        "<  1 scenario · any components · any cost>",
        "",
      ].join("\n"),
    );
  });

  it.each([80, 60])("is no wider than a terminal of %i columns", async (columns) => {
    const { stdout } = await run(["list"], { COLUMNS: String(columns) });
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(columns);
  });

  it("says so when there are none", () => {
    expect(listText([], { width: 80, dim: String })).toBe("no built-in problems\n");
  });
});
