import { describe, expect, it } from "vitest";
import { run } from "../fixtures/binary.js";

const problem = "chini-002-checkout";
const reference = `canvases/${problem}/reference.json`;
const wrong = `canvases/${problem}/wrong/new-key-per-attempt.json`;

describe("run --workers", () => {
  it("prints the same bytes with 1, 2 and 3 threads: several canvases, scenarios and seeds", async () => {
    const ended = await Promise.all(
      ["1", "2", "3"].map((workers) =>
        run(["run", problem, reference, wrong, "--seeds", "3", "--workers", workers, "--json"]),
      ),
    );
    expect(ended.map(({ code }) => code)).toEqual([1, 1, 1]);
    expect(ended[0]!.stdout.length).toBeGreaterThan(100_000);
    expect(ended[1]!.stdout).toBe(ended[0]!.stdout);
    expect(ended[2]!.stdout).toBe(ended[0]!.stdout);
    expect(ended.map(({ stderr }) => stderr)).toEqual(["", "", ""]);
  }, 60_000);

  it.each(["0", "-1", "two", "257", "1.5"])("refuses %s", async (workers) => {
    const { code, stderr } = await run(["run", problem, reference, "--workers", workers]);
    expect(code).toBe(2);
    expect(stderr).toContain("It must be a whole number from 1 to 256.");
  });

  it("ends with exit 2 and no thread left when every canvas is invalid", async () => {
    const { code } = await run(["run", problem, "no-such-canvas.json", "--workers", "2"]);
    expect(code).toBe(2);
  });
});
