import { describe, expect, it } from "vitest";
import { misspeltName, nearestName } from "../../src/document/nearest.js";

const modes = ["passthrough", "queue", "retry", "circuitbreaker", "ratelimit"];

describe("nearestName", () => {
  it.each([
    ["retyr", "retry"],
    ["Retry", "retry"],
    ["circuit-breaker", "circuitbreaker"],
    ["circuit_braker", "circuitbreaker"],
    ["que", "queue"],
    ["rate limit", "ratelimit"],
  ])("suggests for %s the name %s", (name, expected) => {
    expect(nearestName(name, modes)).toBe(expected);
  });

  it("suggests nothing when nothing is near", () => {
    for (const name of ["", "x", "saga", "loadbalancer", "a".repeat(100_000)]) {
      expect(nearestName(name, modes), name.slice(0, 20)).toBeNull();
    }
  });

  it("takes the first of equally near names", () => {
    expect(nearestName("worker-3", ["worker-1", "worker-2"])).toBe("worker-1");
  });
});

describe("misspeltName", () => {
  const fields = ["id", "on", "cost", "role", "from", "label", "weight", "timeoutMs", "maxAttempts", "maxBackoffMs"];

  it.each([
    ["timeoutMS", "timeoutMs"],
    ["timeout_ms", "timeoutMs"],
    ["maxAtempts", "maxAttempts"],
    ["lable", "label"],
    ["form", "from"],
    ["COST", "cost"],
  ])("takes %s for a misspelling of %s", (name, expected) => {
    expect(misspeltName(name, fields)).toBe(expected);
  });

  it.each(["host", "node", "x", "no", "rule", "position", "height", "maxRetries", "color"])(
    "takes %s for a field of its own",
    (name) => {
      expect(misspeltName(name, fields)).toBeNull();
    },
  );
});
