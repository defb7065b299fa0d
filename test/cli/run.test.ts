import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { Result } from "../../src/scoring/result.js";
import { run } from "../fixtures/binary.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const problem = "chini-002-checkout";
const canvases = "canvases/chini-002-checkout";
const reference = `${canvases}/reference.json`;
const plain = `${canvases}/plain.json`;
const directory = temporaryDirectory();

function variant(name: string, change: (canvas: { components: object[]; connections: object[] }) => void): string {
  const canvas = JSON.parse(readFileSync(reference, "utf8")) as { components: object[]; connections: object[] };
  change(canvas);
  return directory.write(name, JSON.stringify(canvas, null, 2));
}

async function json(...args: readonly string[]): Promise<Result> {
  const { stdout } = await run(["run", problem, ...args, "--json"]);
  return JSON.parse(stdout) as Result;
}

describe("run on designs that hold", () => {
  it("passes the reference: exit 0, the verdict first, a row per run, the line to repeat", async () => {
    const { code, stdout, stderr } = await run(["run", problem, reference]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^PASS {2}9\d of 100/);
    for (const id of [
      "baseline",
      "flash-sale",
      "payment-slow",
      "payment-outage:blackhole",
      "payment-outage:failfast",
    ]) {
      expect(stdout).toContain(id);
    }
    expect(stdout).toContain(`chini-bench run ${problem} ${reference}`);
    expect(stdout).toContain("--seed 42");
    expect(stderr).toBe("");
  });

  it("passes the plain canvas and lists every assumption it made", async () => {
    const { code, stdout } = await run(["run", problem, plain]);
    const result = await json(plain);
    expect(code).toBe(0);
    expect(stdout).toContain(`Assumptions (${result.assumptions.length})`);
    expect(result.assumptions.length).toBeGreaterThan(40);
    const fields = result.assumptions.map(({ component, field }) => `${component} ${field}`);
    expect(fields).toContain("psp role");
    expect(fields).toContain("orders idempotency.key");
    expect(fields).toContain("payment-queue behavior.releaseRps");
    expect(fields).toContain("status-view connection status-view→shopper");
    for (const { component, field } of result.assumptions.filter(({ field }) => field.startsWith("behavior."))) {
      expect(stdout, `${component} ${field}`).toContain(field);
    }
  });
});

describe("run on wrong designs", () => {
  const mechanisms: readonly (readonly [canvas: string, mechanism: RegExp])[] = [
    [
      "new-key-per-attempt",
      /no-double-charge: \d+ violations[\s\S]*psp: idempotency key attempt[\s\S]*2 live for this intent/,
    ],
    ["check-then-act", /no-double-charge: \d+ violations[\s\S]*orders: check-then-act, 200 ms/],
    [
      "no-queue",
      /dropRate 3\d\.\d %[\s\S]*checkout-api: 57 slots ÷ \d+ ms = \d+\/s under 100\/s offered: queue full from 3\d/,
    ],
    ["no-breaker", /failfast {2}dropRate 1\d\.\d %[\s\S]*payment-queue: gave up \d{3} messages after 3 deliveries/],
    [
      "timeout-too-short",
      /confirmMs\.p95 none, expected ≤ 5 s[\s\S]*worker: gives up after 1\.5 s, and psp takes 1\.8/,
    ],
    [
      "over-budget",
      /Missed criteria \(1\)\n {2}✗ effectiveMonthlyUsd \$\d+, expected ≤ \$800\n {4}checkout-api: \$500/,
    ],
  ];

  it.each(mechanisms)("%s exits 1 and names its mechanism", async (canvas, mechanism) => {
    const { code, stdout } = await run(["run", problem, `${canvases}/wrong/${canvas}.json`]);
    expect(stdout).toMatch(/^FAIL/);
    expect(stdout).toMatch(mechanism);
    expect(code).toBe(1);
  });

  it("exits 1 for 13 components, says so in one line, and judges the rest", async () => {
    const file = variant("thirteen.json", (canvas) => {
      for (let i = 1; i <= 4; i++) {
        canvas.components.push({ id: `extra-${i}`, type: "storage" });
        canvas.connections.push({ from: "ledger", to: `extra-${i}` });
      }
    });
    const { code, stdout } = await run(["run", problem, file]);
    expect(code).toBe(1);
    expect(stdout).toContain("Missed criteria (1)\n  ✗ components 13, expected ≤ 12\n");
  });
});

