import { writeSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
import { peakMemoryMb } from "./peak-memory.js";

/** Preloaded into a measured process: tells its largest resident size through the file descriptor 3. */
if (isMainThread) process.on("exit", () => writeSync(3, String(peakMemoryMb())));
