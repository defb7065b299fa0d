import { describe, expect, it } from "vitest";
import { measure, type Network, person, service, step, storage, tool } from "./network.js";

function network(mode: "transform" | "passthrough"): Network {
  const behavior = { mode };
  return {
    components: [
      person("crowd"),
      step("api", { behavior, service: { ...service(20, 4, 5), errorRate: 0.02 } }),
      tool("mapper", {
        behavior,
        service: { timeMs: { dist: "exponential", meanMs: 15 }, concurrency: 3, queueLimit: 0 },
      }),
      storage("a", { behavior, service: { ...service(12, 3, 3), errorRate: 0.05 } }),
      storage("b", { service: service(30, 8) }),
    ],
    connections: ["crowd→api", "api→mapper", "mapper→a", "mapper→b", { from: "api", to: "b", on: "failure" }],
    workload: { arrivals: "poisson", ratePerS: 120, durationMs: 20_000, client: { timeoutMs: 300, retries: 1 } },
  };
}

describe("transform", () => {
  it("is passthrough to the last byte: the payload is opaque", () => {
    const transformed = measure(network("transform"));
    expect(transformed.of("a").failures.error).toBeGreaterThan(0);
    expect(transformed.of("mapper").failures.full).toBeGreaterThan(0);
    expect(JSON.stringify(transformed)).toBe(JSON.stringify(measure(network("passthrough"))));
  });
});
