import { describe, expect, it } from "vitest";
import type { Connection } from "../../src/canvas/canvas.js";
import { CallFlag, none } from "../../src/sim/calls.js";
import type { Engine } from "../../src/sim/engine.js";
import { Outcome } from "../../src/sim/outcome.js";
import { type Answer, channel, type Network, person, script, service, step, storage } from "./network.js";

interface Guarded {
  readonly openFor?: "never-sent" | "any";
  readonly breaker?: object;
  /** Attempts of the worker, 2 s apart. */
  readonly maxAttempts?: number;
  readonly timeoutMs?: number;
  readonly calls?: number;
  readonly rest?: Partial<Network>;
}

/** crowd → worker (retry) → breaker → main, breaker –open→ spare; a call each 100 ms from 100 ms on. */
function guarded({ openFor, breaker, maxAttempts = 1, timeoutMs = 500, calls = 10, rest }: Guarded): Network {
  const retry = { mode: "retry", maxAttempts, jitter: "none", backoffMs: 2000, backoffFactor: 1, timeoutMs };
  const behavior = { mode: "circuitbreaker", window: 2, minCalls: 2, openMs: 1_000_000, ...breaker };
  const aside: Connection = { from: "breaker", to: "spare", on: "open", ...(openFor === undefined ? {} : { openFor }) };
  return {
    components: [
      person("crowd"),
      step("worker", { behavior: retry }),
      step("breaker", { behavior }),
      storage("main"),
      storage("spare"),
    ],
    connections: ["crowd→worker", "worker→breaker", "breaker→main", aside],
    workload: { ratePerS: 10, durationMs: 100 * calls + 50 },
    ...rest,
  };
}

const serials = (run: ReturnType<typeof script>, id: string) => run.visits(id).map(({ serial }) => serial);
const times = (run: ReturnType<typeof script>, id: string) => run.visits(id).map(({ atMs }) => atMs);
const failing = (...failures: readonly Answer[]) => ({ main: (visit: number) => failures[visit] ?? Outcome.ok });

