import { describe, expect, it } from "vitest";
import type { Component } from "../../src/canvas/canvas.js";
import { compile } from "../../src/compile/compile.js";
import type { Problem } from "../../src/problem/problem.js";
import { arrow, boundTo, draw, find, mode, person, shop, step, storage, tool } from "./drawing.js";

const buyer = person("buyer");
const api = step("api");

/** buyer → api → each of the parts. */
function star(...parts: readonly Component[]) {
  return compile(draw([buyer, api, ...parts], ["buyer>api", ...parts.map(({ id }) => `api>${id}`)]), shop);
}

/** A chain of components after the buyer. */
function chain(...parts: readonly Component[]) {
  const all = [buyer, ...parts];
  return compile(
    draw(
      all,
      all.slice(1).map((part, index) => `${all[index]!.id}>${part.id}`),
    ),
    shop,
  );
}

const provider = (model: ReturnType<typeof compile>): readonly string[] => boundTo(model, "payment-provider");
const store = (model: ReturnType<typeof compile>): readonly string[] => boundTo(model, "order-store");

describe("the payment provider", () => {
  it("is what says so, whatever the words elsewhere, and then nothing is inferred", () => {
    const model = star(tool("stripe"), tool("x", { role: "payment-provider" }));
    expect(provider(model)).toEqual(["x"]);
    expect(model.assumptions.filter(({ field }) => field === "role")).toEqual([]);
    expect(find(model, "x")).toMatchObject({ external: true, active: false, ratePerS: 60 });
    expect(find(model, "stripe").external).toBe(false);
  });

  it("may be two, in canvas order", () => {
    const role = "payment-provider";
    expect(provider(star(tool("b", { role }), tool("a", { role })))).toEqual(["b", "a"]);
  });

  describe("and a second one, where the problem has one", () => {
    const two: Problem = {
      ...shop,
      roles: { ...shop.roles, "payment-provider": { ratePerS: 60, timeMs: 300, second: { timeMs: 500 } } },
    };
    const breaker = step("breaker", mode("circuitbreaker"));
    const first = tool("psp");
    const failsOver = (other: Component, problem = two, on: "open" | "failure" = "open") =>
      compile(
        // The canvas names the other one first; that nothing leads to it but an open connection makes it the second.
        draw([buyer, breaker, other, first], ["buyer>breaker", "breaker>psp", arrow(`breaker>${other.id}`, { on })]),
        problem,
      );

    it("is a tool whose words name a provider, at the end of an open connection; an assumption", () => {
      const model = failsOver(tool("backup", { label: "Card gateway" }));
      expect(provider(model)).toEqual(["psp", "backup"]);
      expect(find(model, "backup")).toMatchObject({ external: true, meanServiceMs: 500, idempotency: { key: "item" } });
      expect(find(model, "psp").meanServiceMs).toBe(300);
      expect(model.assumptions).toContainEqual(
        expect.objectContaining({ component: "backup", field: "role", value: "payment-provider" }),
      );
    });

    it("is none without such words or type, without an open connection, or where the problem has none", () => {
      expect(provider(failsOver(tool("backup")))).toEqual(["psp"]);
      expect(provider(failsOver(step("pay2")))).toEqual(["psp"]);
      expect(provider(failsOver(tool("x", { label: "card" }), two, "failure"))).toEqual(["psp"]);
      expect(provider(failsOver(tool("x", { label: "card" }), shop))).toEqual(["psp"]);
    });
  });

  it.each([
    ["id", { id: "psp" }],
    ["label", { id: "x", label: "Stripe" }],
    ["description", { id: "x", description: "the external provider" }],
    ["id", { id: "payments" }],
  ])("is a tool named by its %s", (_, words) => {
    const model = star({ type: "tool", ...words });
    expect(provider(model)).toEqual([words.id]);
    expect(model.assumptions).toContainEqual(
      expect.objectContaining({ component: words.id, field: "role", value: "payment-provider" }),
    );
  });

  it("is never a component of another type, even with all the words", () => {
    const model = star(step("payment-provider-psp-stripe"));
    expect(provider(model)).toEqual([]);
    expect(model.unbound).toContain("payment-provider");
  });

  it("is a gateway or card tool only when no tool has the stronger words", () => {
    expect(provider(star(tool("card-gateway")))).toEqual(["card-gateway"]);
    expect(provider(chain(api, tool("pay"), tool("gateway")))).toEqual(["pay"]);
  });

  it("of several is the one farthest from the entry, and of equally far ones the first drawn", () => {
    expect(provider(chain(api, tool("pay-facade"), tool("pay-core")))).toEqual(["pay-core"]);
    expect(provider(star(tool("pay-b"), tool("pay-a")))).toEqual(["pay-b"]);
  });

  it("is not a tool that plays another role", () => {
    const model = star(tool("payments", { role: "order-store" }));
    expect(provider(model)).toEqual([]);
    expect(store(model)).toEqual(["payments"]);
  });

  it("takes rate, time and errors from the problem: what the canvas writes is ignored", () => {
    const eager = tool("psp", { service: { timeMs: 1, concurrency: 5000, queueLimit: 9, errorRate: 0.5 } });
    expect(find(star(eager), "psp")).toMatchObject({
      time: 300,
      meanServiceMs: 300,
      slots: 18,
      queueLimit: 60,
      errorRate: 0,
      ratePerS: 60,
    });
  });
});

