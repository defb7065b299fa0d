import type { Problem } from "../problem/problem.js";
import { errorCurve } from "../sim/station.js";
import type { Model, ModelComponent, ModelEdge } from "./model.js";
import type { Notebook } from "./notebook.js";
import { roleParameters } from "./role-parameters.js";

/** What one component adds to the errors of an accept. */
export interface PassedComponent {
  readonly component: ModelComponent;
  /** How often one accept passes it. */
  readonly passes: number;
  /** Probability that one pass fails, 0 to 1. */
  readonly errorRate: number;
}

/**
 * Calls per second that the error curve takes for a utilisation of 1: the rate that the problem grants an external
 * role, else slots ÷ mean service time. 0 where no error curve is on, and for a component without slots or service.
 */
export function curveCapacityPerS(model: Pick<Model, "problem" | "bindings">, component: ModelComponent): number {
  const everywhere = model.problem.errors?.curve === true;
  if (component.external) {
    const own = roleParameters(model, component).errorCurve === true;
    return everywhere || own ? (component.ratePerS ?? 0) : 0;
  }
  const { slots, meanServiceMs } = component;
  return everywhere && Number.isFinite(slots) && meanServiceMs > 0 ? (1000 * slots) / meanServiceMs : 0;
}

/** Whether an accept waits for the call along a connection: nothing behind a queue or batch, and no `async` connection. */
function beforeAccept(edge: ModelEdge, from: ModelComponent): boolean {
  const called = edge.on === "success" || edge.on === "failure" || edge.on === "compensate" || edge.on === "open";
  return called && !edge.async && !from.asynchronous;
}

/**
 * Adds the problem's `errors.beforeQueue` to every component that an accept may pass, from the entries up to and
 * including the first queue or batch; persons and external roles keep theirs.
 */
export function withErrorsBeforeQueue(
  problem: Problem,
  components: readonly ModelComponent[],
  wiring: { readonly edges: readonly ModelEdge[]; readonly entries: readonly number[]; readonly notebook: Notebook },
): readonly ModelComponent[] {
  const added = problem.errors?.beforeQueue ?? 0;
  if (added === 0) return components;
  const reached = new Set(wiring.entries);
  // A set also goes through what is added to it on the way.
  for (const index of reached) {
    const from = components[index]!;
    for (const edge of from.edges) if (beforeAccept(wiring.edges[edge]!, from)) reached.add(wiring.edges[edge]!.to);
  }
  return components.map((component) => {
    const { index, id, external, type, wraps } = component;
    if (!reached.has(index) || external || type === "person" || wraps !== null) return component;
    const errorRate = Math.min(1, component.errorRate + added);
    wiring.notebook.assume(id, "service.errorRate", errorRate, `the problem adds ${added} before the queue`);
    return { ...component, errorRate };
  });
}

/**
 * The components that an accept passes, each with its error probability at a mean arrival rate, in the model's order.
 * A client's own retries are left out: it is the errors of one request.
 * @returns null where an accept is no product over components: several entries, ways drawn by weight or condition,
 * retries, filters, fallbacks and quorums before the queue, or a cycle
 */
export function passedComponents(model: Model, arrivalRatePerS: number): readonly PassedComponent[] | null {
  const passes = countPasses(model);
  if (passes === null) return null;
  return model.components.flatMap((component): readonly PassedComponent[] => {
    const times = passes[component.index]!;
    if (times === 0 || component.type === "person" || component.wraps !== null) return [];
    const errorRate = errorRateAt(model, component, arrivalRatePerS * times);
    return [{ component, passes: times, errorRate }];
  });
}

/**
 * The share of accepts that fail by the errors of the components alone: 1 − Π(1 − eᵢ), eᵢ at the scenario's mean
 * arrival rate; waiting rooms, limits and faults count nothing.
 * @returns null where {@link passedComponents} has no product, or where nothing errs
 */
export function compoundErrorRate(model: Model, arrivalRatePerS: number): number | null {
  const passed = passedComponents(model, arrivalRatePerS);
  if (passed === null || passed.every(({ errorRate }) => errorRate === 0)) return null;
  let well = 1;
  // In the order of the rates: the last bit of a product depends on its order, and no figure may on that of the file.
  const byRate = [...passed].sort((a, b) => a.errorRate - b.errorRate);
  for (const { passes, errorRate } of byRate) for (let pass = 0; pass < passes; pass++) well *= 1 - errorRate;
  return 1 - well;
}

/** Errors of a component under an offered load: its own, its role's, and the error curve's. */
function errorRateAt(model: Model, component: ModelComponent, offeredPerS: number): number {
  const capacityPerS = curveCapacityPerS(model, component);
  const curve = capacityPerS > 0 ? errorCurve(offeredPerS / capacityPerS) : 0;
  return Math.min(1, component.errorRate + roleErrorRate(model, component) + curve);
}

/** What an external role fails of itself: errors, and refusals without effect. */
function roleErrorRate(model: Model, component: ModelComponent): number {
  if (!component.external) return 0;
  const { errorRate, unavailableRate } = roleParameters(model, component);
  return (typeof errorRate === "number" ? errorRate : 0) + (typeof unavailableRate === "number" ? unavailableRate : 0);
}

/** More passes than this are no design but a fan of fans; the product is given up. */
const mostPasses = 1000;

/** How often one accept passes each component; null where that is no fixed number, or a failure is not the accept's. */
function countPasses(model: Model): readonly number[] | null {
  const [entry, ...others] = model.entries;
  if (entry === undefined || others.length > 0) return null;
  const passes = new Array<number>(model.components.length).fill(0);
  const above = new Set<number>();
  let total = 0;
  const pass = (index: number): boolean => {
    const component = model.components[index]!;
    passes[index]!++;
    if (above.has(index) || ++total > mostPasses) return false;
    if (component.asynchronous) return true;
    const own = component.edges.map((edge) => model.edges[edge]!);
    const called = own.filter((edge) => edge.on === "success" && beforeAccept(edge, component));
    const replaced = own.some((edge) => edge.on === "failure" || edge.on === "open");
    if (replaced || !isProduct(component, called.length)) return false;
    above.add(index);
    const whole = called.every((edge) => pass(edge.to));
    above.delete(index);
    return whole;
  };
  return pass(entry) ? passes : null;
}

/** Whether a call at the component is ok when, and only when, everything it calls is ok. */
function isProduct({ mode, parameters }: ModelComponent, called: number): boolean {
  if (mode === "filter") return false;
  if (mode === "retry") return called === 0;
  if (mode === "split" || mode === "condition") return called <= 1;
  return mode !== "replicate" || parameters.quorum === "all" || called <= 1;
}
