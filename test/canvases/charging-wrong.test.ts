import { describe, expect, it } from "vitest";
import { standardNormal } from "../../src/sim/normal.js";
import { expectCount, seeds } from "./checkout.js";
import { bySeed, modelOf, Trial } from "./trial.js";

const wrong = (name: string) => modelOf("exactly-once-charging", `wrong/${name}`);

/** Of all calls 3 % are declined, 0.1 % err; 0.2 % of the oks are lost, 0.1 % of those heard fall into a crash. */
const ok = 1 - 0.03 - 0.001;
const lostReply = ok * 0.002;
const errorWithEffect = 0.0005;
const crash = ok * 0.998 * 0.001;

describe("exactly-once-charging, wrong/webhook-last-write-wins.json", () => {
  const model = wrong("webhook-last-write-wins");
  const grid = Array.from({ length: 400 }, (_, index) => standardNormal((index + 0.5) / 400));
  /** Share of event delays, median 2 s and σ 1, above a time. */
  const later = (ms: number) => (ms <= 0 ? 1 : grid.filter((z) => 2000 * Math.exp(z) > ms).length / grid.length);
  /** Neither the event, 2 % of which are missed for 30 s, nor its repetition, which 15 % have, came before the end. */
  const pendingLast = (endMs: number) =>
    (0.98 * later(endMs) + 0.02 * later(endMs - 30_000)) * (0.85 + 0.15 * later(endMs));
  // An event is 10 ms on its way through the receiver and the store.
  const share =
    grid.map((z) => pendingLast(1750 * Math.exp(0.3 * z) - 10)).reduce((sum, one) => sum + one) / grid.length;

  const trial = bySeed((seed) => new Trial(model, seed, ["peak"]));

  it.each(seeds)("forgets the end of the charges whose pending comes after it, seed %i", (seed) => {
    expectCount(trial(seed).violations("peak", "no-regression"), trial(seed).metrics("peak").offered, share);
    expect(trial(seed).failures).toEqual(["peak no-regression"]);
    expect(trial(seed).invariantCause("peak", "no-regression")).toBe(
      'charges: writes any: an event that comes late overwrites a final state; with idempotency.writes "forward" it is passed over',
    );
  });

  it("so often over all seeds that the missed events show", () => {
    const offered = seeds.reduce((sum, seed) => sum + trial(seed).metrics("peak").offered, 0);
    const count = seeds.reduce((sum, seed) => sum + trial(seed).violations("peak", "no-regression"), 0);
    expectCount(count, offered, share);
  });
});

describe("exactly-once-charging, wrong/timeout-means-failed.json", () => {
  const model = wrong("timeout-means-failed");

  it.each(seeds)("loses each charge whose reply was lost or was an error, seed %i", (seed) => {
    const trial = new Trial(model, seed, ["peak"]);
    const { offered, undelivered } = trial.metrics("peak");
    expectCount(trial.violations("peak", "no-lost-charge"), offered, lostReply + errorWithEffect);
    // An error without effect is stored, too: each further attempt under the key gets it again.
    expectCount(undelivered, offered, lostReply + 0.001);
    // Without webhooks nothing comes late that could change an end.
    expect(trial.failures).toEqual(["peak undelivered == 0", "peak no-lost-charge", "peak no-regression"]);
    expect(trial.violations("peak", "no-regression")).toBe(0);
    expect(trial.cause("peak", "undelivered == 0")).toMatch(
      /^charge-worker: gives up after 6 s, and psp takes 1\.8\d s: \d+ of .* which onUnknown assume-failed takes/,
    );
    expect(trial.invariantCause("peak", "no-lost-charge")).toBe(
      'charge-worker: takes no answer within 6 s for a failure (onUnknown assume-failed); psp takes effect all the same; with behavior.onUnknown "same-key" it asks again',
    );
  });

  it("has ten minutes' worth of them in the outage: those in flight, and a window of the breaker", () => {
    const trial = new Trial(model, 1, ["provider-down"]);
    const lost = trial.violations("provider-down", "no-lost-charge");
    const inFlight = 100 * 1.75 * Math.exp(0.045) * ok;
    expectCount(lost, trial.metrics("provider-down").offered, lostReply + errorWithEffect, inFlight);
  });
});

