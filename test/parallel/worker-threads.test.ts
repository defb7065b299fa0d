import { afterAll, describe, expect, it } from "vitest";
import type { Model } from "../../src/compile/model.js";
import { replications, runsAhead } from "../../src/parallel/replications.js";
import { inThisThread, type Simulator } from "../../src/parallel/simulator.js";
import { onWorkerThreads } from "../../src/parallel/worker-threads.js";
import { planRuns } from "../../src/scenarios/simulate.js";
import { modelOf, step } from "../components/network.js";

const threads = onWorkerThreads(2);
afterAll(() => threads.close());

const model = modelOf({
  components: [{ id: "people", type: "person" }, step("desk", { service: { timeMs: 20, concurrency: 2 } })],
  connections: ["people→desk"],
  workload: { ratePerS: 50, durationMs: 20_000, arrivals: "poisson" },
});

async function collect(simulator: Simulator, seeds: readonly number[]): Promise<string> {
  const collected = [];
  for await (const replication of replications([model], seeds, undefined, simulator)) collected.push(replication);
  return JSON.stringify(collected);
}

describe("worker threads", () => {
  it("work ahead of a long run, but not so far that memory would not do", () => {
    expect([1, 2, 8, 16, 64, 256].map(runsAhead)).toEqual([8, 16, 64, 128, 128, 512]);
  });

  it("show what this thread shows, in the order of the seeds", async () => {
    const seeds = [5, 1, 4, 2, 3, 9, 8];
    const here = await collect(inThisThread, seeds);
    expect(await collect(threads, seeds)).toBe(here);
    expect(JSON.parse(here).map(({ seed }: { seed: number }) => seed)).toEqual(seeds);
  });

  it("carry a fault over with its name, message and stack", async () => {
    const [run] = planRuns(model, { seed: 1 });
    const lost = { ...run!, id: "baseline:lost" };
    const fault = await threads.measure(model, lost).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(Error);
    expect((fault as Error).name).toBe("RangeError");
    expect((fault as Error).message).toBe("scenario baseline has no run baseline:lost");
    expect((fault as Error).stack).toContain("worker.js");
  });

  it("go on after a fault", async () => {
    const unknown: Model = {
      ...model,
      problem: { ...model.problem, scenarios: [{ id: "baseline", kind: "storm" } as never] },
    };
    const [run] = planRuns(model, { seed: 1 });
    await expect(threads.measure(unknown, run!)).rejects.toThrow('scenario kind "storm" is not known');
    expect(await threads.measure(model, run!)).toEqual(run!.measure());
  });
});
