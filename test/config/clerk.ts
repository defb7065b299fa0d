import { readFileSync } from "node:fs";

const example = JSON.parse(readFileSync("examples/clerk.problem.json", "utf8")) as { readonly workload: object };

/** The clerk of the examples for twenty seconds, with a second scenario: quick to simulate. */
export const clerkProblem = JSON.stringify({
  ...example,
  workload: { ratePerS: 2, arrivals: "poisson", durationMs: 20_000, drainMs: 60_000 },
  scenarios: [
    { id: "steady", kind: "baseline" },
    { id: "rush", kind: "spike", multiplier: 2, startMs: 5_000, endMs: 10_000 },
  ],
  criteria: { metrics: ["dropRate <= 1%"] },
});

/** A canvas that passes it. */
export const clerkCanvas = readFileSync("examples/clerk.json", "utf8");
