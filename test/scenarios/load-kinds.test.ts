import { describe, expect, it } from "vitest";
import type { Component } from "../../src/canvas/canvas.js";
import { binomial } from "../roles/world.js";
import { instant, person, runAll, runOne, server, sum } from "./world.js";

function expectBinomial(count: number, n: number, p: number): void {
  const { low, high } = binomial(n, p);
  expect(count).toBeGreaterThan(low);
  expect(count).toBeLessThan(high);
}

describe("baseline", () => {
  it("changes nothing: 10/s for 10 s, 5 ms each, and no disturbance to recover from", () => {
    const { id, kind, metrics, disturbance, timeline } = runOne({ components: [person, server(5)] });
    expect({ id, kind, disturbance }).toEqual({ id: "baseline", kind: "baseline", disturbance: null });
    expect(metrics).toMatchObject({
      offered: 99,
      accepted: 99,
      delivered: 99,
      dropped: 0,
      deliveryRate: 1,
      dropRate: 0,
      recoveryMs: null,
      drainMs: null,
      blocked: null,
      amplification: null,
      providerErrorRate: null,
    });
    expect(metrics.acceptMs.max).toBeCloseTo(5, 6);
    expect(metrics.acceptMs.mean).toBeCloseTo(5, 6);
    expect(sum(timeline.offered)).toBe(99);
  });
});

describe("spike", () => {
  const spike = { id: "sale", kind: "spike", multiplier: 5, startMs: 20_000, endMs: 40_000 };

  it("multiplies the arrival rate in its window and nowhere else", () => {
    const { timeline, disturbance } = runOne({
      components: [person, server(0)],
      workload: { arrivals: "poisson", ratePerS: 40, durationMs: 60_000 },
      scenarios: [spike],
    });
    const expectMean = (from: number, to: number, mean: number): void =>
      expect(Math.abs(sum(timeline.offered, from, to) - mean)).toBeLessThan(4 * Math.sqrt(mean));
    expectMean(0, 20, 800);
    expectMean(20, 40, 4000);
    expectMean(40, 60, 800);
    expect(disturbance).toMatchObject({ startMs: 20_000, endMs: 40_000, targets: [], untilEnd: false });
    expect(disturbance!.peakRatePerS).toBeCloseTo(sum(timeline.offered, 20, 40) / 20, 9);
  });

  it("fills a queue at (5 λ − release) per second and drains it at (release − λ)", () => {
    const queue: Component = {
      id: "queue",
      type: "channel",
      service: instant,
      behavior: { mode: "queue", releaseRps: 30 },
    };
    const { metrics } = runOne({
      components: [person, queue, { ...server(1), id: "worker" }],
      workload: { ratePerS: 10, durationMs: 100_000 },
      scenarios: [spike],
    });
    // (50 − 30) · 20 s = 400; within λ · 1 s = 10 again after (400 − 10) ÷ 20/s = 19.5 s.
    expect(Math.abs(metrics.backlogMax - 400)).toBeLessThanOrEqual(3);
    expect(Math.abs(metrics.drainMs! - 20_000)).toBeLessThanOrEqual(1000);
    expect(Math.abs(metrics.recoveryMs! - 20_000)).toBeLessThanOrEqual(1000);
    expect(metrics.delivered).toBe(metrics.offered);
  });
});

