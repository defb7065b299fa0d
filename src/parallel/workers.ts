import { availableParallelism } from "node:os";
import { inThisThread, type Simulator } from "./simulator.js";

/** Work of fewer intents, about two seconds of it, is done before threads have started and compiled the code anew. */
const intentsWorthThreads = 300_000;

/** The worker threads of one evaluation; they start when there is work that is worth it. */
export class Workers {
  private threads: Simulator | null = null;

  /** `asked` is the number of threads, 1 for none; undefined for as many as the machine runs at once. */
  constructor(private readonly asked: number | undefined) {}

  /** Where to simulate runs of about so many intents in all. */
  async simulatorFor(intents: number): Promise<Simulator> {
    const count = this.asked ?? (intents < intentsWorthThreads ? 1 : availableParallelism());
    if (count === 1) return inThisThread;
    if (this.threads === null) {
      const { onWorkerThreads } = await import("./worker-threads.js");
      this.threads = onWorkerThreads(count);
    }
    return this.threads;
  }

  async close(): Promise<void> {
    await this.threads?.close();
  }
}
