import { describe, expect, it } from "vitest";
import { Outcome } from "../../src/sim/outcome.js";
import { measure, type Network, person, script, service, step, storage, tool } from "../components/network.js";

const provider = { "payment-provider": { ratePerS: 1_000, timeMs: 300 } };
const goal = { role: "payment-provider", operation: "charge" };

/** One order at 1 s through a step to a provider that takes 300 ms, and a ledger behind it. */
function oneOrder(worker: { readonly mode: string; readonly [parameter: string]: unknown }, clientMs: number): Network {
  return {
    components: [
      person("shopper"),
      step("worker", { behavior: worker }),
      tool("psp", { role: "payment-provider" }),
      storage("ledger"),
    ],
    connections: ["shopper→worker", "worker→psp", "psp→ledger"],
    workload: { ratePerS: 1, durationMs: 1_500, client: { timeoutMs: clientMs } },
    roles: provider,
    goal,
  };
}

describe("a client that gives up", () => {
  it("does not stop the servers: what it called goes on to its end, with every effect", () => {
    const run = script(oneOrder({ mode: "passthrough" }, 100));
    expect(run.noted("client", "client timeout")).toEqual([1_100]);
    expect(run.noted("psp", "charge captured")).toEqual([1_300]);
    expect(run.visits("ledger").map(({ atMs }) => atMs)).toEqual([1_300]);
    expect(run.noted("client", "late answer: ok; the client has gone")).toEqual([1_300]);
    expect(run.told("ok")).toBe(0);
  });

  it("does not stop a retry below it: that is what makes a retry storm", () => {
    const network = oneOrder({ mode: "retry", maxAttempts: 4, backoffMs: 50, jitter: "none", timeoutMs: 5_000 }, 100);
    const run = script(network, { answers: { ledger: () => Outcome.full } });
    // Attempts at 1000, 1350, and so on; every charge but the first is answered from the key after 30 ms.
    expect(run.visits("ledger").map(({ atMs }) => atMs)).toEqual([1_300, 1_380, 1_510, 1_740]);
  });

  it("does not end a retry that waits for a lost call by its own clock", () => {
    const behavior = { mode: "retry", maxAttempts: 2, backoffMs: 50, jitter: "none", timeoutMs: 500 };
    const network: Network = {
      components: [person("crowd"), step("api"), step("worker", { behavior }), storage("shelf")],
      connections: ["crowd→api", "api→worker", "worker→shelf"],
      workload: { ratePerS: 10, durationMs: 150, client: { timeoutMs: 100 } },
    };
    const run = script(network, { answers: { shelf: (visit) => (visit === 0 ? "lost" : Outcome.ok) } });
    expect(run.visits("shelf").map(({ atMs }) => atMs)).toEqual([100, 650]);
    expect(run.station("api").completed).toBe(1);
  });

  it("sends each of its own tries as another request below", () => {
    const network = oneOrder({ mode: "passthrough" }, 100);
    const client = { timeoutMs: 100, retries: 2, backoffMs: 40 };
    const run = script({ ...network, workload: { ...network.workload, client } });
    // Backoff 40, then 80 ms: tries at 1000, 1140 and 1320.
    expect(run.noted("client", "request")).toEqual([1_000, 1_140, 1_320]);
    expect(run.noted("psp", "charge captured")).toEqual([1_300, 1_440, 1_620]);
  });
});