describe("adversarial", () => {
  const guard = (parameters: object): Component => ({
    id: "guard",
    type: "step",
    service: instant,
    behavior: { mode: "filter", ...parameters },
  });
  const attack = { id: "attack", kind: "adversarial", multiplier: 3 };
  const workload = { ratePerS: 100, durationMs: 100_000 };

  it("is blocked at the filter's detection, and costs clean intents its false positives", () => {
    const components = [person, guard({ detection: 0.8, falsePositive: 0.05 }), server(0)];
    const { metrics, components: parts } = runOne({ components, workload, scenarios: [attack] });
    const hostile = parts[0]!.arrivals - metrics.offered;
    expect(metrics.offered).toBe(9999);
    expect(Math.abs(hostile - 3 * 9999)).toBeLessThanOrEqual(3);
    expectBinomial(metrics.blocked! * hostile, hostile, 0.8);
    expectBinomial(metrics.dropped, 9999, 0.05);
    expect(metrics.deliveryRate).toBeCloseTo(1 - metrics.dropRate, 12);
  });

  it("by default is blocked at 90 %, for 1 % of the clean ones", () => {
    const components = [person, guard({}), server(0)];
    const { metrics } = runOne({ components, workload, scenarios: [attack] });
    expectBinomial(metrics.blocked! * 29_999, 29_999, 0.9);
    expectBinomial(metrics.dropped, 9999, 0.01);
  });

  it("is not blocked without a filter, and takes the room of clean intents", () => {
    // 400/s arrive, of which 100/s are clean; 1 slot of 10 ms and no waiting room.
    const { metrics } = runOne({
      components: [person, server(10, 1, 0)],
      workload: { arrivals: "poisson", ratePerS: 100, durationMs: 100_000 },
      scenarios: [attack],
    });
    // Erlang's loss formula with one server and a = 4: 80 % of all are refused, hostile or not.
    expect(Math.abs(metrics.dropRate - 0.8)).toBeLessThan(0.02);
    expect(Math.abs(metrics.blocked! - 0.8)).toBeLessThan(0.02);
  });

  it("does not count hostile intents as offered, delivered or dropped", () => {
    const { metrics, timeline } = runOne({ components: [person, server(1)], scenarios: [attack] });
    expect(metrics).toMatchObject({ offered: 99, delivered: 99, accepted: 99, dropped: 0, blocked: 0 });
    expect(metrics.acceptMs.count).toBe(99);
    expect(sum(timeline.offered)).toBe(99);
  });

  it("sends each hostile intent once: no second click, no retry", () => {
    const refusing: Component = { ...server(0), service: { timeMs: 0, errorRate: 1 } };
    const { metrics, components } = runOne({
      components: [person, refusing],
      workload: { client: { doubleClickPct: 100, doubleClickWithinMs: 100, retries: 1, backoffMs: 1000 } },
      scenarios: [attack],
    });
    // A clean buyer sends a request, its retry and a second click.
    expect(metrics.offered).toBe(99);
    expect(Math.abs(components[0]!.arrivals - 3 * 99 - 3 * 99)).toBeLessThanOrEqual(3);
  });

  // BUG: outside its window the attack goes on at the clean rate, for the window only multiplies an endless stream.
  it("with a window attacks in it and nowhere else", () => {
    const { metrics, components } = runOne({
      components: [person, server(0)],
      scenarios: [{ ...attack, startMs: 2000, endMs: 4000 }],
    });
    expect(Math.abs(components[0]!.arrivals - metrics.offered - 60)).toBeLessThanOrEqual(1);
  });
});

describe("cascade", () => {
  it("varies every service time evenly by ± jitter", () => {
    const { metrics } = runOne({
      components: [person, server(100)],
      workload: { ratePerS: 100, durationMs: 100_000 },
      scenarios: [{ id: "noise", kind: "cascade", jitter: 0.5 }],
    });
    const { mean, p50, p95, max } = metrics.acceptMs;
    // Uniform on 50 to 150 ms: deviation 28.9 ms.
    expect(Math.abs(mean! - 100)).toBeLessThan((4 * 28.87) / Math.sqrt(9999));
    expect(Math.abs(p50! - 100)).toBeLessThan(2);
    expect(Math.abs(p95! - 145)).toBeLessThan(2);
    expect(max!).toBeLessThanOrEqual(150);
    expect(max!).toBeGreaterThan(149);
  });

  // BUG: the way from the client to the entry, which is no connection of the canvas, loses calls as well: 0.9³.
  it("loses the share ambientDrop of the calls on each connection: two of them, 10 % each", () => {
    const { metrics } = runOne({
      components: [person, { ...server(1), id: "middle" }, server(1)],
      workload: { ratePerS: 100, durationMs: 100_000, client: { timeoutMs: 1000 } },
      scenarios: [{ id: "noise", kind: "cascade", ambientDrop: 0.1 }],
    });
    expectBinomial(metrics.delivered, 9999, 0.9 * 0.9);
    expect(metrics.pending).toBe(0);
  });

  it("takes a role down at first, so that what depends on it fails", () => {
    const store: Component = { ...server(1), id: "store", role: "order-store" };
    const fault = { target: "order-store", mode: "failfast", startMs: 2000, endMs: 5000 };
    const { metrics, timeline, disturbance } = runOne({
      components: [person, store],
      roles: { "order-store": {} },
      scenarios: [{ id: "chain", kind: "cascade", fault }],
    });
    expect(disturbance).toMatchObject({ startMs: 2000, endMs: 5000 });
    expect(metrics).toMatchObject({ offered: 99, delivered: 69, dropped: 30 });
    expect(timeline.health.slice(0, 10)).toEqual([1, 1, 0, 0, 0, 1, 1, 1, 1, 1]);
  });

  it("is over at the end of its window", () => {
    const { timeline } = runOne({
      components: [person, server(1)],
      workload: { ratePerS: 100 },
      scenarios: [{ id: "noise", kind: "cascade", ambientDrop: 1, startMs: 3000, endMs: 6000 }],
    });
    expect(timeline.health.slice(0, 10)).toEqual([1, 1, 1, 0, 0, 0, 1, 1, 1, 1]);
  });
});

describe("several scenarios", () => {
  const scenarios = [
    { id: "busy", kind: "baseline", workload: { ratePerS: 30 } },
    { id: "calm", kind: "baseline" },
    { id: "ramp", kind: "baseline", workload: { profile: [{ atMs: 0, ratePerS: 50 }] } },
  ];

  it("run in the order of the file, each with its own changes to the workload", () => {
    const runs = runAll({ components: [person, server(1)], scenarios });
    expect(runs.map(({ id, metrics }) => `${id} ${metrics.offered}`)).toEqual(["busy 299", "calm 99", "ramp 499"]);
  });
});
