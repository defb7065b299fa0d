import { describe, expect, it } from "vitest";
import { expectCount, seeds } from "./checkout.js";
import { bySeed, modelOf, Trial } from "./trial.js";

const wrong = (name: string) => modelOf("exactly-once-charging", `wrong/${name}`);

/** 3 % of the charges are declined, whichever time they are tried. */
const paid = 0.97;
const ok = 1 - 0.03 - 0.001;

describe("exactly-once-charging, wrong/blind-reissue.json", () => {
  const model = wrong("blind-reissue");

  it.each(seeds)("charges again whose reply was lost or was an error, seed %i", (seed) => {
    const trial = new Trial(model, seed, ["peak"]);
    // Not after a crash: the webhook tells before the message comes again, 60 s later.
    const again = (ok * 0.002 + 0.0005) * paid;
    expectCount(trial.violations("peak", "no-double-charge"), trial.metrics("peak").offered, again);
    // A second charge that is declined may be recorded before the first one's webhook comes: declined, then paid.
    const others = trial.failures.filter((failure) => failure !== "peak no-regression");
    expect(others).toEqual(["peak no-double-charge"]);
    expect(trial.violations("peak", "no-regression")).toBeLessThan(10);
    const cause =
      'psp: idempotency key attempt: a repeated call is a new charge to it; with idempotency.key "item" a retry is the same charge';
    expect(trial.invariantCause("peak", "no-double-charge")).toBe(cause);
    if (trial.violations("peak", "no-regression") > 0) {
      expect(trial.invariantCause("peak", "no-regression")).toBe(cause);
    }
  });

  it("charges again what was in flight when the provider fell silent", () => {
    const trial = new Trial(model, 1, ["provider-down"]);
    const { offered } = trial.metrics("provider-down");
    const inFlight = 100 * 1.75 * Math.exp(0.045) * ok * paid;
    const doubles = trial.violations("provider-down", "no-double-charge");
    expect(doubles).toBeGreaterThan(0.0024 * offered * paid - 4 * Math.sqrt(0.0024 * offered));
    expect(doubles).toBeLessThan(0.0024 * offered + inFlight + 4 * Math.sqrt(0.0024 * offered + inFlight));
  });
});

describe("exactly-once-charging, wrong/failover-everything.json", () => {
  const name = "wrong/failover-everything";
  // λ · W are in flight when the provider falls silent. It charges them, and the second one does once more.
  const inFlight = 100 * 1.75 * Math.exp(0.045) * ok * paid;
  // And those whose reply was lost, or whose worker died, in the last seconds before.
  const few = 100 * 6 * 0.002 + 100 * 60 * 0.001;
  // What counts happens when the outage begins: 60 s of it instead of 600.
  const brief = modelOf("exactly-once-charging", name, (problem) => ({
    ...problem,
    scenarios: problem.scenarios
      .filter(({ id }) => id === "failover")
      .map((scenario) => ({ ...scenario, endMs: 180_000, workload: { durationMs: 200_000 } })),
  }));
  const trial = bySeed((seed) => new Trial(brief, seed));

  it.each(seeds)("charges at both providers what the first had in service, seed %i", (seed) => {
    const doubles = trial(seed).violations("failover", "no-double-charge");
    expect(Math.abs(doubles - inFlight)).toBeLessThan(4 * Math.sqrt(inFlight));
    const others = trial(seed).failures.filter((failure) => failure !== "failover no-regression");
    expect(others).toEqual(["failover no-double-charge"]);
    expect(trial(seed).invariantCause("failover", "no-double-charge")).toBe(
      'breaker: openFor any: what it has sent and got no answer for goes to psp2 as well, which knows other keys; with openFor "never-sent" it gets only what was not sent',
    );
  });

  it("λ · W on average, and the few of the last seconds before", () => {
    const sum = seeds.reduce((all, seed) => all + trial(seed).violations("failover", "no-double-charge"), 0);
    const expected = seeds.length * inFlight;
    expect(sum).toBeGreaterThan(expected - 4 * Math.sqrt(expected));
    expect(sum).toBeLessThan(expected + seeds.length * few + 4 * Math.sqrt(expected));
  });

  it("no more of them in ten minutes than in one", () => {
    const whole = new Trial(modelOf("exactly-once-charging", name), 1, ["failover"]);
    const doubles = whole.violations("failover", "no-double-charge");
    expect(Math.abs(doubles - trial(1).violations("failover", "no-double-charge"))).toBeLessThan(10);
    expect(whole.result.verdict).toBe("fail");
  });
});

describe("exactly-once-charging, wrong/client-key-guard.json", () => {
  const model = wrong("client-key-guard");

  it.each(seeds)("takes a second click with a new key for another order, seed %i", (seed) => {
    const trial = new Trial(model, seed, ["buggy-client"]);
    const { offered, freshKeys } = trial.metrics("buggy-client");
    expectCount(trial.violations("buggy-client", "no-duplicate-order"), offered, 0.05 * 0.05);
    expectCount(trial.violations("buggy-client", "no-double-charge"), offered, 0.05 * 0.05 * paid ** 2);
    expect(freshKeys).toBe(0);
    expect(trial.failures).toEqual(["buggy-client no-double-charge", "buggy-client no-duplicate-order"]);
    for (const id of ["no-double-charge", "no-duplicate-order"]) {
      expect(trial.invariantCause("buggy-client", id)).toBe(
        'charges: idempotency key request: the client sends a new one with each request; with idempotency.key "intent" a second request is the same order',
      );
    }
  });

  it("the order's own key recognises just those", () => {
    const reference = modelOf("exactly-once-charging", "reference");
    for (const seed of seeds.slice(0, 2)) {
      const duplicates = new Trial(model, seed, ["buggy-client"]).violations("buggy-client", "no-duplicate-order");
      expect(new Trial(reference, seed, ["buggy-client"]).metrics("buggy-client").freshKeys).toBe(duplicates);
    }
  });
});
