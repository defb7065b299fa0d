/** Most replications: at some seconds each, an evening's work. */
export const mostSeeds = 1000;

/** Most worker threads. */
export const mostWorkers = 256;
