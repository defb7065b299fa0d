import { describe, expect, it } from "vitest";
import { rankDesigns } from "../../../src/scoring/comparison/ranking.js";
import { noSamples } from "../../../src/scoring/samples.js";
import { standing } from "./designs.js";

const places = (designs: Parameters<typeof rankDesigns>[0]) =>
  rankDesigns(designs).map(({ label, rank, passes, outOf }) => ({ label, rank, passes, outOf }));

describe("rankDesigns", () => {
  it("goes by passes, then by the composite that is not rounded, then by cost", () => {
    const ranked = places([
      standing({ passes: 9, composite: 90.4, monthlyUsd: 10 }, "fewer passes"),
      standing({ passes: 10, composite: 50.1, monthlyUsd: 30 }, "dearer"),
      standing({ passes: 10, composite: 50.1, monthlyUsd: 20 }, "cheaper"),
      standing({ passes: 10, composite: 50.2, monthlyUsd: 90 }, "best"),
    ]);
    expect(ranked.map(({ label }) => label)).toEqual(["best", "cheaper", "dearer", "fewer passes"]);
    expect(ranked.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
  });

  it("counts one more pass for the gates of the whole design", () => {
    const missed = standing({ passes: 10, composite: 50, monthlyUsd: 1 }, "missed");
    const kept = { ...missed, label: "kept", result: { ...missed.result, criteria: [] } };
    expect(places([missed, kept])).toEqual([
      { label: "kept", rank: 1, passes: 11, outOf: 11 },
      { label: "missed", rank: 2, passes: 10, outOf: 11 },
    ]);
  });

  it("shares a rank, and leaves out the next: in the order given", () => {
    const equal = { passes: 5, composite: 70, monthlyUsd: 8 };
    const ranked = places([
      standing({ ...equal, passes: 4 }, "last"),
      standing(equal, "one"),
      standing(equal, "other"),
    ]);
    expect(ranked.map(({ label, rank }) => [label, rank])).toEqual([
      ["one", 1],
      ["other", 1],
      ["last", 3],
    ]);
  });

  it("puts what could not be run last, without a rank", () => {
    const good = standing({ passes: 0, composite: 0, monthlyUsd: 900 }, "worst");
    const invalid = { label: "invalid", result: { ...good.result, verdict: "invalid" as const }, samples: noSamples };
    expect(rankDesigns([invalid, good])).toEqual([
      { design: 1, rank: 1, label: "worst", passes: 0, outOf: 11, onFront: true },
      { design: 0, rank: null, label: "invalid", passes: 0, outOf: 0, onFront: false },
    ]);
  });

  it("sees no difference on the front below a tenth of a point, and in the fourth digit of the cost", () => {
    const front = (...costs: readonly (readonly [composite: number, monthlyUsd: number])[]) =>
      rankDesigns(costs.map(([composite, monthlyUsd]) => standing({ passes: 1, composite, monthlyUsd })))
        .filter(({ onFront }) => onFront)
        .map(({ design }) => design)
        .sort();
    expect(front([97.4, 368.4], [94, 368.1])).toEqual([0]);
    expect(front([97.44, 370], [97.36, 368])).toEqual([1]);
    expect(front([97.5, 370], [97.4, 368])).toEqual([0, 1]);
  });
});
