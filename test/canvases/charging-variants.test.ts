import { describe, expect, it } from "vitest";
import type { Problem } from "../../src/problem/problem.js";
import { expectCount } from "./checkout.js";
import { modelOf, Trial } from "./trial.js";

const variant = (name: string, change?: (problem: Problem) => Problem) =>
  modelOf("exactly-once-charging", `variants/${name}`, change);
const seeds = [1, 2, 3];
const charged = ["no-double-charge", "no-duplicate-order", "no-lost-charge", "no-phantom-success", "nothing-stuck"];
const held = [...charged, "exactly-once-downstream", "ledger-balanced", "no-regression"];

function expectHeld(trial: Trial, ids = held): void {
  for (const run of trial.ids) for (const id of ids) expect([run, id, trial.violations(run, id)]).toEqual([run, id, 0]);
}

describe("exactly-once-charging, variants/*.json", () => {
  it.each(["authorise-then-capture", "refunds", "refunds-blind", "fail-closed"])("%s is read as drawn", (name) => {
    const model = variant(name);
    expect([model.unbound, model.findings]).toEqual([[], []]);
    expect(model.canvas.components.length).toBeLessThanOrEqual(12);
  });
});

describe("exactly-once-charging, variants/authorise-then-capture.json", () => {
  it.each(seeds)("charges each once in two calls, for which its provider is too slow, seed %i", (seed) => {
    const trial = new Trial(variant("authorise-then-capture"), seed, ["peak"]);
    expectHeld(trial);
    expect(trial.failures).toEqual(["peak confirmMs.p95 <= 5s"]);
    const { offered, declined, amplification, backlogMax, undelivered } = trial.metrics("peak");
    expect(undelivered).toBe(0);
    // A decline comes to the authorisation. Queries and tries again are one call in 200.
    expectCount(declined, offered, 0.03);
    expect(amplification! / 1.97).toBeGreaterThan(1);
    expect(amplification! / 1.97).toBeLessThan(1.025);
    // Of 100 a second it releases 70, for the provider takes 150 calls. 300 slots of 3.7 s are in use.
    expect(Math.abs(backlogMax - (offered - 70 * 300) - 70 * 3.7)).toBeLessThan(200);
    // Each has two pendings and one end, 15 % of them come twice; errors have a pending more.
    const events = trial.part("peak", "webhook-receiver").arrivals / 1.15;
    expect(events / (3 * (offered - declined) + 2 * declined)).toBeCloseTo(1, 2);
  });

  it("at half the load, late by the second call alone", () => {
    const half = variant("authorise-then-capture", (problem) => ({
      ...problem,
      workload: { ...problem.workload, ratePerS: 50 },
    }));
    const trial = new Trial(half, 1, ["peak", "webhook-chaos"]);
    expectHeld(trial);
    expect(trial.failures).toEqual(["peak confirmMs.p95 <= 5s"]);
    // Two calls of 1,831 ± 562 ms.
    const { p95 } = trial.metrics("peak").confirmMs;
    expect(Math.abs(p95! - (2 * 1831 + 1.72 * Math.SQRT2 * 562))).toBeLessThan(250);
    expect(trial.metrics("peak").undelivered).toBe(0);
  });
});

const refunding = (problem: Problem): Problem => ({
  ...problem,
  invariants: [...(problem.invariants ?? []), "no-double-refund"],
});
/** Refunds whose answer nobody hears: the reply is lost, or an error stands in its place. */
const unheard = 0.002 + 0.0005;

describe("exactly-once-charging, variants/refunds.json", () => {
  const model = variant("refunds", refunding);

  it.each(seeds)("refunds one charge in five, once, seed %i", (seed) => {
    const trial = new Trial(model, seed, ["peak", "buggy-client"]);
    expect(trial.failures).toEqual([]);
    expectHeld(trial, [...held, "no-double-refund"]);
    expect(trial.exposure("no-double-refund")).toBeGreaterThan(20);
    // Every event goes by the desk, 1 % of them twice.
    const { offered } = trial.metrics("peak");
    expectCount(trial.part("peak", "returns-desk").arrivals - offered, offered, 0.01);
    expectCount(trial.part("peak", "refund-queue").arrivals, 1.01 * offered, 0.2);
    expect(trial.part("peak", "refund-queue").failures.error).toBe(0);
  });
});

describe("exactly-once-charging, variants/refunds-blind.json", () => {
  const model = variant("refunds-blind", refunding);

  it.each(seeds)("refunds twice what an event repeats and what nobody heard of, seed %i", (seed) => {
    const trial = new Trial(model, seed, ["peak"]);
    const { offered, delivered } = trial.metrics("peak");
    const doubles = trial.violations("peak", "no-double-refund");
    // Of the events that come twice, those that the desk sends on twice.
    expectCount(doubles, delivered, 0.2 * unheard + 0.01 * 0.2 ** 2);
    expect(doubles).toBeGreaterThanOrEqual(10);
    expect(trial.invariantCause("peak", "no-double-refund")).toBe(
      'psp: idempotency key attempt: a repeated refund is another to it; with idempotency.key "item" a retry is the same refund',
    );
    // Its worker asks before it charges again, and is all but safe.
    expect(trial.violations("peak", "no-double-charge")).toBeLessThan(0.0002 * offered);
  });
});

describe("exactly-once-charging, variants/fail-closed.json", () => {
  const model = variant("fail-closed");

  it.each(seeds)("keeps customers waiting, and tells them who is declined, seed %i", (seed) => {
    const trial = new Trial(model, seed, ["peak"]);
    expectHeld(trial);
    const late = ["peak acceptErrorRate <= 0.05%", "peak acceptMs.p95 <= 300"];
    expect(trial.failures).toEqual([...late, "null requiredBehaviors.queue"]);
    const { offered, accepted, acceptMs, delivered } = trial.metrics("peak");
    expect(delivered).toBe(accepted);
    expectCount(offered - accepted, offered, 0.03 + 0.001);
    expect(Math.abs(acceptMs.p95! - 1750 * Math.exp(0.3 * 1.645))).toBeLessThan(120);
  });

  it("refuses ten minutes of customers, and charges none of them twice", () => {
    const trial = new Trial(model, 1, ["provider-down"]);
    expectHeld(trial);
    const { acceptErrorRate, offered, drainMs } = trial.metrics("provider-down");
    // 60,000 come meanwhile; of the others 3.1 % are not accepted, and nothing waits afterwards.
    expect(Math.abs(acceptErrorRate - (60_000 + 0.031 * 57_000) / offered)).toBeLessThan(0.015);
    expect(drainMs).toBe(0);
    expect(trial.cause("provider-down", "acceptErrorRate <= 0.05%")).toMatch(/^breaker: .* no queue before it to keep/);
  });
});
