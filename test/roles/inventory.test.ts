import { describe, expect, it } from "vitest";
import type { Engine } from "../../src/sim/engine.js";
import { Outcome } from "../../src/sim/outcome.js";
import { measure, script, storage } from "../components/network.js";
import { ask, type Till, tillOf } from "./till.js";

/** Time and note of what happens at the stock. */
function storyOf(till: Till, at: readonly (readonly [number, (engine: Engine) => void])[] = []): readonly string[] {
  return script(tillOf(till), { at })
    .traced("stock", "")
    .map(({ atMs, what }) => `${atMs} ${what}`);
}

const oneIntent = { ratePerS: 1, durationMs: 1500 };
const five = { inventory: { unitsPerSku: 5 } };

describe("reserve", () => {
  it("takes units until there are none, and then declines", () => {
    const run = measure(
      tillOf({
        steps: ["stock reserve", "stock commit"],
        units: { inventory: { unitsPerSku: 30 } },
        workload: { ratePerS: 10, durationMs: 10_050 },
      }),
    );
    expect(run.metrics).toMatchObject({ offered: 100, delivered: 30, declined: 70, dropped: 0 });
    expect(run.of("stock").arrivals).toBe(130);
    expect([run.violations("no-oversell"), run.violations("no-leak")]).toEqual([0, 0]);
  });

  it("has the hot SKU's own units, and without units of its own those of every SKU, or no limit", () => {
    const delivered = (inventory: Record<string, number>, cart?: object): number =>
      measure(
        tillOf({
          steps: ["stock reserve"],
          units: { inventory },
          workload: { ratePerS: 10, durationMs: 2050, ...(cart === undefined ? {} : { cart }) },
        }),
      ).metrics.delivered;
    expect(delivered({ unitsPerSku: 3, hotUnits: 7 })).toBe(7);
    expect(delivered({ unitsPerSku: 3 })).toBe(3);
    expect(delivered({ hotUnits: 7 })).toBe(7);
    expect(delivered({ unitsPerSku: 3, hotUnits: 7 }, { skus: 3, hotShare: 0 })).toBe(6);
    expect(delivered({ hotUnits: 7 }, { skus: 3, hotShare: 0 })).toBe(20);
    expect(delivered({})).toBe(20);
    expect(delivered({ unitsPerSku: 0 })).toBe(0);
  });

  it("takes both items of a cart or none", () => {
    const cart = { skus: 2, hotShare: 0.5, twoItemShare: 1 };
    const till = { steps: ["stock reserve"], workload: { ratePerS: 10, durationMs: 2050, cart } };
    const story = storyOf({ ...till, units: { inventory: { unitsPerSku: 20, hotUnits: 4 } } });
    expect(story.filter((what) => what.includes("reserved"))).toHaveLength(4);
    expect(story.at(-2)).toBe("2000 sold out: SKU 0 (0 free), SKU 1 (16 free)");
  });

  it("takes no more under a key that it knows, and for each call without a key", () => {
    // The shop fails twice, and the till's retry takes both steps again.
    const reserved = (key: "item" | "none" | "attempt" | "request" | "intent"): readonly string[] =>
      script(
        tillOf({
          steps: ["stock reserve", "shop"],
          stock: { key },
          units: five,
          others: [storage("shop")],
          till: { behavior: { mode: "retry", jitter: "none" } },
          workload: oneIntent,
        }),
        { answers: { shop: (visit) => (visit < 2 ? Outcome.error : Outcome.ok) } },
      )
        .traced("stock", "")
        .map(({ what }) => what);
    const known = "key known: reserved already";
    expect(reserved("item")).toEqual(["reserved: SKU 0 (4 free)", known, known]);
    expect(reserved("request")).toEqual(reserved("item"));
    expect(reserved("intent")).toEqual(reserved("item"));
    const anew = [4, 3, 2].map((free) => `reserved: SKU 0 (${free} free)`);
    expect(reserved("none")).toEqual(anew);
    expect(reserved("attempt")).toEqual(anew);
  });
});

