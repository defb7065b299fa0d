import { describe, expect, it } from "vitest";
import type { Component, IdempotencySpec } from "../../src/canvas/canvas.js";
import { compile } from "../../src/compile/compile.js";
import type { Problem } from "../../src/problem/problem.js";
import { arrow, boundTo, draw, edgesOf, find, person, shop, step, storage, tool } from "./drawing.js";

const warehouse: Problem = { ...shop, roles: { ...shop.roles, inventory: {}, lock: {} } };

/** buyer → api → each of the stores, then → psp. */
function star(problem: Problem, ...stores: readonly Component[]) {
  const parts = [...stores, tool("psp")];
  return compile(
    draw([person("buyer"), step("api"), ...parts], ["buyer>api", ...parts.map(({ id }) => `api>${id}`)]),
    problem,
  );
}

const bound = (model: ReturnType<typeof star>) => ({
  lock: boundTo(model, "lock"),
  inventory: boundTo(model, "inventory"),
  orders: boundTo(model, "order-store"),
});

describe("locks and inventories", () => {
  it("are storages with the words of one, each an assumption", () => {
    const model = star(warehouse, storage("cart-lock"), storage("stock"), storage("orders-db"));
    expect(bound(model)).toEqual({ lock: ["cart-lock"], inventory: ["stock"], orders: ["orders-db"] });
    for (const [component, value] of [
      ["cart-lock", "lock"],
      ["stock", "inventory"],
    ]) {
      expect(model.assumptions).toContainEqual({ component, field: "role", value, because: "its words name one" });
    }
    expect(model.unbound).toEqual([]);
  });

  it.each([
    ["lock", { id: "leases" }],
    ["lock", { id: "x", label: "Redis mutex" }],
    ["lock", { id: "x", description: "holds one lease for each cart" }],
    ["inventory", { id: "Inventory" }],
    ["inventory", { id: "reservations" }],
    ["inventory", { id: "x", description: "units in stock" }],
  ] as const)("may be found as a %s by %j", (role, words) => {
    expect(boundTo(star(warehouse, { type: "storage", ...words }), role)).toEqual([words.id]);
  });

  it("are not looked for where the problem does not ask for them, and no other type is one", () => {
    const plain = star(shop, storage("cart-lock"), storage("stock"));
    expect(bound(plain)).toEqual({ lock: [], inventory: [], orders: ["cart-lock"] });
    const model = star(warehouse, step("lock-service"), tool("stock-api"));
    expect([...model.unbound].sort()).toEqual(["inventory", "lock", "order-store"]);
  });

  it("are looked for by names before descriptions, which tell of other things, too", () => {
    const model = star(
      warehouse,
      storage("orders-db", { description: "written under the lock, with the reservation" }),
      storage("cart-lock", { description: "taken before stock is reserved" }),
      storage("stock", { description: "row locks" }),
    );
    expect(bound(model)).toEqual({ lock: ["cart-lock"], inventory: ["stock"], orders: ["orders-db"] });
    const alone = star(warehouse, storage("orders-db", { description: "written under the lock of the stock" }));
    expect(bound(alone)).toEqual({ lock: [], inventory: [], orders: ["orders-db"] });
  });

  it("bind a lock of the stock as a lock, every lock, and the one inventory nearest to the entry", () => {
    const model = star(warehouse, storage("stock-lock"), storage("cart-lock"), storage("inventory"), storage("stock"));
    expect(bound(model)).toEqual({ lock: ["stock-lock", "cart-lock"], inventory: ["inventory"], orders: [] });
  });

  it("are what the canvas says, and nothing more is inferred then", () => {
    const model = star(
      warehouse,
      storage("a", { role: "lock" }),
      storage("b", { role: "inventory" }),
      storage("lock-2"),
      storage("payments-session"),
    );
    expect(bound(model)).toEqual({ lock: ["a"], inventory: ["b"], orders: ["payments-session"] });
    expect(model.assumptions.filter(({ field }) => field === "role").map(({ component }) => component)).toEqual([
      "psp",
      "payments-session",
    ]);
  });

  it("have a key by default: the item of a reservation, and the cart of a lock", () => {
    const model = star(warehouse, storage("lock"), storage("stock"));
    const listed = model.assumptions.filter(({ field }) => field === "idempotency.key");
    expect(listed.map(({ component, value }) => `${component} ${value}`)).toEqual([
      "lock intent",
      "stock item",
      "psp item",
    ]);
    expect([find(model, "lock").idempotency.key, find(model, "stock").idempotency.key]).toEqual(["intent", "item"]);
  });
});

describe("the order of edges", () => {
  const canvas = (...connections: Parameters<typeof draw>[1]) =>
    draw(
      [person("buyer"), step("api"), tool("psp"), storage("lock"), storage("stock")],
      ["buyer>api", "api>psp", ...connections],
    );

  it("takes the lock and reserves before the provider's branch, and says so", () => {
    const model = compile(canvas("api>stock", "api>lock"), warehouse);
    expect(edgesOf(model, "api")).toEqual(["api>stock", "api>lock", "api>psp"]);
    expect(model.assumptions.filter(({ value }) => value === "taken first").map(({ field }) => field)).toEqual([
      "connection api→stock",
      "connection api→lock",
    ]);
  });

  it("leaves what comes after a charge where it is drawn", () => {
    const drawn = canvas(
      arrow("api>stock", { operation: "commit" }),
      arrow("api>lock", { operation: "release" }),
      arrow("api>stock", { operation: "reserve", id: "first" }),
    );
    expect(edgesOf(compile(drawn, warehouse), "api")).toEqual(["api>stock", "api>psp", "api>stock", "api>lock"]);
  });
});

describe("fields of a lock", () => {
  const said = (idempotency: IdempotencySpec, role?: string): readonly string[] =>
    star(warehouse, storage("x", { idempotency, ...(role === undefined ? {} : { role }) }))
      .findings.filter(({ code }) => code === "without-effect")
      .map(({ message }) => message);

  it("act there, and nowhere else", () => {
    expect(said({ key: "sku", onHeld: "wait" }, "lock")).toEqual([]);
    expect(said({ key: "intent", onHeld: "conflict" }, "lock")).toEqual([]);
    expect(said({ key: "sku", onHeld: "wait" }, "inventory")).toEqual([
      "x: idempotency.onHeld has no effect; it is a lock's",
      'x: idempotency.key "sku" has no effect; it is a lock\'s',
    ]);
    expect(said({ key: "request" }, "lock")).toEqual([
      'x: idempotency.key "request" has no effect on a lock, which is one per "intent" or per "sku"; it is per intent',
    ]);
  });
});
