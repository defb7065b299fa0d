import { type ChildProcess, spawn } from "node:child_process";
import {
  closeSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import type { Defect } from "./defects/defect.js";
import { defects } from "./defects.js";

/** What the tests of the engine read. */
const copied = ["package.json", "tsconfig.json", "vitest.config.ts", "src", "test", "problems", "canvases", "schemas"];
/** A run that takes so many times as long as all named tests do without a defect will not end. */
const patience = 3;
const leastPatienceMs = 60_000;
/** A control that takes longer is no control. */
const controlMs = 600_000;

/** The part of vitest's JSON report that is read. */
interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: "passed" | "failed";
    /** Why the file failed, when none of its tests ran. */
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly failureMessages: readonly string[] | null;
    }[];
  }[];
}

interface Run {
  readonly seconds: number;
  /** Null when vitest wrote none: it was stopped, or broke off. */
  readonly report: Report | null;
  readonly stopped: boolean;
}

type Means = "test" | "timeout" | "load" | "endless";

const words: Readonly<Record<Means, string>> = {
  test: "caught",
  timeout: "caught by a timeout",
  load: "caught on loading",
  endless: "caught, never ends",
};
const missed = "MISSED";

/** How the tests noticed a defect, and where first. */
interface Catch {
  readonly means: Means;
  readonly where: string;
}

const copy = realpathSync(mkdtempSync(join(tmpdir(), "chini-bench-defects-")));
const reportFile = join(copy, "report.json");
const logFile = join(copy, "vitest.log");
let running: ChildProcess | null = null;

function makeCopy(): void {
  for (const entry of copied) cpSync(entry, join(copy, entry), { recursive: true });
  symlinkSync(resolve("node_modules"), join(copy, "node_modules"), "dir");
}

function removeCopy(): void {
  rmSync(copy, { recursive: true, force: true });
}

/** Why defects no longer fit the code; empty when all do. */
function misfits(): readonly string[] {
  return defects.flatMap(({ name, file, find, replace, tests }) => {
    const faults: string[] = [];
    const path = join(copy, file);
    const times = existsSync(path) ? readFileSync(path, "utf8").split(find).length - 1 : 0;
    if (times !== 1) faults.push(`“${name}” no longer fits ${file}: its text stands there ${times} times, not once`);
    if (find === replace) faults.push(`“${name}” changes nothing`);
    for (const test of tests) {
      if (!existsSync(join(copy, test))) faults.push(`“${name}” names ${test}, which does not exist`);
    }
    return faults;
  });
}

/** Runs these tests in the copy as it is now, until `limitMs`. */
async function runTests(tests: readonly string[], limitMs: number, options: readonly string[]): Promise<Run> {
  rmSync(reportFile, { force: true });
  const log = openSync(logFile, "w");
  const started = performance.now();
  // Threads die with their process, so an endless test leaves nothing behind. The cache would be the repository's.
  const args = ["run", ...tests, "--pool", "threads", "--no-cache", "--reporter", "json", "--outputFile", reportFile];
  const child = spawn(process.execPath, [join("node_modules", "vitest", "vitest.mjs"), ...args, ...options], {
    cwd: copy,
    stdio: ["ignore", log, log],
  });
  running = child;
  let stopped = false;
  const limit = setTimeout(() => {
    stopped = true;
    child.kill("SIGKILL");
  }, limitMs);
  await new Promise<void>((ended, failed) => {
    child.once("error", failed);
    child.once("close", () => ended());
  });
  clearTimeout(limit);
  closeSync(log);
  running = null;
  const report = existsSync(reportFile) ? (JSON.parse(readFileSync(reportFile, "utf8")) as Report) : null;
  return { seconds: (performance.now() - started) / 1000, report, stopped };
}

