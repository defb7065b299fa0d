import { Tally } from "./tally.js";

/** What one measured part of a run showed of a line. */
export interface LineReport {
  readonly meanLength: number;
  readonly utilization: number;
}

/** Tells virtual time, milliseconds. */
export interface Clock {
  readonly now: number;
}

/**
 * Statistics of a waiting line and the servers behind it, by time-weighted accumulation.
 * Who leaves says since when he was here by the place where that time stands, `since[index]`: nothing is allocated.
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

  constructor(private readonly clock: Clock) {}

  private advance(): void {
    const { now } = this.clock;
    const elapsed = now - this.changedMs;
    if (elapsed > 0) {
      this.waitingArea += elapsed * this.waiting;
      this.busyArea += elapsed * this.busy;
      this.serverArea += elapsed * this.serversNow();
      this.changedMs = now;
    }
  }

  /** A server that was taken away while it was busy is there until it is done: no line is more than fully used. */
  private serversNow(): number {
    return this.servers > 0 && this.busy > this.servers ? this.busy : this.servers;
  }

  /** Tells how many servers there are from now on; Infinity counts as none to be used up. */
  setServers(servers: number): void {
    this.advance();
    this.servers = Number.isFinite(servers) ? servers : 0;
  }

  joined(): void {
    this.advance();
    if (++this.waiting > this.longest) this.longest = this.waiting;
  }

  /** One that waited goes into service. */
  calledUp(since: Float64Array, index: number): void {
    this.advance();
    this.waiting--;
    this.busy++;
    this.wait.value = this.clock.now - since[index]!;
    this.wait.record();
  }

  /** One goes into service without having waited. */
  startedAtOnce(): void {
    this.advance();
    this.busy++;
    this.wait.value = 0;
    this.wait.record();
  }

  /** A server is free again; the one it served leaves. */
  left(since: Float64Array, index: number): void {
    this.advance();
    const sojournMs = this.clock.now - since[index]!;
    this.busy--;
    this.residenceMs += sojournMs;
    this.sojourn.value = sojournMs;
    this.sojourn.record();
  }

  /** A server is free again, and what it served stays in the line (a message that will be delivered once more). */
  returned(): void {
    this.advance();
    this.busy--;
    if (++this.waiting > this.longest) this.longest = this.waiting;
  }

  /** One leaves the line unserved. */
  gaveUp(since: Float64Array, index: number): void {
    this.advance();
    this.waiting--;
    this.residenceMs += this.clock.now - since[index]!;
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

  full(): void {
    if (Number.isNaN(this.firstFullMs)) this.firstFullMs = this.clock.now;
  }

  /** Begins the measured part: what came before is forgotten. */
  startMeasuring(): void {
    this.advance();
    this.startMs = this.clock.now;
    this.startWaitingArea = this.waitingArea;
    this.startBusyArea = this.busyArea;
    this.startServerArea = this.serverArea;
    this.longest = this.waiting;
    this.wait.reset();
    this.sojourn.reset();
    this.serviceSumMs = 0;
    this.services = 0;
  }

  /**
   * Ends the part over which lengths and utilisation are averaged, once; the rest of the run drains. A time still to
   * come is one until which nothing changes.
   */
  stopMeasuring(atMs: number): void {
    if (!Number.isNaN(this.stopMs)) return;
    this.advance();
    const restMs = atMs - this.clock.now;
    this.stopMs = atMs;
    this.stopWaitingArea = this.waitingArea + restMs * this.waiting;
    this.stopBusyArea = this.busyArea + restMs * this.busy;
    this.stopServerArea = this.serverArea + restMs * this.serversNow();
  }

  /** Busy time until now, server-milliseconds: for a timeline of utilisation. */
  busyMs(): number {
    this.advance();
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
   * `stillInsideMs` is that sum for those who are inside now. Returns both sides.
   */
  littlesLaw(stillInsideMs: number): { readonly area: number; readonly residence: number } {
    this.advance();
    return { area: this.waitingArea + this.busyArea, residence: this.residenceMs + stillInsideMs };
  }
}
