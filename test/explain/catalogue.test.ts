import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { modes } from "../../src/components/index.js";
import { catalogue } from "../../src/explain/catalogue.js";
import { type EntryKind, kindHeadings } from "../../src/explain/entry.js";
import { isLatency } from "../../src/explain/metrics.js";
import { resolve } from "../../src/explain/resolve.js";
import { invariants } from "../../src/invariants/index.js";
import { roles } from "../../src/roles/index.js";
import { scenarioKinds } from "../../src/scenarios/index.js";
import { costMetricNames } from "../../src/scoring/cost-metric.js";
import { designChecks } from "../../src/scoring/design.js";
import { metricNames, metricUnit } from "../../src/scoring/metric.js";
import { parseMetricExpression } from "../../src/scoring/metric-expression.js";
import { outcomeNames } from "../../src/sim/outcome.js";

function idsOf(kind: EntryKind): readonly string[] {
  return catalogue.filter((entry) => entry.kind === kind).map(({ id }) => id);
}

function sourcesUnder(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(directory, name), "utf8"));
}

describe("the catalogue has an entry for", () => {
  it.each([...metricNames, ...costMetricNames])("the metric %s that a gate may name", (metric) => {
    const resolved = resolve(metric);
    expect(resolved.ok && resolved.explanation.entries.map(({ kind }) => kind)).toEqual(["metric"]);
  });

  it("every invariant, in the order of the register, and no other", () => {
    expect(idsOf("invariant")).toEqual([...invariants.keys()]);
  });

  it("every role, and no other", () => {
    expect([...idsOf("role")].sort()).toEqual([...roles.keys()].sort());
  });

  it("every behaviour mode, and no other, with each of its parameters", () => {
    expect(idsOf("behaviour")).toEqual([...modes.keys()]);
    const retry = resolve("retry");
    const [entry] = retry.ok ? retry.explanation.entries : [];
    expect(entry?.meaning).toBe("Sends the same item again after a failure, with a timeout for each attempt.");
    expect([...(entry?.computed.matchAll(/`(\w+)` \(/g) ?? [])].map(([, name]) => name)).toEqual([
      ...[
        "maxAttempts",
        "backoffMs",
        "backoffFactor",
        "maxBackoffMs",
        "jitter",
        "timeoutMs",
        "onUnknown",
        "budgetRatio",
      ],
    ]);
  });

  it("every kind of scenario, and no other", () => {
    expect(idsOf("scenario")).toEqual([...scenarioKinds.keys()]);
  });

  it("every structural check, heaviest first, with its weight, how it counts and its severity", () => {
    const entries = catalogue.filter(({ kind }) => kind === "finding");
    expect(entries.slice(0, designChecks.length).map(({ id }) => id)).toEqual(designChecks.map(({ code }) => code));
    for (const [index, { weight, counts, severity }] of designChecks.entries()) {
      const cost = `Takes ${weight} points off the design score, ${counts === "each" ? "for each" : "once"}; severity ${severity}.`;
      expect(entries[index]?.computed).toContain(cost);
    }
  });

  it("every way in which a call may fail", () => {
    const failures = outcomeNames.slice(outcomeNames.indexOf("full"), outcomeNames.indexOf("conflict") + 1);
    expect(idsOf("outcome")).toEqual(failures);
  });

  // A code that is a string to the compiler would slip through: the sources are searched for them.
  it("every code of a finding or fault that the sources write", () => {
    const written = sourcesUnder("src").flatMap((source) =>
      [...source.matchAll(/(?:\bcode: |invalidFinding\()"([a-z]+(?:-[a-z]+)+)"/g)].map((match) => match[1] ?? ""),
    );
    const codes = [...new Set(written)];
    expect(codes.length).toBeGreaterThan(45);
    const explained = new Set([...idsOf("finding"), ...idsOf("fault")]);
    expect(codes.filter((code) => !explained.has(code))).toEqual([]);
  });
});

describe("an entry", () => {
  it.each(catalogue.map((entry) => [entry.kind, entry.id, entry] as const))(
    "%s %s is complete",
    (_kind, _id, entry) => {
      for (const text of [entry.title, entry.meaning, entry.computed, entry.mend]) {
        expect(text.trim()).toBe(text);
        expect(text.length).toBeGreaterThan(5);
      }
      for (const sentence of [entry.meaning, entry.computed, entry.mend]) expect(sentence).toMatch(/[.?!)]$/);
      expect(entry.title).not.toMatch(/[.`]$/);
    },
  );

  it("is the only one of its kind with its id", () => {
    const names = catalogue.map(({ kind, id }) => `${kind} ${id}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it("belongs to a kind that has a heading, and each heading has entries", () => {
    expect([...new Set(catalogue.map(({ kind }) => kind))]).toEqual(Object.keys(kindHeadings));
  });

  it.each(catalogue.flatMap(({ id, see = [] }) => see.map((other) => [id, other] as const)))(
    "%s refers to %s, which exists and is another",
    (id, other) => {
      expect(catalogue.some((entry) => entry.id === other)).toBe(true);
      expect(other).not.toBe(id);
    },
  );

  it("of a metric has as its example a gate on it that reads", () => {
    const metrics = catalogue.filter(({ kind, example }) => kind === "metric" && example !== undefined);
    expect(metrics.length).toBeGreaterThan(20);
    for (const { id, example = "" } of metrics) {
      const parsed = parseMetricExpression(example);
      expect(parsed.ok && parsed.expression.metric.split(".p95")[0]?.split(".max")[0]).toBe(id);
    }
  });

  it("of a metric says what its number counts", () => {
    const words = { time: "milliseconds", share: "a share", money: "US dollars", points: "points" };
    for (const { id, unit = "" } of catalogue.filter(({ kind }) => kind === "metric")) {
      const counts = metricUnit(isLatency(id) ? `${id}.p95` : id);
      if (counts !== "count") expect(unit).toContain(words[counts]);
      else expect(unit).not.toBe("");
    }
  });

  it("fits a terminal of 80 columns in the list", () => {
    for (const kind of Object.keys(kindHeadings)) {
      const own = catalogue.filter((entry) => entry.kind === kind);
      const idColumns = Math.max(...own.map(({ id }) => id.length));
      for (const { title } of own) expect(2 + idColumns + 2 + title.length).toBeLessThanOrEqual(80);
    }
  });
});
