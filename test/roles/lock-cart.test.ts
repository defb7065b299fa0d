import { describe, expect, it } from "vitest";
import type { Engine } from "../../src/sim/engine.js";
import { Outcome } from "../../src/sim/outcome.js";
import { measure, type Script, script, storage } from "../components/network.js";
import { ask, type Till, tillOf } from "./till.js";

/** One intent, at 1000 ms, and its second device 300 ms later. */
const twice = {
  ratePerS: 1,
  durationMs: 1500,
  client: { secondDevicePct: 100, secondDeviceFromMs: 300, secondDeviceToMs: 300 },
};

const paid: Script = { answers: { pay: () => ({ outcome: Outcome.ok, afterMs: 500 }) } };

function tell(till: Partial<Till>, scripted: Script = paid) {
  const steps = ["lock acquire", "pay"];
  const run = script(tillOf({ steps, others: [storage("pay")], workload: twice, ...till }), scripted);
  return {
    run,
    lock: run.traced("lock", "").map(({ atMs, what }) => `${atMs} ${what}`),
    client: run.traced("client", "told").map(({ atMs, what }) => `${atMs} ${what}`),
    payments: run.visits("pay").length,
  };
}

describe("the lock of a cart", () => {
  it("refuses the cart's other request while its holder works, and knows afterwards that all is done", () => {
    const { lock, client, payments } = tell({});
    expect(lock).toEqual([
      "1000 lock taken, token 1",
      "1300 lock held by another",
      "1300 conflict",
      "2300 the lock's holder has ended well: nothing is left to do",
    ]);
    expect(client).toEqual(["1300 client told conflict", "1500 client told ok", "2300 client told ok"]);
    expect(payments).toBe(1);
  });

  it("lets the other request wait, where it is told to, until it is done", () => {
    const { client, payments } = tell({ lock: { onHeld: "wait" } });
    expect(client).toEqual(["1500 client told ok", "1500 client told ok"]);
    expect(payments).toBe(1);
  });

  it("is no other cart's", () => {
    const others = [storage("pay")];
    const workload = { ratePerS: 10, durationMs: 1050 };
    const run = measure(tillOf({ steps: ["lock acquire", "pay"], others, workload }));
    expect(run.metrics.delivered).toBe(10);
    expect(run.of("lock").failures.conflict).toBe(0);
  });

  it("given back before the payment guards nothing", () => {
    const { lock, payments } = tell({ steps: ["lock acquire", "lock release", "pay"] });
    expect(lock.filter((what) => what.includes("taken"))).toEqual([
      "1000 lock taken, token 1",
      "1300 lock taken, token 2",
    ]);
    expect(payments).toBe(2);
  });

  it("is its holder's again, without another token, when it asks once more", () => {
    const { lock } = tell(
      { till: { behavior: { mode: "retry", jitter: "none" } }, workload: { ratePerS: 1, durationMs: 1500 } },
      { answers: { pay: (visit) => (visit === 0 ? Outcome.error : Outcome.ok) } },
    );
    expect(lock).toEqual(["1000 lock taken, token 1"]);
  });

  it("is kept by a holder that fails, until its lease ends", () => {
    const failing: Script = { answers: { pay: (visit) => (visit === 0 ? Outcome.error : Outcome.ok) } };
    const claimLeaseMs = 5000;
    const { lock, payments } = tell({ lock: { claimLeaseMs } }, failing);
    expect(lock.filter((what) => !/conflict|by another/.test(what))).toEqual([
      "1000 lock taken, token 1",
      "6000 lock: lease of token 1 ended",
      "6300 lock taken, token 2",
    ]);
    expect(payments).toBe(2);
    const given = tell({ lock: { claimLeaseMs, onHeld: "wait" } }, failing).lock;
    expect(given.at(-1)).toBe("6000 lock taken, token 2");
  });

  it("has a lease of ten minutes by default", () => {
    const failing: Script = { answers: { pay: (visit) => (visit === 0 ? Outcome.error : Outcome.ok) } };
    expect(tell({ lock: { onHeld: "wait" } }, failing).lock.at(-1)).toBe("601000 lock taken, token 2");
  });

  it("stays its holder's as long as a queue has the item", () => {
    const mail = storage("mail", { behavior: { mode: "queue", releaseRps: 1000 } });
    const network = tillOf({ steps: ["lock acquire", "mail"], others: [mail, storage("pay")], workload: twice });
    const connections = [...network.connections, "mail→pay"];
    const run = script({ ...network, connections }, paid);
    // Told ok at 1000, paid at 1500; the second device asks at 1300 and 2300.
    expect(run.noted("lock", "by another")).toEqual([1300]);
    expect(run.noted("lock", "ended well")).toEqual([2300]);
  });
});

describe("a release", () => {
  const slow: Script["answers"] = { pay: () => ({ outcome: Outcome.ok, afterMs: 2000 }) };
  /** What follows at the lock when the newest item, the second device's, asks for this at 1500 ms. */
  const asked = (unfenced: boolean): readonly string[] => {
    const at = [[1500, (engine: Engine) => ask(engine, 0, "lock release", unfenced)]] as const;
    return tell({}, { answers: slow, at }).lock.filter((what) => what.startsWith("1500"));
  };

  it("by somebody else does nothing, unless nobody compares", () => {
    expect(asked(false)).toEqual(["1500 lock is not the caller's: not released"]);
    expect(asked(true)).toEqual(["1500 lock released"]);
  });

  it("of a lock that nobody holds does nothing, and neither does one of a lock that is done", () => {
    const single = { ratePerS: 1, durationMs: 1500 };
    expect(tell({ steps: ["lock release", "pay"], workload: single }).lock).toEqual([
      "1000 lock is not the caller's: not released",
    ]);
    const at = [[1600, (engine: Engine) => ask(engine, 0, "lock release", true)]] as const;
    const { lock } = tell({}, { ...paid, at });
    expect(lock.filter((what) => what.startsWith("1600"))).toEqual(["1600 lock is not the caller's: not released"]);
    expect(lock.at(-1)).toBe("2300 the lock's holder has ended well: nothing is left to do");
  });
});
