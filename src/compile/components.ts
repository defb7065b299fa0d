import type { BehaviorSpec, Canvas, Component, TimeSpec } from "../canvas/canvas.js";
import { modes } from "../components/index.js";
import { byDefault, type ModeContext } from "../components/mode.js";
import type { Problem } from "../problem/problem.js";
import { type ExternalParameters, parametersAt } from "../roles/external.js";
import { roles } from "../roles/index.js";
import { meanOf } from "../sim/service-times.js";
import type { Bindings } from "./bind.js";
import { externalSize } from "./external-size.js";
import type { Graph } from "./graph.js";
import type { Autoscale, ModelComponent } from "./model.js";
import type { Notebook } from "./notebook.js";
import { resolveSaga } from "./saga.js";
import type { Schedule } from "./schedule.js";
import { baseRatePerS, defaultQueueLimit, defaultSlots, defaultTime, isActive, Timing } from "./timing.js";

const defaultTargetUtilization = 0.6;
const defaultAutoscaleEveryMs = 15_000;

/** Slots, at the start, and room of a station. */
interface StationSize {
  readonly slots: number;
  readonly queueLimit: number;
  readonly autoscale?: Autoscale;
}

/** Fills in every default of every component; the result's `edges` are left empty. */
export function resolveComponents(
  canvas: Canvas,
  problem: Problem,
  graph: Graph,
  bindings: Bindings,
  schedules: ReadonlyMap<number, Schedule>,
  durable: ReadonlySet<number>,
  notebook: Notebook,
  loadFactor: number,
): readonly ModelComponent[] {
  const roleOf = rolesByComponent(bindings);
  const externalOf = (index: number): ExternalParameters | null => {
    const role = roleOf.get(index);
    if (role === undefined || roles.get(role)?.external !== true) return null;
    const parameters = problem.roles?.[role] as ExternalParameters | undefined;
    return parameters === undefined ? null : parametersAt(parameters, bindings.byRole.get(role)!.indexOf(index));
  };
  const timeOf = (index: number): TimeSpec =>
    externalOf(index)?.timeMs ?? statedTime(canvas.components[index]!) ?? defaultTime;
  const timing = new Timing(canvas, graph, timeOf, (index) => externalOf(index) !== null);
  const outboxes = new Set(bindings.byRole.get("outbox"));
  const resolver = new Resolver(problem, graph, timing, externalOf, outboxes, durable, notebook, loadFactor);
  return canvas.components.map((component, index) => {
    const schedule = schedules.get(index);
    if (schedule !== undefined) return scheduleOf(component, index, schedule);
    const guarded = bindings.guardedByDefault.has(index);
    return resolver.resolve(component, index, roleOf.get(index) ?? null, timeOf(index), guarded);
  });
}

/** A schedule has no slots and no service: it sends its calls one edge after another, and waits for nothing else. */
function scheduleOf(component: Component, index: number, { role, parameters }: Schedule): ModelComponent {
  return {
    index,
    id: component.id,
    label: component.label ?? component.id,
    type: component.type,
    mode: "passthrough",
    parameters: { ...parameters },
    role,
    external: false,
    active: true,
    slots: Number.POSITIVE_INFINITY,
    queueLimit: 0,
    time: 0,
    meanServiceMs: 0,
    errorRate: 0,
    idempotency: {},
    ratePerS: null,
    asynchronous: false,
    edges: [],
    wraps: null,
  };
}

function rolesByComponent(bindings: Bindings): ReadonlyMap<number, string> {
  const roleOf = new Map<number, string>();
  for (const [role, indexes] of bindings.byRole) for (const index of indexes) roleOf.set(index, role);
  return roleOf;
}

