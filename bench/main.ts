import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { measureColdRun } from "./cold-run.js";
import { measureEngineSpeed } from "./engine-speed.js";

const reference = "canvases/chini-002-checkout/reference.json";

const result = {
  node: process.version,
  processor: cpus()[0]?.model ?? "unknown",
  engine: measureEngineSpeed(),
  coldSeconds: {
    help: measureColdRun(["--help"], 0),
    validate: measureColdRun(["validate", reference], 0),
    run: measureColdRun(["run", "chini-002-checkout", reference], 0),
  },
};

mkdirSync("reports", { recursive: true });
writeFileSync("reports/bench.json", `${JSON.stringify(result, null, 2)}\n`);
console.log(`${result.node}, ${result.processor}`);
console.log("reference checkout, baseline at 100 × the rate, medians of 7:");
console.log(
  `  ${(result.engine.eventsPerS / 1e6).toFixed(2)} million events/s, ${result.engine.eventsPerIntent.toFixed(2)} events per intent`,
);
console.log(
  `  ${(result.engine.bareEventsPerS / 1e6).toFixed(2)} million events/s in the bare loop: ratio 1/${(1 / result.engine.ratio).toFixed(1)}`,
);
console.log("whole process, medians of 7:");
for (const [name, seconds] of Object.entries(result.coldSeconds))
  console.log(`  ${name.padEnd(10)} ${seconds.toFixed(2)} s`);
