import { describe, expect, it } from "vitest";
import { resolve } from "../../src/explain/resolve.js";

function explanation(text: string) {
  const resolved = resolve(text);
  if (!resolved.ok) throw new Error(resolved.fault);
  return resolved.explanation;
}

function namesOf(text: string): readonly string[] {
  return explanation(text).entries.map(({ kind, id }) => `${kind} ${id}`);
}

describe("what reports and results print", () => {
  it.each([
    ["dropRate", ["metric dropRate"]],
    ["no-double-charge", ["invariant no-double-charge"]],
    ["retry-without-idempotent-target", ["finding retry-without-idempotent-target"]],
    ["requiredBehaviors.queue", ["criterion requiredBehaviors"]],
    ["behavior.circuitbreaker", ["criterion requiredBehaviors"]],
    ["components", ["criterion maxComponents"]],
    ["effectiveMonthlyUsd", ["criterion monthlyBudgetUsd"]],
    ["cost.peakMonthlyUsd", ["metric cost.peakMonthlyUsd"]],
    ["stability", ["score stability"]],
    ["inconclusive", ["verdict inconclusive"]],
    ["not-stated", ["finding not-stated"]],
    ["json-truncated", ["fault json-truncated"]],
    ["unknown-role", ["finding unknown-role", "fault unknown-role"]],
    ["  dropRate ", ["metric dropRate"]],
  ])("%s is explained", (text, names) => expect(namesOf(text)).toEqual(names));

  it("a figure of a latency explains the latency and the figure", () => {
    expect(explanation("confirmMs.p99")).toMatchObject({
      asked: "confirmMs.p99",
      entries: [{ id: "confirmMs" }],
      figure: { metric: "confirmMs.p99", meaning: "99 % of the values are at most this" },
    });
    expect(explanation("confirmMs").figure).toBeUndefined();
  });

  it("a gate explains its metric and how it reads, in the metric's unit", () => {
    expect(explanation("acceptMs.p95 <= 2s")).toMatchObject({
      entries: [{ id: "acceptMs" }],
      figure: { metric: "acceptMs.p95" },
      gate: { metric: "acceptMs.p95", comparison: "<=", limit: 2000, unit: "milliseconds" },
    });
    expect(explanation("dropRate<=3%").gate).toEqual({
      metric: "dropRate",
      comparison: "<=",
      limit: 0.03,
      unit: "a share, 0 to 1",
    });
    expect(explanation("cost.peakToOffPeak <= 1.5").entries[0]?.id).toBe("cost.peakToOffPeak");
  });
});

describe("what does not exist", () => {
  it.each([
    ["no-duble-charge", 'nothing is called "no-duble-charge"; did you mean "no-double-charge"?'],
    ["acceptMs.p59", 'nothing is called "acceptMs.p59"; did you mean "acceptMs.p50"?'],
    [
      "retry-without-idempotent-targets",
      'nothing is called "retry-without-idempotent-targets"; did you mean "retry-without-idempotent-target"?',
    ],
    ["zzzzzzzz", 'nothing is called "zzzzzzzz"'],
    ["", 'nothing is called ""'],
    ["acceptMs.count.p95", 'nothing is called "acceptMs.count.p95"; did you mean "acceptMs.count"?'],
    ["constructor", 'nothing is called "constructor"'],
    ["acceptMs.constructor", 'nothing is called "acceptMs.constructor"; did you mean "acceptMs.count"?'],
    [
      "dropRate <= 30",
      '"dropRate <= 30" is no gate: character 13: dropRate is a share from 0 to 1; for a percentage write 30 as `30%`',
    ],
    ["droprat <= 3%", '"droprat <= 3%" is no gate: character 1: unknown metric "droprat"; did you mean "dropRate"?'],
  ])("%s is refused", (text, fault) => expect(resolve(text)).toEqual({ ok: false, fault }));
});
