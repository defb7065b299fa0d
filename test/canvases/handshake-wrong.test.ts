import { describe, expect, it } from "vitest";
import { seeds } from "./checkout.js";
import { modelOf, Trial } from "./trial.js";

describe("payment-handshake, wrong/sync.json", () => {
  const model = modelOf("payment-handshake", "wrong/sync");

  it.each(seeds)("makes the merchant wait for the gateway, seed %i", (seed) => {
    const trial = new Trial(model, seed, ["steady", "payday", "gateway-down"]);
    // The gateway alone takes 220 · e^(0.2 · 1.645) = 306 ms at p95.
    const steady = trial.metrics("steady");
    expect(Math.abs(steady.acceptMs.p95! - 328)).toBeLessThan(15);
    expect(trial.failures).toContain("steady acceptMs.p95 <= 300");
    // A retry stands on the way: no product form.
    expect(steady.compoundErrorRate).toBeNull();

    const payday = trial.metrics("payday");
    expect(payday.acceptErrorRate).toBeGreaterThan(0.03);
    expect(payday.acceptErrorRate).toBeLessThan(0.1);
    expect(trial.part("payday", "gateway-api").failures.full).toBeGreaterThan(800);

    // 120 of 420 s without the gateway: 28.6 %.
    for (const id of ["gateway-down:blackhole", "gateway-down:failfast"]) {
      expect(Math.abs(trial.metrics(id).acceptErrorRate - 120 / 420)).toBeLessThan(0.025);
      expect(trial.cause(id, "acceptErrorRate <= 0.5%")).toMatch(/^breaker: .* no queue before it to keep them/);
    }
  });
});

describe("payment-handshake, wrong/unthrottled-workers.json", () => {
  const model = modelOf("payment-handshake", "wrong/unthrottled-workers");

  it.each(seeds)("throws its backlog at the gateway, which errs and is closed to it, seed %i", (seed) => {
    const trial = new Trial(model, seed, ["steady", "payday"]);
    // Nothing is wrong at 40/s: ρ = 0.4.
    expect(trial.failures.filter((failure) => failure.startsWith("steady"))).toEqual([]);
    const { providerErrorRate, undelivered, accepted, confirmMs } = trial.metrics("payday");
    expect(providerErrorRate!).toBeGreaterThan(0.2);
    expect(undelivered).toBeGreaterThan(0.2 * accepted);
    expect(confirmMs.p95!).toBeGreaterThan(300_000);
    expect(trial.part("payday", "gateway").failures.full).toBeGreaterThan(500);
    expect(trial.part("payday", "gateway (client)").opens!).toBeGreaterThan(50);
    expect(trial.failures).toContain("payday providerErrorRate <= 0.5%");
    expect(trial.failures).toContain("payday undelivered == 0");
  });
});

describe("payment-handshake, wrong/twelve-hops.json", () => {
  const model = modelOf("payment-handshake", "wrong/twelve-hops");
  /** Nine components at 0.08 %. */
  const compound = 1 - 0.9992 ** 9;

  it("has twelve components", () => {
    expect(model.canvas.components).toHaveLength(12);
  });

  it.each(seeds)("loses 1 − (1 − 0.0008)⁹ = 0.0072 of the sales, and fails nothing else, seed %i", (seed) => {
    const trial = new Trial(model, seed, ["payday"]);
    const { acceptErrorRate, compoundErrorRate, offered } = trial.metrics("payday");
    expect(compoundErrorRate).toBeCloseTo(compound, 12);
    expect(Math.abs(acceptErrorRate - compound)).toBeLessThan(4 * Math.sqrt(compound / offered));
    expect(trial.failures).toEqual(["payday acceptErrorRate <= 0.5%"]);
    const cause = trial.cause("payday", "acceptErrorRate <= 0.5%");
    expect(cause).toContain("9 components err on the way to an accept: edge, firewall, session and 6 more 0.08 % each");
    expect(cause).toContain("1 − Π(1 − e) = 0.72 %, measured 0.");
  });
});

describe("payment-handshake, wrong/release-95.json", () => {
  const model = modelOf("payment-handshake", "wrong/release-95");

  it.each(seeds)("drives the gateway at ρ = 0.95, which only its error share shows, seed %i", (seed) => {
    const trial = new Trial(model, seed);
    expect(trial.failures).toEqual(["payday providerErrorRate <= 0.5%"]);
    const { providerErrorRate, undelivered } = trial.metrics("payday");
    expect(providerErrorRate!).toBeGreaterThan(0.07);
    expect(providerErrorRate!).toBeLessThan(0.12);
    expect(undelivered).toBe(0);
    expect(trial.part("payday", "gateway").failures.full).toBe(0);
  });
});

describe("payment-handshake, wrong/burns-deliveries.json", () => {
  const model = modelOf("payment-handshake", "wrong/burns-deliveries");

  it.each(seeds)("gives messages up after three deliveries of four attempts, seed %i", (seed) => {
    const trial = new Trial(model, seed, ["gateway-down"]);
    // Where a reply was lost before the last delivery failed, the charge stands and nobody learns of it.
    const others = trial.failures.filter((failure) => failure !== "gateway-down:failfast no-lost-charge");
    expect(others).toEqual(["gateway-down:failfast undelivered == 0"]);
    const { undelivered, offered, amplification } = trial.metrics("gateway-down:failfast");
    expect(undelivered / offered).toBeGreaterThan(0.04);
    expect(undelivered / offered).toBeLessThan(0.09);
    expect(amplification!).toBeGreaterThan(2);
    expect(amplification!).toBeLessThan(2.7);
    // A silent gateway holds the workers' slots, and uses no deliveries up.
    expect(trial.metrics("gateway-down:blackhole").undelivered).toBe(0);
    expect(trial.cause("gateway-down:failfast", "undelivered == 0")).toMatch(
      /^settle-queue: gave up [\d,]+ messages after 3 deliveries; .*no circuitbreaker stops the calls/,
    );
  });
});