/** The first failure that a run shows; null when it shows none. */
function caughtBy({ report, stopped }: Run): Catch | null {
  if (stopped) return { means: "endless", where: "" };
  if (report === null) throw new Error(`vitest wrote no report:\n${readFileSync(logFile, "utf8")}`);
  const found: Catch[] = [];
  for (const { name, status, message, assertionResults } of report.testResults) {
    const file = relative(copy, name);
    const failed = assertionResults.filter((result) => result.status === "failed");
    if (status === "failed" && failed.length === 0)
      found.push({ means: "load", where: `${file}: ${message.split("\n")[0]}` });
    for (const { ancestorTitles, title, failureMessages } of failed) {
      const means = /timed out in \d+ms/.test(failureMessages?.[0] ?? "") ? "timeout" : "test";
      found.push({ means, where: [file, ...ancestorTitles, title].join(" › ") });
    }
  }
  return found.find(({ means }) => means === "test") ?? found[0] ?? null;
}

/**
 * Runs what all defects name, without any of them: before the first, and after the last, so that what failed in between
 * failed by its defect. Returns its seconds; null when it does not pass.
 */
async function control(): Promise<number | null> {
  const tests = [...new Set(defects.flatMap((defect) => defect.tests))].sort();
  const run = await runTests(tests, controlMs, []);
  const failure = caughtBy(run);
  const passed = run.report?.numPassedTests ?? 0;
  if (failure !== null || passed === 0) {
    console.log(`the control fails: without a defect, ${failure?.where || "the tests do not end"}`);
    return null;
  }
  console.log(`control, without a defect: ${passed} tests pass in ${run.seconds.toFixed(1)} s`);
  return run.seconds;
}

/** Plants a defect, runs its tests, and takes it out again. */
async function breakWith(
  { file, find, replace, tests }: Defect,
  limitMs: number,
): Promise<readonly [Run, Catch | null]> {
  const path = join(copy, file);
  const sound = readFileSync(path, "utf8");
  // A function, for in a string `$&` and the like would be taken for patterns.
  writeFileSync(
    path,
    sound.replace(find, () => replace),
  );
  const run = await runTests(tests, limitMs, ["--bail", "1"]);
  writeFileSync(path, sound);
  return [run, caughtBy(run)];
}

/** Prints a row for each defect, and returns how many were caught by which means. */
async function breakWithEach(limitMs: number): Promise<ReadonlyMap<Means, number>> {
  const nameWidth = Math.max(...defects.map(({ name }) => name.length));
  const verdictWidth = Math.max(...Object.values(words).map((word) => word.length));
  const row = (name: string, verdict: string, seconds: string, where: string): void =>
    console.log(
      `${name.padEnd(nameWidth)}  ${verdict.padEnd(verdictWidth)}  ${seconds.padStart(7)}  ${where}`.trimEnd(),
    );
  row("defect", "verdict", "seconds", "first failing test");
  const counts = new Map<Means, number>();
  for (const defect of defects) {
    const [run, caught] = await breakWith(defect, limitMs);
    row(defect.name, caught === null ? missed : words[caught.means], run.seconds.toFixed(1), caught?.where ?? "");
    if (caught !== null) counts.set(caught.means, (counts.get(caught.means) ?? 0) + 1);
  }
  return counts;
}

async function main(): Promise<boolean> {
  makeCopy();
  const faults = misfits();
  for (const fault of faults) console.log(fault);
  if (faults.length > 0) return false;
  const seconds = await control();
  if (seconds === null) return false;
  console.log();
  const counts = await breakWithEach(Math.max(leastPatienceMs, patience * seconds * 1000));
  console.log();
  if ((await control()) === null) return false;
  for (const [means, count] of counts) if (means !== "test") console.log(`${count} ${words[means]}`);
  const caught = [...counts.values()].reduce((sum, count) => sum + count, 0);
  console.log(`${caught} of ${defects.length} defects caught`);
  return caught === defects.length;
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    running?.kill("SIGKILL");
    removeCopy();
    process.exit(1);
  });
}
try {
  if (!(await main())) process.exitCode = 1;
} finally {
  removeCopy();
}
