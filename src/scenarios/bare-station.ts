import { constant } from "../sim/draws.js";
import type { Engine } from "../sim/engine.js";
import { type Edge, Station } from "../sim/station.js";

/** A station behind the canvas's own, without slots or time: the population, a store's change feed. */
export function bareStation(engine: Engine, id: string, success: readonly Edge[] = []): Station {
  const station = new Station(
    {
      index: engine.stations.length,
      id,
      active: true,
      slots: Number.POSITIVE_INFINITY,
      asynchronous: false,
      queueLimit: 0,
      times: constant(0),
      errorRate: 0,
      errors: constant(1),
      stream: (purpose) => engine.options.streams.stream(purpose),
      success,
      failure: [],
      compensate: [],
      deadLetter: [],
      open: [],
      poll: [],
      weighted: false,
      fullAfterMs: 0,
    },
    engine,
  );
  engine.stations.push(station);
  return station;
}
