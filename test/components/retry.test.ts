import { describe, expect, it } from "vitest";
import { Outcome } from "../../src/sim/outcome.js";
import { type Answer, measure, modelOf, type Network, person, script, service, step, storage } from "./network.js";

type Parameters = Readonly<Record<string, number | string>>;

/** One call at 100 ms through a retry to a shelf; no jitter unless asked for. */
function retrying(parameters: Parameters, workload: Network["workload"] = { ratePerS: 10, durationMs: 150 }): Network {
  const behavior = { mode: "retry", jitter: "none", ...parameters };
  return {
    components: [person("crowd"), step("worker", { behavior }), storage("shelf")],
    connections: ["crowd→worker", "worker→shelf"],
    workload,
  };
}

function visitsOf(parameters: Parameters, answer: (visit: number) => Answer): readonly number[] {
  const run = script(retrying(parameters), { answers: { shelf: answer } });
  return run.visits("shelf").map(({ atMs }) => atMs);
}

describe("retry: which outcomes are tried again", () => {
  it.each(["full", "rejected", "unavailable", "error"] as const)(
    "%s: after 200, 400 and 800 ms, and then it goes up",
    (name) => {
      const run = script(retrying({}), { answers: { shelf: () => Outcome[name] } });
      expect(run.visits("shelf").map(({ atMs }) => atMs)).toEqual([100, 300, 700, 1_500]);
      expect(run.noted("client", `client told ${name}`)).toEqual([1_500]);
      expect(run.station("worker").failedDownstream).toBe(1);
    },
  );

  it("timeout: the next wait begins when the attempt's time is over", () => {
    const run = script(retrying({ timeoutMs: 1_000, maxAttempts: 3 }), { answers: { shelf: () => "lost" } });
    expect(run.visits("shelf").map(({ atMs }) => atMs)).toEqual([100, 1_300, 2_700]);
    expect(run.noted("client", "client told timeout")).toEqual([3_700]);
    expect(run.station("worker").failures[Outcome.timeout]).toBe(1);
  });

  it("open: passes up at once", () => {
    expect(visitsOf({}, () => Outcome.open)).toEqual([100]);
  });

  it("declined: a business answer, never tried again", () => {
    const run = script(retrying({}), { answers: { shelf: () => Outcome.declined } });
    expect([run.visits("shelf").length, run.run.recorder.counts.declined, run.told("declined")]).toEqual([1, 1, 1]);
  });

  it("stops at the first ok", () => {
    expect(visitsOf({}, (visit) => (visit < 2 ? Outcome.full : Outcome.ok))).toEqual([100, 300, 700]);
  });

  it("open after failures passes up too, without using the attempts that are left", () => {
    expect(visitsOf({}, (visit) => (visit === 0 ? Outcome.error : Outcome.open))).toEqual([100, 300]);
  });
});

describe("retry: attempts and waits", () => {
  it.each([1, 2, 3, 7])("maxAttempts %s counts the first attempt", (maxAttempts) => {
    expect(visitsOf({ maxAttempts, backoffMs: 10 }, () => Outcome.error).length).toBe(maxAttempts);
  });

  it("follows backoffMs, backoffFactor and maxBackoffMs", () => {
    const parameters = { maxAttempts: 5, backoffMs: 10, backoffFactor: 3, maxBackoffMs: 50 };
    expect(visitsOf(parameters, () => Outcome.error)).toEqual([100, 110, 140, 190, 240]);
  });

  it("forwards the same item: its key stays over the attempts", () => {
    const run = script(retrying({}), { answers: { shelf: () => Outcome.error } });
    expect(new Set(run.visits("shelf").map(({ itemKey }) => itemKey)).size).toBe(1);
  });

  it("does not take the answer of an attempt that it gave up on", () => {
    // The first answer comes at 400, when the second attempt (200 + 100 = 300 to 400) runs out too.
    const network = retrying({ timeoutMs: 100, backoffMs: 100, maxAttempts: 2 });
    const components = network.components.map((component) =>
      component.id === "shelf" ? storage("shelf", { service: service(250, 10) }) : component,
    );
    const run = script({ ...network, components });
    expect([run.told("timeout"), run.told("ok"), run.station("shelf").completed]).toEqual([1, 0, 2]);
  });

  it("draws full jitter by default: waits between 0 and the bound, seeded", () => {
    const run = script(retrying({ jitter: "full" }, { ratePerS: 10, durationMs: 30_050 }), {
      answers: { shelf: () => Outcome.error },
    });
    const byIntent = new Map<number, number[]>();
    for (const { serial, atMs } of run.visits("shelf")) byIntent.set(serial, [...(byIntent.get(serial) ?? []), atMs]);
    const waits = [...byIntent.values()].map((times) => times.slice(1).map((time, i) => time - times[i]!));
    [200, 400, 800].forEach((bound, retry) => {
      const drawn = waits.map((wait) => wait[retry]!);
      expect(Math.max(...drawn)).toBeLessThan(bound);
      expect(Math.abs(drawn.reduce((sum, wait) => sum + wait, 0) / drawn.length / (bound / 2) - 1)).toBeLessThan(0.12);
    });
  });

  it("has the defaults of the design", () => {
    const network = retrying({});
    const components = [person("crowd"), step("worker", { behavior: { mode: "retry" } }), storage("shelf")];
    expect(modelOf({ ...network, components }).components[1]!.parameters).toEqual({
      maxAttempts: 4,
      backoffMs: 200,
      backoffFactor: 2,
      maxBackoffMs: 30_000,
      jitter: "full",
      timeoutMs: 5_000,
      onUnknown: "same-key",
      budgetRatio: Number.POSITIVE_INFINITY,
    });
  });
});

