import { describe, expect, it } from "vitest";
import { describeCourses } from "../../src/report/sweep-courses.js";
import type { Course, GateVerdict } from "../../src/scoring/sweep/sweep.js";

type RunSketch = readonly [verdict: GateVerdict, values: readonly unknown[], actuals: readonly (number | null)[]];

function course(path: string, held: Course["held"], ...runs: readonly RunSketch[]): Course {
  return { path, held, runs: runs.map(([verdict, values, actuals]) => ({ verdict, values, actuals })) };
}

const figure = (actuals: readonly (number | null)[]) => actuals.map((actual) => `${actual} ms`).join(" to ");

describe("describeCourses", () => {
  it("says where a gate turns, with what was measured on both sides", () => {
    const along = course("w.x", [], ["fail", [40], [612]], ["pass", [60, 80], [480, 300]]);
    expect(describeCourses([along], figure)).toEqual([
      "fails at 40, passes from 60 on; turns between 40 (612 ms) and 60 (480 ms)",
    ]);
  });

  it("lists every turn of a gate that goes to and fro", () => {
    const along = course(
      "w.x",
      [],
      ["fail", [1, 2], [9, 8]],
      ["pass", [3, 4], [4, 4]],
      ["inconclusive", [5], [5]],
      ["fail", [6], [7]],
    );
    expect(describeCourses([along], figure)).toEqual([
      "fails up to 2, passes from 3 to 4, is undecided at 5, fails at 6; turns between 2 (8 ms) and 3 (4 ms), between 4 (4 ms) and 5 (5 ms), and between 5 (5 ms) and 6 (7 ms)",
    ]);
  });

  it("lists values that have no order by verdict", () => {
    const along = course("w.key", [], ["fail", ["none"], [35]], ["pass", ["item"], [0]], ["fail", [null], [36]]);
    expect(describeCourses([along], figure)).toEqual([
      "fails at none (35 ms), (removed) (36 ms); passes at item (0 ms)",
    ]);
  });

  it("tells along which path, and joins those that turn at the same places", () => {
    const x = (value: number) => [{ path: "w.x", value }];
    const y = (value: number) => [{ path: "w.y", value }];
    const courses = [
      course("w.x", y(1), ["fail", [1], [5]], ["pass", [2], [3]]),
      course("w.x", y(2), ["fail", [1], [6]], ["pass", [2], [4]]),
      course("w.y", x(1), ["fail", [1, 2], [5, 6]]),
      course("w.y", x(2), ["pass", [1, 2], [3, 4]]),
    ];
    expect(describeCourses(courses, figure)).toEqual([
      "along w.x, whatever the other: fails at 1, passes at 2; turns between 1 (5 ms to 6 ms) and 2 (3 ms to 4 ms)",
    ]);
    const differing = [courses[0]!, course("w.x", y(2), ["pass", [1, 2], [2, 1]])];
    expect(describeCourses([...differing, courses[2]!], figure)).toEqual([
      "along w.x, with w.y = 1: fails at 1, passes at 2; turns between 1 (5 ms) and 2 (3 ms)",
      "along w.x, with w.y = 2: passes at every value",
    ]);
  });
});
