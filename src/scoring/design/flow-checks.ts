import type { Model, ModelComponent, ModelEdge } from "../../compile/model.js";
import type { DesignCheck, Observation } from "./check.js";
import { carriesCall, describeWay, isSource, reachable } from "./ways.js";

/** Nothing receives the workload. */
export const noEntry: DesignCheck = {
  code: "no-entry",
  weight: 100,
  counts: "once",
  severity: "error",
  check: (model) =>
    model.entries.length > 0
      ? []
      : [
          {
            message: `none of ${model.components.length} components receives the workload: no person, and no start of a way`,
          },
        ],
};

/**
 * The workload runs in circles or ends where it begins. Silent without an entry: that is said already. Connections for
 * polls carry none of it.
 */
export const noReachableSink: DesignCheck = {
  code: "no-reachable-sink",
  weight: 30,
  counts: "once",
  severity: "error",
  check(model) {
    if (model.entries.length === 0) return [];
    const carriesWorkload = (edge: ModelEdge): boolean => edge.on !== "poll";
    const reached = reachable(model, model.entries, { along: carriesWorkload });
    const isSink = ({ edges }: ModelComponent): boolean => !edges.some((index) => carriesWorkload(model.edges[index]!));
    if (reached.some((component) => isSink(component) && !isPopulation(model, component))) return [];
    return [
      {
        message: `${reached.length} of ${model.components.length} components are reached, and each leads on to another`,
      },
    ];
  },
};

/** A population sends calls; a call cannot end at its own sender. */
function isPopulation(model: Model, component: ModelComponent): boolean {
  return component.type === "person" && model.entries.includes(component.index);
}

/** A role of the problem that no component takes. */
export const unboundRole: DesignCheck = {
  code: "unbound-role",
  weight: 20,
  counts: "each",
  severity: "error",
  check: (model) =>
    model.unbound.map((role) => ({ message: `no component takes the role ${role}, which ${model.problem.id} needs` })),
};

/** A component that neither the workload nor a schedule or provider event reaches. */
export const offEveryPath: DesignCheck = {
  code: "component-off-every-path",
  weight: 5,
  counts: "each",
  severity: "note",
  check(model) {
    const sources = model.components
      .filter((component) => isSource(model, component))
      .map((component) => component.index);
    const reached = new Set(reachable(model, [...model.entries, ...sources]));
    return model.components
      .filter((component) => component.wraps === null && !reached.has(component))
      .map((component) => ({ component: component.id, message: `no call reaches ${component.id}` }));
  },
};

/** A circle of calls with nothing in it that acknowledges: each call waits for itself. */
export const cycleWithoutQueue: DesignCheck = {
  code: "cycle-without-queue",
  weight: 10,
  counts: "once",
  severity: "warning",
  check: (model) => findCycles(model).map((cycle) => cycleObservation(cycle)),
};

function cycleObservation(cycle: readonly ModelComponent[]): Observation {
  const first = cycle[0]!;
  return { component: first.id, message: `${describeWay([...cycle, first])}: a circle without a queue or batch` };
}

/** One cycle per connection that leads back to a component on the current way, depth first in canvas order. */
function findCycles(model: Model): readonly (readonly ModelComponent[])[] {
  const cycles: ModelComponent[][] = [];
  const done = new Set<number>();
  const way: number[] = [];
  const walk = (index: number): void => {
    const component = model.components[index]!;
    if (done.has(index) || component.asynchronous) return;
    const position = way.indexOf(index);
    if (position !== -1) {
      cycles.push(way.slice(position).map((step) => model.components[step]!));
      return;
    }
    way.push(index);
    for (const edgeIndex of component.edges) {
      const edge = model.edges[edgeIndex]!;
      if (carriesCall(edge)) walk(edge.to);
    }
    way.pop();
    done.add(index);
  };
  for (const component of model.components) walk(component.index);
  return cycles;
}
