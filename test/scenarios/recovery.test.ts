import { describe, expect, it } from "vitest";
import { type Course, measureRecovery, type Recovery } from "../../src/scenarios/recovery.js";

/** Courses by second: a run of `seconds`, with arrivals of 20/s until `arrivalsEnd`. */
interface Tale {
  readonly seconds: number;
  readonly arrivalsEnd: number;
  backlog(second: number): number;
  /** Share of the arrivals of a second that is healthy. */
  health?(second: number): number;
}

function recover(tale: Tale, startS: number, endS: number, ratePerS = 20): Recovery {
  const by = (value: (second: number) => number): number[] =>
    Array.from({ length: tale.seconds + 30 }, (_, s) => value(s));
  const arrives = (second: number): number => (second < tale.arrivalsEnd ? 20 : 0);
  const course: Course = {
    seconds: tale.seconds,
    backlog: by((second) => (second < tale.seconds ? tale.backlog(second) : 0)),
    arrivals: by(arrives),
    healthy: by((second) => arrives(second) * (tale.health?.(second) ?? 1)),
  };
  return measureRecovery(course, { startMs: 1000 * startS, endMs: 1000 * endS }, 1000 * tale.arrivalsEnd, ratePerS);
}

/** Backlog of 10 until 50 s, then 1000 falling by 40 a second from 60 s. */
const drains = (second: number): number =>
  second < 50 ? 10 : second < 60 ? 1000 : Math.max(10, 1000 - 40 * (second - 59));

describe("recovery", () => {
  it("lasts until the backlog is within its bound: mean before + λ · 1 s for a small backlog", () => {
    // 10 + 20 = 30 is more than 1.1 × 10: 1000 − 40 k ≤ 30 holds from k = 25, which is the second 84.
    expect(recover({ seconds: 200, arrivalsEnd: 150, backlog: drains }, 50, 60)).toEqual({
      recoveryMs: 24_000,
      censored: false,
      drainMs: 24_000,
      untilEnd: false,
      backlogBack: true,
    });
  });

  it("has the bound 1.1 × the mean before for a large backlog", () => {
    const backlog = (second: number): number => (second < 50 ? 1000 : second < 60 ? 3000 : 3000 - 100 * (second - 59));
    // 1.1 × 1000 = 1100 is more than 1000 + 20: reached after 19 steps of 100, in the second 78.
    expect(recover({ seconds: 90, arrivalsEnd: 90, backlog }, 50, 60)).toMatchObject({ recoveryMs: 18_000 });
    expect(recover({ seconds: 90, arrivalsEnd: 90, backlog }, 50, 60, 500)).toMatchObject({ recoveryMs: 14_000 });
  });

  it("takes the mean over the 20 s before the disturbance, and no more", () => {
    const backlog = (second: number): number => (second < 30 ? 100_000 : drains(second));
    expect(recover({ seconds: 200, arrivalsEnd: 150, backlog }, 50, 60).recoveryMs).toBe(24_000);
  });

  it("waits for health of 99 % over 10 s as well; draining does not", () => {
    const tale = { seconds: 200, arrivalsEnd: 190, backlog: () => 10 };
    const sick = (second: number): number => (second >= 50 && second < 100 ? 0.5 : 1);
    expect(recover({ ...tale, health: sick }, 50, 60)).toMatchObject({
      recoveryMs: 40_000,
      drainMs: 0,
      censored: false,
    });
    // One sick second of ten with 5 % sick is 0.5 % of all: healthy. With 20 % it is not.
    const spot = (share: number) => (second: number) => (second === 65 ? 1 - share : 1);
    expect(recover({ ...tale, health: spot(0.05) }, 50, 60).recoveryMs).toBe(0);
    expect(recover({ ...tale, health: spot(0.2) }, 50, 60).recoveryMs).toBe(6_000);
  });

  it("passes over windows without arrivals: a backlog that ends after them still ends", () => {
    expect(recover({ seconds: 200, arrivalsEnd: 62, backlog: drains }, 50, 60).recoveryMs).toBe(24_000);
  });

  // BUG: the second after the run counts as recovered (backlog 0, no arrivals), so nothing is ever censored.
  it("that never comes is the rest of the run, censored", () => {
    const stuck = { seconds: 200, arrivalsEnd: 150, backlog: (second: number) => (second < 50 ? 10 : 1000) };
    expect(recover(stuck, 50, 60)).toEqual({
      recoveryMs: 140_000,
      censored: true,
      drainMs: 140_000,
      untilEnd: false,
      backlogBack: false,
    });
  });

  // BUG: seconds without arrivals count as healthy, so a dead system recovers when the buyers stop coming.
  it("does not come to a system that serves nobody until arrivals stop", () => {
    const dead = {
      seconds: 200,
      arrivalsEnd: 150,
      backlog: () => 0,
      health: (second: number) => (second < 50 ? 1 : 0),
    };
    expect(recover(dead, 50, 60)).toMatchObject({ recoveryMs: 140_000, censored: true });
  });

  it("is immediate where nothing was disturbed", () => {
    expect(recover({ seconds: 100, arrivalsEnd: 100, backlog: () => 10 }, 50, 60)).toMatchObject({
      recoveryMs: 0,
      drainMs: 0,
      censored: false,
    });
  });
});

describe("a disturbance that lasts until arrivals stop", () => {
  it("is said to, and ends with them, even when it is longer", () => {
    const tale = { seconds: 100, arrivalsEnd: 60, backlog: drains };
    expect(recover(tale, 50, 60)).toMatchObject({ untilEnd: true, recoveryMs: 24_000 });
    expect(recover(tale, 50, 1000)).toMatchObject({ untilEnd: true, recoveryMs: 24_000 });
    expect(recover(tale, 50, 59)).toMatchObject({ untilEnd: false });
  });

  it("is judged on the backlog at the end", () => {
    expect(recover({ seconds: 100, arrivalsEnd: 60, backlog: drains }, 50, 60).backlogBack).toBe(true);
    expect(recover({ seconds: 70, arrivalsEnd: 60, backlog: drains }, 50, 60).backlogBack).toBe(false);
  });

  it("from the start has no time before it: the bound is λ · 1 s", () => {
    const backlog = (second: number): number => (second < 60 ? 500 : Math.max(0, 500 - 50 * (second - 59)));
    // 500 − 50 k ≤ 20 from k = 10.
    expect(recover({ seconds: 100, arrivalsEnd: 60, backlog }, 0, 60).drainMs).toBe(9_000);
  });
});
