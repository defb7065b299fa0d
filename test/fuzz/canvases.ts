import fc from "fast-check";
import { runTopology, topologies } from "./topology.js";

/** Random canvases over all modes, types, edges, cycles, fan-outs and faults: `node dist/test/fuzz/canvases.js [runs] [seed]`. */
const runs = Number(process.argv[2] ?? 10_000);
const seed = Number(process.argv[3] ?? 1);
let events = 0;
let truncated = 0;

fc.assert(
  fc.property(topologies, fc.boolean(), (topology, acyclic) => {
    // Conservation and Little's law are asserted within; a breach throws, and the counterexample is printed.
    const run = runTopology(topology, acyclic);
    events += run.engine.events;
    if (run.engine.truncatedBy !== null) truncated++;
  }),
  { numRuns: runs, seed },
);

console.log(
  `${runs} random canvases, seed ${seed}: no breach in ${events} events; ${truncated} met a limit of the run`,
);
