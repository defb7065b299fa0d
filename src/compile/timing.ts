import type { Canvas, Component, TimeSpec } from "../canvas/canvas.js";
import { defaultDelayMs } from "../components/delay.js";
import type { Problem } from "../problem/problem.js";
import { meanOf } from "../sim/service-times.js";
import type { FlowEdge } from "./flow.js";
import type { Graph } from "./graph.js";

/** Service time of a component that states none. */
export const defaultTime: TimeSpec = { dist: "lognormal", medianMs: 5, sigma: 0.3 };
/** A plain component is sized for this multiple of λ: about 60 % busy at 5 λ. */
const headroom = 8;

/** λ: the problem's base rate per second, or the time mean of its profile. */
export function baseRatePerS(problem: Problem): number {
  const { ratePerS, profile, durationMs } = problem.workload;
  if (ratePerS !== undefined) return ratePerS;
  if (profile === undefined || profile.length === 0) return 0;
  let area = 0;
  let atMs = 0;
  let rate = profile[0]!.ratePerS;
  for (const point of profile) {
    if (atMs >= durationMs) break;
    const untilMs = Math.min(point.atMs, durationMs);
    const share = point.atMs > atMs ? (untilMs - atMs) / (point.atMs - atMs) : 1;
    const reached = rate + share * (point.ratePerS - rate);
    area += ((untilMs - atMs) * (rate + reached)) / 2;
    atMs = untilMs;
    rate = reached;
  }
  return (area + (durationMs - atMs) * rate) / durationMs;
}

/** Kinds of component that keep their slot while they wait for what they called. */
export function isActive(component: Component): boolean {
  return component.type === "step" || component.type === "decision" || component.type === "trigger";
}

function isAsynchronous(component: Component): boolean {
  return component.behavior?.mode === "queue" || component.behavior?.mode === "batch";
}

/**
 * Undisturbed times of a canvas, milliseconds: what a call takes at a component and below it.
 * Retries, waiting and faults count nothing, nor does a way back to a component that is already on the way; a queue or
 * batch counts its accepting only.
 */
export class Timing {
  /** Answers on the ways from one component: what a cycle adds depends on where the way began. */
  private readonly answers = new Map<number, number>();
  private readonly pending = new Set<number>();

  constructor(
    private readonly canvas: Canvas,
    private readonly graph: Graph,
    /** Service time by component, of the role's owner where it is external. */
    private readonly timeOf: (index: number) => TimeSpec,
    private readonly isExternal: (index: number) => boolean,
  ) {}

  /** Mean time from calling the component to its answer. */
  private answerMs(index: number): number {
    // A queue in front of a provider is the client's own: its caller does not wait for the provider.
    if (this.isExternal(index) && isAsynchronous(this.canvas.components[index]!)) return 0;
    const known = this.answers.get(index);
    if (known !== undefined) return known;
    if (this.pending.has(index)) return 0;
    this.pending.add(index);
    const answer = this.ownMs(index) + this.delayMs(index) + this.belowMs(index);
    this.pending.delete(index);
    this.answers.set(index, answer);
    return answer;
  }

  /** Mean time for which a call holds its slot. */
  holdMs(index: number): number {
    const component = this.canvas.components[index]!;
    const heldBelow = isActive(component) && component.behavior?.mode !== "delay";
    if (!heldBelow) return this.ownMs(index);
    this.answers.clear();
    this.pending.add(index);
    const belowMs = this.belowMs(index);
    this.pending.delete(index);
    return this.ownMs(index) + belowMs;
  }

  /** What a delay holds a call for, without a slot. */
  private delayMs(index: number): number {
    const { behavior } = this.canvas.components[index]!;
    if (behavior?.mode !== "delay") return 0;
    return typeof behavior.delayMs === "number" ? behavior.delayMs : defaultDelayMs;
  }

  private ownMs(index: number): number {
    return this.canvas.components[index]!.type === "person" ? 0 : meanOf(this.timeOf(index));
  }

  private belowMs(index: number): number {
    const component = this.canvas.components[index]!;
    if (isAsynchronous(component)) return 0;
    const edges = this.graph.from(index).filter((edge) => edge.on === "success");
    const times = edges.map((edge) => this.edgeMs(edge));
    if (times.length === 0) return 0;
    const mode = component.behavior?.mode;
    if (mode === "split" || mode === "condition") return weightedMean(mode, edges, times);
    if (isActive(component) && mode !== "replicate") return times.reduce((sum, time) => sum + time, 0);
    return Math.max(...times);
  }

  private edgeMs(edge: FlowEdge): number {
    return edge.connection.async === true ? 0 : (edge.connection.latencyMs ?? 0) + this.answerMs(edge.to);
  }
}

function weightedMean(mode: string, edges: readonly FlowEdge[], times: readonly number[]): number {
  const weighted = edges.some((edge) => edge.connection.weight !== undefined);
  if (!weighted && mode === "condition") return times[0]!;
  const weights = edges.map((edge) => (weighted ? (edge.connection.weight ?? 1) : 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return total === 0 ? times[0]! : times.reduce((sum, time, i) => sum + (time * weights[i]!) / total, 0);
}

/** Slots of a plain component: ⌈8 · λ · hold⌉ + 1. */
export function defaultSlots(ratePerS: number, holdMs: number): number {
  return Math.ceil((headroom * ratePerS * holdMs) / 1000) + 1;
}

/** Waiting room of a plain component: ⌈8 · λ⌉. */
export function defaultQueueLimit(ratePerS: number): number {
  return Math.ceil(headroom * ratePerS);
}

/** Slots of an external role: rate × mean latency, in whole slots, one at least; rounding grants a little more rate. */
export function externalSlots(ratePerS: number, meanMs: number): number {
  return Math.max(1, Math.ceil((ratePerS * meanMs) / 1000));
}
