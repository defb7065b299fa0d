import { describe, expect, it } from "vitest";
import type { Result } from "../../src/scoring/result.js";
import { run } from "../fixtures/binary.js";

async function judged(args: readonly string[]): Promise<{ readonly code: number | null; readonly result: Result }> {
  const { code, stdout } = await run(["run", ...args, "--json"]);
  return { code, result: JSON.parse(stdout) as Result };
}

/** The setting that a cause ends with: `psp: …; with idempotency.key "item" …` is `psp.idempotency.key="item"`. */
function settingIn(result: Result): string | undefined {
  for (const { cause } of [...result.invariants, ...result.criteria]) {
    const found = /; with ([\w.]+) (\S+) /.exec(cause?.message ?? "");
    if (found !== null) return `${cause?.component}.${found[1]}=${found[2]}`;
  }
  return undefined;
}

describe("the mend that a cause names", () => {
  it.each([
    ["chini-002-checkout", "new-key-per-attempt", 'psp.idempotency.key="item"'],
    ["chini-002-checkout", "check-then-act", 'orders.idempotency.check="unique"'],
    ["chini-002-checkout", "over-budget", "checkout-api.service.concurrency=436"],
    ["checkout-saga", "stale-stock-check", 'stock.idempotency.check="unique"'],
    ["checkout-saga", "sku-lock-across-payment", 'cart-lock.idempotency.key="intent"'],
  ])(
    "%s %s passes with it",
    async (problem, name, setting) => {
      const args = [problem, `canvases/${problem}/wrong/${name}.json`];
      const wrong = await judged(args);
      expect({ code: wrong.code, setting: settingIn(wrong.result) }).toEqual({ code: 1, setting });
      expect((await judged([...args, "--set", setting])).code).toBe(0);
    },
    120_000,
  );
});
