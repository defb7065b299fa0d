import { describe, expect, it } from "vitest";
import { z } from "zod";
import { metricsSchema } from "../../src/scenarios/measurement.schema.js";
import { metricNames, readMetric } from "../../src/scoring/metric.js";
import { parseMetricExpression, satisfies } from "../../src/scoring/metric-expression.js";
import { buildMetrics, nothingMeasured } from "./fixtures.js";

function parsed(source: string) {
  const result = parseMetricExpression(source);
  if (!result.ok) throw new Error(result.fault.message);
  return result.expression;
}

function fault(source: string) {
  const result = parseMetricExpression(source);
  return result.ok ? null : result.fault;
}

describe("parseMetricExpression", () => {
  it.each([
    ["acceptMs.p95 <= 500", "acceptMs.p95", "<=", 500],
    ["acceptMs.p95<=500ms", "acceptMs.p95", "<=", 500],
    ["  recoveryMs < 90 s ", "recoveryMs", "<", 90_000],
    ["confirmMs.max <= 20min", "confirmMs.max", "<=", 1_200_000],
    ["dropRate <= 3%", "dropRate", "<=", 0.03],
    ["dropRate <= 7%", "dropRate", "<=", 0.07],
    ["providerErrorRate <= 0.5 %", "providerErrorRate", "<=", 0.005],
    ["amplification <= 1.3", "amplification", "<=", 1.3],
    ["delivered >= 1e3", "delivered", ">=", 1000],
    ["errors == 0", "errors", "==", 0],
    ["backlogMax > .5", "backlogMax", ">", 0.5],
  ])("reads %s", (source, metric, comparison, limit) => {
    expect(parsed(source)).toEqual({ text: source.trim(), metric, comparison, limit });
  });

  it.each([
    ["acceptMs.p59 <= 500", 0, 'did you mean "acceptMs.p50"?'],
    ["  dropRte <= 1%", 2, 'did you mean "dropRate"?'],
    ["acceptMs <= 500", 0, "acceptMs is a latency; name one of acceptMs.count"],
    ["recoveryCensored == 1", 0, 'unknown metric "recoveryCensored"'],
    ["constructor <= 1", 0, "unknown metric"],
    ["<= 500", 0, "expected a metric"],
    ["", 0, "expected a metric"],
    ["errors = 3", 7, "found `=` after errors; allowed are <=, <, >=, >, =="],
    ["errors 3", 7, "found nothing after errors"],
    ["errors <=", 9, "expected a number after <="],
    ["errors <= many", 10, "expected a number after <="],
    ["errors <= 1.2.3", 10, "expected a number after <="],
    ["errors <= 1e999", 10, "out of range"],
    ["errors <= 3 apples", 12, "unknown unit `apples`; allowed are ms, s, min, %"],
    ["errors <= 3ms", 11, "errors is a count, and `ms` is a unit of time"],
    ["dropRate <= 3", 12, "dropRate is a share from 0 to 1; for a percentage write 3 as `3%`"],
    ["dropRate <= 300%", 12, "dropRate is a share from 0 to 1"],
  ])("refuses %j at character %i", (source, offset, message) => {
    expect(fault(source)).toMatchObject({ offset });
    expect(fault(source)?.message).toContain(message);
  });

  it("knows every number of the metrics' schema and nothing else", () => {
    const numbers = Object.entries(metricsSchema.shape).flatMap(([name, schema]) => {
      if (schema instanceof z.ZodObject) return Object.keys(schema.shape).map((field) => `${name}.${field}`);
      return schema instanceof z.ZodBoolean ? [] : [name];
    });
    expect(metricNames).toEqual(numbers);
    expect(metricNames).toContain("drainMs");
    expect(metricNames).toContain("confirmMs.p99");
    expect(metricNames).not.toContain("acceptMs");
    for (const name of metricNames) expect(fault(`${name} >= 0`)).toBeNull();
  });
});

describe("satisfies", () => {
  it.each([
    [5, "<=", 5, true],
    [5, "<", 5, false],
    [5, ">=", 5, true],
    [5, ">", 5, false],
    [5, "==", 5, true],
    [6, "<=", 5, false],
  ] as const)("%f %s %f is %s", (actual, comparison, limit, holds) => {
    expect(satisfies(actual, comparison, limit)).toBe(holds);
  });

  it("holds for the value of nothing in no comparison: a dead system does not pass", () => {
    const dead = buildMetrics({ acceptMs: nothingMeasured });
    const value = readMetric(dead, "acceptMs.p95");
    expect(value).toBeNull();
    for (const comparison of ["<=", "<", ">=", ">", "=="] as const) expect(satisfies(value, comparison, 0)).toBe(false);
  });
});