describe("retry: conflict", () => {
  it("asks again after about a second without using an attempt", () => {
    const answer = (visit: number): Answer => (visit < 5 ? Outcome.conflict : visit === 5 ? Outcome.error : Outcome.ok);
    const times = visitsOf({ maxAttempts: 2 }, answer);
    expect(times.length).toBe(7);
    const waits = times.slice(1).map((time, i) => time - times[i]!);
    for (const wait of waits.slice(0, 5)) {
      expect(wait).toBeGreaterThanOrEqual(900);
      expect(wait).toBeLessThanOrEqual(1_100);
    }
    // Not all the same: askers do not march in step.
    expect(new Set(waits.slice(0, 5)).size).toBe(5);
    expect(waits[5]).toBe(200);
  });

  it("goes up after sixty of them", () => {
    const run = script(retrying({}), { answers: { shelf: () => Outcome.conflict } });
    const told = run.noted("client", "client told conflict")[0]!;
    expect(run.visits("shelf").filter(({ atMs }) => atMs <= told).length).toBe(61);
  });

  it("keeps its slot while it waits: a thread that asks again", () => {
    const network = retrying({}, { ratePerS: 10, durationMs: 250 });
    const components = network.components.map((component) =>
      component.id === "worker" ? { ...component, service: service(0, 1) } : component,
    );
    const run = script({ ...network, components }, { answers: { shelf: (visit) => (visit === 0 ? 7 : 0) } });
    expect(run.visits("shelf").map(({ serial }) => serial)).toEqual([0, 0, 1]);
  });
});

describe("retry: budget", () => {
  it.each([
    [0, 10],
    [0.25, 34],
    [0.5, 59],
  ])("a budgetRatio of %s lets one hundred failing calls have %s retries", (budgetRatio, retries) => {
    // Ten are in reserve at first, and each call after the first earns its share; three attempts more would be 300.
    const network = retrying({ budgetRatio, backoffMs: 1 }, { ratePerS: 10, durationMs: 10_050 });
    const run = measure({ ...network, components: failingShelf(network) });
    expect(run.of("worker").arrivals).toBe(100);
    expect(run.of("shelf").arrivals).toBe(100 + retries);
  });

  it("keeps no more than ten unused retries", () => {
    const network = retrying(
      { budgetRatio: 1, backoffMs: 1, backoffFactor: 1, maxAttempts: 100 },
      { ratePerS: 10, durationMs: 10_050 },
    );
    // The shelf is well for fifty calls and then fails for good: the first failing call spends the ten in reserve.
    const run = script(network, { answers: { shelf: (visit) => (visit < 50 ? Outcome.ok : Outcome.error) } });
    const attempts = (serial: number) => run.visits("shelf").filter((visit) => visit.serial === serial).length;
    expect([attempts(50), attempts(51), attempts(52)]).toEqual([11, 2, 2]);
  });
});

function failingShelf(network: Network): Network["components"] {
  return network.components.map((component) =>
    component.id === "shelf" ? storage("shelf", { service: { ...service(0, 100), errorRate: 1 } }) : component,
  );
}

describe("retry: closed form of independent failures, p 0.3 and four attempts", () => {
  const network = retrying({ backoffMs: 0 }, { ratePerS: 1_000, durationMs: 100_000.5 });
  const components = network.components.map((component) =>
    component.id === "shelf" ? storage("shelf", { service: { ...service(0, 100), errorRate: 0.3 } }) : component,
  );
  const run = measure({ ...network, components });

  it("succeeds in 1 − p⁴ = 0.9919 of the calls", () => {
    // 100 000 calls: the standard deviation is 0.0003.
    expect(Math.abs(run.metrics.deliveryRate - 0.9919)).toBeLessThan(0.0012);
  });

  it("makes (1 − p⁴)/(1 − p) = 1.417 attempts a call", () => {
    expect(Math.abs(run.of("shelf").arrivals / run.of("worker").arrivals - 1.417)).toBeLessThan(0.009);
  });

  it("fails in each attempt alike", () => {
    expect(Math.abs(run.of("shelf").failures.error / run.of("shelf").arrivals - 0.3)).toBeLessThan(0.005);
  });
});
