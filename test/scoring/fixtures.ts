import type { Component } from "../../src/canvas/canvas.js";
import type { Model, ModelComponent, ModelEdge } from "../../src/compile/model.js";
import type { Problem } from "../../src/problem/problem.js";
import type { ComponentMeasurement, Metrics, ScenarioMeasurement } from "../../src/scenarios/measurement.js";
import { noCost } from "../../src/scoring/cost.js";
import type { JudgeContext } from "../../src/scoring/judge.js";
import type { CostResult } from "../../src/scoring/result.js";

/** A component of a small model: what is left out is a plain step with 10 slots of 5 ms. */
export type ComponentSketch = { readonly id: string } & Partial<Omit<ModelComponent, "index" | "edges">>;

function component(sketch: ComponentSketch, index: number, edges: readonly ModelEdge[]): ModelComponent {
  const mode = sketch.mode ?? "passthrough";
  return {
    label: sketch.id,
    type: "step",
    mode,
    parameters: {},
    role: null,
    external: false,
    active: sketch.external !== true,
    slots: sketch.type === "person" ? Number.POSITIVE_INFINITY : 10,
    queueLimit: 100,
    time: 5,
    meanServiceMs: 5,
    errorRate: 0,
    idempotency: {},
    ratePerS: null,
    asynchronous: mode === "queue" || mode === "batch",
    wraps: null,
    ...sketch,
    index,
    edges: edges.filter((edge) => edge.from === index).map((edge) => edge.index),
  };
}

/**
 * Connections as `from>to`, or `from>to:condition`; `open-any` is `open` with `openFor: any`. A step of a durable
 * sequence is `from>to:operation/undo`.
 */
function edge(text: string, index: number, sketches: readonly ComponentSketch[]): ModelEdge {
  const [ends = "", said = "success"] = text.split(":");
  const [operation = null, undo = null] = said.includes("/") ? said.split("/") : [];
  const on = said === "open-any" ? "open" : operation === null ? said : "success";
  const [from, to] = ends.split(">").map((id) => sketches.findIndex((sketch) => sketch.id === id));
  if (from === undefined || to === undefined || from < 0 || to < 0) throw new RangeError(`no such ends: ${text}`);
  const ordinary = { dualWrite: false, relayed: false, divertsAny: said === "open-any", drawn: true };
  const plain = {
    latencyMs: 0,
    weight: 1,
    weighted: false,
    operation,
    undo: undo === "" ? null : undo,
    async: on === "async",
    ...ordinary,
  };
  return { index, id: ends, from, to, on: on === "async" ? "success" : (on as ModelEdge["on"]), ...plain };
}

export const checkoutProblem: Problem = {
  id: "checkout",
  title: "Checkout",
  workload: { ratePerS: 20, durationMs: 180_000, client: { timeoutMs: 10_000 } },
  scenarios: [{ id: "baseline", kind: "baseline" }],
};

export interface ModelSketch {
  readonly components: readonly ComponentSketch[];
  readonly edges?: readonly string[];
  readonly entries?: readonly string[];
  readonly problem?: Partial<Problem>;
  readonly unbound?: readonly string[];
  /** Declared monthly cost by component, US dollars. */
  readonly declared?: Readonly<Record<string, number>>;
}

/** A model from a few words; persons are its entries unless it names others. */
export function buildModel(sketch: ModelSketch): Model {
  const edges = (sketch.edges ?? []).map((text, index) => edge(text, index, sketch.components));
  const components = sketch.components.map((one, index) => component(one, index, edges));
  const isEntry = ({ id, type }: ModelComponent) => sketch.entries?.includes(id) ?? type === "person";
  const bindings = new Map<string, number[]>();
  for (const { role, index } of components) {
    if (role !== null) bindings.set(role, [...(bindings.get(role) ?? []), index]);
  }
  const drawn = components.filter((one) => one.wraps === null);
  return {
    canvas: { name: "A canvas", components: drawn.map((one) => drawnComponent(one, sketch.declared)), connections: [] },
    problem: { ...checkoutProblem, ...sketch.problem },
    components,
    edges,
    entries: components.filter(isEntry).map(({ index }) => index),
    bindings,
    unbound: sketch.unbound ?? [],
    assumptions: [],
    findings: [],
  };
}

function drawnComponent({ id, type, mode }: ModelComponent, declared: ModelSketch["declared"]): Component {
  const monthlyUsd = declared?.[id];
  return { id, type, behavior: { mode }, ...(monthlyUsd === undefined ? {} : { cost: { monthlyUsd } }) };
}

const provider = {
  id: "psp",
  type: "tool",
  role: "payment-provider",
  external: true,
  ratePerS: 60,
  slots: 19,
  meanServiceMs: 314,
  idempotency: { key: "item" },
} as const satisfies ComponentSketch;

export const retryParameters = {
  maxAttempts: 4,
  timeoutMs: 4000,
  backoffMs: 200,
  backoffFactor: 2,
  maxBackoffMs: 30_000,
};

