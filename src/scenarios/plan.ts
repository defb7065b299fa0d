import type { ModelComponent } from "../compile/model.js";
import type { ScenarioSpec } from "../problem/problem.js";
import type { Engine } from "../sim/engine.js";
import type { Station } from "../sim/station.js";

/** A window of a run, [startMs, endMs). */
export interface Window {
  readonly startMs: number;
  readonly endMs: number;
  /** It has no end of its own: it lasts while the run drains, too. */
  readonly lasts?: true;
}

/** Arrivals come `multiplier` times as fast within the window, and `outside` times as fast before and after it. */
export interface RateWindow extends Window {
  readonly multiplier: number;
  readonly outside: 0 | 1;
}

/** A component that plays a role, as faults meet it. */
export interface Target {
  readonly component: ModelComponent;
  readonly station: Station;
}

/** What a scenario may act on while it sets up its faults. */
interface Stage {
  readonly engine: Engine;
  /** The components bound to a role. */
  targets(role: string): readonly Target[];
}

/** One run of a scenario: what it changes about the workload and the world. */
export interface Plan {
  /** The scenario's id; of an outage in both modes, with the mode behind a colon. */
  readonly id: string;
  /** Roles that must be bound for the run to mean anything. */
  readonly targets: readonly string[];
  /** When the run is disturbed; null when it is not. */
  readonly disturbance: Window | null;
  /** Roles that are down while it is disturbed; none when left out. */
  readonly down?: readonly string[];
  /** Faster arrivals of the clean population. */
  readonly rate?: RateWindow;
  /** Hostile arrivals, at a multiple of the clean rate. */
  readonly hostile?: RateWindow;
  /** Plans the faults. */
  apply(stage: Stage): void;
}

/** A kind of scenario. */
export interface ScenarioKind {
  readonly kind: string;
  /** The runs it takes; `arrivals` is the part of the run in which intents arrive. */
  plans(spec: ScenarioSpec, arrivals: Window): readonly Plan[];
}

/** The window that a scenario states; without an end, until the run is over. */
export function windowOf(spec: { startMs?: number | undefined; endMs?: number | undefined }, arrivals: Window): Window {
  const startMs = spec.startMs ?? arrivals.startMs;
  return spec.endMs === undefined ? { startMs, endMs: arrivals.endMs, lasts: true } : { startMs, endMs: spec.endMs };
}

/** Begins something at the window's start and ends it at its end. */
export function during(engine: Engine, window: Window, begin: () => void, end: () => void): void {
  engine.at(window.startMs, begin);
  if (window.lasts !== true) engine.at(window.endMs, end);
}

/** The same for every component that plays a role. */
export function duringOn(
  stage: Stage,
  role: string,
  window: Window,
  begin: (target: Target) => void,
  end: (target: Target) => void,
): void {
  for (const target of stage.targets(role)) {
    during(
      stage.engine,
      window,
      () => begin(target),
      () => end(target),
    );
  }
}