describe("a retry that gives up on an attempt", () => {
  const retry = { mode: "retry", maxAttempts: 1, timeoutMs: 100 };

  it("lets the call in service finish with its effect, and follow no further edge", () => {
    const run = script(oneOrder(retry, 10_000));
    expect(run.noted("worker", "timeout")).not.toEqual([]);
    expect(run.noted("psp", "charge captured")).toEqual([1_300]);
    expect(run.visits("ledger")).toEqual([]);
    expect(run.told("timeout")).toBe(1);
  });

  it("lets a call that waits keep its place, have its service and its effect, and go no further", () => {
    const network: Network = {
      components: [
        person("crowd"),
        step("worker", { behavior: retry }),
        storage("desk", { service: service(400, 1) }),
        storage("archive"),
      ],
      connections: ["crowd→worker", "worker→desk", "desk→archive"],
      workload: { ratePerS: 10, durationMs: 350 },
    };
    const run = measure(network);
    // Three calls at 100, 200 and 300 ms; each is given up after 100 ms, and the desk serves all of them by 1300 ms.
    expect(run.of("worker").failures.timeout).toBe(3);
    expect([run.of("desk").completed, run.of("desk").lost, run.of("desk").sojournMs.mean]).toEqual([3, 0, 700]);
    expect(run.of("archive").arrivals).toBe(0);
    expect(run.endMs).toBe(1_300);
  });

  it("frees the slots of steps that were only waiting below it, at that instant", () => {
    const network: Network = {
      components: [
        person("crowd"),
        step("worker", { behavior: retry }),
        step("broker", { service: service(0, 1) }),
        storage("desk", { service: service(1_000, 10) }),
      ],
      connections: ["crowd→worker", "worker→broker", "broker→desk"],
      workload: { ratePerS: 10, durationMs: 350 },
    };
    const run = script(network);
    // The broker's only slot is free again when the frame above expires: 200, 300 ms, not 1100.
    expect(run.visits("desk").map(({ atMs }) => atMs)).toEqual([100, 200, 300]);
  });

  it("lets a message on the way arrive", () => {
    const network: Network = {
      components: [person("crowd"), step("worker", { behavior: retry }), storage("desk"), storage("archive")],
      connections: ["crowd→worker", { from: "worker", to: "desk", latencyMs: 250 }, "desk→archive"],
      workload: { ratePerS: 10, durationMs: 150 },
    };
    const run = script(network);
    expect(run.visits("desk").map(({ atMs }) => atMs)).toEqual([350]);
    expect(run.visits("archive")).toEqual([]);
  });

  it("ends a backoff below it: no attempt follows, and the slot is free at once", () => {
    const network: Network = {
      components: [
        person("crowd"),
        step("outer", { behavior: retry }),
        step("inner", {
          service: service(0, 1, 0),
          behavior: { mode: "retry", maxAttempts: 5, backoffMs: 80, jitter: "none", timeoutMs: 5_000 },
        }),
        storage("desk"),
      ],
      connections: ["crowd→outer", "outer→inner", "inner→desk"],
      workload: { ratePerS: 5, durationMs: 450 },
    };
    const run = script(network, { answers: { desk: () => Outcome.error } });
    // Attempts at 200 and 280; the third would come at 440, and the outer frame expires at 300. The next call comes at
    // 400 and finds the only slot free.
    expect(run.visits("desk").map(({ atMs }) => atMs)).toEqual([200, 280, 400, 480]);
    expect(run.station("inner").failures[Outcome.full]).toBe(0);
  });
});

/** Copies to a slow and a dead component; only the client waits. */
function copiesOneLost(mode: "passthrough" | "replicate", client: { readonly timeoutMs?: number }): Network {
  const behavior = { mode };
  const fan = mode === "replicate" ? step("fan", { service: service(0, 1), behavior }) : tool("fan", { behavior });
  return {
    components: [
      person("crowd"),
      step("api", { service: service(0, 1) }),
      fan,
      storage("dead"),
      storage("slow", { service: service(3_000, 10) }),
    ],
    connections: ["crowd→api", "api→fan", "fan→dead", "fan→slow"],
    workload: { ratePerS: 0.1, durationMs: 25_000, client },
  };
}

describe("a copy whose reply is lost while its sibling is still out", () => {
  const lost = { answers: { dead: () => "lost" as const } };

  it.each(["passthrough", "replicate"] as const)("%s: frees the slots when the client's timeout comes last", (mode) => {
    const run = script(copiesOneLost(mode, { timeoutMs: 5_000 }), lost);
    // The sibling answers after 3 s, the client gives up after 5 s; the second call comes 10 s after the first.
    expect(run.visits("slow").map(({ atMs }) => atMs)).toEqual([10_000, 20_000]);
    expect(run.engine.calls.live).toBe(0);
  });

  // When the copy was lost its sibling was still out: the frame must be looked at again when that answers.
  it.each(["passthrough", "replicate"] as const)("%s: frees them when the sibling's answer comes last", (mode) => {
    const run = script(copiesOneLost(mode, { timeoutMs: 1_000 }), lost);
    expect(run.visits("slow").map(({ atMs }) => atMs)).toEqual([10_000, 20_000]);
    expect(run.engine.calls.live).toBe(0);
  });

  it.each(["passthrough", "replicate"] as const)("%s: frees them when nobody has a timeout", (mode) => {
    const run = script(copiesOneLost(mode, {}), lost);
    expect(run.visits("slow").map(({ atMs }) => atMs)).toEqual([10_000, 20_000]);
    expect(run.engine.calls.live).toBe(0);
  });

  // Cut loose, the branch has no timeout above it any more.
  it("frees the branch that waits for it when the sibling fails and is reported at once", () => {
    const network: Network = {
      components: [
        person("crowd"),
        tool("fan"),
        step("branch", { service: service(0, 1) }),
        storage("dead"),
        storage("failing"),
      ],
      connections: ["crowd→fan", "fan→branch", "branch→dead", "fan→failing"],
      workload: { ratePerS: 0.1, durationMs: 25_000, client: { timeoutMs: 5_000 } },
    };
    const run = script(network, {
      answers: { dead: () => "lost", failing: () => ({ outcome: Outcome.error, afterMs: 50 }) },
    });
    expect(run.noted("client", "client told error")).toEqual([10_050, 20_050]);
    expect(run.visits("dead").map(({ atMs }) => atMs)).toEqual([10_000, 20_000]);
    expect(run.engine.calls.live).toBe(0);
  });
});
