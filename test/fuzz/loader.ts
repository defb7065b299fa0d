import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { Problem } from "../../src/problem/problem.js";
import { hostileTexts } from "./hostile-text.js";
import { loadHostile } from "./load-hostile.js";

/** Hostile files into the loader: `node dist/test/fuzz/loader.js [inputs] [seed]`. */
const inputs = Number(process.argv[2] ?? 100_000);
const seed = Number(process.argv[3] ?? 1);
const problem = JSON.parse(readFileSync("problems/chini-002-checkout.json", "utf8")) as Problem;
const directory = mkdtempSync(join(tmpdir(), "chini-bench-fuzz-"));
const file = join(directory, "canvas.json");
let loaded = 0;
let slowestMs = 0;

await fc.assert(
  fc.asyncProperty(hostileTexts, async (text) => {
    const startedMs = performance.now();
    if (await loadHostile(text, file, problem)) loaded++;
    slowestMs = Math.max(slowestMs, performance.now() - startedMs);
  }),
  { numRuns: inputs, seed },
);
rmSync(directory, { recursive: true });

console.log(
  `${inputs} hostile files, seed ${seed}: no crash, no hang; ${inputs - loaded} refused, ${loaded} loaded; ` +
    `the slowest took ${slowestMs.toFixed(0)} ms`,
);
