import { describe, expect, it } from "vitest";
import type { Connection } from "../../src/canvas/canvas.js";
import type { ScenarioMeasurement } from "../../src/scenarios/measurement.js";
import { simulate } from "../../src/scenarios/simulate.js";
import { modelOf, type Network, person, service, step, storage } from "../components/network.js";

/**
 * Persons take no time, nor does a refusal: what passes through them alone happens within one event. Whatever their
 * number, the run ends, and says so when it was cut off.
 */
const limits = { maxEvents: 100_000, maxCalls: 50_000 };

/** One buyer comes at 100 ms, a second at 200. */
function run(network: Omit<Network, "workload">, durationMs = 150): ScenarioMeasurement {
  return simulate(modelOf({ ...network, workload: { ratePerS: 10, durationMs } }), { seed: 1, limits })[0]!;
}

/** Full from the first call on, and then it turns to the hall. */
const desk = storage("desk", { service: service(1_000, 1, 0) });
const back: Connection = { from: "desk", to: "hall", on: "failure" };
const lines = (count: number, line: string): readonly string[] => Array(count).fill(line);

describe("at one instant", () => {
  it("copies that double in a cycle of refusals meet the limit on calls", () => {
    const measured = run({
      components: [person("crowd"), person("hall"), desk],
      connections: ["crowd→hall", ...lines(3, "hall→desk"), back],
    });
    expect([measured.truncated, measured.endMs]).toEqual([true, 100]);
  });

  it("copies to 1 998 ways that nest in such a cycle meet the limit on calls in flight", () => {
    const spare = Array.from({ length: 197 }, (_, i) => step(`spare${i}`));
    const measured = run({
      components: [person("crowd"), person("hall"), desk, ...spare],
      connections: ["crowd→hall", ...lines(1_998, "hall→desk"), back],
    });
    expect([measured.truncated, measured.endMs]).toEqual([true, 100]);
  });

  it("fallbacks of fallbacks through 198 persons for the second buyer meet it, too, and do not overflow the stack", () => {
    const ids = Array.from({ length: 197 }, (_, i) => `relay${i}`);
    const links = ids.slice(1).map((id, i) => ({ from: ids[i]!, to: id }));
    const measured = run(
      {
        components: [person("crowd"), person("hall"), ...ids.map(person), desk],
        connections: [
          "crowd→hall",
          `hall→${ids[0]}`,
          ...links,
          ...links.map((link): Connection => ({ ...link, on: "failure" })),
          `${ids.at(-1)}→desk`,
          back,
        ],
      },
      250,
    );
    expect([measured.truncated, measured.endMs]).toEqual([true, 200]);
  });

  it("a sequence of 1 990 calls that are all answered at once comes to its end", () => {
    const measured = run({
      components: [person("crowd"), step("mailer"), person("reader")],
      connections: ["crowd→mailer", ...lines(1_990, "mailer→reader")],
    });
    expect([measured.truncated, measured.metrics.delivered]).toEqual([false, 1]);
    expect(measured.components.map(({ id, completed }) => [id, completed])).toEqual([
      ["crowd", 1],
      ["mailer", 1],
      ["reader", 1_990],
    ]);
  });
});
