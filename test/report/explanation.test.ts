import { Chalk } from "chalk";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/explain/catalogue.js";
import { resolve } from "../../src/explain/resolve.js";
import { catalogueLines, explanationLines } from "../../src/report/explanation.js";
import { columnsOf } from "../../src/report/table/text.js";

function linesFor(text: string, width: number): readonly string[] {
  const resolved = resolve(text);
  if (!resolved.ok) throw new Error(resolved.fault);
  return explanationLines(resolved.explanation, { chalk: new Chalk({ level: 0 }), width });
}

describe("an explanation", () => {
  it("says what it is, what it means, how it is computed and how to mend it, at 80 columns", () => {
    expect(linesFor("drainMs <= 300s", 80)).toEqual([
      "drainMs  metric",
      "Time to drain the backlog",
      "",
      "Meaning   How long after the disturbance the backlog was back to what it usually",
      "          is.",
      "",
      "Unit      milliseconds",
      "",
      "Computed  From the end of the disturbance until the backlog is at most max(1.1 ×",
      "          b, b + λ × 1 s), b being its mean in the 20 s before. Never reached:",
      "          the rest of the run. `null` without a disturbance.",
      "",
      "Gate      drainMs must be at most 300 s; a run in which it has no value does not",
      "          keep it",
      "",
      "Mend      Raise `releaseRps` and `concurrency` of the queue towards what the",
      "          provider can take: a backlog of N drains in N ÷ (release rate −",
      "          arrival rate).",
      "",
      "Example   drainMs <= 300s",
      "",
      "See also  backlog, recoveryMs",
    ]);
  });

  it.each([
    ["dropRate < 3%", "dropRate must be below 3 %;"],
    ["deliveryRate >= 0.995", "deliveryRate must be at least 99.5 %;"],
    ["acceptMs.count > 10", "acceptMs.count must be above 10;"],
    ["undelivered == 0", "undelivered must be exactly 0;"],
    ["cost.peakMonthlyUsd <= 700", "cost.peakMonthlyUsd must be at most $700;"],
  ])("reads the gate %s", (gate, sentence) => {
    expect(linesFor(gate, 140).join("\n")).toContain(`Gate      ${sentence}`);
  });

  it("of two entries tells both", () => {
    const lines = linesFor("unknown-role", 80);
    expect(lines.filter((line) => line.startsWith("unknown-role"))).toEqual([
      "unknown-role  finding",
      "unknown-role  fault",
    ]);
  });

  it.each([60, 80, 120])("keeps within %i columns, whatever is explained", (width) => {
    for (const { id } of catalogue) {
      for (const line of linesFor(id, width)) expect(columnsOf(line)).toBeLessThanOrEqual(width);
    }
  });
});

describe("the list", () => {
  it("has every entry once, in groups with a heading", () => {
    const lines = catalogueLines(catalogue, { chalk: new Chalk({ level: 0 }), width: 80 });
    expect(lines[0]).toBe("Metrics");
    expect(lines.filter((line) => line.startsWith("  ")).map((line) => line.trim().split(/\s+/)[0])).toEqual(
      catalogue.map(({ id }) => id),
    );
    expect(lines.every((line) => columnsOf(line) <= 80)).toBe(true);
  });
});
