import type { Autoscale } from "../compile/model.js";
import type { Engine } from "../sim/engine.js";
import type { Station } from "../sim/station.js";

/** Busy slots are integrals over time: what is over a whole number by less than this is rounding. */
const rounding = 1e-9;

/**
 * Lets a station's slots follow its load. Every `everyMs` the mean number of busy slots since the last look is divided
 * by the target utilisation; rounded up and kept between min and max, that is how many are wanted. More are there at
 * once, fewer one at each look, and what is in service stays.
 *
 * Source: the rule of the Kubernetes horizontal pod autoscaler, ⌈replicas × utilisation ÷ target⌉, without its tolerance.
 */
export function autoscale(engine: Engine, station: Station, { min, max, targetUtilization, everyMs }: Autoscale): void {
  let busyMsBefore = 0;
  const look = (): void => {
    const busyMs = station.line.busyMs();
    const meanBusy = (busyMs - busyMsBefore) / everyMs;
    busyMsBefore = busyMs;
    const wanted = Math.min(max, Math.max(min, Math.ceil(meanBusy / targetUtilization - rounding)));
    if (wanted > station.slots) {
      station.setSlots(wanted);
      engine.service.callUp(station);
    } else if (wanted < station.slots) station.setSlots(station.slots - 1);
    engine.at(engine.now + everyMs, look);
  };
  engine.at(everyMs, look);
}
