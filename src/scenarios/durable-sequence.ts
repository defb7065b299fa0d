import type { Model, ModelComponent, ModelEdge } from "../compile/model.js";
import type { RetryParameters } from "../components/retry.js";
import { Saga } from "../components/saga.js";
import type { SagaParameters, SagaStep } from "../components/saga-plan.js";
import { keyOf } from "../roles/key.js";
import type { Engine } from "../sim/engine.js";
import type { Edge, Station } from "../sim/station.js";

/** A step of a sequence without a retry is tried once, with a retry's default timeout. */
const triedOnce: RetryParameters = {
  maxAttempts: 1,
  backoffMs: 0,
  backoffFactor: 1,
  maxBackoffMs: 0,
  jitter: "none",
  timeoutMs: 5_000,
  onUnknown: "same-key",
  budgetRatio: Number.POSITIVE_INFINITY,
};

/** Builds the durable sequence of one component. */
export function durableSequence(
  engine: Engine,
  model: Model,
  component: ModelComponent,
  station: Station,
  parameters: SagaParameters,
  operationOf: (edge: ModelEdge, operation: string) => number,
): Saga {
  const paying = towardsProvider(model);
  const edges = component.edges.map((index) => model.edges[index]!).filter((edge) => edge.on === "success");
  const steps = edges.map((modelled, index): SagaStep => {
    const edge = station.spec.success[index]!;
    const undo = undoOf(modelled, edge, operationOf);
    return { edge, undo, pivot: modelled.undo === null, pays: paying.has(modelled.to) };
  });
  const { key } = component.idempotency;
  return new Saga(engine, station, {
    parameters,
    steps,
    retry: component.mode === "retry" ? (component.parameters as unknown as RetryParameters) : triedOnce,
    keyOf: (item) => keyOf(engine.intents, item, key, "request"),
  });
}

function undoOf(
  modelled: ModelEdge,
  edge: Edge,
  operationOf: (edge: ModelEdge, operation: string) => number,
): Edge | null {
  const { undo } = modelled;
  return undo === null || undo === "none" ? null : { ...edge, operation: operationOf(modelled, undo) };
}

/** Components that are a payment provider, or lead to one. */
function towardsProvider(model: Model): ReadonlySet<number> {
  const reached = new Set(model.bindings.get("payment-provider"));
  // A set also goes through what is added to it on the way.
  for (const index of reached) {
    for (const edge of model.edges) if (edge.to === index && edge.on === "success") reached.add(edge.from);
  }
  return reached;
}
