import type { Model, ModelComponent } from "../compile/model.js";
import type { Draws } from "../sim/draws.js";
import type { RandomStreams } from "../sim/random.js";

/** A component's own stream for a purpose, such as `service`. */
export type ComponentStreams = (purpose: string) => Draws;

/**
 * Names a component's streams `<id>/<purpose>`. What an external role and its client-side wrapper draw belongs to the
 * role: two designs meet the same provider luck, whatever they call it. Those end in a number, which no purpose is, so
 * that no id can take them.
 */
export function componentStreams(streams: RandomStreams, model: Model, component: ModelComponent): ComponentStreams {
  const owner = component.wraps === null ? component : model.components.find(({ id }) => id === component.wraps)!;
  if (!owner.external) return (purpose) => streams.stream(`${component.id}/${purpose}`);
  const number = model.bindings.get(owner.role!)!.indexOf(owner.index) + 1;
  const side = component.wraps === null ? "" : " (client)";
  return (purpose) => streams.stream(`${owner.role}/${purpose}/${number}${side}`);
}
