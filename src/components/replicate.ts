import type { z } from "zod";
import type { Engine } from "../sim/engine.js";
import { Outcome } from "../sim/outcome.js";
import type { Station } from "../sim/station.js";
import { byDefault, mode } from "./mode.js";
import { Passthrough } from "./passthrough.js";
import type { replicateParameters } from "./replicate.schema.js";

/** Copies to every edge side by side, and is ok as soon as the quorum is. */
class Replicate extends Passthrough {
  private readonly copies: number;
  private readonly needed: number;

  constructor(engine: Engine, station: Station, quorum: number | "all") {
    super(engine, station);
    this.copies = station.spec.success.filter((edge) => !edge.async).length;
    this.needed = quorum === "all" ? this.copies : Math.min(quorum, this.copies);
  }

  override forward(call: number): void {
    const { success } = this.station.spec;
    if (success.length === 0) super.forward(call);
    else this.engine.routes.copy(call, success);
  }

  override reply(frame: number, outcome: Outcome, reply: number): void {
    const { calls, frames, routes } = this.engine;
    const out = --calls.step[frame]!;
    if (outcome === Outcome.ok) {
      calls.carried[frame]! |= reply;
      calls.mark[frame]!++;
    }
    const ok = calls.mark[frame]!;
    if (ok < this.needed && ok + out >= this.needed) {
      frames.keepWaiting(frame);
      return;
    }
    routes.abandonCopies(frame);
    if (ok >= this.needed) frames.pass(frame, Outcome.ok, calls.carried[frame]!);
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
