import type { z } from "zod";
import type { Draws } from "../sim/draws.js";
import type { Engine } from "../sim/engine.js";
import { IntentFlag } from "../sim/intents.js";
import { Outcome, Reply } from "../sim/outcome.js";
import type { Station } from "../sim/station.js";
import type { filterParameters } from "./filter.schema.js";
import { byDefault, mode } from "./mode.js";
import { Passthrough } from "./passthrough.js";

interface FilterParameters {
  /** Share of all calls dropped, 0 to 1. */
  readonly dropShare: number;
  readonly detection: number;
  readonly falsePositive: number;
}

/** Drops a share of its calls: they are rejected after its service. */
class Filter extends Passthrough {
  private readonly uniform: Draws;

  constructor(
    engine: Engine,
    station: Station,
    private readonly parameters: FilterParameters,
  ) {
    super(engine, station);
    this.uniform = station.spec.stream("filter");
  }

  override forward(call: number): void {
    const { dropShare, detection, falsePositive } = this.parameters;
    const hostile = this.engine.intents.is(this.engine.calls.intent[call]!, IntentFlag.hostile);
    const judged = hostile ? detection : falsePositive;
    if (this.uniform.next() < dropShare + (1 - dropShare) * judged) {
      this.engine.frames.fail(call, Outcome.rejected, Reply.none);
    } else super.forward(call);
  }
}

export const filter = mode<FilterParameters>({
  name: "filter",
  asynchronous: false,
  resolve(written, context) {
    const own = written as z.infer<typeof filterParameters>;
    return {
      dropShare: context.given(own.dropPct, "dropPct", 0, byDefault) / 100,
      detection: context.given(own.detection, "detection", 0.9, byDefault),
      falsePositive: context.given(own.falsePositive, "falsePositive", 0.01, byDefault),
    };
  },
  create: (parameters) => (engine, station) => new Filter(engine, station, parameters),
});
