import { describe, expect, it } from "vitest";
import { loadReporter, reporterNames } from "../../src/report/index.js";
import { json } from "../../src/report/json.js";
import { judge } from "../../src/scoring/judge.js";
import { buildModel, buildRun, checkoutSketch, context } from "../scoring/fixtures.js";
import { reportOf } from "./report-of.js";

const options = { color: true, width: 80, quiet: false };
const result = judge(buildModel(checkoutSketch()), [buildRun({ health: [1, null, 0.5] })], context);

describe("the json reporter", () => {
  it("prints the result of one canvas as it is, and ends with a line feed", () => {
    const text = json.render(reportOf(result), options);
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(result)));
    expect(text.endsWith("}\n")).toBe(true);
  });

  it("prints several under results", () => {
    const value = JSON.parse(json.render(reportOf(result, result), options));
    expect(Object.keys(value)).toEqual(["schemaVersion", "results"]);
    expect(value.schemaVersion).toBe(1);
    expect(value.results).toHaveLength(2);
  });

  it("keeps the schema's order of keys and knows neither colour nor width", () => {
    const text = json.render(reportOf(result), options);
    expect(Object.keys(JSON.parse(text))).toEqual([
      "schemaVersion",
      "tool",
      "problem",
      "canvas",
      "seeds",
      "verdict",
      "score",
      "criteria",
      "invariants",
      "scenarios",
      "findings",
      "assumptions",
      "cost",
      "warnings",
      "repeat",
    ]);
    expect(json.render(reportOf(result), { color: false, width: 20, quiet: true })).toBe(text);
  });

  it("puts a list of numbers on one line", () => {
    expect(json.render(reportOf(result), options)).toContain('        "health": [1,null,0.5],\n');
  });

  it("leaves out what is undefined, and prints empty lists and objects", () => {
    const text = json.render(reportOf({ ...result, scenarios: [], cost: { ...result.cost, components: [] } }), options);
    expect(text).toContain('"scenarios": [],');
    expect(text).not.toContain("undefined");
  });
});

describe("JSON that is longer than a text can be", () => {
  const failing = (error: Error) => {
    const overlong = Object.defineProperty({ ...result }, "warnings", {
      enumerable: true,
      get: () => {
        throw error;
      },
    });
    return () => json.render(reportOf(overlong), options);
  };

  it("is refused with what to do about it", () => {
    expect(failing(new RangeError("Invalid string length"))).toThrow(
      "the JSON of so many results is longer than a text can be; name fewer canvases at once",
    );
  });

  it("is not what another fault is taken for", () => {
    expect(failing(new RangeError("another"))).toThrow(/^another$/);
  });
});

describe("the register of reporters", () => {
  it("names each by its own name", async () => {
    expect(reporterNames.slice(0, 2)).toEqual(["table", "json"]);
    for (const name of reporterNames) expect((await loadReporter(name)).name).toBe(name);
  });

  it("refuses a name that it does not have", () => {
    expect(() => loadReporter("tabel")).toThrow('no reporter "tabel"; there are table, json');
  });
});
