import { describe, expect, it } from "vitest";
import { Outcome, Reply } from "../../src/sim/outcome.js";
import { type Answer, script, step, storage } from "./network.js";
import { play } from "./sequence.js";

const always = (outcome: Outcome) => (): Answer => outcome;
/** Fails what goes forward, and lets every undo through. */
const forward =
  (answer: Answer) =>
  (_: number, { undo }: { undo: boolean }): Answer =>
    undo ? Outcome.ok : answer;

describe("the steps of a durable sequence", () => {
  it("are taken one after another, and the caller is told ok", () => {
    const run = play({});
    expect(run.course).toEqual(["a@500", "b@500", "c@500"]);
    expect(run.told("ok")).toBe(1);
    expect(run.run.recorder.sessionMs).toMatchObject({ count: 1, max: 0 });
  });

  it("may lead to the same target twice", () => {
    expect(play({ steps: ["a", "b", "a!"] }).course).toEqual(["a@500", "b@500", "a@500"]);
  });

  it("are repeated at their position, with attempts counted for each step", () => {
    const fails =
      (n: number) =>
      (visit: number): Answer =>
        visit < n ? Outcome.unavailable : Outcome.ok;
    const run = play({ retry: { maxAttempts: 3 } }, { answers: { a: fails(2), b: fails(2), c: fails(1) } });
    expect(run.course).toEqual([..."a@500 a@600 a@800 b@800 b@900 b@1100".split(" "), ..."c@1100 c@1200".split(" ")]);
    expect(run.told("ok")).toBe(1);
  });

  it("ask again after a conflict, about once a second and 60 times, without using an attempt", () => {
    const run = play({ workload: { client: { timeoutMs: 10_000 } } }, { answers: { b: forward(Outcome.conflict) } });
    const asked = run.visits("b");
    // The client has gone: nobody asks the desk again.
    expect(asked).toHaveLength(61);
    const waits = asked.slice(1).map(({ atMs }, i) => atMs - asked[i]!.atMs);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(900);
    expect(Math.max(...waits)).toBeLessThanOrEqual(1100);
    expect(run.visits("a").map(({ undo }) => undo)).toEqual([false, true]);
  });
});

describe("turning back", () => {
  it.each([
    ["declined", Outcome.declined, "declined"],
    ["an open breaker", Outcome.open, "open"],
    ["a refusal", Outcome.full, "full"],
  ])("after %s undoes every finished step in reverse, and not the one that had no effect", (_, outcome, told) => {
    const run = play({}, { answers: { c: always(outcome) } });
    expect(run.course).toEqual(["a@500", "b@500", "c@500", "-b@500", "-a@500"]);
    expect(run.told(told)).toBe(1);
  });

  it("undoes the step itself when it may have taken effect, and once more after settling", () => {
    const run = play({}, { answers: { c: forward(Outcome.error) } });
    expect(run.course).toEqual(["a@500", "b@500", "c@500", "-c@500", "-b@500", "-a@500", "-c@30500"]);
    expect(run.run.recorder.sessionMs).toMatchObject({ count: 1, max: 30_000 });
  });

  it("does not settle without settleMs, nor what was known", () => {
    const { course } = play({ saga: { settleMs: 0 } }, { answers: { c: forward(Outcome.error) } });
    expect(course).toEqual(["a@500", "b@500", "c@500", "-c@500", "-b@500", "-a@500"]);
    const answers = {
      b: (visit: number): Answer => (visit === 0 ? Outcome.error : Outcome.ok),
      c: always(Outcome.open),
    };
    expect(play({ retry: { maxAttempts: 2 } }, { answers }).course.filter((visit) => visit.startsWith("-b"))).toEqual([
      "-b@600",
    ]);
  });

  it("tells the caller at once, and repeats an undo until it is done", () => {
    const slow = (visit: number, { undo }: { undo: boolean }): Answer =>
      undo && visit < 4 ? Outcome.unavailable : Outcome.ok;
    const run = play({}, { answers: { a: slow, b: forward(Outcome.open) } });
    expect(run.course).toEqual(["a@500", "b@500", "-a@500", "-a@2500", "-a@4500", "-a@6500"]);
    expect(run.noted("client", "told open")).toEqual([500]);
    expect(run.run.recorder.sessionMs.max).toBe(6000);
  });

  it("waits 3 s for an undo that is lost, and gives it up after undoAttempts", () => {
    const lost = (_: number, { undo }: { undo: boolean }): Answer => (undo ? "lost" : Outcome.ok);
    const saga = { undoAttempts: 2, undoEveryMs: 500 };
    const run = play(
      { saga, invariants: ["compensation-complete"] },
      { answers: { b: lost, c: always(Outcome.open) } },
    );
    expect(run.course).toEqual(["a@500", "b@500", "c@500", "-b@500", "-b@4000", "-a@7000"]);
    const judged = run.run.invariants.find(({ invariant }) => invariant.id === "compensation-complete")!;
    expect([judged.violations, judged.exposure]).toEqual([1, 1]);
  });

  it("does not turn back after the pivot: what fails there is repeated every 2 s", () => {
    const fails = (visit: number): Answer => [Outcome.declined, Outcome.open, Outcome.error][visit] ?? Outcome.ok;
    const run = play({ steps: ["a", "b!", "c"] }, { answers: { c: fails } });
    expect(run.course).toEqual(["a@500", "b@500", "c@500", "c@2500", "c@4500", "c@6500"]);
    expect(run.told("ok")).toBe(1);
  });

  it('has nothing to undo where "none" says so, and is no pivot', () => {
    const run = play({ steps: ["a", "b~", "c"] }, { answers: { c: always(Outcome.open) } });
    expect(run.course).toEqual(["a@500", "b@500", "c@500", "-a@500"]);
    expect(run.told("open")).toBe(1);
  });

  it("undoes the earlier steps and answers ok when a step is known already", () => {
    const known = (): Answer => ({ outcome: Outcome.ok, afterMs: 10, reply: Reply.known | Reply.goal });
    const run = play({}, { answers: { b: (_, { undo }) => (undo ? Outcome.ok : known()) } });
    expect(run.course).toEqual(["a@500", "b@500", "-a@510"]);
    expect(run.told("ok")).toBe(1);
    expect(run.run.recorder.counts.delivered).toBe(1);
  });
});

