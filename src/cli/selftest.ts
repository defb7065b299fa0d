import { availableParallelism } from "node:os";
import type { Command } from "commander";
import type { OracleResult } from "../selftest/selftest.js";
import { exitCode } from "./exit-code.js";

interface SelftestOptions {
  readonly quick?: true;
  readonly json?: true;
}

/** `selftest`: theory against simulation, as a table; exit 1 on any miss. */
export function registerSelftest(program: Command): void {
  program
    .command("selftest")
    .description("compare the engine with queueing theory; exit 1 on any miss")
    .option("--quick", "an eighth of the length, and wider bounds")
    .option("--json", "print JSON and nothing else")
    .action((_options: unknown, command: Command) => selftest(command.optsWithGlobals<SelftestOptions>()));
}

async function selftest({ quick, json }: SelftestOptions): Promise<void> {
  const { oracles, replications, runOracle } = await import("../selftest/selftest.js");
  const { onWorkerThreads } = await import("../parallel/worker-threads.js");
  const simulator = onWorkerThreads(availableParallelism());
  const results: OracleResult[] = [];
  try {
    const judged = await Promise.all(oracles.map((oracle) => runOracle(oracle, quick === true, simulator)));
    results.push(...judged.flat());
  } finally {
    await simulator.close();
  }
  const misses = results.filter(({ pass }) => !pass).length;
  if (misses > 0) process.exitCode = exitCode.failed;
  if (json === true) {
    process.stdout.write(`${JSON.stringify({ schemaVersion: 1, quick: quick === true, results }, null, 2)}\n`);
    return;
  }
  const { oracleLines } = await import("../selftest/report.js");
  process.stdout.write(`${oracleLines(results).join("\n")}\n\n`);
  process.stdout.write(
    `${results.length - misses} of ${results.length} figures agree with theory: inside the 99.9 % interval of\n` +
      `${replications} replications (seeds 1 to ${replications}) and within the bound\n`,
  );
}
