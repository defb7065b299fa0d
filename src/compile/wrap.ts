import type { ModelComponent, ModelEdge } from "./model.js";

interface Wiring {
  readonly components: readonly ModelComponent[];
  readonly edges: readonly ModelEdge[];
}

/** Modes that only choose among the ways onward: the station itself does that. */
const transparentModes = new Set(["passthrough", "transform", "split", "condition", "replicate"]);

/**
 * A behaviour mode on an external component acts as a client-side wrapper: the component is split into the wrapper,
 * which takes the calls (no slots, no service time), and the external station behind it, which keeps the id.
 */
export function wrapExternals(components: readonly ModelComponent[], edges: readonly ModelEdge[]): Wiring {
  const all = [...components];
  let wires = [...edges];
  for (const component of components) {
    if (!component.external || transparentModes.has(component.mode)) continue;
    const wrapper = wrapperOf(component, all.length);
    all.push(wrapper);
    all[component.index] = { ...component, mode: "passthrough", parameters: {}, asynchronous: false };
    wires = wires.map((edge) => rewire(edge, component.index, wrapper.index));
    wires.push({
      index: wires.length,
      id: `${wrapper.id}→${component.id}`,
      from: wrapper.index,
      to: component.index,
      on: "success",
      latencyMs: 0,
      weight: 1,
      weighted: false,
      operation: null,
      undo: null,
      async: false,
      dualWrite: false,
      relayed: false,
      divertsAny: false,
      drawn: false,
    });
  }
  return { components: all, edges: wires };
}

function wrapperOf(component: ModelComponent, index: number): ModelComponent {
  return {
    ...component,
    index,
    id: `${component.id} (client)`,
    role: null,
    external: false,
    slots: Number.POSITIVE_INFINITY,
    queueLimit: 0,
    time: 0,
    meanServiceMs: 0,
    idempotency: {},
    ratePerS: null,
    wraps: component.id,
  };
}

/** Calls go to the wrapper; its failures leave from the wrapper too, and what follows success from the component. */
function rewire(edge: ModelEdge, component: number, wrapper: number): ModelEdge {
  const to = edge.to === component ? wrapper : edge.to;
  const from = edge.from === component && edge.on !== "success" ? wrapper : edge.from;
  return to === edge.to && from === edge.from ? edge : { ...edge, from, to };
}
