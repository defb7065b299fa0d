import { describe, expect, it } from "vitest";
import { measure, person, service, step, storage } from "../components/network.js";

/** Evenly spaced arrivals and constant service: the fluid formulas hold to within one customer. */
describe("overload of c servers", () => {
  const servers = 4;
  const serviceMs = 100;
  const capacityPerS = (servers * 1000) / serviceMs;
  const workload = {
    profile: [
      { atMs: 0, ratePerS: 50 },
      { atMs: 20_000, ratePerS: 50 },
      { atMs: 20_000, ratePerS: 20 },
    ],
    durationMs: 40_000,
  };
  const run = measure({
    components: [person("crowd"), storage("desk", { service: service(serviceMs, servers) })],
    connections: ["crowd→desk"],
    workload,
  });
  const line = run.timeline.components.desk!.queueLength;

  it("grows by λ − cμ a second: 50 come and 40 are served", () => {
    for (let second = 1; second <= 19; second++) {
      expect(Math.abs(line[second]! - line[second - 1]! - (50 - capacityPerS))).toBeLessThanOrEqual(1);
    }
    expect(Math.abs(line[19]! + servers - 200)).toBeLessThanOrEqual(servers + 1);
  });

  it("drains by cμ − λ a second, and is empty after backlog ÷ (cμ − λ) = 10 s", () => {
    for (let second = 21; second <= 28; second++) {
      expect(Math.abs(line[second - 1]! - line[second]! - (capacityPerS - 20))).toBeLessThanOrEqual(1);
    }
    expect(line[28]).toBeGreaterThan(0);
    expect(line[30]).toBe(0);
  });

  it("makes the last customer of the rush wait for the backlog before it, divided by cμ", () => {
    expect(run.of("desk").queueLength.max).toBeGreaterThanOrEqual(195);
    expect(run.metrics.acceptMs.max).toBeCloseTo(
      (run.of("desk").queueLength.max / capacityPerS) * 1000 + serviceMs,
      -2,
    );
  });

  it("serves exactly cμ a second while it is overloaded", () => {
    expect(run.timeline.delivered.slice(1, 20)).toEqual(new Array<number>(19).fill(capacityPerS));
  });

  it("turns away λ − cμ a second once a finite waiting room is full, and says since when", () => {
    const finite = measure({
      components: [person("crowd"), storage("desk", { service: service(serviceMs, servers, 30) })],
      connections: ["crowd→desk"],
      workload,
    });
    // 30 places fill at 10 a second: full from 3 s on, for the 17 s that are left of the rush.
    expect(finite.of("desk").firstFullMs! / 1000).toBeCloseTo(3.1, 0);
    expect(Math.abs(finite.of("desk").failures.full - 170)).toBeLessThanOrEqual(servers + 1);
    expect(finite.of("desk").queueLength.max).toBe(30);
  });
});

describe("a spike", () => {
  it("multiplies arrivals in its window alone", () => {
    const run = measure({
      components: [person("crowd"), storage("desk")],
      connections: ["crowd→desk"],
      workload: { ratePerS: 20, durationMs: 10_000 },
      scenario: { id: "rush", kind: "spike", startMs: 3_000, endMs: 5_000, multiplier: 5 },
    });
    expect(run.timeline.offered.map((count) => Math.round(count / 10))).toEqual([2, 2, 2, 10, 10, 2, 2, 2, 2, 2]);
  });
});

describe("calls in flight behind a step", () => {
  it("are λ·E[W] on average (Little)", () => {
    const run = measure({
      components: [
        person("crowd"),
        step("api", { service: service(50, 100) }),
        storage("shelf", { service: service(150, 100) }),
      ],
      connections: ["crowd→api", "api→shelf"],
      workload: { ratePerS: 100, durationMs: 50_000 },
    });
    // An active step holds its slot for its own service and for the answer: 100/s · 0.2 s.
    const busy = run.timeline.components.api!.utilization.slice(1, 49).map((share) => share * 100);
    for (const slots of busy) expect(slots).toBeCloseTo(20, 6);
    expect(run.of("api").meanHoldMs).toBeCloseTo(200, 6);
  });
});

describe("errors along a path", () => {
  it("fail 1 − Π(1 − eᵢ) of the calls", () => {
    const rates = [0.02, 0.05, 0.1];
    const run = measure({
      components: [
        person("crowd"),
        ...rates.map((errorRate, i) => storage(`s${i}`, { service: { ...service(1, 100), errorRate } })),
      ],
      connections: ["crowd→s0", "s0→s1", "s1→s2"],
      workload: { ratePerS: 1000, durationMs: 60_000 },
    });
    const expected = 1 - 0.98 * 0.95 * 0.9;
    // 60 000 calls: the standard deviation of the share is 0.0015.
    expect(Math.abs(run.metrics.dropRate - expected)).toBeLessThan(0.005);
    expect(Math.abs(run.of("s1").failures.error / run.of("s1").arrivals - 0.05)).toBeLessThan(0.004);
    expect(run.of("s2").arrivals).toBe(run.of("s1").completed);
  });

  it("lose as much on connections: 1 − (1 − drop)ⁿ", () => {
    const run = measure({
      components: [person("crowd"), storage("a"), storage("b"), storage("c")],
      connections: ["crowd→a", "a→b", "b→c"],
      workload: { ratePerS: 1000, durationMs: 30_000 },
      scenario: { id: "wear", kind: "cascade", ambientDrop: 0.02 },
    });
    // Three connections; the client's own way to the entry is none of the canvas.
    expect(Math.abs(run.metrics.dropRate - (1 - 0.98 ** 3))).toBeLessThan(0.005);
  });
});
