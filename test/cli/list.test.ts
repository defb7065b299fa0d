import { describe, expect, it } from "vitest";
import { table } from "../../src/cli/list.js";
import { listProblems } from "../../src/problem/load.js";
import { run } from "../fixtures/binary.js";

describe("chini-bench list", () => {
  it("prints a header and a row per problem, in order of their ids", async () => {
    const { code, stdout, stderr } = await run(["list"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const problems = await listProblems();
    const lines = stdout.trimEnd().split("\n");
    if (problems.length === 0) expect(lines).toEqual(["no built-in problems"]);
    else expect(lines.slice(1).map((line) => line.split(" ")[0])).toEqual(problems.map(({ id }) => id));
  });

  it("--json prints the same as data", async () => {
    const { code, stdout, stderr } = await run(["list", "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({ schemaVersion: 1, problems: await listProblems() });
  });

  it("aligns its columns and makes text from files printable", () => {
    const problem = { requiredBehaviors: [], monthlyBudgetUsd: null, maxComponents: null };
    expect(
      table([
        {
          id: "small-checkout",
          title: "A small\u001b[31m checkout",
          scenarios: ["baseline", "sale"],
          maxComponents: 12,
          requiredBehaviors: ["queue", "retry"],
          monthlyBudgetUsd: 800,
        },
        { ...problem, id: "b", title: "Another", scenarios: ["baseline"] },
      ]),
    ).toBe(
      [
        "id              scenarios  components  budget a month  required      title",
        "small-checkout          2        ≤ 12          ≤ $800  queue, retry  A small\\u001b[31m checkout",
        "b                       1         any             any  none          Another",
        "",
      ].join("\n"),
    );
  });

  it("says so when there are none", () => {
    expect(table([])).toBe("no built-in problems\n");
  });
});
