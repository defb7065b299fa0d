import { describe, expect, it } from "vitest";
import { jsonl } from "../../src/report/jsonl.js";
import { reportOf } from "./report-of.js";
import { failing, passing } from "./sample.js";

const options = { color: true, width: 60, quiet: true };

describe("the jsonl reporter", () => {
  it("prints the result of each design on a line of its own, in order", () => {
    const lines = jsonl.render(reportOf(failing, passing), options).split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[2]).toBe("");
    expect(lines.slice(0, 2).map((line) => JSON.parse(line))).toEqual([failing, passing].map(plain));
    expect(Object.keys(JSON.parse(lines[0]!)).slice(0, 3)).toEqual(["schemaVersion", "tool", "problem"]);
  });

  it("keeps a line whole whatever a name holds", () => {
    const canvas = { ...passing.canvas, name: "two\nlines\u2028three" };
    expect(jsonl.render(reportOf({ ...passing, canvas }), options).split("\n")).toHaveLength(2);
  });

  it("prints nothing for no design", () => {
    expect(jsonl.render({ designs: [] }, options)).toBe("");
  });
});

/** What is left of a value after JSON. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
