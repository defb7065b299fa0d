import { runCanvases } from "./run-canvases.js";

/** Random canvases in random problems: `node dist/test/fuzz/canvases.js [canvases] [seed]`. */
const count = Number(process.argv[2] ?? 10_000);
const seed = Number(process.argv[3] ?? 1);
const { runs, events, truncated } = runCanvases(count, seed);

console.log(
  `${count} random canvases, seed ${seed}: no breach in ${runs} runs of ${events} events; ${truncated} met a limit`,
);
