import type { Model, ModelComponent } from "../../compile/model.js";
import { formatDuration, formatRate } from "../quantity.js";
import type { DesignCheck, Observation } from "./check.js";
import { carriesCall, describeWay, type Passage, shortestWay } from "./ways.js";

/** An external call this slow holds its callers' slots long enough to exhaust them. */
const slowExternalMs = 100;

/** A slow external that callers wait for, all the way from the entry. An `async` connection is no queue: it keeps nothing. */
export const noQueueBeforeSlowExternal: DesignCheck = {
  code: "no-queue-before-slow-external",
  weight: 20,
  counts: "once",
  severity: "warning",
  check: (model) =>
    observeWays(
      model,
      (component) => component.meanServiceMs >= slowExternalMs,
      { along: carriesCall, blockedBy: (component) => component.asynchronous },
      (external, way) => `no queue before ${describeExternal(external)}: ${way}`,
    ),
};

/** An external call that nothing stops when the external is down. */
export const externalWithoutBreaker = externalWithout("circuitbreaker", "external-call-without-breaker");

/** An external call that no retry repeats. */
export const externalWithoutRetry = externalWithout("retry", "external-call-without-retry");

function externalWithout(mode: string, code: DesignCheck["code"]): DesignCheck {
  return {
    code,
    weight: 15,
    counts: "once",
    severity: "warning",
    check: (model) =>
      observeWays(
        model,
        () => true,
        { blockedBy: (component) => component.mode === mode },
        (external, way) => `no ${mode} before ${external.id}: ${way}`,
      ),
  };
}

/** One observation for each external, of those chosen, that a way of the workload reaches past what should stand in it. */
function observeWays(
  model: Model,
  chosen: (external: ModelComponent) => boolean,
  passage: Passage,
  describe: (external: ModelComponent, way: string) => string,
): readonly Observation[] {
  return model.components
    .filter((component) => component.external && chosen(component))
    .flatMap((external) => {
      const way = shortestWay(model, model.entries, external.index, passage);
      return way === null ? [] : [{ component: external.id, message: describe(external, describeWay(way)) }];
    });
}

function describeExternal(external: ModelComponent): string {
  const rate = external.ratePerS === null ? "" : `, ${formatRate(external.ratePerS)}`;
  return `${external.id} (mean ${formatDuration(external.meanServiceMs)}${rate})`;
}
