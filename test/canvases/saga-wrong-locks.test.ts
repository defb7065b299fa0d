import { describe, expect, it } from "vitest";
import { compile } from "../../src/compile/compile.js";
import { simulate } from "../../src/scenarios/simulate.js";
import { expectCount, seeds } from "./checkout.js";
import { modelOf, Trial } from "./trial.js";

const problem = "checkout-saga";

/** Mean time for which a session holds its lock: the provider's 638 ms, and three steps of 5.2 ms. */
const heldS = (600 * Math.exp(0.35 ** 2 / 2) + 3 * 5.23) / 1000;

describe("checkout-saga, wrong/lock-released-before-payment.json", () => {
  const model = modelOf(problem, "wrong/lock-released-before-payment");

  it.each(seeds)("lets both sessions of a cart pay: one double charge and no second order, seed %i", (seed) => {
    const trial = new Trial(model, seed, ["baseline"]);
    const { offered } = trial.metrics("baseline");
    // 2 % come on a second device, 5 % of them leave, and of the rest the bank declines 3 % of the calls.
    expectCount(trial.violations("baseline", "no-double-charge"), offered, 0.02 * 0.95 * 0.97 ** 2);
    expect(trial.violations("baseline", "no-duplicate-order")).toBe(0);
    expect(trial.broken).toEqual(["baseline no-double-charge"]);
    expect(trial.result.criteria.every(({ pass }) => pass)).toBe(true);
    expect(trial.invariantCause("baseline", "no-double-charge")).toBe(
      "orchestrator: lets the cart's lock at cart-lock go before it pays: the cart's other session pays as well; its release belongs behind the payment",
    );
  });

  it("is judged by the cart: its two sessions have keys of their own, and their two charges are one double charge", () => {
    const story = new Trial(model, 42, ["baseline"]).story("baseline", "no-double-charge");
    expect(story.filter((line) => line === "orchestrator: record opened")).toHaveLength(2);
    const charges = story.filter((line) => line.startsWith("psp: charge captured"));
    expect(charges).toHaveLength(2);
    expect(charges[1]).toContain("2 live for this intent");
  });
});

describe("checkout-saga, wrong/sku-lock-across-payment.json", () => {
  const model = modelOf(problem, "wrong/sku-lock-across-payment");

  it.each(seeds)("serves an article until somebody leaves with its lock, one in twenty, seed %i", (seed) => {
    const trial = new Trial(model, seed, ["baseline"]);
    const { delivered, declined, abandoned, deliveryRate } = trial.metrics("baseline");
    // Each of those who leave comes after a geometric number of others, 19 in the mean, with the spread of their sum.
    const spread = Math.sqrt(abandoned * 0.95) / 0.05;
    expect(Math.abs(delivered + declined - 19 * abandoned)).toBeLessThan(4 * spread);
    // All 51 are gone by then: one or two with each of them.
    expect(abandoned).toBeGreaterThanOrEqual(51 / 2);
    expect(abandoned).toBeLessThanOrEqual(51);
    expect(deliveryRate).toBeLessThan(0.3);
    for (const id of ["minDeliveryRate", "acceptMs.p95 < 2s"]) {
      expect(trial.failures).toContain(`baseline ${id}`);
      expect(trial.cause("baseline", id)).toMatch(
        /^cart-lock: a lock per SKU is held while its holder waits for psp \(638 ms\): 1\.57\/s at most; .* who leaves keeps it for 600 s/,
      );
    }
    // It locks the article and not the cart.
    expect(trial.invariantCause("baseline", "no-double-charge")).toMatch(/^cart-lock: idempotency key sku: /);
  });

  it.each(seeds)("is a server with one slot and the provider's service time where nobody leaves, seed %i", (seed) => {
    const { workload } = model.problem;
    const cart = { skus: 51, hotShare: 1, twoItemShare: 0 };
    const rush = compile(model.canvas, { ...model.problem, workload: { ...workload, abandonRate: 0, cart } });
    const [run] = simulate(rush, { seed, scenarios: ["baseline"] });
    const { delivered, declined, offered } = run!.metrics;
    // Its line is never empty until buyers stop coming, and the last have tried four times.
    const served = delivered + declined;
    const most = run!.endMs / 1000 / heldS;
    expect(served).toBeLessThan(most + 4 * Math.sqrt(most) * 0.36);
    expect(served).toBeGreaterThan(300 / heldS);
    expect(delivered).toBeLessThan(0.12 * offered);
  });
});

describe("checkout-saga, wrong/no-compensation.json", () => {
  const model = modelOf(problem, "wrong/no-compensation");

  it.each(seeds)("keeps what every cart held that did not become an order, seed %i", (seed) => {
    const trial = new Trial(model, seed, ["baseline", "hot-drop"]);
    for (const id of ["baseline", "hot-drop"]) {
      const { offered, delivered, abandoned, sessionMs } = trial.metrics(id);
      expect(trial.violations(id, "no-leak")).toBe(offered - delivered);
      expect(trial.violations(id, "nothing-stuck")).toBe(abandoned);
      expect(abandoned).toBeGreaterThanOrEqual(50);
      // Open until the end: half an hour after the last arrival.
      expect(sessionMs.max!).toBeGreaterThan(1_800_000);
      const nobody = `orchestrator: no schedule takes up what stays open: ${abandoned} buyers left; a trigger with behavior.everyMs and behavior.ageMs and a connection to orchestrator does`;
      expect(trial.cause(id, "sessionMs.max <= 990s")).toBe(nobody);
      expect(trial.invariantCause(id, "nothing-stuck")).toBe(nobody);
      expect(trial.invariantCause(id, "no-leak")).toBe(
        'orchestrator: undo none at cart-lock, stock and breaker: what a failed sequence has done stays done; undo "release" at cart-lock and stock and undo "void" at breaker takes it back',
      );
      expect(trial.violations(id, "no-double-charge")).toBe(0);
      expect(trial.violations(id, "no-oversell")).toBe(0);
    }
    // A retry whose answer is an error that charged: nobody gives it back.
    const lost = trial.violations("baseline", "no-lost-charge");
    expect(trial.violations("baseline", "compensation-complete")).toBe(lost);
    expect(lost).toBeLessThan(20);
  });
});
