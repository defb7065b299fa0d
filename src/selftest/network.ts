import type { Canvas, Component, Connection, TimeSpec } from "../canvas/canvas.js";
import type { Problem } from "../problem/problem.js";
import type { ComponentMeasurement, ScenarioMeasurement } from "../scenarios/measurement.js";

/** Room that is never used up. */
export const unlimited = 1_000_000_000;

/** A server in a plain queueing network: passive, so that its slot is busy for the service and nothing else. */
export function server(
  id: string,
  timeMs: TimeSpec,
  concurrency = 1,
  queueLimit = unlimited,
  behavior: Component["behavior"] = { mode: "passthrough" },
): Component {
  return { id, type: "storage", behavior, service: { timeMs, concurrency, queueLimit } };
}

export function exponential(meanMs: number): TimeSpec {
  return { dist: "exponential", meanMs };
}

/** A canvas whose customers come from a person; connections as `from→to` or in full. */
export function canvasOf(components: readonly Component[], connections: readonly (string | Connection)[]): Canvas {
  return {
    components: [{ id: "customers", type: "person" }, ...components],
    connections: connections.map((connection) => {
      if (typeof connection !== "string") return connection;
      const [from = "", to = ""] = connection.split("→");
      return { from, to };
    }),
  };
}

/** Poisson arrivals without timeouts or retries; a tenth of the run is warm-up. */
export function openProblem(ratePerS: number, durationMs: number): Problem {
  return {
    id: "open-network",
    title: "An open queueing network",
    workload: { ratePerS, arrivals: "poisson", durationMs, drainMs: durationMs, warmupMs: durationMs / 10 },
    scenarios: [{ id: "baseline", kind: "baseline" }],
  };
}

/** The measurement of a component; it must be there. */
export function componentOf(run: ScenarioMeasurement, id: string): ComponentMeasurement {
  const found = run.components.find((component) => component.id === id);
  if (found === undefined) throw new RangeError(`no component ${id}`);
  return found;
}