describe("commit and release", () => {
  it("act once, and commit makes a release do nothing", () => {
    expect(
      storyOf({
        steps: ["stock reserve", "stock commit", "stock commit", "stock release", "stock commit"],
        units: five,
        workload: oneIntent,
      }),
    ).toEqual(["1000 reserved: SKU 0 (4 free)", "1000 committed: SKU 0 (4 free)", "1000 nothing to release"]);
    expect(
      storyOf({ steps: ["stock reserve", "stock release", "stock release"], units: five, workload: oneIntent }),
    ).toEqual(["1000 reserved: SKU 0 (4 free)", "1000 released: SKU 0 (5 free)", "1000 nothing to release"]);
  });

  it("reject a commit of what was released, or never reserved", () => {
    const told = (...steps: string[]) => {
      const { metrics, of } = measure(tillOf({ steps, units: five, workload: oneIntent }));
      return [metrics.delivered, metrics.dropped, of("stock").failures.error];
    };
    expect(told("stock reserve", "stock commit")).toEqual([1, 0, 0]);
    expect(told("stock reserve", "stock release", "stock commit")).toEqual([0, 1, 1]);
    expect(told("stock commit")).toEqual([0, 1, 1]);
    expect(told("stock release")).toEqual([1, 0, 0]);
  });

  it("let a released reservation be taken again, and find the newest one where there is no key", () => {
    const again = ["stock reserve", "stock release", "stock reserve"];
    expect(storyOf({ steps: again, units: five, workload: oneIntent }).at(-1)).toBe("1000 reserved: SKU 0 (4 free)");
    expect(
      storyOf({
        steps: ["stock reserve", "stock reserve", "stock release", "stock commit", "stock release"],
        stock: { key: "none" },
        units: five,
        workload: oneIntent,
      }).map((what) => what.slice(5)),
    ).toEqual([
      "reserved: SKU 0 (4 free)",
      "reserved: SKU 0 (3 free)",
      "released: SKU 0 (4 free)",
      "committed: SKU 0 (4 free)",
      "nothing to release",
    ]);
  });

  it("without a fence compare nothing: what was released is committed, or released once more", () => {
    const slow = storage("slow", { service: { timeMs: 1000 } });
    const till = {
      steps: ["stock reserve", "stock release", "slow"],
      units: five,
      others: [slow],
      workload: oneIntent,
    };
    const noted = (asked: string, unfenced: boolean): string | undefined =>
      storyOf(till, [[1500, (engine) => ask(engine, 0, asked, unfenced)]])
        .filter((what) => what.startsWith("1500"))
        .find((what) => !what.endsWith("error"));
    expect(noted("stock commit", false)).toBe("1500 commit rejected: nothing is reserved");
    expect(noted("stock commit", true)).toBe("1500 committed: SKU 0 (4 free)");
    expect(noted("stock release", false)).toBe("1500 nothing to release");
    expect(noted("stock release", true)).toBe("1500 released again: SKU 0 (6 free)");
  });
});

describe("check-then-act", () => {
  const stale = { check: "check-then-act", lagMs: 450 } as const;

  it("takes units that are gone, as long as readers see them there", () => {
    // The last of 10 units goes at 1000 ms; 1100, 1200, 1300 and 1400 ms still see it, 1500 ms does not.
    const till = { steps: ["stock reserve", "stock commit"], units: { inventory: { unitsPerSku: 10 } } };
    const workload = { ratePerS: 10, durationMs: 5_050 };
    const run = measure(tillOf({ ...till, stock: stale, workload }));
    expect(run.metrics).toMatchObject({ delivered: 14, declined: 36 });
    expect(run.violations("no-oversell")).toBe(4);
    expect(measure(tillOf({ ...till, workload })).violations("no-oversell")).toBe(0);
  });

  it("oversells λ · lag units in the mean when the stock runs out", () => {
    const oversold = (seed: number, lagMs: number): number =>
      measure(
        tillOf({
          steps: ["stock reserve", "stock commit"],
          stock: { check: "check-then-act", lagMs },
          units: { inventory: { unitsPerSku: 1000, hotUnits: 200 } },
          workload: {
            arrivals: "poisson",
            ratePerS: 200,
            durationMs: 10_000,
            cart: { skus: 20, hotShare: 0.5, twoItemShare: 0 },
          },
          seed,
        }),
      ).violations("no-oversell");
    const seeds = Array.from({ length: 20 }, (_, seed) => seed + 1);
    // 100 hot ones a second: Poisson with the mean 30 in each of 20 runs.
    const sum = seeds.reduce((total, seed) => total + oversold(seed, 300), 0);
    expect(Math.abs(sum - 600)).toBeLessThan(4 * Math.sqrt(600));
    expect(oversold(1, 0)).toBe(0);
  });

  it("sees units given back as late as those taken", () => {
    const till: Till = {
      steps: ["stock reserve", "stock release"],
      stock: { check: "check-then-act", lagMs: 250 },
      units: { inventory: { unitsPerSku: 1 } },
      others: [],
      workload: { ratePerS: 10, durationMs: 1_050 },
    };
    const slow = storage("slow", { service: { timeMs: 400 } });
    const story = storyOf({ ...till, steps: ["stock reserve", "slow", "stock release"], others: [slow] });
    // Taken at 100 (seen at 350), and so at 200 and 300 as well; given back at 500 (seen at 750), 600 and 700.
    const what = story.filter((note) => /reserved|sold out/.test(note)).map((note) => note.replace(/ SKU.*/, ""));
    expect(what).toEqual([
      "100 reserved:",
      "200 reserved:",
      "300 reserved:",
      "400 sold out:",
      "500 sold out:",
      "600 sold out:",
      "700 sold out:",
      "800 sold out:",
      "900 sold out:",
      "1000 reserved:",
    ]);
  });
});
