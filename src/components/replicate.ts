import type { z } from "zod";
import type { Engine } from "../sim/engine.js";
import { Outcome } from "../sim/outcome.js";
import type { Edge, Station } from "../sim/station.js";
import { byDefault, mode } from "./mode.js";
import { Passthrough } from "./passthrough.js";
import type { replicateParameters } from "./replicate.schema.js";

/** Copies to every edge side by side, and is ok as soon as the quorum is. */
class Replicate extends Passthrough {
  private readonly needed: number;
  private readonly neededOfPolls: number;

  constructor(engine: Engine, station: Station, quorum: number | "all") {
    super(engine, station);
    const needed = (edges: readonly Edge[]): number => {
      const copies = edges.filter((edge) => !edge.async).length;
      return quorum === "all" ? copies : Math.min(quorum, copies);
    };
    this.needed = needed(station.spec.success);
    this.neededOfPolls = needed(station.spec.poll);
  }

  override forward(call: number): void {
    const edges = this.engine.routes.waysOf(call, this.station);
    if (edges.length === 0) super.forward(call);
    else this.engine.routes.copy(call, edges);
  }

  override reply(frame: number, outcome: Outcome, reply: number): void {
    const { calls, frames, routes } = this.engine;
    const out = --calls.step[frame]!;
    if (outcome === Outcome.ok) {
      calls.carried[frame]! |= reply;
      calls.mark[frame]!++;
    }
    const ok = calls.mark[frame]!;
    const needed = routes.waysOf(frame, this.station) === this.station.spec.success ? this.needed : this.neededOfPolls;
    if (ok < needed && ok + out >= needed) {
      frames.keepWaiting(frame);
      return;
    }
    routes.abandonCopies(frame);
    if (ok >= needed) frames.pass(frame, Outcome.ok, calls.carried[frame]!);
    else frames.pass(frame, outcome, reply);
  }
}

export const replicate = mode<{ readonly quorum: number | "all" }>({
  name: "replicate",
  asynchronous: false,
  resolve: (written, context) => ({
    quorum: context.given<number | "all">(
      (written as z.infer<typeof replicateParameters>).quorum,
      "quorum",
      "all",
      byDefault,
    ),
  }),
  create:
    ({ quorum }) =>
    (engine, station) =>
      new Replicate(engine, station, quorum),
});
