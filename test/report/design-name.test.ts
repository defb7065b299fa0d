import { describe, expect, it } from "vitest";
import { designNames } from "../../src/report/design-name.js";
import type { Result, SetField } from "../../src/scoring/result.js";
import { passing } from "./sample.js";

function named(file: string, set?: readonly SetField[], problem = "checkout"): Result {
  return { ...passing, problem, canvas: { ...passing.canvas, file, ...(set === undefined ? {} : { set: [...set] }) } };
}

describe("designNames", () => {
  it("are the files, with what was set in them", () => {
    const set = [
      { path: "w.x", value: 80 },
      { path: "w.note", value: null },
    ];
    expect(designNames([named("a.json"), named("a.json", set), named("b.json", [])])).toEqual([
      "a.json",
      "a.json with w.x = 80 · w.note = (removed)",
      "b.json",
    ]);
  });

  it("name the problem where there are several", () => {
    const results = [named("a.json"), named("a.json", [{ path: "w.x", value: 1 }], "clerk")];
    expect(designNames(results)).toEqual(["a.json (checkout)", "a.json (clerk) with w.x = 1"]);
  });

  it("are never the same, whatever was cut from them", () => {
    const long = (end: string) => named("a.json", [{ path: "w.x", value: `${"x".repeat(10_000)}${end}` }]);
    const names = designNames([long("1"), long("2"), named("b.json"), named("b.json")]);
    expect(new Set(names).size).toBe(4);
    expect(names[1]).toBe(`${names[0]} [2]`);
    expect(names[0]!.length).toBeLessThan(200);
    expect(names.slice(2)).toEqual(["b.json", "b.json [2]"]);
  });
});
