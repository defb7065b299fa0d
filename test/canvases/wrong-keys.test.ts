import { describe, expect, it } from "vitest";
import { expectCount, expectDelivered, expectHeld, scenarioIds, seeds, Trial } from "./checkout.js";

/** The reply is lost with 0.5 %, and of the others 0.2 % fall into a crash. */
const unlearned = 0.005 + 0.995 * 0.002;
/** λ · E[W]: calls whose reply the dying provider loses. */
const inFlight = 20 * 0.3 * Math.exp(0.045);

describe("chini-002, wrong/new-key-per-attempt.json", () => {
  const trial = new Trial("wrong/new-key-per-attempt");

  describe.each(seeds)("seed %i", (seed) => {
    it("charges twice whenever the first answer is not learned: n · (0.005 + 0.002), 10 times at least", () => {
      for (const id of scenarioIds) {
        const doubles = trial.violations(seed, id, "no-double-charge");
        const extra = id === "payment-outage:blackhole" ? inFlight : 0;
        expectCount(doubles, trial.metrics(seed, id).offered, unlearned, extra);
        expect(doubles).toBeGreaterThanOrEqual(10);
        expect(trial.metrics(seed, id).errors).toBe(doubles);
      }
    });

    it("fails by nothing else", () => {
      expectHeld(trial, seed, ["no-duplicate-order", "no-lost-charge", "nothing-stuck"]);
      for (const id of scenarioIds) expectDelivered(trial.metrics(seed, id));
      expect(trial.metrics(seed, "flash-sale").acceptMs.p95!).toBeLessThan(24);
      for (const id of ["payment-outage:blackhole", "payment-outage:failfast"] as const) {
        // Not recoveryMs: it asks for 99 % health, and each double charge is an unhealthy buyer, 1.4 of 200 in 10 s.
        expect(trial.metrics(seed, id).drainMs!).toBeLessThanOrEqual(90_000);
        expect(trial.metrics(seed, id).amplification!).toBeLessThan(1.3);
      }
    });

    it("shows the charge, the answer that was not learned, and the second charge under another key", () => {
      const { examples } = trial.at(seed, "baseline").invariants.find(({ id }) => id === "no-double-charge")!;
      const what = examples[0]!.trace.map((note) => note.what);
      const first = what.findIndex((line) => line.startsWith("charge captured"));
      const unheard = what.findIndex((line, index) => index > first && /reply lost|crashed/.test(line));
      const second = what.findIndex((line, index) => index > unheard && line.startsWith("charge captured"));
      expect([first, unheard, second].every((index) => index >= 0)).toBe(true);
      const keyOf = (index: number): string | undefined => /under key (\d+)/.exec(what[index]!)?.[1];
      expect(keyOf(second)).not.toBe(keyOf(first));
      expect(what[second]).toContain("2 live");
    });
  });

  it("over all seeds: about 250 doubles in the baseline, about 920 in the sale", () => {
    for (const id of ["baseline", "flash-sale", "payment-slow", "payment-outage:failfast"] as const) {
      const { count, offered } = trial.pooled(id, "no-double-charge");
      expectCount(count, offered, unlearned);
    }
    expect(trial.pooled("baseline", "no-double-charge").offered * unlearned).toBeGreaterThan(245);
    expect(trial.pooled("flash-sale", "no-double-charge").offered * unlearned).toBeGreaterThan(900);
  });
});

describe("chini-002, wrong/check-then-act.json", () => {
  const trial = new Trial("wrong/check-then-act");
  /** 1 % click twice within 300 ms; the replica is 200 ms old. */
  const through = 0.01 * (200 / 300);

  describe.each(seeds)("seed %i", (seed) => {
    it("orders and charges twice for 1 % · 200/300 of the intents, in every scenario", () => {
      for (const id of scenarioIds) {
        const duplicates = trial.violations(seed, id, "no-duplicate-order");
        expectCount(duplicates, trial.metrics(seed, id).offered, through);
        expect(duplicates).toBeGreaterThanOrEqual(10);
        expect(trial.violations(seed, id, "no-double-charge")).toBe(duplicates);
        expect(trial.part(seed, id, "payment-queue").arrivals).toBe(trial.metrics(seed, id).offered + duplicates);
      }
    });

    it("fails by nothing else", () => {
      expectHeld(trial, seed, ["no-lost-charge", "nothing-stuck"]);
      for (const id of scenarioIds) expectDelivered(trial.metrics(seed, id));
      expect(trial.metrics(seed, "flash-sale").drainMs!).toBeLessThan(184_000);
    });

    it("shows two requests with one key, and two rows within 200 ms", () => {
      const { examples } = trial.at(seed, "baseline").invariants.find(({ id }) => id === "no-double-charge")!;
      const { trace } = examples[0]!;
      const keys = trace.flatMap(({ what }) => /^request \d sent with key (\d+)/.exec(what)?.[1] ?? []);
      expect(keys).toHaveLength(2);
      expect(keys[1]).toBe(keys[0]);
      const rows = trace.filter(({ what }) => what.startsWith("order row written"));
      expect(rows).toHaveLength(2);
      expect(rows[1]!.atMs - rows[0]!.atMs).toBeLessThan(200);
    });
  });

  it("over all seeds: about 240 in the baseline", () => {
    for (const id of scenarioIds) {
      const { count, offered } = trial.pooled(id, "no-double-charge");
      expectCount(count, offered, through);
    }
  });
});
