import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/explain/catalogue.js";
import { run } from "../fixtures/binary.js";

describe("chini-bench explain", () => {
  it("explains an id and a gate, one after another", async () => {
    const { code, stdout, stderr } = await run(["explain", "no-double-charge", "acceptMs.p95 <= 500"], {
      COLUMNS: "80",
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^no-double-charge {2}invariant\nNobody pays twice\n\nMeaning {3}No intent/);
    expect(stdout).toContain("\n\n\nacceptMs  metric\nTime to acceptance\n");
    expect(stdout).toContain("Gate      acceptMs.p95 must be at most 500 ms;");
    expect(stdout.split("\n").every((line) => [...line].length <= 80)).toBe(true);
  });

  it("lists everything without an id", async () => {
    const { code, stdout, stderr } = await run(["explain"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^Metrics\n {2}offered {19}Intents offered\n/);
    expect(stdout.split("\n").filter((line) => line.startsWith("  "))).toHaveLength(catalogue.length);
  });

  it("--json prints the entries and nothing else", async () => {
    const one = await run(["explain", "confirmMs.p95 <= 5s", "--json"]);
    expect(one.stderr).toBe("");
    const [entry] = catalogue.filter(({ id }) => id === "confirmMs");
    expect(JSON.parse(one.stdout)).toEqual({
      schemaVersion: 1,
      explanations: [
        {
          asked: "confirmMs.p95 <= 5s",
          entries: [entry],
          figure: { metric: "confirmMs.p95", meaning: "95 % of the values are at most this" },
          gate: { metric: "confirmMs.p95", comparison: "<=", limit: 5000, unit: "milliseconds" },
        },
      ],
    });
    const all = await run(["explain", "--json"]);
    expect(JSON.parse(all.stdout)).toEqual({ schemaVersion: 1, entries: catalogue });
  });

  it("refuses what does not exist: exit 2, the nearest name, nothing on standard output", async () => {
    const { code, stdout, stderr } = await run(["explain", "drop-rate", "no-oversel\u001b[31m", "dropRate"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toBe(
      [
        'nothing is called "drop-rate"; did you mean "dropRate"?',
        'nothing is called "no-oversel\\u001b[31m"; did you mean "no-oversell"?',
        "chini-bench explain lists everything that can be asked for",
        "",
      ].join("\n"),
    );
  });

  it("knows every finding and fault that a run prints", async () => {
    const strict = await run([
      "run",
      "chini-002-checkout",
      "canvases/chini-002-checkout/plain.json",
      "--strict",
      "--json",
    ]);
    const plain = await run([
      "run",
      "chini-002-checkout",
      "canvases/chini-002-checkout/wrong/new-key-per-attempt.json",
      "--json",
    ]);
    const codes = [strict, plain].flatMap(({ stdout }) =>
      (JSON.parse(stdout).findings as readonly { code: string }[]).map(({ code }) => code),
    );
    expect(new Set(codes)).toContain("not-stated");
    expect(new Set(codes)).toContain("retry-without-idempotent-target");
    const { code } = await run(["explain", ...new Set(codes)]);
    expect(code).toBe(0);
  });
});
