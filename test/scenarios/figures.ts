import type { ScenarioMeasurement } from "../../src/scenarios/measurement.js";

/**
 * Everything that runs showed, as text: components by their ids, whatever their order in the file.
 * @param original the id under which a component is to be found, where it was renamed
 */
export function figuresOf(
  measurements: readonly ScenarioMeasurement[],
  original: (id: string) => string = (id) => id,
): string {
  const byId = (entries: readonly (readonly [string, unknown])[]) =>
    Object.fromEntries(entries.map(([id, figures]) => [original(id), figures] as const).sort());
  const runs = measurements.map(({ components, timeline, invariants, disturbance, ...run }) => ({
    ...run,
    disturbance: disturbance === null ? null : { ...disturbance, targets: disturbance.targets.map(original) },
    timeline: { ...timeline, components: byId(Object.entries(timeline.components)) },
    components: byId(components.map(({ id, ...figures }) => [id, figures] as const)),
    invariants: invariants.map(({ examples, ...counts }) => ({
      ...counts,
      examples: examples.map(({ intent, trace }) => ({
        intent,
        // What a breaker diverts is said by the name of where it goes.
        trace: trace.map(({ where, what, ...step }) => ({
          ...step,
          where: original(where),
          what: what.replace(/(?<=goes the other way, to ).*$/, (id) => original(id)),
        })),
      })),
    })),
  }));
  return JSON.stringify(runs, null, 1);
}
