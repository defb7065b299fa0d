import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { run } from "../fixtures/binary.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();
const plainCanvas = fileURLToPath(new URL("../fixtures/canvas.json", import.meta.url));

const broken = directory.write(
  "broken.json",
  '{\n  "components": [{ "id": "a", "type": "step", "behavior": { "mode": "retyr" } }],\n  "connections": [{ "from": "a", "to": "b" }]\n}\n',
);
const brokenLines = [
  `${broken}:2:69 /components/0/behavior/mode: unknown mode "retyr"; did you mean "retry"? Allowed: passthrough, transform, filter, queue, split, delay, condition, retry, ratelimit, circuitbreaker, batch, replicate.`,
  `${broken}:3:40 /connections/0/to: the connection's "to" names no component: "b"; did you mean "a"? Allowed: a.`,
];

describe("chini-bench validate", () => {
  it("prints one line for a valid canvas and nothing else", async () => {
    expect(await run(["validate", plainCanvas])).toEqual({
      code: 0,
      stdout: `ok  ${plainCanvas}: 4 components, 3 connections\n`,
      stderr: "",
    });
  });

  it("lists every fault of an invalid canvas and exits 2", async () => {
    expect(await run(["validate", broken])).toEqual({
      code: 2,
      stdout: `invalid  ${broken}: 2 faults\n`,
      stderr: `${brokenLines.join("\n")}\n`,
    });
  });

  it("goes on after an invalid canvas; the worst decides", async () => {
    const single = directory.write("single.json", '{"components": [{"id": "a", "type": "step"}], "connections": []}');
    const missing = `${directory.path}/missing.json`;
    expect(await run(["validate", missing, single])).toEqual({
      code: 2,
      stdout: `invalid  ${missing}: 1 fault\nok  ${single}: 1 component, 0 connections\n`,
      stderr: `${missing}: no such file\n`,
    });
  });

  it("prints warnings and the note of unknown fields to stderr and still exits 0", async () => {
    const file = directory.write(
      "doubtful.json",
      '{"components": [{"id": "a", "type": "step", "lable": "A", "position": {}}], "connections": []}',
    );
    expect(await run(["validate", file])).toEqual({
      code: 0,
      stdout: `ok  ${file}: 1 component, 0 connections\n`,
      stderr:
        `warning  ${file}:1:45 /components/0/lable: unknown field "lable" is ignored; did you mean "label"?\n` +
        `note  ${file}: unknown field kept and ignored: position\n`,
    });
  });

  it("prints at most 100 faults of a file", async () => {
    const components = Array.from({ length: 150 }, (_, index) => ({ id: `s${index}`, type: "stop" }));
    const file = directory.write("many.json", JSON.stringify({ components, connections: [] }));
    const { stderr, stdout } = await run(["validate", file]);
    expect(stdout).toBe(`invalid  ${file}: 150 faults\n`);
    const lines = stderr.trimEnd().split("\n");
    expect(lines).toHaveLength(101);
    expect(lines.at(-1)).toBe("… and 50 more");
  });

  it("never passes control characters on, neither from a file nor from its name", async () => {
    const file = directory.write(
      "\u001b[2J\u009b.json",
      '{"components": [{"id": "\\u001b[31m", "type": "\\u001b]0;x\\u0007"}], "connections": [], "\\u202e": 1}',
    );
    const { code, stderr, stdout } = await run(["validate", file]);
    expect(code).toBe(2);
    expect(stdout).toBe(`invalid  ${directory.path}/\\u001b[2J\\u009b.json: 1 fault\n`);
    expect(stderr).toContain('unknown type "\\u001b]0;x\\u0007"');
    expect((stdout + stderr).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  it("--problem shows what the structural checks find, and still exits 0", async () => {
    const file = "canvases/chini-002-checkout/wrong/no-queue.json";
    const { code, stderr } = await run(["validate", file, "--problem", "chini-002-checkout"]);
    expect(code).toBe(0);
    expect(stderr).toContain(
      `warning  ${file}: no-queue-before-slow-external: no queue before psp (mean 314 ms, 60/s)`,
    );
    expect(await run(["validate", file])).toMatchObject({ code: 0, stderr: "" });
  });

  it("--json prints every fault as data, and nothing to stderr", async () => {
    const { code, stdout, stderr } = await run(["validate", "--json", plainCanvas, broken]);
    expect(code).toBe(2);
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      files: [
        { file: plainCanvas, valid: true, faults: [], warnings: [], notes: [], findings: [] },
        {
          file: broken,
          valid: false,
          faults: [
            {
              code: "unknown-value",
              file: broken,
              pointer: "/components/0/behavior/mode",
              line: 2,
              column: 69,
              message: 'unknown mode "retyr"',
              found: "retyr",
              allowed: expect.arrayContaining(["retry", "queue", "circuitbreaker"]),
              suggestion: "retry",
            },
            {
              code: "dangling-connection",
              file: broken,
              pointer: "/connections/0/to",
              line: 3,
              column: 40,
              message: 'the connection\'s "to" names no component: "b"',
              found: "b",
              allowed: ["a"],
              suggestion: "a",
            },
          ],
          warnings: [],
          notes: [],
          findings: [],
        },
      ],
    });
  });

  it("refuses a bomb of brackets with a message, not a stack overflow", async () => {
    const file = directory.write("deep.json", "[".repeat(100_000));
    expect(await run(["validate", file])).toEqual({
      code: 2,
      stdout: `invalid  ${file}: 1 fault\n`,
      stderr: `${file}:1:101: nested deeper than the limit of 100 levels\n`,
    });
  });

  it("colours only on request or a terminal, and never under NO_COLOR or --no-color", async () => {
    const green = "\u001b[32mok\u001b[39m";
    const forced = { FORCE_COLOR: "1" };
    expect((await run(["validate", plainCanvas])).stdout).toMatch(/^ok {2}/);
    expect((await run(["validate", plainCanvas], forced)).stdout).toContain(green);
    expect((await run(["validate", plainCanvas], { ...forced, NO_COLOR: "1" })).stdout).toMatch(/^ok {2}/);
    expect((await run(["--no-color", "validate", plainCanvas], forced)).stdout).toMatch(/^ok {2}/);
    expect((await run(["validate", "--no-color", plainCanvas], forced)).stdout).toMatch(/^ok {2}/);
  });

  it("does not change the file", async () => {
    const before = readFileSync(plainCanvas);
    await run(["validate", plainCanvas]);
    expect(readFileSync(plainCanvas)).toEqual(before);
  });
});
