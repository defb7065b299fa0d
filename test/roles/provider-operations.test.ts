import { describe, expect, it } from "vitest";
import type { Component, Connection } from "../../src/canvas/canvas.js";
import { compile } from "../../src/compile/compile.js";
import { simulate } from "../../src/scenarios/simulate.js";
import { binomial, buyer, canvasOf, down, instant, play, problemOf, psp, type World, worker } from "./world.js";

const api: Component = { id: "api", type: "step", service: instant };

/** buyer → api, which asks the provider for these operations, one after another; 100 ms each. */
function asking(operations: readonly string[], rest: Partial<World> = {}, key: "item" | "attempt" = "item"): World {
  const calls = operations.map(
    (operation, index): Connection => ({ id: `${index}`, from: "api", to: "psp", operation }),
  );
  return { components: [buyer, api, psp(key)], connections: ["buyer>api", ...calls], ...rest };
}

/** What the provider says and does, and what the client is told, without times and keys. */
function told(world: World): readonly string[] {
  return play(world)
    .story()
    .filter((line) => /psp:|client told/.test(line))
    .map((line) => line.replace(/^\S+ \S+ /, "").replace(/ (under key \d+|without a key)/, ""));
}

function judge(world: World, operation: string, ids: readonly string[]) {
  const problem = { ...problemOf(world), goal: { role: "payment-provider", operation }, invariants: ids };
  return simulate(compile(canvasOf(world), problem), { seed: 1 })[0]!;
}

describe("authorise and capture", () => {
  it("put money aside, and take it", () => {
    const { run } = play(asking(["authorise", "capture"]));
    expect([run.truth.chargeCount, run.recorder.counts.offered]).toEqual([1, 1]);
    expect(told(asking(["authorise", "capture"]))).toEqual([
      "authorised: 1 held for this intent",
      "authorisation captured: 1 live for this intent",
      "client told ok",
    ]);
  });

  it("a hold is no charge; a capture takes one hold, once", () => {
    expect(told(asking(["authorise"]))).toEqual(["authorised: 1 held for this intent", "client told ok"]);
    expect(told(asking(["authorise", "capture", "capture"])).slice(1)).toEqual([
      "authorisation captured: 1 live for this intent",
      "key known: the capture stands",
      "client told ok",
    ]);
    // Without a key that repeats, the second finds no hold any more.
    expect(told(asking(["authorise", "capture", "capture"], {}, "attempt")).slice(1)).toEqual([
      "authorisation captured: 1 live for this intent",
      "nothing here to capture",
      "error",
      "client told error",
    ]);
  });

  it("without a hold a capture is an error, and is not stored: it may come before the authorisation", () => {
    const components = [buyer, worker({ maxAttempts: 3 }), psp()];
    const early = asking([], {
      components,
      connections: ["buyer>worker", { from: "worker", to: "psp", operation: "capture" }],
    });
    const tries = play(early).notes(/nothing here to capture/);
    expect(tries.map(({ atMs }) => atMs)).toEqual([1100, 1400, 1900]);
    expect(play(early).run.truth.chargeCount).toBe(0);
  });

  it("an authorisation under a known key holds once, and again without one", () => {
    expect(told(asking(["authorise", "authorise"])).slice(1)).toEqual([
      "key known: the authorisation stands",
      "client told ok",
    ]);
    expect(told(asking(["authorise", "authorise"], {}, "attempt"))[1]).toBe("authorised: 2 held for this intent");
  });

  it("a void gives back the hold, else the charge", () => {
    expect(told(asking(["authorise", "void", "capture"])).slice(1, 3)).toEqual([
      "authorisation voided",
      "nothing here to capture",
    ]);
    expect(told(asking(["authorise", "capture", "void", "void"])).slice(2, 4)).toEqual([
      "charge voided",
      "nothing to void",
    ]);
  });

  it("a void gives back what its own request has charged, and nothing of the cart's other one", () => {
    const client = { secondDevicePct: 100, secondDeviceFromMs: 500, secondDeviceToMs: 500 };
    const devices = told(asking(["void", "charge"], { workload: { client } })).filter(
      (line) => !line.startsWith("client"),
    );
    expect(devices).toEqual([
      "nothing to void",
      "charge captured: 1 live for this intent",
      "nothing to void",
      "charge captured: 2 live for this intent",
    ]);
  });

  it("what was voided is replayed as it was stored", () => {
    expect(told(asking(["charge", "void", "charge"])).slice(1, 3)).toEqual([
      "charge voided",
      "key known: the charge stands",
    ]);
  });

  it("declines come to the authorisation, and none to the capture", () => {
    const provider = { declineRate: 1 };
    expect(told(asking(["authorise", "capture"], { provider }))).toEqual(["declined", "client told declined"]);
    const some = asking(["authorise", "capture"], {
      provider: { declineRate: 0.5, ratePerS: 1000, timeMs: 1 },
      workload: { ratePerS: 100, durationMs: 50_000 },
    });
    const { declined, delivered, offered } = judge(some, "capture", []).metrics;
    const { low, high } = binomial(offered, 0.5);
    expect(declined).toBeGreaterThan(low);
    expect(declined).toBeLessThan(high);
    expect(delivered).toBe(offered - declined);
  });

  it("carry the goal where it is theirs", () => {
    const paid = asking(["authorise", "capture"]);
    expect(judge(paid, "capture", ["no-phantom-success", "no-lost-charge"])).toMatchObject({
      metrics: { delivered: 1 },
      invariants: [{ violations: 0 }, { violations: 0 }, { id: "nothing-stuck", violations: 0 }],
    });
    expect(judge(asking(["authorise"]), "capture", []).metrics.delivered).toBe(0);
    expect(judge(asking(["authorise"]), "authorise", []).metrics.delivered).toBe(1);
    // Who asks for a charge has one when its authorisation is captured.
    expect(judge(paid, "charge", ["no-phantom-success", "no-lost-charge"])).toMatchObject({
      metrics: { delivered: 1 },
      invariants: [{ violations: 0 }, { violations: 0 }, { id: "nothing-stuck", violations: 0 }],
    });
    expect(judge(asking(["authorise"]), "charge", []).metrics.delivered).toBe(0);
    expect(judge(asking(["charge"]), "capture", []).metrics.delivered).toBe(0);
  });

  it("a query asks after the goal, and says apart that there is but a hold", () => {
    const query = (operations: readonly string[]) => told(asking([...operations, "query"])).at(-2);
    expect(query(["authorise"])).toBe("query: authorised only");
    expect(query(["authorise", "capture"])).toBe("query: charged");
    expect(query([])).toBe("query: no charge");
    expect(query(["authorise", "void"])).toBe("query: no charge");
  });
});