/** shopper → api → orders; api → queue → worker → breaker → psp, with changes to single components. */
export function checkoutSketch(changes: Readonly<Record<string, Partial<ComponentSketch>>> = {}): ModelSketch {
  const components: readonly ComponentSketch[] = [
    { id: "shopper", type: "person" },
    { id: "api" },
    { id: "orders", type: "storage", role: "order-store", idempotency: { key: "request", check: "unique" } },
    {
      id: "queue",
      type: "channel",
      mode: "queue",
      parameters: { visibilityMs: 60_000, maxDeliveries: 10, releaseRps: 45 },
    },
    { id: "worker", mode: "retry", parameters: retryParameters },
    { id: "breaker", mode: "circuitbreaker" },
    provider,
  ];
  return {
    components: components.map((one) => ({ ...one, ...changes[one.id] })),
    edges: ["shopper>api", "api>orders", "api>queue", "queue>worker", "worker>breaker", "breaker>psp"],
  };
}

const noLatency = { count: 0, mean: null, p50: null, p95: null, p99: null, max: null };

/** A latency whose every quantile is the same. */
export function latency(ms: number | null): Metrics["acceptMs"] {
  return { count: ms === null ? 0 : 100, mean: ms, p50: ms, p95: ms, p99: ms, max: ms };
}

export function buildMetrics(changes: Partial<Metrics> = {}): Metrics {
  return {
    offered: 1000,
    accepted: 1000,
    delivered: 1000,
    dropped: 0,
    pending: 0,
    declined: 0,
    abandoned: 0,
    dropRate: 0,
    deliveryRate: 1,
    errors: 0,
    acceptErrorRate: 0,
    compoundErrorRate: null,
    undelivered: 0,
    amplification: 1,
    providerErrorRate: 0,
    blocked: null,
    recoveryMs: null,
    recoveryCensored: false,
    backlogMax: 0,
    drainMs: null,
    acceptMs: latency(21),
    confirmMs: latency(550),
    readLagMs: latency(null),
    readCaughtUpMs: null,
    polls: 0,
    pollErrorRate: null,
    statusMs: noLatency,
    sessionMs: noLatency,
    unknownMs: noLatency,
    disturbedConfirmMs: noLatency,
    freshKeys: 0,
    ...changes,
  };
}

export const nothingMeasured = noLatency;

type MeasuredSketch = { readonly id: string } & Partial<Omit<ComponentMeasurement, "id" | "failures">> & {
    readonly failures?: Partial<ComponentMeasurement["failures"]>;
  };

/** What a component did; what is left out says that 1,000 calls passed without a fault. */
function measured(sketch: MeasuredSketch): ComponentMeasurement {
  const { failures, ...rest } = sketch;
  return {
    arrivals: 1000,
    completed: 1000,
    failedDownstream: 0,
    lost: 0,
    inside: 0,
    slots: 10,
    utilization: 0.5,
    waitMs: { mean: 0, p50: 0, p95: 0, p99: 0 },
    serviceMs: { mean: 5 },
    sojournMs: { mean: 5, p95: 8 },
    queueLength: { mean: 0, max: 0 },
    firstFullMs: null,
    peakArrivalsPerS: 30,
    meanHoldMs: 5,
    queueLimit: 100,
    ...rest,
    failures: { full: 0, rejected: 0, open: 0, unavailable: 0, error: 0, timeout: 0, conflict: 0, ...failures },
  };
}

export type RunSketch = Partial<Omit<ScenarioMeasurement, "metrics" | "timeline" | "components">> & {
  readonly metrics?: Partial<Metrics>;
  readonly health?: readonly (number | null)[];
  readonly components?: readonly MeasuredSketch[];
  /** Messages that still wait at the end, by component. */
  readonly left?: Readonly<Record<string, number>>;
};

/** A run; what is left out says that it was healthy and undisturbed. */
export function buildRun(sketch: RunSketch = {}): ScenarioMeasurement {
  const { metrics, health = [1, 1, 1, 1], components = [], left = {}, ...rest } = sketch;
  const zeros = health.map(() => 0);
  return {
    id: "baseline",
    kind: "baseline",
    seed: 42,
    impossible: null,
    endMs: 180_000,
    durationMs: 180_000,
    arrivalRatePerS: 20,
    events: 12_345,
    truncated: false,
    invariants: [],
    disturbance: null,
    histograms: { acceptMs: { boundsMs: [], counts: [] }, confirmMs: { boundsMs: [], counts: [] } },
    rates: { lowestPerS: 20, highestPerS: 20 },
    ...rest,
    metrics: buildMetrics(metrics),
    components: components.map(measured),
    timeline: {
      intervalMs: 1000,
      offered: zeros,
      accepted: zeros,
      delivered: zeros,
      failed: zeros,
      backlog: zeros,
      health: [...health],
      components: Object.fromEntries(
        Object.entries(left).map(([id, waiting]) => [id, { queueLength: [0, waiting], utilization: [0, 0] }]),
      ),
    },
  };
}

/** A cost; what is left out is 0. */
export function buildCost(changes: Partial<CostResult>): CostResult {
  return { ...noCost, ...changes };
}

export const context: JudgeContext = {
  tool: { name: "chini-bench", version: "0.1.0" },
  canvas: { name: "A canvas", file: "canvases/a.json", sha256: "ab".repeat(32) },
  seeds: [42],
  warnings: [],
  repeat: "chini-bench run checkout canvases/a.json --seed 42",
};