describe("a breaker with an open edge", () => {
  it("diverts what it refuses and what it never sent", () => {
    const run = script(guarded({}), { answers: failing(Outcome.error, Outcome.error) });
    expect(serials(run, "main")).toEqual([0, 1]);
    expect(serials(run, "spare")).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(run.told("ok")).toBe(8);
    expect(run.station("breaker").failures[Outcome.open]).toBe(0);
  });

  it.each([
    ["an error", Outcome.error],
    ["no answer", "lost"],
  ] as const)("refuses what had %s the usual way, for it may have had its effect there", (_, answer) => {
    const network = guarded({ maxAttempts: 2, calls: 2 });
    const run = script(network, { answers: failing(answer, answer) });
    expect(serials(run, "main")).toEqual([0, 1]);
    expect(serials(run, "spare")).toEqual([]);
    expect(run.told("open")).toBe(2);
  });

  it.each([
    ["full", Outcome.full],
    ["unavailable", Outcome.unavailable],
  ] as const)("diverts what was answered %s, which had no effect", (_, answer) => {
    const run = script(guarded({ maxAttempts: 2, calls: 2 }), { answers: failing(answer, answer) });
    expect(serials(run, "main")).toEqual([0, 1]);
    expect(serials(run, "spare")).toEqual([0, 1]);
    expect(run.told("ok")).toBe(2);
  });

  it("does not take a refusal for one of the attempt before, which had no answer", () => {
    // Intent 0: lost at 100, asked again at 100 + 500 + 2000 and refused; the breaker opens with intent 1's and that.
    const network = guarded({ maxAttempts: 3, calls: 1, breaker: { window: 2, minCalls: 2 } });
    const run = script(network, { answers: failing("lost", Outcome.unavailable) });
    expect(serials(run, "main")).toEqual([0, 0]);
    expect(serials(run, "spare")).toEqual([]);
    expect(run.told("open")).toBe(1);
  });

  it("diverts anything with openFor any", () => {
    const network = guarded({ openFor: "any", maxAttempts: 2, calls: 2 });
    const run = script(network, { answers: failing(Outcome.error, "lost") });
    expect(serials(run, "spare")).toEqual([0, 1]);
    expect(run.told("ok")).toBe(2);
  });

  it("keeps to the other way what went it first, also when it is closed again", () => {
    // Open from 200 to 1200 ms; intent 2 is diverted at 300 and asked again at 300 + 2000.
    const network = guarded({ breaker: { openMs: 1000, halfOpenCalls: 1 }, maxAttempts: 2, calls: 30 });
    const answers = {
      ...failing(Outcome.unavailable, Outcome.unavailable),
      spare: (visit: number): Answer => (visit === 0 ? Outcome.error : Outcome.ok),
    };
    const run = script(network, { answers });
    const diverted = run.visits("spare").filter(({ serial }) => serial === 2);
    expect(diverted.map(({ atMs }) => atMs)).toEqual([300, 2300]);
    expect(serials(run, "main").filter((serial) => serial === 2)).toEqual([]);
    // What was diverted and answered was not asked again; what arrived after the probe went the usual way.
    expect(Math.max(...times(run, "spare").filter((atMs) => atMs !== 2300))).toBeLessThan(1300);
    expect(serials(run, "main")).toContain(20);
    // Intents 0 and 1 were refused, so they were free at 2100 and 2200, when the breaker was closed.
    expect(serials(run, "main").filter((serial) => serial < 2)).toEqual([0, 1, 0, 1]);
  });

  it("lets go of the other way, too, what was refused there", () => {
    const network = guarded({ breaker: { openMs: 1000, halfOpenCalls: 1 }, maxAttempts: 2, calls: 30 });
    const answers = {
      ...failing(Outcome.error, Outcome.error),
      spare: (visit: number): Answer => (visit === 0 ? Outcome.full : Outcome.ok),
    };
    const run = script(network, { answers });
    expect(run.visits("main").filter(({ serial }) => serial === 2)).toMatchObject([{ atMs: 2300 }]);
  });

  it("counts nothing of the other way", () => {
    const answers = { ...failing(Outcome.error, Outcome.error), spare: (): Answer => Outcome.error };
    const run = script(guarded({ breaker: { openMs: 500, halfOpenCalls: 1 }, calls: 20 }), { answers });
    // Half-open at 700: one probe, ok; eight failures of the other way in between opened nothing.
    expect(run.breakerOpens("breaker")).toBe(1);
    expect(serials(run, "spare")).toEqual([2, 3, 4, 5]);
    expect(serials(run, "main").slice(2, 4)).toEqual([6, 7]);
  });

  it("diverts, half-open, what finds no free probe", () => {
    const network = guarded({ breaker: { openMs: 450, halfOpenCalls: 1 }, timeoutMs: 5000, calls: 9 });
    const slow: Answer = { outcome: Outcome.declined, afterMs: 250 };
    const run = script(network, { answers: failing(Outcome.error, Outcome.error, slow) });
    // Open at 200, half-open at 650: the call at 700 is the probe until 950, and nothing is left to be the next.
    expect(times(run, "main").slice(2)).toEqual([700]);
    expect(serials(run, "spare")).toEqual([2, 3, 4, 5, 7, 8]);
  });

  it("gives what it diverts a slot and service as any other", () => {
    const network = guarded({ calls: 5, timeoutMs: 100_000 });
    const components = network.components.map((component) =>
      component.id === "breaker" ? { ...component, service: service(140, 1) } : component,
    );
    const answers = {
      main: (): Answer => Outcome.error,
      spare: (): Answer => ({ outcome: Outcome.declined, afterMs: 1000 }),
    };
    const run = script({ ...network, components }, { answers });
    // Open from 380 on; the third was admitted at 300. The others have the slot until they are answered.
    expect(times(run, "main")).toEqual([240, 380, 520]);
    expect(times(run, "spare")).toEqual([660, 1800]);
  });

  it("hands on how the other way ends, and its own failure edge applies to that", () => {
    const network = guarded({ calls: 3 });
    const connections = [...network.connections, { from: "breaker", to: "last", on: "failure" } as const];
    const answers = { main: (): Answer => Outcome.error, spare: (): Answer => Outcome.error };
    const plain = script(network, { answers });
    expect(plain.told("error")).toBe(3);
    const run = script({ ...network, connections, components: [...network.components, storage("last")] }, { answers });
    expect(serials(run, "last")).toEqual([0, 1, 2]);
    expect(run.told("ok")).toBe(3);
  });

  it("does not wait for an asynchronous way", () => {
    const network = guarded({ calls: 3 });
    const connections = [
      ...network.connections.slice(0, -1),
      { from: "breaker", to: "spare", on: "open", async: true },
    ];
    const answers = { main: (): Answer => Outcome.error, spare: (): Answer => Outcome.error };
    const run = script({ ...network, connections: connections as Connection[] }, { answers });
    expect(serials(run, "spare")).toEqual([2]);
    expect(run.told("ok")).toBe(1);
  });
});

