import { describe, expect, it } from "vitest";
import type { Connection } from "../../src/canvas/canvas.js";
import { compile } from "../../src/compile/compile.js";
import { performerOf } from "../../src/compile/performer.js";
import { arrow, draw, mode, person, shop, step, storage, tool } from "./drawing.js";

/** Who performs an operation asked for along a connection to the first of these components. */
function performer(operation: string, roles: readonly (string | null)[], onward: readonly (readonly number[])[]) {
  return (
    performerOf(
      operation,
      0,
      (index) => roles[index],
      (index) => onward[index] ?? [],
    )?.name ?? null
  );
}

describe("who performs a connection's operation", () => {
  it("is its target, where that has it", () => {
    expect(performer("void", ["payment-provider"], [])).toBe("payment-provider");
  });

  it("is the nearest role down the way, past what plays none and what does not have it", () => {
    expect(performer("void", [null, null, "payment-provider"], [[1], [2]])).toBe("payment-provider");
    expect(performer("charge", ["order-store", "payment-provider"], [[1]])).toBe("payment-provider");
    // The way branches: a ledger is one step off, the provider two.
    expect(performer("fee", [null, null, "ledger", "payment-provider"], [[1, 2], [3]])).toBe("ledger");
  });

  it("is nobody where no role has it, also in a circle", () => {
    expect(performer("melt", [null, "payment-provider"], [[1]])).toBeNull();
    expect(performer("void", [null, null], [[1], [0]])).toBeNull();
    expect(performer("void", ["no-such-role"], [])).toBeNull();
  });
});

describe("an operation that somebody further down performs", () => {
  const warnings = (connection: Partial<Connection>) => {
    const breaker = step("breaker", mode("circuitbreaker"));
    const components = [person("buyer"), step("api"), storage("orders"), breaker, tool("psp")];
    const arrows = ["buyer>api", "api>orders", arrow("api>breaker", { id: "ask", ...connection }), "breaker>psp"];
    const { findings } = compile(draw(components, arrows), shop);
    return findings.filter(({ code }) => code === "without-effect").map(({ message }) => message);
  };

  it("is no fault of a connection into a breaker", () => {
    expect(warnings({ operation: "void" })).toEqual([]);
    expect(warnings({ operation: "charge" })).toEqual([]);
  });

  it("is one that nobody performs, and the finding says so", () => {
    expect(warnings({ operation: "melt" })).toEqual([
      'connection ask: operation "melt" has no effect; its target plays no role',
    ]);
  });
});
