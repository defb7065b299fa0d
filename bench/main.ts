import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import type { MemoryUse } from "./allocation.js";
import { referenceFile } from "./designs.js";
import { measureGrowth, measureQueue, measureRatios, measureRivals, measureScenarios } from "./engine-speed.js";
import type { Speed } from "./harness.js";
import { measureProcess, type ProcessCost } from "./process.js";
import { tenDesigns } from "./ten-designs.js";

/** `npm run bench [section…]`: measures, prints a table per section, and writes reports/bench.json. */
interface Section {
  readonly title: string;
  measure(): Promise<unknown> | unknown;
  lines(measured: never): readonly string[];
}

const million = (perS: number): string => `${(perS / 1e6).toFixed(2)} million events/s`;
const speedLine = ({ name, seconds, eventsPerS }: Speed): string =>
  `${name.padEnd(80)} ${seconds.toFixed(3).padStart(8)} s  ${million(eventsPerS)}`;
const processLine = ({ name, seconds, peakMb }: ProcessCost): string =>
  `${name.padEnd(72)} ${seconds.toFixed(2).padStart(7)} s  ${peakMb.toFixed(0).padStart(5)} MB`;

function section<Measured>(
  title: string,
  measure: () => Promise<Measured> | Measured,
  lines: (measured: Measured) => readonly string[],
): Section {
  return { title, measure, lines };
}

/** Measured in a process of its own. */
function memoryOf(design: string): MemoryUse {
  return JSON.parse(
    execFileSync(process.execPath, ["dist/bench/allocation.js", design], { encoding: "utf8" }),
  ) as MemoryUse;
}

const coldRounds = 10;
const compareRounds = 3;

const fullScale = [
  ...["run", "exactly-once-charging", "canvases/exactly-once-charging/reference.json"],
  ...["--scale", "1", "--scenario", "provider-down"],
];

/** Some of the designs fail, and that is the exit code. */
function measureCompare(workers: number): Promise<ProcessCost> {
  const seeds = ["--seeds", "20", "--workers", String(workers)];
  return measureProcess(["compare", "chini-002-checkout", ...tenDesigns(), ...seeds], 1, compareRounds);
}

const sections: ReadonlyMap<string, Section> = new Map<string, Section>([
  ["queue", section("the event queue alone, and the bare loop", measureQueue, (speeds) => speeds.map(speedLine))],
  ["rivals", section("sets of pending events in the bare loop", measureRivals, (speeds) => speeds.map(speedLine))],
  [
    "ratio",
    section("simulations beside the bare loop", measureRatios, (ratios) =>
      ratios.map(
        ({ engine, bare, ratio }) =>
          `${speedLine(engine)}, 1/${(1 / ratio).toFixed(1)} of ${million(bare.eventsPerS)}: ${bare.name}`,
      ),
    ),
  ],
  ["scenarios", section("chini-002 reference, by scenario", measureScenarios, (speeds) => speeds.map(speedLine))],
  ["growth", section("growth with rate and with components", measureGrowth, (speeds) => speeds.map(speedLine))],
  [
    "memory",
    section(
      "bytes allocated per event, and largest resident size",
      () => [
        { name: "M/M/1, a million customers", ...memoryOf("queue") },
        { name: "M/M/1, ten million customers", ...memoryOf("long-queue") },
        { name: "chini-002 reference, baseline at 100 × the rate", ...memoryOf("checkout") },
      ],
      (uses) =>
        uses.map(
          ({ name, bytesPerEvent, peakMb }) =>
            `${name.padEnd(80)} ${bytesPerEvent.toFixed(2).padStart(8)}  ${peakMb.toFixed(0).padStart(5)} MB`,
        ),
    ),
  ],
  [
    "cold",
    section(
      `whole process, median of ${coldRounds}, and largest resident size`,
      async () => [
        await measureProcess(["--help"], 0, coldRounds),
        await measureProcess(["validate", referenceFile], 0, coldRounds),
        await measureProcess(["run", "chini-002-checkout", referenceFile], 0, coldRounds),
      ],
      (costs) => costs.map(processLine),
    ),
  ],
  [
    "compare",
    section(
      "compare of ten designs, five runs each, with 20 seeds, on one thread and on two",
      async () => [await measureCompare(1), await measureCompare(2)],
      (costs) => costs.map(processLine),
    ),
  ],
  [
    "scale",
    section(
      "5,000 charges a second for 30 minutes, ten of them without a provider",
      async () => [await measureProcess(fullScale, 0, 1)],
      (costs) => costs.map(processLine),
    ),
  ],
]);

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !sections.has(name));
if (unknown.length > 0) {
  console.error(`no section ${unknown.join(", ")}; there are ${[...sections.keys()].join(", ")}`);
  process.exitCode = 2;
} else {
  const measured: Record<string, unknown> = { node: process.version, processor: cpus()[0]?.model ?? "unknown" };
  console.log(`${process.version}, ${cpus().length} × ${measured.processor}`);
  for (const [name, { title, measure, lines }] of sections) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const result = await measure();
    measured[name] = result;
    console.log(`\n${title} (${name})`);
    for (const line of lines(result as never)) console.log(`  ${line}`);
  }
  mkdirSync("reports", { recursive: true });
  writeFileSync("reports/bench.json", `${JSON.stringify(measured, null, 2)}\n`);
}
