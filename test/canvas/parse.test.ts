import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadCanvas, parseCanvas } from "../../src/canvas/load.js";

const plainCanvas = fileURLToPath(new URL("../fixtures/canvas.json", import.meta.url));

describe("parseCanvas", () => {
  const text = readFileSync(plainCanvas, "utf8");

  it("takes text as the file that holds it", async () => {
    const { lineOf: _lineOf, ...loaded } = await loadCanvas(plainCanvas);
    const parsed = parseCanvas(text, plainCanvas);
    expect(parsed).toMatchObject(loaded);
    expect(parsed.lineOf("/components/2/behavior/maxAttempts")).toEqual({ line: 6, column: 85 });
  });

  it("takes a value, without holding on to it", () => {
    const value = JSON.parse(text) as { name: string };
    const parsed = parseCanvas(value);
    const before = structuredClone(value);
    value.name = "changed";
    expect(parsed.canvas).toEqual(before);
    expect(parsed.file).toBe("canvas");
    expect(parsed.sha256).toBe(
      createHash("sha256")
        .update(JSON.stringify(before, null, 2))
        .digest("hex"),
    );
  });

  it.each<[string, string | object, string]>([
    [
      "a misspelt mode",
      { components: [{ id: "a", type: "tol" }], connections: [] },
      'mine:5:15 /components/0/type: unknown type "tol"',
    ],
    [
      "a number that JSON has not",
      { components: [{ id: "a", type: "step", cost: { monthlyUsd: Number.NaN } }], connections: [] },
      "mine:7:23 /components/0/cost/monthlyUsd: ",
    ],
    ["text of more than 1 MB", " ".repeat(1_000_001), "mine: "],
    ["an empty text", " \n", "mine: the file is empty"],
    ["what has no JSON", () => 1, "mine: the file is empty"],
  ])("refuses %s, under the name it was given", (_, json, line) => {
    expect(() => parseCanvas(json, "mine")).toThrow(line);
  });

  it("refuses a value that cannot be JSON", () => {
    const circular: { self?: unknown } = {};
    circular.self = circular;
    expect(() => parseCanvas(circular)).toThrow(TypeError);
  });
});
