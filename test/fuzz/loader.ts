import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { loadCanvas } from "../../src/canvas/load.js";
import { compile } from "../../src/compile/compile.js";
import { formatFault } from "../../src/document/fault.js";
import { InputError } from "../../src/document/input-error.js";
import type { Problem } from "../../src/problem/problem.js";
import { hostileTexts } from "./hostile-text.js";

/** Hostile files into the loader: `node dist/test/fuzz/loader.js [inputs] [seed]`. */
const inputs = Number(process.argv[2] ?? 100_000);
const seed = Number(process.argv[3] ?? 1);
const problem = JSON.parse(readFileSync("problems/chini-002-checkout.json", "utf8")) as Problem;
const directory = mkdtempSync(join(tmpdir(), "chini-bench-fuzz-"));
const file = join(directory, "canvas.json");
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
let refused = 0;
let slowestMs = 0;

await fc.assert(
  fc.asyncProperty(hostileTexts, async (text) => {
    writeFileSync(file, text);
    const startedMs = performance.now();
    try {
      const { canvas, warnings, notes } = await loadCanvas(file);
      compile(canvas, problem);
      const said = [...warnings.map(formatFault), ...notes].join("");
      if (unprintable.test(said)) throw new Error(`a control character got through: ${JSON.stringify(said)}`);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      refused++;
      if (unprintable.test(error.message))
        throw new Error(`a control character got through: ${JSON.stringify(error.message)}`);
    }
    slowestMs = Math.max(slowestMs, performance.now() - startedMs);
  }),
  { numRuns: inputs, seed },
);
rmSync(directory, { recursive: true });

console.log(
  `${inputs} hostile files, seed ${seed}: no crash, no hang; ${refused} refused, ${inputs - refused} loaded; ` +
    `the slowest took ${slowestMs.toFixed(0)} ms`,
);
