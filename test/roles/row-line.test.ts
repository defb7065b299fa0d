import { describe, expect, it } from "vitest";
import { RowLine } from "../../src/roles/row-line.js";

describe("a line of rows", () => {
  it("gives rows back in the order in which they came, with their times, however it wraps and grows", () => {
    const line = new RowLine();
    const expected: number[] = [];
    let row = 0;
    // Three in, two out: the head walks around the ring while the line grows to 200.
    for (let round = 0; round < 200; round++) {
      for (let i = 0; i < 3; i++) {
        line.put(row, 10 * row);
        expected.push(row++);
      }
      for (let i = 0; i < 2; i++) {
        expect(line.firstSinceMs).toBe(10 * expected[0]!);
        expect(line.take()).toBe(expected.shift());
      }
      expect(line.count).toBe(expected.length);
    }
    while (expected.length > 0) expect(line.take()).toBe(expected.shift());
    expect([line.count, line.firstSinceMs]).toEqual([0, Infinity]);
  });
});
