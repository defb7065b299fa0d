import { Bench } from "tinybench";

/** A piece of work that says how many events it handled. */
export interface Work {
  readonly name: string;
  run(): number;
}

export interface Speed {
  readonly name: string;
  /** Of one round. */
  readonly events: number;
  /** Medians over the rounds. */
  readonly seconds: number;
  readonly eventsPerS: number;
}

/** Rounds of each piece of work, after one that warms up. */
const defaultRounds = 7;

/** Times pieces of work one after the other in this process. */
export async function measureSpeeds(works: readonly Work[], rounds = defaultRounds): Promise<readonly Speed[]> {
  const bench = new Bench({ time: 0, iterations: rounds, warmupTime: 0, warmupIterations: 1, throws: true });
  const events = new Map<string, number>();
  for (const { name, run } of works) {
    bench.add(name, () => {
      events.set(name, run());
    });
  }
  await bench.run();
  return works.map(({ name }) => {
    const result = bench.getTask(name)?.result;
    if (result === undefined || !("latency" in result)) throw new Error(`${name} was not measured`);
    const seconds = result.latency.p50 / 1000;
    const count = events.get(name) ?? 0;
    return { name, events: count, seconds, eventsPerS: count / seconds };
  });
}
