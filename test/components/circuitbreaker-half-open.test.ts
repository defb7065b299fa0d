import { describe, expect, it } from "vitest";
import { Outcome } from "../../src/sim/outcome.js";
import { type Answer, channel, type Network, person, script, service, step, storage } from "./network.js";

type Parameters = Readonly<Record<string, number>>;

const breaker = (parameters: Parameters, rest: Parameters = {}) =>
  step("breaker", {
    behavior: {
      mode: "circuitbreaker",
      window: 2,
      minCalls: 2,
      failureThreshold: 0.5,
      openMs: 1_000,
      halfOpenCalls: 2,
      ...parameters,
    },
    ...rest,
  });

/** A call each 100 ms through a breaker; two failures at 100 and 200 ms open it, so that it is half-open at 1200 ms. */
function opened(parameters: Parameters, durationMs: number, workload: Network["workload"] = {}): Network {
  return {
    components: [person("crowd"), breaker(parameters), storage("shelf")],
    connections: ["crowd→breaker", "breaker→shelf"],
    workload: { ratePerS: 10, durationMs, ...workload },
  };
}

/** Errors for the first two visits, then as given. */
const afterTwoErrors = (answer: (probe: number) => Answer) => (visit: number) =>
  visit < 2 ? Outcome.error : answer(visit - 2);

function times(run: ReturnType<typeof script>): readonly number[] {
  return run.visits("shelf").map(({ atMs }) => Math.round(atMs));
}

const slowly = (outcome: Outcome, afterMs: number): Answer => ({ outcome, afterMs });

describe("circuitbreaker: half-open", () => {
  it("lets nobody through for openMs, and probes from then on", () => {
    const run = script(opened({}, 1_450), { answers: { shelf: afterTwoErrors(() => Outcome.ok) } });
    expect(times(run)).toEqual([100, 200, 1_200, 1_300, 1_400]);
    expect(run.noted("breaker", "open").map(Math.round)).toEqual([300, 400, 500, 600, 700, 800, 900, 1_000, 1_100]);
  });

  it.each([1, 2, 5])("admits halfOpenCalls = %s probes, and refuses others while these are out", (halfOpenCalls) => {
    const run = script(opened({ halfOpenCalls }, 3_050), {
      answers: { shelf: afterTwoErrors(() => slowly(Outcome.ok, 900)) },
    });
    const probes = Array.from({ length: halfOpenCalls }, (_, i) => 1_200 + 100 * i);
    expect(times(run).slice(2, 2 + halfOpenCalls)).toEqual(probes);
    // The next is admitted when the last probe has answered, 900 ms after it was sent.
    expect(times(run)[2 + halfOpenCalls]).toBeGreaterThanOrEqual(probes.at(-1)! + 900);
  });

  it("closes when its probes succeed, with an empty window", () => {
    const run = script(opened({ failureThreshold: 0.6 }, 2_050), {
      answers: { shelf: afterTwoErrors((probe) => (probe === 2 ? Outcome.error : Outcome.ok)) },
    });
    // Closed at 1300; the failure of 1400 is one of two, and would be the third of three with the old window.
    expect(run.breakerOpens("breaker")).toBe(1);
    expect(times(run).slice(2)).toEqual([1_200, 1_300, 1_400, 1_500, 1_600, 1_700, 1_800, 1_900, 2_000]);
  });

  it("opens again when their failures reach the threshold, for openMs anew", () => {
    const run = script(opened({}, 2_450), {
      answers: { shelf: afterTwoErrors((probe) => (probe === 0 ? Outcome.error : Outcome.ok)) },
    });
    // One of two is 0.5: open at 1300, half-open at 2300.
    expect(run.breakerOpens("breaker")).toBe(2);
    expect(times(run)).toEqual([100, 200, 1_200, 1_300, 2_300, 2_400]);
  });

  it("decides when all probes have answered, not at the first failure", () => {
    const run = script(opened({ halfOpenCalls: 4, failureThreshold: 0.6 }, 1_950), {
      answers: { shelf: afterTwoErrors((probe) => (probe < 2 ? Outcome.error : Outcome.ok)) },
    });
    expect([run.breakerOpens("breaker"), times(run).length]).toEqual([1, 2 + 8]);
  });

  it.each(["conflict", "rejected", "declined"] as const)("gives a place back when its probe ends in %s", (name) => {
    const run = script(opened({}, 1_850), {
      answers: { shelf: afterTwoErrors((probe) => (probe < 3 ? Outcome[name] : Outcome.ok)) },
    });
    // Three that say nothing, and then two oks close it. (After a conflict the client asks again, a second later.)
    expect(times(run).slice(2, 9)).toEqual([1_200, 1_300, 1_400, 1_500, 1_600, 1_700, 1_800]);
    expect(run.breakerOpens("breaker")).toBe(1);
  });

  it("takes slow probes for failures", () => {
    const run = script(opened({ slowCallMs: 50 }, 1_550), {
      answers: { shelf: afterTwoErrors(() => slowly(Outcome.ok, 60)) },
    });
    expect(run.breakerOpens("breaker")).toBe(2);
  });
});

