import { readFileSync } from "node:fs";

/**
 * Largest resident size of this process so far, megabytes. From Linux's own account, which begins anew with the program;
 * that of `process.resourceUsage` begins with the size of the process that started it.
 */
export function peakMemoryMb(): number {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS / 1024;
  const peakKb = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  if (peakKb === undefined) throw new Error("/proc/self/status has no VmHWM");
  return Number(peakKb) / 1024;
}
