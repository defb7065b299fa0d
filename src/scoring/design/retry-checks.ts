import type { Model, ModelComponent } from "../../compile/model.js";
import { numberParameter, type RetryBudget, retryBudget } from "../parameters.js";
import { formatCount, formatDuration } from "../quantity.js";
import type { DesignCheck, Observation } from "./check.js";
import { callerWaits, describeWay, reachable, shortestWay } from "./ways.js";

/** Keys under which a repeated call is a new one to its target. */
const freshKeys: readonly string[] = ["attempt", "none"];

/** A retry before an external that does not know a repeated call again: each repetition takes effect again. */
export const retryWithoutIdempotentTarget: DesignCheck = {
  code: "retry-without-idempotent-target",
  weight: 20,
  counts: "once",
  severity: "warning",
  check: (model) =>
    retries(model).flatMap((retry) =>
      reachable(model, [retry.index])
        .filter((target) => target.external && hasFreshKey(target))
        .map((target) => ({
          component: target.id,
          message: `${retry.id} repeats calls to ${target.id}, whose idempotency key is ${target.idempotency.key ?? "none"}`,
        })),
    ),
};

/** Whether each repetition of a call looks new to the component. */
export function hasFreshKey(component: ModelComponent): boolean {
  return freshKeys.includes(component.idempotency.key ?? "none");
}

/** A retry that waits for another retry: their attempts multiply. */
export const nestedRetries: DesignCheck = {
  code: "nested-retries",
  weight: 10,
  counts: "once",
  severity: "warning",
  check: (model) =>
    retries(model).flatMap((outer) =>
      retries(model).flatMap((inner) => {
        const way = inner === outer ? null : waitingWay(model, [outer.index], inner);
        return way === null ? [] : [nestedObservation(outer, inner, way)];
      }),
    ),
};

function nestedObservation(outer: ModelComponent, inner: ModelComponent, way: readonly ModelComponent[]): Observation {
  const outerAttempts = numberParameter(outer, "maxAttempts") ?? 1;
  const innerAttempts = numberParameter(inner, "maxAttempts") ?? 1;
  const calls = `${outerAttempts} × ${innerAttempts} = ${formatCount(outerAttempts * innerAttempts)} calls for one item`;
  return { component: inner.id, message: `${describeWay(way)}: up to ${calls}` };
}

/**
 * Timeouts have to shrink inward: whoever waits must wait longer than what it waits for can take.
 * The check fails when a retry may take longer (attempts × timeout + backoffs) than a caller that waits for it:
 * the client's timeout, a queue's visibility, an outer retry's timeout for one attempt.
 */
export const innerTimeoutTooLong: DesignCheck = {
  code: "inner-timeout-too-long",
  weight: 5,
  counts: "once",
  severity: "note",
  check: (model) =>
    retries(model).flatMap((retry) => {
      const budget = retryBudget(retry);
      if (budget === null) return [];
      return callersOf(model, retry)
        .filter((caller) => caller.waitsMs < budget.totalMs)
        .map((caller) => ({ component: retry.id, message: describeOverrun(retry, budget, caller) }));
    }),
};

interface Caller {
  readonly name: string;
  readonly waitsMs: number;
}

function callersOf(model: Model, retry: ModelComponent): readonly Caller[] {
  const clientMs = model.problem.workload.client?.timeoutMs;
  const clientWaits = clientMs !== undefined && waitingWay(model, model.entries, retry) !== null;
  const client: readonly Caller[] = clientWaits ? [{ name: "the client", waitsMs: clientMs }] : [];
  const components = model.components.flatMap((component) => {
    const waitsMs = numberParameter(component, component.mode === "queue" ? "visibilityMs" : "timeoutMs");
    const waits = component.mode === "queue" || component.mode === "retry";
    if (!waits || waitsMs === null || component === retry) return [];
    const targets = component.edges.map((index) => model.edges[index]!).filter(callerWaits);
    const way = waitingWay(
      model,
      targets.map((edge) => edge.to),
      retry,
    );
    return way === null ? [] : [{ name: component.id, waitsMs }];
  });
  return [...client, ...components];
}

function describeOverrun(retry: ModelComponent, budget: RetryBudget, caller: Caller): string {
  const parts = `${budget.attempts} × ${formatDuration(budget.timeoutMs)} + ${formatDuration(budget.backoffMs)} backoff`;
  return `${retry.id} may take ${formatDuration(budget.totalMs)} (${parts}); ${caller.name} waits ${formatDuration(caller.waitsMs)}`;
}

/** A way on which every caller waits for the answer: no queue, batch or `async` connection in between. */
function waitingWay(model: Model, starts: readonly number[], goal: ModelComponent): readonly ModelComponent[] | null {
  return shortestWay(model, starts, goal.index, {
    along: callerWaits,
    blockedBy: (component) => component.asynchronous,
  });
}

function retries(model: Model): readonly ModelComponent[] {
  return model.components.filter((component) => component.mode === "retry");
}
