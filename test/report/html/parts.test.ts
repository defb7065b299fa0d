import { describe, expect, it } from "vitest";
import { roundUp, timeAxis } from "../../../src/report/html/axes.js";
import { placed } from "../../../src/report/html/layout.js";
import { fitted } from "../../../src/report/html/lettering.js";
import { html, trusted } from "../../../src/report/html/markup.js";
import { extreme, mostPoints, perSecond, points, thinned } from "../../../src/report/html/series.js";

describe("markup", () => {
  it("escapes text in elements and attributes, and leaves markup as it is", () => {
    const text = `<b a="1" c='2'>&`;
    expect(html`<p title="${text}">${text}${trusted("<i>")}${[html`<u>`, "<"]}${null}${undefined}${3}</p>`.text).toBe(
      '<p title="&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;">&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;<i><u>&lt;3</p>',
    );
  });

  it("shows what would steer a terminal or turn the text round", () => {
    expect(html`${"a\u202eb\u0000"}`.text).toBe("a\\u202eb\\u0000");
  });
});

describe("thinning a series", () => {
  it("keeps at most so many values and the extreme of each window", () => {
    const values = Array.from({ length: 1000 }, (_, index) => (index === 777 ? 50 : index % 3));
    const thin = thinned(values, mostPoints);
    expect(thin).toHaveLength(250);
    expect(Math.max(...(thin as number[]))).toBe(50);
    expect(thinned([1, 0.5, null, null, 1, 0.9], 3, "smallest")).toEqual([0.5, null, 0.9]);
  });

  it("leaves a short one alone and puts points into the middle of their windows", () => {
    expect(points([1, null, 2.00006], 1000)).toEqual([
      [500, 1],
      [1500, null],
      [2500, 2],
    ]);
    expect(points([1, 5, 2, 3], 1000, 2)).toEqual([
      [1000, 5],
      [3000, 3],
    ]);
  });

  it("has no extreme of nothing, and turns counts into rates", () => {
    expect(extreme([null, null])).toBeNull();
    expect(extreme([])).toBeNull();
    expect(perSecond([5, 0], 500)).toEqual([10, 0]);
  });
});

describe("axes", () => {
  it.each([
    [0, 1],
    [1, 1],
    [3, 4],
    [6618, 8000],
    [8001, 10_000],
    [0.07, 0.08],
  ])("end at a round number: %d gives %d", (value, end) => {
    expect(roundUp(value)).toBeCloseTo(end, 12);
  });

  it("count seconds up to ten minutes, then minutes", () => {
    const short = timeAxis(235_000);
    expect([short.interval, short.axisLabel.formatter(50_000)]).toEqual([50_000, "50 s"]);
    const long = timeAxis(3_600_000);
    expect([long.interval, long.axisLabel.formatter(600_000)]).toEqual([600_000, "10 min"]);
  });
});

describe("lettering", () => {
  it("breaks a text into a few lines and says that it goes on", () => {
    expect(fitted("Orders, checked on a replica", 20, 2)).toEqual(["Orders, checked on a", "replica"]);
    expect(fitted("one two three four five", 9, 2)).toEqual(["one two", "three…"]);
    expect(fitted("  \n ", 9, 2)).toEqual([]);
    expect(fitted("x".repeat(10_000), 9, 2)).toHaveLength(2);
  });
});

describe("the layout of a canvas", () => {
  const boxes = Array.from({ length: 4 }, () => ({ width: 80, height: 40 }));
  const arrows = [
    [0, 1],
    [1, 2],
    [1, 3],
    [2, 0],
  ].map(([from, to]) => ({ from: from!, to: to!, label: { width: 30, height: 12 } }));

  it("reads from left to right, overlaps no boxes and stays within its frame", () => {
    const layout = placed({ direction: "LR", boxes, arrows });
    expect(layout.boxes[0]!.x).toBeLessThan(layout.boxes[1]!.x);
    expect(layout.boxes[1]!.x).toBeLessThan(layout.boxes[3]!.x);
    for (const [index, one] of layout.boxes.entries()) {
      expect(one.x - 40).toBeGreaterThanOrEqual(0);
      expect(one.x + 40).toBeLessThanOrEqual(layout.width);
      for (const other of layout.boxes.slice(index + 1)) {
        expect(Math.abs(one.x - other.x) >= 80 || Math.abs(one.y - other.y) >= 40).toBe(true);
      }
    }
    expect(layout.arrows.every(({ corners }) => corners.length >= 2)).toBe(true);
  });

  it("is the same for the same sketch, and reads down when asked to", () => {
    const sketch = { direction: "TB", boxes, arrows } as const;
    expect(placed(sketch)).toEqual(placed(sketch));
    expect(placed(sketch).boxes[0]!.y).toBeLessThan(placed(sketch).boxes[1]!.y);
  });
});