describe("run on what cannot be used", () => {
  const cases: readonly (readonly [what: string, file: () => string, message: RegExp])[] = [
    ["a missing file", () => "no-such-canvas.json", /^no-such-canvas\.json: no such file\n$/],
    [
      "broken JSON",
      () => directory.write("broken.json", '{ "components": [\n  { "id": }\n'),
      /^\S+broken\.json:2:11: not valid JSON.*\n$/,
    ],
    [
      "an unknown mode",
      () => variant("mode.json", (canvas) => Object.assign(canvas.components[4]!, { behavior: { mode: "retyr" } })),
      /^\S+mode\.json:\d+:\d+ \/components\/4\/behavior\/mode: unknown mode "retyr"; did you mean "retry"\? .*\n$/,
    ],
    [
      "a dangling connection",
      () => variant("dangling.json", (canvas) => canvas.connections.push({ from: "worker", to: "legder" })),
      /^\S+dangling\.json:\d+:\d+ \/connections\/8\/to: .*"legder"; did you mean "ledger"\?.*\n$/,
    ],
  ];

  it.each(cases)("exits 2 for %s with one clear message and no stack", async (_what, file, message) => {
    const { code, stdout, stderr } = await run(["run", problem, file()]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe("");
  });

  it("exits 2 for an unknown problem, scenario, reporter and seed, naming what there is", async () => {
    const unknownProblem = await run(["run", "chini-002-chekout", reference]);
    expect([unknownProblem.code, unknownProblem.stderr]).toEqual([2, expect.stringContaining("chini-002-checkout")]);
    const unknownScenario = await run(["run", problem, reference, "--scenario", "flashsale"]);
    expect([unknownScenario.code, unknownScenario.stderr]).toEqual([
      2,
      expect.stringContaining('did you mean "flash-sale"?'),
    ]);
    const unknownReporter = await run(["run", problem, reference, "--reporter", "tabel"]);
    expect([unknownReporter.code, unknownReporter.stderr]).toEqual([
      2,
      expect.stringContaining('did you mean "table"?'),
    ]);
    const badSeed = await run(["run", problem, reference, "--seed", "-1"]);
    expect([badSeed.code, badSeed.stderr]).toEqual([2, expect.stringContaining("whole number")]);
  });

  it("exits 2 under --strict and lists what the plain canvas leaves to inference", async () => {
    const { code, stderr } = await run(["run", problem, plain, "--strict"]);
    expect(code).toBe(2);
    expect(stderr).toContain("psp: role is not stated");
    expect(stderr).toContain("orders: idempotency.key is not stated");
  });

  it("judges the other canvases when one is invalid, and the worst verdict decides", async () => {
    const { code, stdout, stderr } = await run(["run", problem, reference, "no-such-canvas.json", "--json"]);
    const { results } = JSON.parse(stdout) as { results: Result[] };
    expect(results.map(({ verdict }) => verdict)).toEqual(["pass", "invalid"]);
    expect(stderr).toBe("no-such-canvas.json: no such file\n");
    expect(code).toBe(2);
    const wrong = await run(["run", problem, reference, `${canvases}/wrong/over-budget.json`, "--quiet"]);
    expect(wrong.code).toBe(1);
  });
});

describe("run --json", () => {
  it("prints the same bytes for the same seed, and others for another", async () => {
    const first = await run(["run", problem, reference, "--json", "--seed", "7"]);
    const second = await run(["run", problem, reference, "--json", "--seed", "7"]);
    const other = await run(["run", problem, reference, "--json", "--seed", "8"]);
    expect(first.stdout).toBe(second.stdout);
    const scenarios = (text: string) => JSON.stringify((JSON.parse(text) as Result).scenarios);
    expect(scenarios(other.stdout)).not.toBe(scenarios(first.stdout));
  });

  it("prints what the published schema describes, also for a failing and an invalid canvas", async () => {
    const schema = JSON.parse(readFileSync("schemas/result.schema.json", "utf8")) as object;
    const validate = new Ajv2020({ strict: false }).compile(schema);
    for (const canvas of [reference, `${canvases}/wrong/timeout-too-short.json`, "no-such-canvas.json"]) {
      const result = await json(canvas);
      expect(validate(result), JSON.stringify(validate.errors)).toBe(true);
    }
  });

  it("runs only the scenarios asked for, and writes a second report to a file", async () => {
    const file = directory.write("report.txt", "");
    const { code, stdout } = await run([
      "run",
      problem,
      reference,
      "--json",
      "--scenario",
      "payment-outage",
      "--reporter",
      `table=${file}`,
    ]);
    const result = JSON.parse(stdout) as Result;
    expect(result.scenarios.map(({ id }) => id)).toEqual(["payment-outage:blackhole", "payment-outage:failfast"]);
    expect(readFileSync(file, "utf8")).toContain("payment-outage:failfast");
    expect(code).toBe(0);
  });

  it("colours nothing in a pipe, and lets no escape sequence of a label through", async () => {
    const file = variant("escape.json", (canvas) => Object.assign(canvas, { name: "red \u001b[31malert\u0007" }));
    const { stdout, stderr } = await run(["run", problem, file]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are the point
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(stdout).toContain("alert");
  });
});
