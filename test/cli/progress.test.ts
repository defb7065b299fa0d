import { Writable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { progressOn } from "../../src/cli/progress.js";

/** A stream that says it is a terminal of 80 columns, and what was written to it. */
function terminal(isTTY = true) {
  const written: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY, columns: 80 }) as unknown as NodeJS.WriteStream, written };
}

const controlStart = "\u001b";

describe("the progress bar", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("appears when work takes longer than half a second, with count, percent and what is left", async () => {
    const { stream, written } = terminal();
    const progress = await progressOn(stream, false);
    progress.begin(40);
    vi.advanceTimersByTime(499);
    expect(written).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(written.join("")).toContain(`${"░".repeat(24)} 0 %  0/40 runs`);
    for (let run = 0; run < 20; run++) {
      vi.advanceTimersByTime(300);
      progress.ran();
    }
    vi.advanceTimersByTime(100);
    const text = written.join("");
    expect(text).toContain(`22 %  9/40 runs${controlStart}`);
    expect(text).toContain(`${"█".repeat(12)}${"░".repeat(12)} 50 %  20/40 runs, about 6 s left`);
    progress.end();
  });

  it("appears after a run, too, where no timer gets through", async () => {
    const { stream, written } = terminal();
    const progress = await progressOn(stream, false);
    progress.begin(4);
    vi.spyOn(performance, "now").mockReturnValue(performance.now() + 600);
    progress.ran();
    expect(written.join("")).toContain("25 %  1/4 runs");
    progress.end();
    vi.restoreAllMocks();
  });

  it("leaves an empty line and no timer, and never hides the cursor nor switches wrapping off", async () => {
    const { stream, written } = terminal();
    const signals = process.listenerCount("SIGINT");
    const progress = await progressOn(stream, false);
    progress.begin(4);
    vi.advanceTimersByTime(600);
    progress.ran();
    expect(process.listenerCount("SIGINT")).toBe(signals);
    progress.end();
    const text = written.join("");
    expect(text.endsWith(`${controlStart}[1G${controlStart}[2K`)).toBe(true);
    expect(text).not.toContain(`${controlStart}[?`);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("writes nothing for short work, in a pipe or when it is to be quiet", async () => {
    for (const { isTTY, quiet, workMs } of [
      { isTTY: true, quiet: false, workMs: 400 },
      { isTTY: false, quiet: false, workMs: 5000 },
      { isTTY: true, quiet: true, workMs: 5000 },
    ]) {
      const { stream, written } = terminal(isTTY);
      const progress = await progressOn(stream, quiet);
      progress.begin(2);
      vi.advanceTimersByTime(workMs);
      progress.ran();
      progress.end();
      expect(written).toEqual([]);
      expect(vi.getTimerCount()).toBe(0);
    }
  });
});
