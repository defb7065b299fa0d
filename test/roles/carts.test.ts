import { describe, expect, it } from "vitest";
import { type CartShares, Carts } from "../../src/roles/carts.js";
import { none } from "../../src/sim/calls.js";
import { Draws } from "../../src/sim/draws.js";
import { RandomStreams } from "../../src/sim/random.js";
import { script } from "../components/network.js";
import { type Till, tillOf } from "./till.js";
import { binomial } from "./world.js";

const n = 40_000;

function drawn(spec: CartShares, count = n): Carts {
  const carts = new Carts(spec, new RandomStreams(1, "test").stream("carts"));
  carts.reserve(count);
  for (let intent = 0; intent < count; intent++) carts.open(intent);
  return carts;
}

function count(carts: Carts, holds: (first: number, second: number) => boolean): number {
  let found = 0;
  for (let intent = 0; intent < n; intent++) if (holds(carts.first(intent), carts.second(intent))) found++;
  return found;
}

function expectShare(found: number, share: number): void {
  const { low, high } = binomial(n, share);
  expect(found).toBeGreaterThan(low);
  expect(found).toBeLessThan(high);
}

describe("carts", () => {
  const spec = { skus: 51, hotShare: 0.2, twoItemShare: 0.4 };

  it("hold the hot SKU and two items in the shares that the workload says, one independent of the other", () => {
    const carts = drawn(spec);
    expectShare(
      count(carts, (first, second) => first === 0 || second === 0),
      0.2,
    );
    expectShare(
      count(carts, (_, second) => second !== none),
      0.4,
    );
    expectShare(
      count(carts, (first, second) => first === 0 && second !== none),
      0.08,
    );
  });

  it("hold the other SKUs equally often, as an only item and as one of two", () => {
    const carts = drawn(spec);
    for (const sku of [1, 2, 25, 49, 50]) {
      expectShare(
        count(carts, (first, second) => first === sku && second === none),
        (0.6 * 0.8) / 50,
      );
      // Beside the hot one, or one of the two of a cold pair.
      expectShare(
        count(carts, (first, second) => second !== none && (first === sku || second === sku)),
        0.4 * (0.2 / 50 + (0.8 * 2) / 50),
      );
    }
  });

  it("hold two different SKUs, the lower number first", () => {
    for (const skus of [2, 3, 51]) {
      const carts = drawn({ skus, hotShare: 0.3, twoItemShare: 1 });
      expect(count(carts, (first, second) => first < second && first >= 0 && second < skus)).toBe(n);
    }
  });

  it("are spread evenly without a hot share, and have one item without a share of two", () => {
    const carts = drawn({ skus: 4 });
    for (const sku of [0, 1, 2, 3]) {
      expectShare(
        count(carts, (first) => first === sku),
        0.25,
      );
    }
    expect(count(carts, (_, second) => second !== none)).toBe(0);
  });

  it("take the same number of draws each, whatever they hold", () => {
    for (const other of [spec, { skus: 1 }, { skus: 2, hotShare: 1, twoItemShare: 1 }]) {
      let taken = 0;
      const counting = new Draws((into) => into.fill(0.5));
      const next = counting.next.bind(counting);
      counting.next = () => {
        taken++;
        return next();
      };
      const carts = new Carts(other, counting);
      carts.reserve(10);
      for (let intent = 0; intent < 10; intent++) carts.open(intent);
      expect(taken).toBe(40);
    }
  });

  it("hold one unit of the only SKU where the workload has no cart", () => {
    const carts = new Carts(undefined, null);
    expect([carts.skus, carts.first(7), carts.second(7), carts.size(7)]).toEqual([1, 0, none, 1]);
  });

  it("are the same to every design, and those of the scenario where it changes them", () => {
    const skusOf = (till: Partial<Till>): readonly string[] => {
      const workload = { cart: spec, ratePerS: 10, durationMs: 4050, ...till.workload };
      const { traced } = script(tillOf({ steps: ["stock reserve"], ...till, workload }));
      return traced("stock", "reserved").map(({ what }) => what.replace(/ \([^)]*\)/g, ""));
    };
    const plain = skusOf({});
    expect(plain).toHaveLength(40);
    expect(new Set(plain).size).toBeGreaterThan(10);
    expect(skusOf({ steps: ["lock acquire", "stock reserve", "stock commit"] })).toEqual(plain);
    expect(skusOf({ seed: 2 })).not.toEqual(plain);
    expect(new Set(skusOf({ workload: { cart: { skus: 51, hotShare: 1 } } }))).toEqual(new Set(["reserved: SKU 0"]));
  });
});
