import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Problem } from "../../src/problem/problem.js";
import { temporaryDirectory } from "../fixtures/temporary.js";
import { hostileTexts } from "../fuzz/hostile-text.js";
import { loadHostile } from "../fuzz/load-hostile.js";

const directory = temporaryDirectory();
const problem = JSON.parse(readFileSync("problems/chini-002-checkout.json", "utf8")) as Problem;

describe("a hostile canvas file", () => {
  it("is loaded or refused with printable words: 1,000 of those that npm run fuzz makes", async () => {
    let loaded = 0;
    await fc.assert(
      fc.asyncProperty(hostileTexts, async (text) => {
        if (await loadHostile(text, join(directory.path, "canvas.json"), problem)) loaded++;
      }),
      { numRuns: 1000, seed: 1 },
    );
    expect(loaded).toBeGreaterThan(10);
    expect(loaded).toBeLessThan(990);
  });
});
