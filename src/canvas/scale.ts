import type { BehaviorSpec, Canvas, Component, ServiceSpec } from "./canvas.js";

/**
 * Behaviour parameters that are whole numbers of slots, places, tokens or items: what a larger load needs more of.
 * A circuit breaker's window and probes are none: they are sample sizes, by which it tells a failure rate.
 */
const counts: ReadonlySet<string> = new Set(["capacity", "concurrency", "size", "burst", "batch"]);
/** Behaviour parameters that are rates, per second. */
const rates: ReadonlySet<string> = new Set(["rps", "releaseRps", "serviceRate", "throughput"]);

/** Share by which a product may miss a whole number by rounding of floats: 100 × 1.1 is 110. */
const rounding = 1e-9;

/** Largest count that a file may state; it keeps slots and rooms within 32 bits. */
const mostCount = 1_000_000_000;

/** A count times `factor`, rounded up to a whole number: 0 stays 0, anything else is 1 at least. */
export function scaledCount(count: number, factor: number): number {
  const exact = count * factor;
  const nearest = Math.round(exact);
  const whole = nearest > 0 && Math.abs(exact - nearest) <= rounding * exact ? nearest : Math.ceil(exact);
  return Math.min(mostCount, whole);
}

/**
 * The design for `factor` times the load that its file is for: slots, waiting rooms, queues, rates, batches and the
 * declared monthly costs, which buy them. Times, shares, weights and numbers of tries stay as they are.
 * @param factor above 0; 1 changes nothing
 */
export function scaledCanvas(canvas: Canvas, factor: number): Canvas {
  return { ...canvas, components: canvas.components.map((component) => scaledComponent(component, factor)) };
}

function scaledComponent(component: Component, factor: number): Component {
  const { behavior, service, cost } = component;
  const monthlyUsd = cost?.monthlyUsd;
  return {
    ...component,
    ...(behavior === undefined ? {} : { behavior: scaledBehavior(behavior, factor) }),
    ...(service === undefined ? {} : { service: scaledService(service, factor) }),
    ...(monthlyUsd === undefined ? {} : { cost: { ...cost, monthlyUsd: monthlyUsd * factor } }),
  };
}

function scaledBehavior({ mode, ...parameters }: BehaviorSpec, factor: number): BehaviorSpec {
  const scaled = Object.entries(parameters).map(([name, value]) => {
    if (typeof value !== "number") return [name, value];
    if (counts.has(name)) return [name, scaledCount(value, factor)];
    return [name, rates.has(name) ? value * factor : value];
  });
  return { mode, ...Object.fromEntries(scaled) };
}

function scaledService(service: ServiceSpec, factor: number): ServiceSpec {
  const { concurrency, queueLimit, autoscale } = service;
  return {
    ...service,
    ...(concurrency === undefined ? {} : { concurrency: scaledCount(concurrency, factor) }),
    ...(queueLimit === undefined ? {} : { queueLimit: scaledCount(queueLimit, factor) }),
    ...(autoscale === undefined
      ? {}
      : {
          autoscale: {
            ...autoscale,
            min: scaledCount(autoscale.min, factor),
            max: scaledCount(autoscale.max, factor),
          },
        }),
  };
}
