import { describe, expect, it } from "vitest";
import { columnsOf, padTo, paragraph, wrap } from "../../src/report/table/text.js";

describe("columnsOf", () => {
  it.each([
    ["plain", 5],
    ["− ≤ ⌈σ⌉ →", 9],
    ["支払い", 6],
    ["e\u0301", 1],
    ["🚀", 2],
    ["", 0],
  ])("%j takes %i columns", (text, columns) => expect(columnsOf(text)).toBe(columns));
});

describe("wrap", () => {
  it("breaks at spaces", () => {
    expect(wrap("one two three four", 9)).toEqual(["one two", "three", "four"]);
  });

  it("keeps a number with its unit and an equation whole", () => {
    expect(wrap("waits at most 2.72 s for", 18)).toEqual(["waits at most", "2.72 s for"]);
    expect(wrap("timeout backoffMs = 200", 18)).toEqual(["timeout", "backoffMs = 200"]);
  });

  it("breaks a word longer than a line, best behind a separator", () => {
    expect(wrap("payment-outage:blackhole", 16)).toEqual(["payment-outage:", "blackhole"]);
    expect(wrap("x".repeat(25), 10)).toEqual(["x".repeat(10), "x".repeat(10), "x".repeat(5)]);
  });

  it("loses nothing", () => {
    const text = "a bb ccc 12 ms dddd/eeee:ffff-gggg = 7 支払い";
    for (let width = 1; width < 40; width++) {
      expect(wrap(text, width).join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
    }
  });
});

describe("paragraph", () => {
  it("indents every line by its lead", () => {
    expect(paragraph("  ✗ ", "one two three", 12)).toEqual(["  ✗ one two", "    three"]);
  });

  it("pads by columns, not by characters", () => {
    expect(padTo("支払", 6)).toBe("支払  ");
    expect(padTo("longer", 3)).toBe("longer");
  });
});
