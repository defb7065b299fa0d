import { spawn } from "node:child_process";
import { median } from "./median.js";

export interface ProcessCost {
  readonly name: string;
  readonly seconds: number;
  /** Largest resident size, megabytes; of the last run. */
  readonly peakMb: number;
}

/** What a command of the binary takes as a process of its own, start to end: the median time of so many runs. */
export async function measureProcess(
  args: readonly string[],
  expectedExit: number,
  rounds: number,
): Promise<ProcessCost> {
  const seconds: number[] = [];
  let peakMb = 0;
  for (let round = 0; round < rounds; round++) {
    const startedMs = performance.now();
    peakMb = await runOnce(args, expectedExit);
    seconds.push((performance.now() - startedMs) / 1000);
  }
  return { name: args.join(" "), seconds: median(seconds), peakMb };
}

function runOnce(args: readonly string[], expectedExit: number): Promise<number> {
  const child = spawn(process.execPath, ["--import=./dist/bench/tell-peak.js", "dist/bin/chini-bench.js", ...args], {
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  let said = "";
  let peak = "";
  child.stderr?.on("data", (text: Buffer) => {
    said += text;
  });
  child.stdio[3]?.on("data", (text: Buffer) => {
    peak += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (code) => {
      if (code === expectedExit) resolve(Number(peak));
      else reject(new Error(`chini-bench ${args.join(" ")} exited ${code}: ${said}`));
    });
  });
}