describe("exactly-once-charging, wrong/give-up.json", () => {
  const model = wrong("give-up");

  it.each(seeds)("loses each charge behind whose ok the worker died, seed %i", (seed) => {
    const trial = new Trial(model, seed, ["peak"]);
    const { offered, undelivered } = trial.metrics("peak");
    expectCount(undelivered, offered, crash);
    expect(undelivered).toBeGreaterThanOrEqual(10);
    expect(trial.violations("peak", "no-lost-charge")).toBe(undelivered);
    expect(trial.failures).toEqual(["peak undelivered == 0", "peak no-lost-charge", "peak no-regression"]);
    expect(trial.violations("peak", "no-regression")).toBe(0);
    const { lost, arrivals } = trial.part("peak", "charge-worker");
    const died = `charge-worker failed ${lost} of ${arrivals.toLocaleString("en-US")} calls (unanswered ${lost})`;
    const cause = `charge-queue: gave up ${undelivered} messages after 1 delivery; ${died}; with behavior.maxDeliveries 2 another delivery finds out`;
    expect(trial.cause("peak", "undelivered == 0")).toBe(cause);
    expect(trial.invariantCause("peak", "no-lost-charge")).toBe(cause);
  });
});

describe("exactly-once-charging, wrong/too-few-workers.json", () => {
  const model = wrong("too-few-workers");

  it.each(seeds)("does 150 ÷ 1.85 s = 81 a second of 100, and is late, seed %i", (seed) => {
    const trial = new Trial(model, seed, ["peak"]);
    const { offered, confirmMs, backlogMax, delivered, declined } = trial.metrics("peak");
    // The provider's mean, 5 ms at the worker and at the breaker each, and 0.5 % that take longer.
    const perS = 150 / (1.75 * Math.exp(0.045) + 0.02);
    const waiting = offered - perS * 300;
    expect(Math.abs(backlogMax - waiting - 150)).toBeLessThan(4 * Math.sqrt(offered));
    // Who comes after 95 % of the time finds 95 % of them.
    expect(Math.abs(confirmMs.p95! - ((0.95 * waiting) / perS + 1.85) * 1000)).toBeLessThan(6_000);
    expect(delivered + declined).toBe(offered);
    expect(trial.failures).toEqual(["peak confirmMs.p95 <= 5s"]);
    expect(trial.cause("peak", "confirmMs.p95 <= 5s")).toMatch(
      /^charge-queue: releases 120\/s; charge-worker can do 150 slots ÷ 1\.8\d s = 8\d(\.\d)?\/s under 100\/s offered/,
    );
  });
});

describe("exactly-once-charging, wrong/no-consumer-dedupe.json", () => {
  const model = wrong("no-consumer-dedupe");

  it.each(seeds)("writes twice what the outbox repeats of what was paid, seed %i", (seed) => {
    const trial = new Trial(model, seed, ["peak"]);
    const twice = trial.violations("peak", "exactly-once-downstream");
    expectCount(twice, trial.metrics("peak").delivered, 0.01);
    expect(trial.violations("peak", "ledger-balanced")).toBe(twice);
    expect(trial.failures).toEqual(["peak exactly-once-downstream", "peak ledger-balanced"]);
    for (const id of ["exactly-once-downstream", "ledger-balanced"]) {
      expect(trial.invariantCause("peak", id)).toBe(
        'ledger: idempotency key none: an event that comes again is written again; with idempotency.key "event" it is known',
      );
    }
  });
});

describe("exactly-once-charging, wrong/entries-apart.json", () => {
  const model = wrong("entries-apart");
  // 0.3 % of second writes are never made. Nor are those of a worker that dies behind the provider's ok: by the time
  // the message comes again the webhook has told the end, and it is acknowledged undelivered.
  const missing = (writes: number) => 1 - 0.997 ** writes * 0.999;

  it.each(seeds)("leaves out one entry of three, or all, seed %i", (seed) => {
    const trial = new Trial(model, seed, ["peak"]);
    const { delivered } = trial.metrics("peak");
    expectCount(trial.violations("peak", "ledger-balanced"), delivered, missing(3));
    // A ledger applies a charge by its debit.
    expectCount(trial.violations("peak", "exactly-once-downstream"), delivered, missing(1));
    expect(trial.failures).toEqual(["peak exactly-once-downstream", "peak ledger-balanced"]);
    for (const id of ["exactly-once-downstream", "ledger-balanced"]) {
      expect(trial.invariantCause("peak", id)).toMatch(/^charge-worker: writes to ledger in 3 calls of its own/);
    }
  });
});
