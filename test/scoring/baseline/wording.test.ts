import { describe, expect, it } from "vitest";
import { baselineLine } from "../../../src/scoring/baseline/wording.js";
import { signedMetric } from "../../../src/scoring/metric.js";
import { compared, samplesWith, subjectWith } from "./fixtures.js";

const steady = { "acceptMs.p95": [200, 210, 220], dropRate: [0, 0, 0], "violations.no-leak": [0, 0, 0] };
const before = subjectWith(samplesWith(steady));

describe("baselineLine", () => {
  it("words a regression in one line: verdict, invariants, figures", () => {
    const worse = { "acceptMs.p95": [470, 480, 490], dropRate: [0.011, 0.009, 0.01], "violations.no-leak": [1, 1, 1] };
    expect(baselineLine(compared(before, subjectWith(samplesWith(worse), "fail")))).toBe(
      "worse than base.json: verdict pass → fail; sale no-leak newly broken: 3 violations; " +
        "sale dropRate 0 % → 1 % (+1 %); sale acceptMs.p95 210 ms → 480 ms (+270 ms)",
    );
  });

  it("names three figures and counts the others", () => {
    const names = ["stability", "deliveryRate", "blocked", "errors", "amplification"];
    const all = (value: number) =>
      subjectWith(
        samplesWith(
          Object.fromEntries(names.map((name) => [name, [1, 2, 3, 4, 5].map((step) => value + step / 1000)])),
        ),
      );
    expect(baselineLine(compared(all(0.497), all(0.247)))).toBe(
      "worse than base.json: sale stability 0.5 → 0.25 (−0.25); sale deliveryRate 50 % → 25 % (−25 %); " +
        "sale blocked 50 % → 25 % (−25 %)",
    );
    expect(baselineLine(compared(all(0.247), all(0.497)))).toBe(
      "worse than base.json: sale errors 0.25 → 0.5 (+0.25); sale amplification 0.25 → 0.5 (+0.25)",
    );
  });

  it("says better, no difference, undecided, and why nothing was compared", () => {
    const faster = subjectWith(samplesWith({ ...steady, "acceptMs.p95": [100, 110, 120] }));
    expect(baselineLine(compared(before, faster))).toBe(
      "better than base.json: sale acceptMs.p95 210 ms → 110 ms (−100 ms)",
    );
    expect(baselineLine(compared(before, before))).toBe("no difference shown to base.json");
    const one = subjectWith(samplesWith({ dropRate: [0.5] }));
    expect(baselineLine(compared(before, one))).toBe("not decided beside base.json: one common seed");
    const none = subjectWith(samplesWith({ dropRate: [0.5] }, {}, 7));
    expect(baselineLine(compared(before, none))).toBe("not decided beside base.json: no common seed");
    expect(baselineLine(compared(before, { ...before, canvas: "b.json" }))).toBe(
      "not in base.json; it holds the same canvas as canvases/a.json: was a file renamed, or the baseline moved?",
    );
    expect(baselineLine(compared(before, { ...before, problem: "shop" }))).toBe(
      "not in base.json; it holds canvases/a.json judged by checkout",
    );
  });
});

describe("signedMetric", () => {
  it.each([
    ["acceptMs.p95", -1234, "−1.23 s"],
    ["dropRate", 0.015, "+1.5 %"],
    ["effectiveMonthlyUsd", -68.24, "−$68.24"],
    ["stability", 0, "0"],
  ])("writes %s %d", (figure, value, text) => {
    expect(signedMetric(figure, value)).toBe(text);
  });
});
