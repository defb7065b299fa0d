import { Tally } from "./tally.js";

/** What one measured part of a run showed of a line. */
export interface LineReport {
  readonly meanLength: number;
  readonly utilization: number;
}

/**
 * Statistics of a waiting line and the servers behind it, by time-weighted accumulation.
 * Every change is told with its time; nothing is allocated.
 */
export class Line {
  waiting = 0;
  busy = 0;
  longest = 0;
  /** Time at which the line had no more room for the first time; NaN when it always had. */
  firstFullMs = Number.NaN;
  readonly wait = new Tally();
  readonly sojourn = new Tally();
  /** Sum and number of service times, milliseconds. */
  serviceSumMs = 0;
  services = 0;
  /** Integrals over time: of those waiting, and of busy servers. */
  private waitingArea = 0;
  private busyArea = 0;
  private serverArea = 0;
  private servers = 0;
  private changedMs = 0;
  private residenceMs = 0;
  private startMs = 0;
  private stopMs = Number.NaN;
  private startWaitingArea = 0;
  private startBusyArea = 0;
  private stopWaitingArea = 0;
  private stopBusyArea = 0;
  private startServerArea = 0;
  private stopServerArea = 0;

  private advance(now: number): void {
    const elapsed = now - this.changedMs;
    if (elapsed > 0) {
      this.waitingArea += elapsed * this.waiting;
      this.busyArea += elapsed * this.busy;
      this.serverArea += elapsed * this.servers;
      this.changedMs = now;
    }
  }

  /** Tells how many servers there are from now on; Infinity counts as none to be used up. */
  setServers(now: number, servers: number): void {
    this.advance(now);
    this.servers = Number.isFinite(servers) ? servers : 0;
  }

  joined(now: number): void {
    this.advance(now);
    if (++this.waiting > this.longest) this.longest = this.waiting;
  }

  /** One that waited goes into service after `waitMs`. */
  calledUp(now: number, waitMs: number): void {
    this.advance(now);
    this.waiting--;
    this.busy++;
    this.wait.record(waitMs);
  }

  /** One goes into service without having waited. */
  startedAtOnce(now: number): void {
    this.advance(now);
    this.busy++;
    this.wait.record(0);
  }

  /** A server is free again; the one it served had been here for `sojournMs`. */
  left(now: number, sojournMs: number): void {
    this.advance(now);
    this.busy--;
    this.residenceMs += sojournMs;
    this.sojourn.record(sojournMs);
  }

  /** A server is free again, and what it served stays in the line (a message that will be delivered once more). */
  returned(now: number): void {
    this.advance(now);
    this.busy--;
    if (++this.waiting > this.longest) this.longest = this.waiting;
  }

  /** One leaves the line unserved after `sojournMs`. */
  gaveUp(now: number, sojournMs: number): void {
    this.advance(now);
    this.waiting--;
    this.residenceMs += sojournMs;
  }

  /** Mean time for which a server was busy with one, milliseconds; null when none was served. */
  meanBusyMs(): number | null {
    const started = this.wait.count;
    return started === 0 ? null : (this.busyArea - this.startBusyArea) / started;
  }

  served(serviceMs: number): void {
    this.serviceSumMs += serviceMs;
    this.services++;
  }

  full(now: number): void {
    if (Number.isNaN(this.firstFullMs)) this.firstFullMs = now;
  }

  /** Begins the measured part: what came before is forgotten. */
  startMeasuring(now: number): void {
    this.advance(now);
    this.startMs = now;
    this.startWaitingArea = this.waitingArea;
    this.startBusyArea = this.busyArea;
    this.startServerArea = this.serverArea;
    this.longest = this.waiting;
    this.wait.reset();
    this.sojourn.reset();
    this.serviceSumMs = 0;
    this.services = 0;
  }

  /** Ends the part over which lengths and utilisation are averaged, once; the rest of the run drains. */
  stopMeasuring(now: number): void {
    if (!Number.isNaN(this.stopMs)) return;
    this.advance(now);
    this.stopMs = now;
    this.stopWaitingArea = this.waitingArea;
    this.stopBusyArea = this.busyArea;
    this.stopServerArea = this.serverArea;
  }

  /** Busy time until now, server-milliseconds: for a timeline of utilisation. */
  busyMs(now: number): number {
    this.advance(now);
    return this.busyArea;
  }

  report(): LineReport {
    const spanMs = this.stopMs - this.startMs;
    if (!(spanMs > 0)) return { meanLength: 0, utilization: 0 };
    const serverMs = this.stopServerArea - this.startServerArea;
    return {
      meanLength: (this.stopWaitingArea - this.startWaitingArea) / spanMs,
      utilization: serverMs > 0 ? (this.stopBusyArea - this.startBusyArea) / serverMs : 0,
    };
  }

  /**
   * Little's law, exactly: the integral of the number inside equals the sum of the times spent inside.
   * `stillInsideMs` is that sum for those who are inside at `now`. Returns both sides.
   */
  littlesLaw(now: number, stillInsideMs: number): { readonly area: number; readonly residence: number } {
    this.advance(now);
    return { area: this.waitingArea + this.busyArea, residence: this.residenceMs + stillInsideMs };
  }
}
