import { describe, expect, it } from "vitest";
import { RunCauses } from "../../src/scoring/causes.js";
import { buildModel, buildRun, checkoutSketch, type ModelSketch, type RunSketch } from "./fixtures.js";

function cause(sketch: ModelSketch, run: RunSketch, metric: string): string {
  const criterion = { id: metric, scenario: "baseline", metric, expected: "", actual: 0.1, pass: false };
  return new RunCauses(buildModel(sketch), buildRun(run)).ofCriterion(criterion).message;
}

/** api 3 %, orders and queue 1 % each: 1 − 0.97 · 0.99 · 0.99 = 4.93 %. */
const erring = checkoutSketch({ api: { errorRate: 0.03 }, orders: { errorRate: 0.01 }, queue: { errorRate: 0.01 } });
const compoundErrorRate = 1 - 0.97 * 0.99 ** 2;

describe("the cause of accept errors", () => {
  it("is the components that err, how much each and the product, beside the measured share", () => {
    const run = { metrics: { acceptErrorRate: 0.052, compoundErrorRate } };
    const expected =
      "api: 3 components err on the way to an accept: api 3 %; orders, queue 1 % each; " +
      "1 − Π(1 − e) = 4.93 %, measured 5.2 %";
    expect(cause(erring, run, "acceptErrorRate")).toBe(expected);
    expect(cause(erring, run, "compoundErrorRate")).toBe(expected);
  });

  it("names three that err alike and counts the rest", () => {
    const hops = ["a", "b", "c", "d", "e"].map((id) => ({ id, errorRate: 0.01 }));
    const sketch: ModelSketch = {
      components: [{ id: "person", type: "person" }, ...hops],
      edges: ["person>a", "a>b", "b>c", "c>d", "d>e"],
    };
    const run = { metrics: { acceptErrorRate: 0.05, compoundErrorRate: 1 - 0.99 ** 5 } };
    expect(cause(sketch, run, "acceptErrorRate")).toContain(
      "5 components err on the way to an accept: a, b, c and 2 more 1 % each;",
    );
  });

  it("is what refuses the calls where the errors make up less than half, with the product beside it", () => {
    const run = {
      metrics: { acceptErrorRate: 0.4, compoundErrorRate },
      components: [
        { id: "api", failures: { full: 380 }, firstFullMs: 31_000 },
        { id: "worker", failures: { full: 900 } },
      ],
    };
    expect(cause(erring, run, "acceptErrorRate")).toMatch(
      /^api: .*queue full from 31 s, 380 calls refused.*; the components' own errors, 1 − Π\(1 − e\), make up 4.93 %$/,
    );
  });

  it("is the refusal alone where nothing errs, and never a station behind the queue", () => {
    const run = {
      metrics: { acceptErrorRate: 0.4 },
      components: [
        { id: "queue", failures: { full: 380 }, firstFullMs: 9_000 },
        { id: "psp", failures: { error: 900 } },
      ],
    };
    expect(cause(checkoutSketch(), run, "acceptErrorRate")).toMatch(/^queue: .*380 refused/);
  });
});

describe("the cause of undelivered intents", () => {
  it("stands at the queue or behind it, not where accepts were refused", () => {
    const components = [
      { id: "api", failures: { error: 500 } },
      { id: "queue", failures: { unavailable: 20 } },
    ];
    expect(cause(erring, { metrics: { undelivered: 20 }, components }, "undelivered")).toMatch(
      /^queue: gave up 20 messages/,
    );
  });

  it("does not take a queue's own errors for messages it gave up", () => {
    const components = [{ id: "queue", failures: { error: 30, unavailable: 20 } }];
    expect(cause(erring, { metrics: { undelivered: 20 }, components }, "undelivered")).toMatch(
      /^queue: gave up 20 messages/,
    );
    const none = { metrics: { undelivered: 0 }, components: [{ id: "queue", failures: { error: 30 } }] };
    expect(cause(erring, none, "dropRate")).not.toMatch(/gave up/);
  });
});