describe("an unknown role", () => {
  it("is found, named, and has no effect", () => {
    const model = star(tool("psp"), storage("x", { role: "warehouse" }));
    expect(model.findings).toEqual([expect.objectContaining({ code: "unknown-role", component: "x" })]);
    expect(model.findings[0]!.message).toContain("warehouse");
    expect(find(model, "x").role).toBeNull();
  });
});

describe("the order store", () => {
  it("is the storage on the way to the provider, and gets a unique request key", () => {
    const model = chain(api, storage("db"), tool("psp"));
    expect(store(model)).toEqual(["db"]);
    expect(find(model, "db").idempotency).toEqual({ key: "request" });
    expect(model.assumptions).toContainEqual(
      expect.objectContaining({ component: "db", field: "idempotency.key", value: "request" }),
    );
  });

  it("may stand beside the way, called by a component on it", () => {
    const model = star(storage("db"), tool("psp"));
    expect(store(model)).toEqual(["db"]);
    expect(find(model, "db").idempotency.key).toBe("request");
  });

  it("is not a storage that only a failure leads to", () => {
    const model = compile(
      draw([buyer, api, storage("db"), tool("psp")], ["buyer>api", "api>psp", arrow("api>db", { on: "failure" })]),
      shop,
    );
    expect(store(model)).toEqual([]);
    expect(model.unbound).toEqual(["order-store"]);
  });

  it("of several is the one whose words match, though another stands nearer", () => {
    expect(store(star(storage("cache"), storage("orders"), tool("psp")))).toEqual(["orders"]);
    expect(store(chain(api, storage("cache"), storage("box", { label: "Dedup table" }), tool("psp")))).toEqual(["box"]);
  });

  it("of several that match is the one nearest to the entry", () => {
    expect(store(chain(storage("orders"), api, storage("session"), tool("psp")))).toEqual(["orders"]);
  });

  it("of several without words is the only one on the way itself", () => {
    const model = compile(
      draw([buyer, api, storage("aside"), storage("db"), tool("psp")], ["buyer>api", "api>aside", "api>db", "db>psp"]),
      shop,
    );
    expect(store(model)).toEqual(["db"]);
  });

  it("without any before the provider is the first storage after it, and guards nothing", () => {
    const model = chain(api, tool("psp"), storage("ledger"), storage("orders"));
    expect(store(model)).toEqual(["ledger"]);
    expect(find(model, "ledger").idempotency.key).toBe("none");
    expect(find(model, "orders").role).toBeNull();
  });

  it("is unbound where there is no storage at all", () => {
    expect(chain(api, tool("psp")).unbound).toEqual(["order-store"]);
  });

  it("that is explicit keeps what it says about its key", () => {
    const role = "order-store";
    const model = chain(api, storage("a", { role, idempotency: { key: "none" } }), storage("orders"), tool("psp"));
    expect(store(model)).toEqual(["a"]);
    expect(find(model, "a").idempotency.key).toBe("none");
    expect(find(model, "orders").role).toBeNull();
    expect(
      find(chain(api, storage("a", { role, idempotency: { key: "intent" } }), tool("psp")), "a").idempotency.key,
    ).toBe("intent");
  });

  it("that is explicit and before the provider gets the default key where it says none", () => {
    const model = chain(api, storage("a", { role: "order-store", idempotency: { lagMs: 50 } }), tool("psp"));
    expect(find(model, "a").idempotency).toEqual({ lagMs: 50, key: "request" });
  });

  it("that is explicit and after the provider gets none", () => {
    const model = chain(api, tool("psp"), storage("a", { role: "order-store" }));
    expect(find(model, "a").idempotency.key).toBe("none");
  });
});

describe("keys of others", () => {
  it("are the item's for the provider, noted, and none elsewhere", () => {
    const model = chain(api, tool("psp"), storage("ledger"), step("mail", mode("transform")));
    expect(find(model, "psp").idempotency.key).toBe("item");
    expect(model.assumptions).toContainEqual(
      expect.objectContaining({ component: "psp", field: "idempotency.key", value: "item" }),
    );
    expect(find(model, "mail").idempotency.key).toBe("none");
  });

  it("are what the canvas says for the provider", () => {
    expect(find(star(tool("psp", { idempotency: { key: "attempt" } })), "psp").idempotency.key).toBe("attempt");
  });
});
