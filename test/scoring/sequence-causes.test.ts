import { describe, expect, it } from "vitest";
import { RunCauses } from "../../src/scoring/causes.js";
import { buildModel, buildRun, type ComponentSketch, latency, type ModelSketch, type RunSketch } from "./fixtures.js";

const saga = {
  resumeMs: 30_000,
  fence: true,
  undoAttempts: Number.POSITIVE_INFINITY,
  undoEveryMs: 2000,
  settleMs: 30_000,
};

interface Changes {
  readonly saga?: Partial<typeof saga>;
  readonly lock?: Partial<ComponentSketch>;
  readonly psp?: Partial<ComponentSketch>;
  readonly key?: "request" | "intent";
  readonly sweeper?: boolean;
  readonly steps?: readonly string[];
}

/** buyer → desk, which takes lock, stock, breaker → psp and orders; a sweeper unless told otherwise. */
function desk(changes: Changes = {}): ModelSketch {
  const steps = changes.steps ?? [
    "lock:acquire/release",
    "stock:reserve/release",
    "breaker:charge/void",
    "orders:create/",
  ];
  const sweeper = { id: "sweeper", role: "sweeper", parameters: { everyMs: 30_000, ageMs: 900_000 } };
  return {
    components: [
      { id: "buyer", type: "person" },
      { id: "desk", mode: "retry", saga: { ...saga, ...changes.saga }, idempotency: { key: changes.key ?? "request" } },
      { id: "lock", type: "storage", role: "lock", idempotency: { key: "intent" }, ...changes.lock },
      { id: "stock", type: "storage", role: "inventory", idempotency: { key: "item" } },
      { id: "breaker", mode: "circuitbreaker" },
      { id: "psp", type: "tool", external: true, meanServiceMs: 638, idempotency: { key: "item" }, ...changes.psp },
      { id: "orders", type: "storage", role: "order-store", idempotency: { key: "intent", check: "unique" } },
      ...(changes.sweeper === false ? [] : [sweeper]),
    ],
    edges: [
      ...["buyer>desk", ...steps.map((step) => `desk>${step}`), "breaker>psp"],
      ...(changes.sweeper === false ? [] : ["sweeper>desk:compensate/"]),
    ],
  };
}

/** What the components did that a test does not speak of. */
const calm = ["desk", "lock", "psp"].map((id) => ({ id }));

function ofMetric(changes: Changes, run: RunSketch, metric: string, actual: number): string {
  const criterion = { id: metric, scenario: "baseline", metric, expected: "", actual, pass: false };
  return new RunCauses(buildModel(desk(changes)), buildRun({ components: calm, ...run })).ofCriterion(criterion)
    .message;
}

function ofInvariant(id: string, changes: Changes, run: RunSketch = {}): string {
  const examples = [{ intent: 7, trace: [{ atMs: 5_600, where: "desk", what: "undone" }] }];
  const broken = { id, violations: 25, exposure: 340, examples };
  return new RunCauses(buildModel(desk(changes)), buildRun({ components: calm, ...run })).ofInvariant(broken).message;
}

const last = "desk: undone at 5.6 s, as the last step of a broken intent";

describe("why durable sequences stay open", () => {
  const metrics = { abandoned: 305, sessionMs: latency(2_100_000) };

  it("nobody takes up what buyers leave", () => {
    const nobody =
      "desk: no schedule takes up what stays open: 305 buyers left; " +
      "a trigger with behavior.everyMs and behavior.ageMs and a connection to desk does";
    expect(ofMetric({ sweeper: false }, { metrics }, "sessionMs.max", 2_100_000)).toBe(nobody);
    expect(ofInvariant("nothing-stuck", { sweeper: false }, { metrics })).toBe(nobody);
    expect(ofInvariant("nothing-stuck", {}, { metrics })).toBe(last);
  });

  it("the sweeper comes late, and what is unknown is settled after that", () => {
    expect(ofMetric({}, { metrics }, "sessionMs.max", 960_000)).toBe(
      "sweeper: takes up what has been open for 900 s, every 30 s: desk is swept at up to 930 s; " +
        "an unknown outcome is undone once more 30 s later",
    );
    expect(ofMetric({ saga: { settleMs: 0 } }, { metrics }, "sessionMs.max", 930_000)).toMatch(/up to 930 s$/);
  });

  it("a step is slow, where that makes up the time; a time below the sweeper's age is not its doing", () => {
    const components = [{ id: "psp", serviceMs: { mean: 6_600 } }];
    expect(ofMetric({}, { components }, "sessionMs.p95", 8_000)).toMatch(/^psp: serves a call in 6.6 s on average/);
    expect(ofMetric({}, { components }, "sessionMs.p95", 800_000)).not.toMatch(/^sweeper/);
  });

  it("nobody goes on for an owner that is lost", () => {
    const components = [
      { id: "desk", lost: 299 },
      { id: "psp", failures: { error: 43 } },
    ];
    expect(ofMetric({ saga: { resumeMs: 0 } }, { components }, "deliveryRate", 0.95)).toBe(
      "desk: resumeMs 0: nobody goes on with 299 sequences whose owners were lost before a sweep; " +
        "with saga.resumeMs 30000 another owner does",
    );
    expect(ofMetric({}, { components }, "deliveryRate", 0.95)).toMatch(/^psp: failed 43/);
  });
});