/** The service time as written, also under the name that other exports use. */
function statedTime(component: Component): TimeSpec | undefined {
  return component.service?.timeMs ?? numberOf(component.behavior?.processingTimeMs);
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

class Resolver {
  private readonly ratePerS: number;

  constructor(
    problem: Problem,
    private readonly graph: Graph,
    private readonly timing: Timing,
    private readonly externalOf: (index: number) => ExternalParameters | null,
    private readonly outboxes: ReadonlySet<number>,
    private readonly durable: ReadonlySet<number>,
    private readonly notebook: Notebook,
    private readonly loadFactor: number,
  ) {
    this.ratePerS = baseRatePerS(problem);
  }

  resolve(
    component: Component,
    index: number,
    role: string | null,
    time: TimeSpec,
    guardedByDefault: boolean,
  ): ModelComponent {
    const external = this.externalOf(index);
    const behavior = this.behaviorOf(component);
    const mode = modes.get(behavior.mode)!;
    const station = external === null ? this.ownStation(component, index) : externalSize(external);
    const { key, ...idempotency } = component.idempotency ?? {};
    const durable = this.durable.has(index);
    return {
      index,
      id: component.id,
      label: component.label ?? component.id,
      type: component.type,
      mode: behavior.mode,
      parameters: {
        ...mode.resolve(behavior, this.modeContext(component, index)),
        ...(behavior.everyMs === undefined ? {} : { everyMs: behavior.everyMs }),
      },
      role,
      external: external !== null,
      active: external === null && isActive(component),
      time: component.type === "person" ? 0 : time,
      meanServiceMs: component.type === "person" ? 0 : meanOf(time),
      errorRate: external === null ? (component.service?.errorRate ?? 0) : 0,
      idempotency: { ...idempotency, key: key ?? this.defaultKey(component, role, guardedByDefault, durable) },
      ...(durable ? { saga: resolveSaga(component, this.notebook) } : {}),
      ratePerS: external?.ratePerS ?? null,
      asynchronous: mode.asynchronous,
      edges: [],
      wraps: null,
      ...station,
    };
  }

  private behaviorOf(component: Component): BehaviorSpec {
    if (component.type === "person" && modes.get(component.behavior?.mode ?? "")?.asynchronous === true) {
      this.notebook.assume(component.id, "behavior.mode", "passthrough", "a person holds no messages");
      return { mode: "passthrough" };
    }
    if (component.behavior !== undefined) return component.behavior;
    this.notebook.assume(component.id, "behavior.mode", "passthrough", byDefault);
    return { mode: "passthrough" };
  }

  private defaultKey(component: Component, role: string | null, guardedByDefault: boolean, durable: boolean) {
    if (guardedByDefault) return "request";
    if (durable) {
      this.notebook.assume(component.id, "idempotency.key", "request", "a durable sequence keeps a record per request");
      return "request";
    }
    if (role === "consumer" || role === "ledger") {
      this.notebook.assume(component.id, "idempotency.key", "event", `a ${role} knows what it has applied`);
      return "event";
    }
    if (role === "inventory") {
      this.notebook.assume(component.id, "idempotency.key", "item", "a reservation is known by its item");
      return "item";
    }
    if (role === "lock") {
      this.notebook.assume(component.id, "idempotency.key", "intent", "one lock for each cart");
      return "intent";
    }
    if (role !== "payment-provider") return "none";
    this.notebook.assume(component.id, "idempotency.key", "item", "the provider gets the item's key");
    return "item";
  }

  private ownStation(component: Component, index: number): StationSize {
    if (component.type === "person") return { slots: Number.POSITIVE_INFINITY, queueLimit: 0 };
    if (statedTime(component) === undefined) {
      this.notebook.assume(component.id, "service.timeMs", "lognormal, median 5 ms, σ 0.3", byDefault);
    }
    const holdMs = this.timing.holdMs(index);
    const autoscale = this.autoscale(component);
    if (autoscale === null) return { slots: this.slots(component, holdMs), queueLimit: this.queueLimit(component) };
    const stated = component.service?.concurrency ?? autoscale.min;
    const slots = Math.min(autoscale.max, Math.max(autoscale.min, stated));
    return { slots, queueLimit: this.queueLimit(component), autoscale };
  }

  private autoscale(component: Component): Autoscale | null {
    const stated = component.service?.autoscale;
    if (stated === undefined) return null;
    const given = (field: "targetUtilization" | "everyMs", fallback: number): number => {
      const value = stated[field];
      if (value === undefined) this.notebook.assume(component.id, `service.autoscale.${field}`, fallback, byDefault);
      return value ?? fallback;
    };
    return {
      min: stated.min,
      max: Math.max(stated.min, stated.max),
      targetUtilization: given("targetUtilization", defaultTargetUtilization),
      everyMs: given("everyMs", defaultAutoscaleEveryMs),
    };
  }

  private slots(component: Component, holdMs: number): number {
    const { behavior, service, id } = component;
    if (service?.concurrency !== undefined) return service.concurrency;
    const capacity = behavior?.mode === "queue" ? undefined : numberOf(behavior?.capacity);
    if (capacity !== undefined) return capacity;
    const throughput = numberOf(behavior?.throughput);
    if (throughput !== undefined) {
      const slots = Math.max(1, Math.ceil((throughput * holdMs) / 1000));
      this.notebook.assume(id, "service.concurrency", slots, `throughput ${throughput}/s × ${holdMs.toFixed(0)} ms`);
      return slots;
    }
    const slots = defaultSlots(this.ratePerS, holdMs);
    this.notebook.assume(id, "service.concurrency", slots, `⌈8 × λ × ${holdMs.toFixed(1)} ms held⌉ + 1`);
    return slots;
  }

  private queueLimit(component: Component): number {
    if (component.service?.queueLimit !== undefined) return component.service.queueLimit;
    const limit = defaultQueueLimit(this.ratePerS);
    this.notebook.assume(component.id, "service.queueLimit", limit, "⌈8 × λ⌉");
    return limit;
  }

  private modeContext(component: Component, index: number): ModeContext {
    return {
      ratePerS: this.ratePerS,
      externalRatePerS: this.nearestExternalRate(index),
      carriesEvents: this.carriesEvents(index),
      loadFactor: this.loadFactor,
      given: (written, field, fallback, because) => {
        if (written !== undefined) return written;
        this.notebook.assume(component.id, `behavior.${field}`, fallback, because);
        return fallback;
      },
    };
  }

  /** Whether a store's changes come to the component, straight or by way of an outbox. */
  private carriesEvents(index: number): boolean {
    const before = [...this.graph.distances([index], "up").keys()];
    return before.some((one) => this.outboxes.has(one) || this.graph.into(one).some(({ on }) => on === "change"));
  }

  /** Rate of the nearest external role that the component leads to, or is. */
  private nearestExternalRate(index: number): number | null {
    for (const reached of this.graph.distances([index]).keys()) {
      const external = this.externalOf(reached);
      if (external !== null) return external.ratePerS;
    }
    return null;
  }
}