describe("calls that ask or undo", () => {
  /** Sends a call of its own to the breaker, with the item of the n-th intent. */
  const sends = (serial: number, flag: number) => (engine: Engine) => {
    const { intents, calls } = engine;
    const breaker = engine.stations.findIndex(({ spec }) => spec.id === "breaker");
    intents.forEachOpen((intent) => {
      if (intents.serial[intent] !== serial) return;
      const call = engine.takeCall(breaker, none, intent, intents.newestItem(intent), 0);
      calls.flags[call]! |= flag;
      engine.service.arrive(call);
    });
  };

  const slow: Answer = { outcome: Outcome.declined, afterMs: 9000 };

  it.each([
    ["query", CallFlag.query],
    ["undo", CallFlag.undo],
  ] as const)("go where the item went: %s", (_, flag) => {
    // Intents 0 and 3 are under way for 9 s; 1 and 2 open the breaker between them.
    const network = guarded({ timeoutMs: 20_000, calls: 4 });
    const answers = { main: (visit: number): Answer => (visit === 0 ? slow : Outcome.error), spare: () => slow };
    const other = script(network, { answers, at: [[5000, sends(3, flag)]] });
    expect(times(other, "spare")).toEqual([400, 5000]);
    expect(serials(other, "spare")).toEqual([3, 3]);
    const usual = script(network, { answers, at: [[5000, sends(0, flag)]] });
    expect(times(usual, "spare")).toEqual([400]);
  });

  /** Intents reach the breaker 10 s after their arrival; calls of their own for 0 and 1 open it from 1 s to 9 s. */
  function early(flag: number) {
    const network = guarded({ breaker: { openMs: 8000 }, timeoutMs: 100_000, calls: 3 });
    const components = network.components.map((component) =>
      component.id === "worker" ? { ...component, service: service(10_000, 10) } : component,
    );
    return script(
      { ...network, components },
      {
        answers: failing(Outcome.error, Outcome.error),
        at: [
          [1000, sends(0, 0)],
          [1000, sends(1, 0)],
          [5000, sends(2, flag)],
        ],
      },
    );
  }

  it("bind the item to no way: a query of what was never sent", () => {
    const run = early(CallFlag.query);
    expect(times(run, "spare")).toEqual([5000]);
    expect(serials(run, "main")).toEqual([0, 1, 0, 1, 2]);
    const bound = early(0);
    expect(times(bound, "spare")).toEqual([5000, 10_300]);
  });

  it("of an item that is refused while another is at work: the item stays where that one is", () => {
    const network = guarded({ timeoutMs: 20_000, calls: 3 });
    const main = (visit: number): Answer => [slow, Outcome.unavailable, Outcome.error][visit] ?? Outcome.ok;
    const run = script(network, {
      answers: { main },
      at: [
        [150, sends(0, 0)],
        [5000, sends(0, 0)],
      ],
    });
    expect(serials(run, "main")).toEqual([0, 0, 1]);
    expect(serials(run, "spare")).toEqual([2]);
    expect(run.station("breaker").failures[Outcome.open]).toBe(1);
  });

  it("never go the other way to undo what was never sent", () => {
    const run = early(CallFlag.undo);
    expect(times(run, "spare")).toEqual([]);
  });

  /** The breaker serves 110 ms and opens at 310; intent 2 is admitted at 300, and a second call of it at 320. */
  function race(timeFactor: number) {
    const network = guarded({ calls: 3 });
    const components = network.components.map((component) =>
      component.id === "breaker" ? { ...component, service: service(110, 10) } : component,
    );
    const hurry = (engine: Engine): void => {
      engine.stations.find(({ spec }) => spec.id === "breaker")!.timeFactor = timeFactor;
    };
    const at = [[315, hurry] as const, [320, sends(2, 0)] as const];
    return script({ ...network, components }, { answers: failing(Outcome.error, Outcome.error), at });
  }

  it("of one item at once: the first that is sent decides", () => {
    const usual = race(1);
    expect(times(usual, "main")).toEqual([210, 310, 410]);
    expect(times(usual, "spare")).toEqual([]);
    expect(usual.station("breaker").failures[Outcome.open]).toBe(1);
    const other = race(0.1);
    expect(times(other, "main")).toEqual([210, 310]);
    expect(times(other, "spare")).toEqual([331, 410]);
  });
});

describe("a queue before a breaker", () => {
  const mailed = (openEdge: boolean): Network => {
    const network = guarded({ calls: 5 });
    const mail = channel("mail", { behavior: { mode: "queue", concurrency: 10, maxDeliveries: 1 } });
    const connections = ["crowd→mail", "mail→worker", ...network.connections.slice(1)];
    return {
      ...network,
      components: [...network.components, mail],
      connections: openEdge ? connections : connections.slice(0, -1),
    };
  };

  it("pauses while it is open, unless it has another way", () => {
    const answers = failing(Outcome.error, Outcome.error);
    const paused = script(mailed(false), { answers });
    expect(serials(paused, "main")).toEqual([0, 1, 2, 3, 4]);
    expect(times(paused, "main")[2]).toBe(1_000_200);
    const run = script(mailed(true), { answers });
    expect(serials(run, "spare")).toEqual([2, 3, 4]);
  });
});