describe("a lock that is held across a slow call", () => {
  const components = [
    { id: "desk", arrivals: 9_000, failures: { full: 700 }, firstFullMs: 48_000 },
    { id: "lock", arrivals: 31_000, lost: 18_000, failures: { conflict: 395 } },
    { id: "psp" },
  ];
  const perSku = { lock: { idempotency: { key: "sku" } } } as const;

  it("says whom its holder waits for, how many that lets through, and how many did not get it", () => {
    const message =
      "lock: a lock per SKU is held while its holder waits for psp (638 ms): 1.57/s at most; 18,395 of 31,000 calls did not get it";
    const mend = 'with idempotency.key "intent" it locks the cart';
    expect(ofMetric(perSku, { components }, "deliveryRate", 0.2)).toBe(`${message}; ${mend}`);
    const left = { components, metrics: { abandoned: 41 } };
    expect(ofMetric(perSku, left, "deliveryRate", 0.2)).toBe(
      `${message}; who leaves keeps it for 600 s (41 did); ${mend}`,
    );
    expect(ofMetric({}, { components }, "deliveryRate", 0.2)).toMatch(/^desk: /);
  });
});

describe("two sessions of one cart that both pay", () => {
  const [acquire, ...rest] = ["lock:acquire/release", "breaker:charge/void", "orders:create/"] as const;

  it.each([
    [
      { steps: [acquire, "lock:release/none", ...rest] },
      "desk: lets the cart's lock at lock go before it pays: the cart's other session pays as well; its release belongs behind the payment",
    ],
    [{ steps: [acquire, ...rest, "lock:release/none"] }, last],
    [
      { lock: { idempotency: { key: "sku" } } },
      'lock: idempotency key sku: it locks articles, so that a cart\'s other session takes its turn and pays as well; with idempotency.key "intent" it locks the cart',
    ],
    [
      { steps: rest },
      'desk: no lock on the cart: its other session, under a key of its own, pays as well; with idempotency.key "intent" both go on with one record',
    ],
    [{ steps: rest, key: "intent" }, last],
    [
      { saga: { settleMs: 0 } },
      "desk: settleMs 0: an effect that lands after its undo is never undone; with saga.settleMs 30000 it is undone again",
    ],
    [{}, last],
  ] as const satisfies readonly (readonly [Changes, string])[])("%j", (changes, message) => {
    expect(ofInvariant("no-double-charge", changes)).toBe(message);
  });
});

describe("what a sequence does not take back", () => {
  const none = { steps: ["lock:acquire/none", "stock:reserve/none", "breaker:charge/none", "orders:create/"] };
  const nothing =
    "desk: undo none at lock, stock and breaker: what a failed sequence has done stays done; " +
    'undo "release" at lock and stock and undo "void" at breaker takes it back';
  const always = "without saga.undoAttempts it is sent until it succeeds";
  const once = "undoAttempts 1: an undo that fails is not sent again";

  it.each([
    ["compensation-complete", none, nothing],
    ["no-leak", none, nothing],
    ["no-lost-charge", none, nothing],
    ["no-leak", { saga: { undoAttempts: 1 } }, `desk: ${once}; ${always}`],
    [
      "no-leak",
      { saga: { undoAttempts: 3 } },
      `desk: undoAttempts 3: an undo that fails 3 times is not sent again; ${always}`,
    ],
    ["compensation-complete", { saga: { undoAttempts: 1 } }, `desk: ${once}; ${always}`],
    [
      "compensation-complete",
      { saga: { undoAttempts: 1, settleMs: 0 } },
      `desk: settleMs 0: an effect that lands after its undo is never undone; ${once}; with saga.settleMs 30000 it is undone again, ${always}`,
    ],
    [
      "no-lost-charge",
      { psp: { idempotency: { key: "attempt" } } },
      'psp: idempotency key attempt: a repeated call is a second charge, and an undo gives one back; with idempotency.key "item" a retry is the same charge',
    ],
    [
      "no-phantom-success",
      { saga: { fence: false } },
      "desk: fence false: an owner that paused goes on beside whoever took over from it; with saga.fence true it may do nothing more",
    ],
    ["no-leak", {}, last],
    ["compensation-complete", {}, last],
    ["no-phantom-success", {}, last],
  ] as const satisfies readonly (readonly [string, Changes, string])[])("%s with %j", (id, changes, message) => {
    expect(ofInvariant(id, changes)).toBe(message);
  });
});
