import { Passthrough } from "../components/passthrough.js";
import type { Alarm } from "../roles/role.js";
import type { Engine } from "../sim/engine.js";
import type { Station } from "../sim/station.js";

/** A role's alarm, on the timer of a station of its own: the component's timer belongs to its mode. */
export class RoleAlarm extends Passthrough implements Alarm {
  dueMs = Number.POSITIVE_INFINITY;

  constructor(
    engine: Engine,
    station: Station,
    private readonly ring: () => void,
  ) {
    super(engine, station);
  }

  set(dueMs: number): void {
    this.dueMs = dueMs;
    if (dueMs === Number.POSITIVE_INFINITY) return;
    this.station.tickMs = dueMs;
    this.engine.setStationTimer(this.station);
  }

  override tick(): void {
    // The event of an earlier setting.
    if (this.engine.now !== this.dueMs) return;
    this.dueMs = Number.POSITIVE_INFINITY;
    this.ring();
  }
}
