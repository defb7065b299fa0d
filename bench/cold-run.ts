import { spawnSync } from "node:child_process";
import { median } from "./median.js";

const rounds = 7;

/** Seconds that a command of the binary takes as a process of its own, start to end; median of seven. */
export function measureColdRun(args: readonly string[], expectedExit: number): number {
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    const { status, stderr } = spawnSync(process.execPath, ["dist/bin/chini-bench.js", ...args], { encoding: "utf8" });
    if (status !== expectedExit) throw new Error(`chini-bench ${args.join(" ")} exited ${status}: ${stderr}`);
    return (performance.now() - started) / 1000;
  });
  return median(times);
}
