import type { BehaviorSpec } from "../canvas/canvas.js";
import type { BehaviourFactory } from "../sim/behaviour.js";

/** What the defaults of a mode may depend on. */
export interface ModeContext {
  /** The problem's base arrival rate λ, per second. */
  readonly ratePerS: number;
  /** Rate of the nearest external role downstream, per second; null when there is none. */
  readonly externalRatePerS: number | null;
  /** What comes here is told of ends: events of an order's becoming final, from a store or an outbox. */
  readonly carriesEvents: boolean;
  /** Times the file's load that the run is for: a default that is a plain count grows with it. */
  readonly loadFactor: number;
  /** The value written in the canvas, or the default, which is listed as an assumption. */
  given<T extends string | number | boolean>(written: T | undefined, field: string, fallback: T, because: string): T;
}

/** A behaviour mode: how its parameters get their defaults, and how it behaves. */
export interface Mode<Parameters extends object = object> {
  readonly name: string;
  /** Accepting acknowledges the caller: what follows is not part of the call. */
  readonly asynchronous: boolean;
  /** Fills in the defaults. */
  resolve(written: BehaviorSpec, context: ModeContext): Parameters;
  /** Builds the behaviour of one station. */
  create(parameters: Parameters): BehaviourFactory;
}

/** Registers a mode of any parameters under the common type. */
export function mode<Parameters extends object>(definition: Mode<Parameters>): Mode {
  return {
    name: definition.name,
    asynchronous: definition.asynchronous,
    resolve: (written, context) => definition.resolve(written, context),
    create: (parameters) => definition.create(parameters as Parameters),
  };
}

/** The default of the design, without a reason of its own. */
export const byDefault = "default";