describe("a refund", () => {
  it("gives back a part of a charge, once under its key, which is the charge's too", () => {
    expect(told(asking(["charge", "refund", "refund"]))).toEqual([
      "charge captured: 1 live for this intent",
      "refunded: 1 for this intent",
      "key known: the refund stands",
      "client told ok",
    ]);
  });

  it("without a charge is an error", () => {
    expect(told(asking(["refund"]))).toEqual(["nothing here to refund", "error", "client told error"]);
    expect(told(asking(["charge", "void", "refund"])).at(-3)).toBe("nothing here to refund");
  });

  it("of what was declined is declined, for it will never be there", () => {
    const shelf: Component = { id: "shelf", type: "storage", service: instant };
    const both = (declineRate: number, later: string): World => ({
      components: [buyer, shelf, psp()],
      connections: [
        "buyer>shelf",
        { id: "charge", from: "shelf", to: "psp" },
        { id: "later", from: "shelf", to: "psp", operation: later, latencyMs: 500 },
      ],
      provider: { declineRate },
    });
    expect(told(both(1, "refund")).filter((line) => !line.startsWith("client"))).toEqual([
      "declined",
      "nothing here to refund",
      "declined",
    ]);
    expect(told(both(1, "capture")).slice(-2)).toEqual(["nothing here to capture", "error"]);
    expect(told(both(0, "refund"))).toContain("refunded: 1 for this intent");
  });

  /** The first charge is answered at 1100 ms; its refund is made at 1200, and asked for again at 1600 if need be. */
  function refunds(key: "item" | "attempt", scenario?: World["scenario"]) {
    const world: World = {
      components: [buyer, api, worker({ maxAttempts: 3, timeoutMs: 300 }), psp(key)],
      connections: [
        "buyer>api",
        { id: "charge", from: "api", to: "psp" },
        "api>worker",
        { id: "refund", from: "worker", to: "psp", operation: "refund" },
      ],
      workload: { ratePerS: 1, durationMs: 5000 },
      ...(scenario === undefined ? {} : { scenario }),
    };
    return judge(world, "charge", ["no-double-refund"]).invariants[0]!;
  }

  it("is given twice where its answer is lost and each try has a new key", () => {
    const lost = down("blackhole", 1150, 1400);
    expect(refunds("attempt", lost)).toMatchObject({ id: "no-double-refund", violations: 1, exposure: 1 });
    expect(refunds("item", lost)).toMatchObject({ violations: 0, exposure: 1 });
    expect(refunds("attempt")).toMatchObject({ violations: 0, exposure: 0 });
  });
});

describe("what is asked under the operation's own key", () => {
  it("of a retry that queries: the operation it tried, not another", () => {
    const components = [buyer, api, worker({ onUnknown: "query", maxAttempts: 3, timeoutMs: 300 }), psp()];
    const world: World = {
      components,
      connections: [
        "buyer>api",
        { id: "charge", from: "api", to: "psp" },
        { from: "api", to: "worker", latencyMs: 20 },
        { id: "refund", from: "worker", to: "psp", operation: "refund" },
      ],
    };
    const { notes } = play({ ...world, scenario: down("blackhole", 1150, 1250) });
    // Made and lost at 1220; the query of 1620 finds it.
    expect(notes(/^refunded/)).toHaveLength(1);
    expect(notes(/query/).map(({ what }) => what)).toEqual(["query: refunded"]);
    // Lost on its way there: the query finds none, and the same attempt makes it.
    const before = play({ ...world, scenario: down("blackhole", 1110, 1150) });
    expect(before.notes(/query|refunded/).map(({ what }) => what.replace(/ under.*/, ""))).toEqual([
      "query: no refund",
      "refunded",
    ]);
  });
});
