import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { listProblems, loadProblem } from "../../src/problem/load.js";
import { faultLinesOf } from "../fixtures/input-faults.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();
const problems = fileURLToPath(new URL("../fixtures/problems", import.meta.url));
const smallCheckout = join(problems, "small-checkout.json");

type Json = Record<string, unknown>;

/** The lines for the fixture problem after a change, without their places in the file. */
async function linesAfter(change: (problem: Json) => void): Promise<readonly string[]> {
  const problem = JSON.parse(readFileSync(smallCheckout, "utf8")) as Json;
  change(problem);
  const lines = await faultLinesOf(loadProblem(directory.write("problem.json", JSON.stringify(problem, null, 2))));
  return lines.map((line) => line.replace(/^file:\d+:\d+ /, ""));
}

describe("loadProblem", () => {
  it("finds a built-in problem by its id", async () => {
    const loaded = await loadProblem("small-checkout", problems);
    expect(loaded.problem).toEqual(JSON.parse(readFileSync(smallCheckout, "utf8")));
    expect(loaded.file).toBe(smallCheckout);
    expect(loaded.builtIn).toBe(true);
    expect(loaded.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(loaded.lineOf("/scenarios/1/kind")).toEqual({ line: 20, column: 29 });
  });

  it("takes a user's own file wherever an id is taken", async () => {
    const content = readFileSync(smallCheckout);
    const withSuffix = directory.write("own.json", content);
    expect(await loadProblem(withSuffix, problems)).toMatchObject({ file: withSuffix, builtIn: false });
    const withoutSuffix = directory.write("own-problem", content);
    expect((await loadProblem(withoutSuffix, problems)).problem.id).toBe("small-checkout");
  });

  it("refuses an unknown id with the ids there are and the nearest", async () => {
    expect(await faultLinesOf(loadProblem("smal-checkout", problems))).toEqual([
      'file: there is no built-in problem "smal-checkout", and no such file; did you mean "small-checkout"? Allowed: small-checkout.',
    ]);
    expect(await faultLinesOf(loadProblem("x", join(directory.path, "none")))).toEqual([
      'file: there is no built-in problem "x", and no such file. Allowed: none.',
    ]);
  });

  it("takes no id for a path, and no path for an id", async () => {
    expect(await faultLinesOf(loadProblem("./small-checkout", problems))).toEqual(["file: no such file"]);
    expect(await faultLinesOf(loadProblem("small-checkout.json", problems))).toEqual(["file: no such file"]);
    expect(await faultLinesOf(loadProblem("..", problems))).toEqual([
      'file: there is no built-in problem "..", and no such file. Allowed: small-checkout.',
    ]);
  });

  it("points at the line and column of a fault", async () => {
    const text = readFileSync(smallCheckout, "utf8").replace(
      '"target": "payment-provider", "addMs"',
      '"target": "psp", "addMs"',
    );
    expect(await faultLinesOf(loadProblem(directory.write("problem.json", text)))).toEqual([
      'file:21:50 /scenarios/2/target: the role "psp" is not among the problem\'s roles. Allowed: payment-provider, order-store.',
    ]);
  });
});

describe("what the schema says of a problem", () => {
  it.each<[string, (problem: Json) => void, string]>([
    [
      "unknown property",
      (problem) => Object.assign(problem, { invariant: [] }),
      '/invariant: unknown property "invariant"; did you mean "invariants"? Allowed: id, title, brief, source, scale, constraints, roles, goal, workload, errors, scenarios, criteria, invariants, weights.',
    ],
    [
      "unknown kind",
      (problem) => Object.assign(problem, { scenarios: [{ id: "a", kind: "spyke", multiplier: 2 }] }),
      '/scenarios/0/kind: unknown kind "spyke"; did you mean "spike"? Allowed: baseline, spike, latency, outage, brownout, cascade, adversarial, crash, pause.',
    ],
    [
      "missing property",
      (problem) => Object.assign(problem, { scenarios: [{ id: "a", kind: "spike" }] }),
      '/scenarios/0: the property "multiplier" is missing',
    ],
    [
      "misspelt required property",
      (problem) => Object.assign(problem, { scenarios: [{ id: "a", kind: "spike", multiplyer: 2 }] }),
      '/scenarios/0/multiplyer: the property "multiplier" is missing; "multiplyer" looks like a misspelling of it',
    ],
    [
      "unknown role",
      (problem) => Object.assign(problem.roles as Json, { "order-stor": {} }),
      '/roles/order-stor: unknown property "order-stor"; did you mean "order-store"? Allowed: payment-provider, order-store, outbox, consumer, ledger, read-model, inventory, lock, webhook.',
    ],
    [
      "an invariant that is neither name nor object",
      (problem) => Object.assign(problem, { invariants: [7] }),
      "/invariants/0: must be a string or an object, found 7",
    ],
    [
      "an invariant whose limit is negative",
      (problem) => Object.assign(problem, { invariants: [{ id: "nothing-stuck", limitMs: -1 }] }),
      "/invariants/0/limitMs: must be greater than 0, found -1",
    ],
    [
      "a required behaviour that there is not",
      (problem) => Object.assign(problem.constraints as Json, { requiredBehaviors: ["retyr"] }),
      '/constraints/requiredBehaviors/0: unknown requiredBehaviors "retyr"; did you mean "retry"? Allowed: passthrough, transform, filter, queue, split, delay, condition, retry, ratelimit, circuitbreaker, batch, replicate, person, step, storage, decision, trigger, tool, channel.',
    ],
    [
      "a third provider",
      (problem) => Object.assign(problem, { scenarios: [{ id: "a", kind: "baseline", providers: 3 }] }),
      "/scenarios/0/providers: must be at most 2, found 3",
    ],
    [
      "a second provider with a parameter that there is not",
      (problem) =>
        Object.assign((problem.roles as Json)["payment-provider"] as Json, { second: { timeMs: 1, declineRat: 1 } }),
      '/roles/payment-provider/second/declineRat: unknown property "declineRat"; did you mean "declineRate"? Allowed: ratePerS, timeMs, replyLossRate, unavailableRate, errorRate, errorEffectShare, declineRate, voidFailRate, errorCurve, keyTtlMs.',
    ],
    [
      "a second provider of the second",
      (problem) =>
        Object.assign((problem.roles as Json)["payment-provider"] as Json, { second: { second: { timeMs: 1 } } }),
      '/roles/payment-provider/second/second: unknown property "second". Allowed: ratePerS, timeMs, replyLossRate, unavailableRate, errorRate, errorEffectShare, declineRate, voidFailRate, errorCurve, keyTtlMs.',
    ],
    [
      "an id that is no identifier",
      (problem) => Object.assign(problem, { id: "Small Checkout" }),
      '/id: must be a string that matches ^[a-z0-9][a-z0-9-]*$, found the string "Small Checkout"',
    ],
  ])("%s", async (_name, change, expected) => {
    expect(await linesAfter(change)).toEqual([expected]);
  });
});

describe("a scenario that changes roles", () => {
  const changing = (roles: Json) => (problem: Json) => Object.assign((problem.scenarios as Json[])[1]!, { roles });

  it("states only what it changes of them", async () => {
    const problem = JSON.parse(readFileSync(smallCheckout, "utf8")) as Json;
    changing({ "payment-provider": { ratePerS: 9 }, "order-store": {} })(problem);
    const { problem: loaded } = await loadProblem(directory.write("changing.json", JSON.stringify(problem)));
    expect(loaded.scenarios[1]!.roles).toEqual({ "payment-provider": { ratePerS: 9 }, "order-store": {} });
  });

  it("is refused where the problem has no such role, with the place and the nearest", async () => {
    const problem = readFileSync(smallCheckout, "utf8");
    const misspelt = problem.replace('"kind": "baseline" }', '"kind": "baseline", "roles": { "order-stor": {} } }');
    expect(await faultLinesOf(loadProblem(directory.write("problem.json", misspelt)))).toEqual([
      expect.stringMatching(
        /^file:19:56 \/scenarios\/0\/roles\/order-stor: unknown property "order-stor"; did you mean "order-store"\?/,
      ),
    ]);
    expect(await linesAfter(changing({ outbox: {} }))).toEqual([
      '/scenarios/1/roles/outbox: the role "outbox" is not among the problem\'s roles. Allowed: payment-provider, order-store.',
    ]);
  });

  it("is refused where a role has no such parameter, or not such a value", async () => {
    expect(await linesAfter(changing({ "payment-provider": { rate: 9 } }))).toEqual([
      expect.stringContaining('/scenarios/1/roles/payment-provider/rate: unknown property "rate"'),
    ]);
    expect(await linesAfter(changing({ "payment-provider": { ratePerS: 0 } }))).toEqual([
      "/scenarios/1/roles/payment-provider/ratePerS: must be greater than 0, found 0",
    ]);
  });
});

describe("what the schema cannot say of a problem", () => {
  const scenario = (fields: Json) => (problem: Json) => Object.assign(problem, { scenarios: [{ id: "a", ...fields }] });

  it.each<[string, (problem: Json) => void, readonly string[]]>([
    [
      "a workload without a rate",
      (problem) => Object.assign(problem, { workload: { durationMs: 1000 } }),
      [
        '/workload: the workload needs a rate: either "ratePerS" or "profile"',
        "/scenarios/1/startMs: 30000 ms is outside of the run, whose arrivals last 1000 ms",
        "/scenarios/1/endMs: 150000 ms is outside of the run, whose arrivals last 1000 ms",
        "/scenarios/3/startMs: 60000 ms is outside of the run, whose arrivals last 1000 ms",
        "/scenarios/3/endMs: 120000 ms is outside of the run, whose arrivals last 1000 ms",
      ],
    ],
    [
      "a workload with two rates",
      (problem) => Object.assign(problem.workload as Json, { profile: [{ atMs: 0, ratePerS: 5 }] }),
      ['/workload/profile: both "ratePerS" and "profile" are given; only one may be'],
    ],
    [
      "a scenario with two rates of its own",
      scenario({ kind: "baseline", workload: { ratePerS: 1, profile: [{ atMs: 0, ratePerS: 5 }] } }),
      ['/scenarios/0/workload/profile: both "ratePerS" and "profile" are given; only one may be'],
    ],
    [
      "a profile out of order",
      (problem) =>
        Object.assign(problem, {
          workload: {
            durationMs: 180_000,
            profile: [
              { atMs: 0, ratePerS: 5 },
              { atMs: 9000, ratePerS: 5 },
              { atMs: 9000, ratePerS: 7 },
              { atMs: 100, ratePerS: 5 },
            ],
          },
        }),
      ["/workload/profile/3/atMs: points must be in order of time: 100 comes after 9000"],
    ],
    [
      "a profile in which nothing arrives",
      scenario({ kind: "baseline", workload: { profile: [{ atMs: 0, ratePerS: 0 }] } }),
      ["/scenarios/0/workload/profile: no point of the profile has a rate above 0, so nothing would ever arrive"],
    ],
    [
      "an empty window",
      scenario({ kind: "spike", multiplier: 2, startMs: 5000, endMs: 5000 }),
      ["/scenarios/0/endMs: the window ends at 5000 ms, not after its start at 5000 ms"],
    ],
    [
      "a window after the scenario's own, shorter run",
      scenario({ kind: "spike", multiplier: 2, endMs: 5000, workload: { durationMs: 4000 } }),
      ["/scenarios/0/endMs: 5000 ms is outside of the run, whose arrivals last 4000 ms"],
    ],
    [
      "a cascade's fault with an unknown target and an empty window",
      scenario({ kind: "cascade", fault: { target: "paymentprovider", mode: "failfast", startMs: 10, endMs: 5 } }),
      [
        '/scenarios/0/fault/target: the role "paymentprovider" is not among the problem\'s roles; did you mean "payment-provider"? Allowed: payment-provider, order-store.',
        "/scenarios/0/fault/endMs: the window ends at 5 ms, not after its start at 10 ms",
      ],
    ],
    [
      "two scenarios of one id",
      (problem) => Object.assign((problem.scenarios as Json[])[1] ?? {}, { id: "baseline" }),
      ['/scenarios/1/id: duplicate scenario id "baseline", first on line 40'],
    ],
    [
      "a pause that ends before it begins",
      scenario({ kind: "pause", rate: 0.1, minMs: 2000, maxMs: 1000 }),
      ["/scenarios/0/maxMs: the longest pause, 1000 ms, is shorter than the shortest, 2000 ms"],
    ],
    [
      "a latency scenario that changes nothing",
      scenario({ kind: "latency", target: "payment-provider" }),
      ['/scenarios/0: a latency scenario needs "addMs" or "factor"'],
    ],
    [
      "a goal whose role the problem does not have",
      (problem) => Object.assign(problem.goal as Json, { role: "order-shop" }),
      [
        '/goal/role: the role "order-shop" is not among the problem\'s roles; did you mean "order-store"? Allowed: payment-provider, order-store.',
      ],
    ],
    [
      "a number of repeated requests without their time",
      (problem) => Object.assign(problem.workload as Json, { client: { resubmits: 2 } }),
      ['/workload/client/resubmits: "resubmits" needs "resubmitMs": after how long the request is sent again'],
    ],
    [
      "a second device that is over before it begins",
      (problem) =>
        Object.assign(problem.workload as Json, { client: { secondDeviceFromMs: 300, secondDeviceToMs: 200 } }),
      ["/workload/client/secondDeviceToMs: the window ends at 200 ms, not after its start at 300 ms"],
    ],
    [
      "a scenario's second device that begins after the problem's end of it",
      (problem) => {
        Object.assign(problem.workload as Json, { client: { secondDeviceToMs: 200 } });
        scenario({ kind: "baseline", workload: { client: { secondDeviceFromMs: 300 } } })(problem);
      },
      ["/scenarios/0/workload/client/secondDeviceFromMs: the window ends at 200 ms, not after its start at 300 ms"],
    ],
    [
      "carts of two items of one SKU",
      (problem) => Object.assign(problem.workload as Json, { cart: { twoItemShare: 0.4 } }),
      ["/workload/cart/twoItemShare: must be 0 where there is one SKU, found 0.4"],
    ],
    [
      "a scenario that leaves one SKU to carts of two items",
      (problem) => {
        Object.assign(problem.workload as Json, { cart: { skus: 5, twoItemShare: 0.4 } });
        scenario({ kind: "baseline", workload: { cart: { skus: 1 } } })(problem);
      },
      ["/scenarios/0/workload/cart/skus: must be 2 or more where carts have two items, found 1"],
    ],
    [
      "carts and stocks that cannot be",
      (problem) => {
        Object.assign(problem.workload as Json, { cart: { skus: 0, hotShare: 1.5, items: 2 } });
        Object.assign(problem.roles as Json, { inventory: { unitsPerSku: 0.5, hotUnits: -1 }, lock: { leaseMs: 1 } });
      },
      [
        "/roles/inventory/unitsPerSku: must be a whole number, found 0.5",
        "/roles/inventory/hotUnits: must be at least 0, found -1",
        '/roles/lock/leaseMs: unknown property "leaseMs". Allowed: none.',
        "/workload/cart/skus: must be at least 1, found 0",
        "/workload/cart/hotShare: must be at most 1, found 1.5",
        '/workload/cart/items: unknown property "items". Allowed: skus, hotShare, twoItemShare.',
      ],
    ],
    [
      "a warm-up as long as the run",
      (problem) => Object.assign(problem.workload as Json, { warmupMs: 180_000 }),
      ["/workload/warmupMs: a warm-up of 180000 ms leaves nothing of the 180000 ms of arrivals"],
    ],
    [
      "a scenario shorter than the problem's warm-up",
      (problem) => {
        Object.assign(problem.workload as Json, { warmupMs: 5000 });
        scenario({ kind: "baseline", workload: { durationMs: 4000 } })(problem);
      },
      ["/scenarios/0/workload/durationMs: a warm-up of 5000 ms leaves nothing of the 4000 ms of arrivals"],
    ],
    [
      "weights of nothing",
      (problem) =>
        Object.assign(problem, { weights: { stability: 0, delivery: 0, design: 0, constraints: 0, cost: 0 } }),
      ["/weights: at least one weight must be above 0"],
    ],
  ])("%s", async (_name, change, expected) => {
    expect(await linesAfter(change)).toEqual(expected);
  });

  it("is told together with what the schema says", async () => {
    const lines = await linesAfter((problem) => {
      scenario({ kind: "latency", target: "psp", addMs: -1 })(problem);
      Object.assign(problem.workload as Json, { durationMs: "long" });
    });
    expect(lines).toEqual([
      '/workload/durationMs: must be a number, found the string "long"',
      '/scenarios/0/target: the role "psp" is not among the problem\'s roles. Allowed: payment-provider, order-store.',
      "/scenarios/0/addMs: must be at least 0, found -1",
    ]);
  });
});

describe("listProblems", () => {
  it("gives a summary of each problem, sorted by id", async () => {
    const text = readFileSync(smallCheckout, "utf8");
    directory.write("list/b.json", text.replace('"small-checkout"', '"b"'));
    directory.write("list/a.json", text.replace('"small-checkout"', '"a"').replace(/ *"constraints".*\n/, ""));
    directory.write("list/README.md", "no problem");
    const summary = { title: "A small checkout", scenarios: ["baseline", "sale", "slow", "dead"] };
    expect(await listProblems(join(directory.path, "list"))).toEqual([
      { id: "a", ...summary, maxComponents: null, requiredBehaviors: [], monthlyBudgetUsd: null },
      { id: "b", ...summary, maxComponents: 12, requiredBehaviors: ["queue", "storage"], monthlyBudgetUsd: 800 },
    ]);
  });

  it("is empty without problems, and without a directory", async () => {
    directory.write("empty/README.md", "nothing here");
    expect(await listProblems(join(directory.path, "empty"))).toEqual([]);
    expect(await listProblems(join(directory.path, "missing"))).toEqual([]);
  });

  it("lists only valid problems that come with the package", async () => {
    for (const problem of await listProblems()) expect((await loadProblem(problem.id)).problem.id).toBe(problem.id);
  });
});
