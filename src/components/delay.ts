import type { z } from "zod";
import type { Engine } from "../sim/engine.js";
import type { Station } from "../sim/station.js";
import type { delayParameters } from "./delay.schema.js";
import { byDefault, mode } from "./mode.js";
import { Passthrough } from "./passthrough.js";

/** How long a delay holds a call when the canvas does not say, milliseconds. */
export const defaultDelayMs = 100;

/** Holds a call for a constant time, without a slot. */
class Delay extends Passthrough {
  constructor(
    engine: Engine,
    station: Station,
    private readonly delayMs: number,
  ) {
    super(engine, station);
  }

  override forward(call: number): void {
    this.engine.service.leaveSlot(call, this.station);
    this.engine.sleep(call, this.delayMs);
  }

  override wake(call: number): void {
    super.forward(call);
  }
}

export const delay = mode<{ readonly delayMs: number }>({
  name: "delay",
  asynchronous: false,
  resolve: (written, context) => ({
    delayMs: context.given((written as z.infer<typeof delayParameters>).delayMs, "delayMs", defaultDelayMs, byDefault),
  }),
  create:
    ({ delayMs }) =>
    (engine, station) =>
      new Delay(engine, station, delayMs),
});