describe("a durable sequence's record", () => {
  const twice = { client: { doubleClickPct: 100, doubleClickWithinMs: 100 } };

  it("answers conflict while it is open", () => {
    const slow = (): Answer => ({ outcome: Outcome.ok, afterMs: 300 });
    const run = play({ workload: twice }, { answers: { a: slow } });
    expect(run.told("conflict")).toBe(1);
    expect(run.told("ok")).toBe(1);
    expect(run.visits("a")).toHaveLength(1);
  });

  it("answers ok when it is done, without taking a step", () => {
    const run = play({ workload: twice });
    expect(run.told("ok")).toBe(2);
    expect(run.visits("a")).toHaveLength(1);
  });

  it("answers declined when that was the end", () => {
    const run = play({ workload: twice, steps: ["a"] }, { answers: { a: always(Outcome.declined) } });
    expect(run.told("declined")).toBe(2);
    expect(run.visits("a")).toHaveLength(1);
  });

  it("is opened anew after a failure, under another item key", () => {
    const client = { retries: 2, backoffMs: 10_000, backoffFactor: 1 };
    const fails = (visit: number): Answer => (visit === 0 ? Outcome.open : Outcome.ok);
    const run = play({ workload: { client } }, { answers: { b: fails } });
    expect(run.course).toEqual(["a@500", "b@500", "-a@500", "a@10500", "b@10500", "c@10500"]);
    const [first, second] = run.visits("b");
    expect(second!.itemKey).not.toBe(first!.itemKey);
    expect(run.run.recorder.counts.delivered).toBe(1);
  });

  it("is opened anew under another item key when the same item comes again, from a retry before it", () => {
    const again = { mode: "retry", jitter: "none", backoffMs: 1_000, timeoutMs: 60_000, maxAttempts: 2 };
    const undo = { undo: "cancel" };
    const run = script(
      {
        components: [step("outer", { behavior: again }), step("desk"), storage("a"), storage("b")],
        connections: ["outer→desk", { from: "desk", to: "a", ...undo }, { from: "desk", to: "b", ...undo }],
        workload: { ratePerS: 2, durationMs: 900 },
      },
      { answers: { b: (visit): Answer => (visit === 0 ? Outcome.unavailable : Outcome.ok) } },
    );
    const keys = run.visits("a").map(({ itemKey, undo: undone }) => [itemKey, undone] as const);
    expect(keys.map(([, undone]) => undone)).toEqual([false, true, false]);
    expect(keys[1]![0]).toBe(keys[0]![0]);
    expect(keys[2]![0]).not.toBe(keys[0]![0]);
  });

  it("keeps the key of what is undone until it is settled", () => {
    const client = { retries: 1, backoffMs: 10_000 };
    const answers = { b: (visit: number): Answer => (visit === 0 ? Outcome.error : Outcome.ok) };
    const run = play({ workload: { client } }, { answers });
    const keys = run.visits("b").map(({ itemKey, undo }) => [itemKey, undo] as const);
    expect(keys.slice(0, 3).map(([, undo]) => undo)).toEqual([false, true, true]);
    expect(new Set(keys.slice(0, 3).map(([key]) => key)).size).toBe(1);
    expect(keys[3]![0]).not.toBe(keys[0]![0]);
    // Settled at 30500: until then the client's second try met a conflict each second.
    expect(run.visits("b")[3]!.atMs).toBe(30_500);
    expect(run.told("conflict")).toBe(20);
  });

  it("stays open for a caller that has gone, and the system learns the end", () => {
    const slow = (): Answer => ({ outcome: Outcome.ok, afterMs: 900 });
    const run = play({ workload: { client: { timeoutMs: 400 } } }, { answers: { b: slow } });
    expect(run.told("ok")).toBe(0);
    expect(run.run.recorder.counts).toMatchObject({ delivered: 1, dropped: 0 });
  });

  it("is undone after a timeout, the step that was not answered first", () => {
    const run = play({ retry: { maxAttempts: 2 } }, { answers: { b: forward("lost") } });
    // Two attempts of 1 s with 100 ms between them.
    expect(run.course).toEqual(["a@500", "b@500", "b@1600", "-b@2600", "-a@2600", "-b@32600"]);
    expect(run.told("timeout")).toBe(1);
  });
});
