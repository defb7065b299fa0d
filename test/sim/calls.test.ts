import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CallFlag, CallPool, CallState, none } from "../../src/sim/calls.js";

function childrenOf(calls: CallPool, parent: number): number[] {
  const children = [];
  for (let child = calls.firstChild[parent]!; child !== none; child = calls.nextSibling[child]!) children.push(child);
  return children;
}

describe("CallPool", () => {
  it("starts a call clean, one component deep, on its way", () => {
    const calls = new CallPool();
    const call = calls.take(3, none, 11, 12, 2);
    expect([calls.station[call], calls.intent[call], calls.item[call], calls.operation[call]]).toEqual([3, 11, 12, 2]);
    expect(calls.state[call]).toBe(CallState.inTransit);
    expect([calls.hops[call], calls.flags[call], calls.mark[call], calls.timer[call]]).toEqual([1, 0, 0, 0]);
    expect([calls.parent[call], calls.firstChild[call]]).toEqual([none, none]);
    expect(calls.live).toBe(1);
  });

  it("counts components from the top of the tree, and hands down only the query flag", () => {
    const calls = new CallPool();
    const top = calls.take(0, none, 0, 0, 0);
    calls.flags[top] = CallFlag.query | CallFlag.slot | CallFlag.counted;
    const below = calls.take(1, top, 0, 0, 0);
    const lowest = calls.take(2, below, 0, 0, 0);
    expect([calls.hops[below], calls.hops[lowest]]).toEqual([2, 3]);
    expect([calls.flags[below], calls.flags[lowest]]).toEqual([CallFlag.query, CallFlag.query]);
  });

  it("links children to their frame and unlinks the first, the middle and the last", () => {
    const calls = new CallPool();
    const frame = calls.take(0, none, 0, 0, 0);
    const [a, b, c, d] = [1, 2, 3, 4].map((station) => calls.take(station, frame, 0, 0, 0)) as [
      number,
      number,
      number,
      number,
    ];
    expect(childrenOf(calls, frame)).toEqual([d, c, b, a]);
    calls.unlink(c);
    expect(childrenOf(calls, frame)).toEqual([d, b, a]);
    calls.unlink(d);
    expect(childrenOf(calls, frame)).toEqual([b, a]);
    calls.unlink(a);
    expect(childrenOf(calls, frame)).toEqual([b]);
    calls.unlink(b);
    expect(calls.firstChild[frame]).toBe(none);
    expect([a, b, c, d].map((call) => calls.parent[call])).toEqual([none, none, none, none]);
  });

  it("leaves a call without a parent alone", () => {
    const calls = new CallPool();
    const frame = calls.take(0, none, 0, 0, 0);
    const child = calls.take(1, frame, 0, 0, 0);
    calls.unlink(frame);
    expect(childrenOf(calls, frame)).toEqual([child]);
  });

  it("uses the record that was freed last first, without what it held", () => {
    const calls = new CallPool();
    const first = calls.take(1, none, 5, 6, 0);
    const second = calls.take(1, none, 5, 6, 0);
    calls.mark[second] = 9;
    calls.conflicts[second] = 9;
    calls.flags[second] = CallFlag.orphan;
    calls.carried[second] = 1;
    calls.outcome[second] = 6;
    calls.step[second] = 4;
    calls.timer[second] = 17;
    calls.release(first);
    calls.release(second);
    expect([calls.live, calls.state[second], calls.timer[second]]).toEqual([0, CallState.free, 0]);
    const again = calls.take(2, none, 7, 8, 1);
    expect(again).toBe(second);
    const { mark, conflicts, flags, carried, outcome, step, timer } = calls;
    expect([mark, conflicts, flags, carried, outcome, step, timer].map((column) => column[again])).toEqual(
      new Array<number>(7).fill(0),
    );
    expect(calls.take(2, none, 7, 8, 1)).toBe(first);
  });

  it("grows beyond its first size without losing a record", () => {
    const calls = new CallPool();
    const frame = calls.take(0, none, 0, 0, 0);
    for (let i = 0; i < 5000; i++) {
      const call = calls.take(i % 200, frame, i, 2 * i, 3);
      calls.arrivedMs[call] = i / 2;
      calls.mark[call] = -i;
    }
    expect(calls.live).toBe(5001);
    const children = childrenOf(calls, frame).reverse();
    expect(children).toEqual(Array.from({ length: 5000 }, (_, i) => i + 1));
    expect(children.every((call, i) => calls.intent[call] === i && calls.item[call] === 2 * i)).toBe(true);
    expect(children.every((call, i) => calls.arrivedMs[call] === i / 2 && calls.mark[call] === -i)).toBe(true);
    expect(children.every((call, i) => calls.station[call] === i % 200 && calls.operation[call] === 3)).toBe(true);
  });

  it("visits the live records only, in order", () => {
    const calls = new CallPool();
    const taken = Array.from({ length: 6 }, () => calls.take(0, none, 0, 0, 0));
    calls.release(taken[1]!);
    calls.release(taken[4]!);
    const live: number[] = [];
    calls.forEachLive((call) => live.push(call));
    expect(live).toEqual([0, 2, 3, 5]);
  });

  it("keeps the same tree as a plain one, whatever is taken and freed", () => {
    const steps = fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 1000 })), { maxLength: 300 });
    fc.assert(
      fc.property(steps, (history) => {
        const calls = new CallPool();
        const model = new Map<number, number>();
        for (const [takes, pick] of history) {
          const handles = [...model.keys()];
          const chosen = handles.length === 0 ? none : handles[pick % handles.length]!;
          if (takes || chosen === none) {
            const parent = pick % 4 === 0 ? none : chosen;
            const call = calls.take(0, parent, 0, 0, 0);
            expect(model.has(call)).toBe(false);
            model.set(call, parent);
          } else if (![...model.values()].includes(chosen)) {
            calls.unlink(chosen);
            calls.release(chosen);
            model.delete(chosen);
          }
        }
        expect(calls.live).toBe(model.size);
        for (const call of model.keys()) {
          const expected = [...model].filter(([, parent]) => parent === call).map(([child]) => child);
          expect(childrenOf(calls, call).sort((a, b) => a - b)).toEqual(expected.sort((a, b) => a - b));
        }
      }),
      { seed: 5 },
    );
  });
});