describe("circuitbreaker: an outcome counts only in the state in which its call was admitted", () => {
  /** A call at 100 ms answers late; the next two open the breaker at 300 ms, and it is half-open at 1300 ms. */
  function withStraggler(outcome: Outcome, afterMs: number, probe: (visit: number) => Answer) {
    const network = opened({ failureThreshold: 0.6 }, 2_050);
    const shelf = (visit: number): Answer =>
      visit === 0 ? slowly(outcome, afterMs) : visit < 3 ? Outcome.error : probe(visit - 3);
    return script(network, { answers: { shelf } });
  }

  it("a straggler's failure while it is open changes nothing", () => {
    const run = withStraggler(Outcome.error, 700, () => Outcome.ok);
    expect([run.breakerOpens("breaker"), times(run)[3]]).toEqual([1, 1_300]);
  });

  it("a straggler's failure is no probe's: two oks still close it", () => {
    // It ends at 1350, between the probes of 1300 and 1400.
    const run = withStraggler(Outcome.error, 1_250, () => slowly(Outcome.ok, 120));
    expect(run.breakerOpens("breaker")).toBe(1);
    expect(times(run).slice(3)).toEqual([1_300, 1_400, 1_600, 1_700, 1_800, 1_900, 2_000]);
  });

  it("a straggler's ok is no probe's: two failures still open it", () => {
    const run = withStraggler(Outcome.ok, 1_250, () => slowly(Outcome.error, 120));
    expect(run.breakerOpens("breaker")).toBe(2);
  });

  it("a straggler's failure does not count once it is closed again", () => {
    // Closed at 1400; the straggler ends at 1450, and the failure of 1500 is one of two, with the ok of 1600.
    const run = withStraggler(Outcome.error, 1_350, (probe) => (probe === 2 ? Outcome.error : Outcome.ok));
    expect(run.breakerOpens("breaker")).toBe(1);
  });
});

describe("circuitbreaker: the lease of a probe", () => {
  const patient = { client: { timeoutMs: 60_000 } };

  it("gives the place of a probe that never reports to another after halfOpenLeaseMs", () => {
    const network = opened({ halfOpenLeaseMs: 500 }, 2_250, patient);
    const run = script(network, { answers: { shelf: afterTwoErrors((probe) => (probe < 2 ? "lost" : Outcome.ok)) } });
    // Probes at 1200 and 1300 are lost; their leases end at 1700 and 1800, and two oks close the breaker.
    expect(times(run).slice(2)).toEqual([1_200, 1_300, 1_700, 1_800, 1_900, 2_000, 2_100, 2_200]);
    expect(run.breakerOpens("breaker")).toBe(1);
  });

  it("would stand for ever otherwise: with a long lease nobody gets through", () => {
    const network = opened({ halfOpenLeaseMs: 50_000 }, 10_050, patient);
    const run = script(network, { answers: { shelf: afterTwoErrors(() => "lost") } });
    expect(times(run)).toEqual([100, 200, 1_200, 1_300]);
  });

  it("ignores a probe that reports after its lease", () => {
    const network = opened({ halfOpenLeaseMs: 500 }, 2_250, patient);
    const run = script(network, {
      answers: { shelf: afterTwoErrors((probe) => (probe < 2 ? slowly(Outcome.error, 550) : slowly(Outcome.ok, 10))) },
    });
    // Late failures at 1750 and 1850, when two other probes have taken the places: these alone decide.
    expect(run.breakerOpens("breaker")).toBe(1);
    expect(times(run).slice(4)).toEqual([1_700, 1_800, 1_900, 2_000, 2_100, 2_200]);
  });

  it("counts a probe whose caller gives up as a timeout", () => {
    const network = opened({}, 1_650);
    const run = script(
      {
        ...network,
        components: [
          ...network.components,
          step("worker", { behavior: { mode: "retry", maxAttempts: 1, timeoutMs: 150 } }),
        ],
        connections: ["crowd→worker", "worker→breaker", "breaker→shelf"],
      },
      { answers: { shelf: afterTwoErrors(() => "lost") } },
    );
    // Lost at 1200 and 1300, given up at 1350 and 1450: open again.
    expect([run.breakerOpens("breaker"), times(run).length]).toEqual([2, 4]);
  });
});

