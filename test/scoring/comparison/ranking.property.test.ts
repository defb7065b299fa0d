import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dominates, paretoFront } from "../../../src/scoring/comparison/front.js";
import { rankDesigns } from "../../../src/scoring/comparison/ranking.js";
import { type Standing, standing } from "./designs.js";

/** Few values, so that many are equal. */
const standings: fc.Arbitrary<Standing[]> = fc.array(
  fc.record({
    passes: fc.integer({ min: 0, max: 3 }),
    composite: fc.integer({ min: 0, max: 4 }),
    monthlyUsd: fc.integer({ min: 0, max: 4 }),
  }),
  { minLength: 1, maxLength: 12 },
);

const key = ({ passes, composite, monthlyUsd }: Standing) => `${passes} ${composite} ${monthlyUsd}`;
const rank = (all: readonly Standing[]) =>
  rankDesigns(all.map((one) => standing(one))).map((place) => ({ ...place, key: key(all[place.design]!) }));

describe("a ranking of any designs", () => {
  it("is the same whatever the order they are given in, up to those that share a rank", () => {
    fc.assert(
      fc.property(standings, fc.infiniteStream(fc.nat()), (all, randoms) => {
        const shuffled = all
          .map((one) => ({ one, at: randoms.next().value as number }))
          .sort((left, right) => left.at - right.at)
          .map(({ one }) => one);
        const told = (ranked: ReturnType<typeof rank>) =>
          ranked.map((place) => `${place.rank} ${place.key} ${place.passes} ${place.onFront}`);
        expect(told(rank(shuffled))).toEqual(told(rank(all)));
      }),
    );
  });

  it("holds every design once, ranks it 1 + the number of better ones, and shares ranks among equals only", () => {
    fc.assert(
      fc.property(standings, (all) => {
        const ranked = rank(all);
        expect(ranked.map(({ design }) => design).sort((left, right) => left - right)).toEqual(
          all.map((_, index) => index),
        );
        for (const [index, place] of ranked.entries()) {
          const firstEqual = ranked.findIndex((other) => other.key === place.key);
          expect(place.rank).toBe(firstEqual + 1);
          expect(firstEqual).toBeLessThanOrEqual(index);
        }
      }),
    );
  });
});

describe("the Pareto front of any designs", () => {
  it("holds none that another dominates, and leaves out only what one on it dominates", () => {
    fc.assert(
      fc.property(standings, (all) => {
        const front = paretoFront(all);
        expect(front.length).toBeGreaterThan(0);
        for (const one of all) {
          if (front.includes(one)) expect(all.some((other) => dominates(other, one))).toBe(false);
          else expect(front.some((other) => dominates(other, one))).toBe(true);
        }
      }),
    );
  });

  it("has a dominance that no design has over itself, nor two over each other", () => {
    fc.assert(
      fc.property(standings, (all) => {
        for (const one of all) {
          expect(dominates(one, one)).toBe(false);
          for (const other of all) expect(dominates(one, other) && dominates(other, one)).toBe(false);
        }
      }),
    );
  });
});