describe("circuitbreaker: probes that are admitted and never sent", () => {
  it("give their place back when the breaker itself has no slot for them", () => {
    const network = opened({ openMs: 950, halfOpenCalls: 3 }, 2_950);
    const components = [
      person("crowd"),
      breaker({ openMs: 950, halfOpenCalls: 3 }, { service: service(0, 1, 0) } as never),
      storage("shelf"),
    ];
    const run = script(
      { ...network, components },
      { answers: { shelf: afterTwoErrors((probe) => (probe === 0 ? slowly(Outcome.ok, 450) : Outcome.ok)) } },
    );
    // The first probe holds the only slot from 1200 to 1650; four others are admitted and find no slot.
    expect(run.station("breaker").failures[Outcome.full]).toBe(4);
    // With their places lost it would refuse from then on; as it is, it closes and lets all pass.
    expect(times(run).slice(2)).toEqual([1_200, ...Array.from({ length: 13 }, (_, i) => 1_700 + 100 * i)]);
  });

  // Otherwise two conflicts keep both places until their leases end.
  it("give their place back when the component's own role answers them", () => {
    const network: Network = {
      components: [
        person("shopper"),
        storage("orders", {
          role: "order-store",
          idempotency: { key: "request" },
          behavior: { mode: "circuitbreaker", window: 2, minCalls: 2, openMs: 950, halfOpenCalls: 2 },
        }),
        storage("shelf"),
      ],
      connections: ["shopper→orders", "orders→shelf"],
      // Every order is followed by a second click within 50 ms, which the guard answers.
      workload: { ratePerS: 10, durationMs: 6_050, client: { doubleClickPct: 100, doubleClickWithinMs: 50 } },
      roles: { "order-store": {} },
    };
    const run = script(network, { answers: { shelf: afterTwoErrors(() => slowly(Outcome.ok, 60)) } });
    // Half-open from about 1.2 s, and closed with the answers of the first two probes.
    const last = run.noted("orders", "open").at(-1)!;
    expect(last).toBeLessThan(2_000);
  });
});

describe("circuitbreaker: a queue in front of it", () => {
  /** Nine messages, one each 100 ms; failures come back after 5 to 15 ms. */
  function queued(parameters: Parameters, pauseWhenOpen = true, between: readonly string[] = []): Network {
    const behavior = { mode: "queue", concurrency: 5, redeliverMs: 10, maxDeliveries: 100, pauseWhenOpen };
    const way = ["jobs", ...between, "breaker", "shelf"];
    return {
      components: [
        person("crowd"),
        channel("jobs", { behavior }),
        ...between.map((id) => step(id)),
        breaker(parameters),
        storage("shelf"),
      ],
      connections: ["crowd→jobs", ...way.slice(1).map((to, i) => `${way[i]}→${to}`)],
      workload: { ratePerS: 10, durationMs: 950 },
    };
  }

  /** Two failures within 16 ms open the breaker; it is half-open a second later. */
  function visitsAfterOpening(run: ReturnType<typeof script>): readonly number[] {
    const [, second, ...rest] = run.visits("shelf").map(({ atMs }) => atMs);
    return rest.map((atMs) => atMs - second!);
  }

  it("pauses while it is open: nothing is refused, and all is delivered after openMs", () => {
    const run = script(queued({}), { answers: { shelf: afterTwoErrors(() => Outcome.ok) } });
    expect(run.noted("breaker", "open")).toEqual([]);
    expect(visitsAfterOpening(run)).toEqual(new Array<number>(9).fill(1_000));
    expect(run.run.recorder.counts.delivered).toBe(9);
  });

  it("pauses while it is half-open without a free probe, and goes on when one is back", () => {
    const run = script(queued({}), { answers: { shelf: afterTwoErrors(() => slowly(Outcome.ok, 500)) } });
    expect(run.noted("breaker", "open")).toEqual([]);
    // Two probes at once; they close it after 500 ms, and then five consumers deliver what is left.
    expect(visitsAfterOpening(run)).toEqual([1_000, 1_000, 1_500, 1_500, 1_500, 1_500, 1_500, 2_000, 2_000]);
  });

  it("goes on when a probe of another caller gives its place back without having counted", () => {
    const network: Network = {
      components: [
        person("direct"),
        person("queued"),
        channel("jobs", { behavior: { mode: "queue", concurrency: 5 } }),
        breaker({ halfOpenCalls: 1 }),
        storage("shelf"),
      ],
      connections: [
        "direct→breaker",
        { from: "queued", to: "jobs", latencyMs: 1_300 },
        "jobs→breaker",
        "breaker→shelf",
      ],
      workload: { ratePerS: 10, durationMs: 1_350 },
    };
    const run = script(network, { answers: { shelf: afterTwoErrors(() => slowly(Outcome.conflict, 350)) } });
    // Open at 300, half-open at 1300: a direct call is the probe until 1650; the first message has waited since 1500.
    const visits = run.visits("shelf").map(({ atMs, serial }) => [Math.round(atMs), serial]);
    expect(visits.slice(0, 4)).toEqual([
      [100, 0],
      [300, 2],
      [1_300, 12],
      [1_650, 1],
    ]);
  });

  it("pauses for a breaker behind another component too", () => {
    const run = script(queued({}, true, ["worker"]), { answers: { shelf: afterTwoErrors(() => Outcome.ok) } });
    expect(Math.min(...visitsAfterOpening(run))).toBe(1_000);
    expect(run.noted("breaker", "open").every((atMs) => atMs > 1_000)).toBe(true);
    expect(run.run.recorder.counts.delivered).toBe(9);
  });

  it("goes on sending into it when it is told not to pause", () => {
    const run = script(queued({}, false), { answers: { shelf: afterTwoErrors(() => Outcome.ok) } });
    expect(run.noted("breaker", "open").length).toBeGreaterThan(5);
    expect(run.run.recorder.counts.delivered).toBe(9);
  });
});
