import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadCanvas } from "../../src/canvas/load.js";
import { formatFault } from "../../src/document/fault.js";
import { faultLinesOf, faultsOf } from "../fixtures/input-faults.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();
const plainCanvas = fileURLToPath(new URL("../fixtures/canvas.json", import.meta.url));

function load(content: string) {
  return loadCanvas(directory.write("canvas.json", content));
}

/** A canvas of one component per line, from line 2, and one connection per line after a line of its own. */
function canvasOf(components: readonly string[], connections: readonly string[] = []): string {
  return `{"components": [\n${components.join(",\n")}\n], "connections": [\n${connections.join(",\n")}\n]}`;
}

const step = (id: string) => `{"id": "${id}", "type": "step"}`;

describe("loadCanvas", () => {
  it("takes a plain canvas as it is", async () => {
    const loaded = await loadCanvas(plainCanvas);
    const bytes = readFileSync(plainCanvas);
    expect(loaded.canvas).toEqual(JSON.parse(bytes.toString("utf8")));
    expect(loaded.file).toBe(plainCanvas);
    expect(loaded.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    expect(loaded.warnings).toEqual([]);
    expect(loaded.notes).toEqual([]);
    expect(loaded.lineOf("/components/2/behavior/maxAttempts")).toEqual({ line: 6, column: 85 });
    expect(loaded.lineOf("/components/9")).toBeUndefined();
  });

  it("leaves a problem's limit of components to the problem", async () => {
    const components = Array.from({ length: 200 }, (_, index) => step(`s${index}`));
    expect((await load(canvasOf(components.slice(0, 13)))).canvas.components).toHaveLength(13);
    expect((await load(canvasOf(components))).canvas.components).toHaveLength(200);
  });

  it("accepts every distribution of a service time", async () => {
    const times = [
      "0",
      '{"dist": "exponential", "meanMs": 5}',
      '{"dist": "constant", "meanMs": 5}',
      '{"dist": "lognormal", "medianMs": 5, "sigma": 0.3}',
      '{"dist": "erlang", "meanMs": 5, "k": 2}',
      '{"dist": "hyperexponential", "meanMs": 5, "cv2": 4}',
    ];
    const components = times.map((time, index) => `{"id": "${index}", "type": "step", "service": {"timeMs": ${time}}}`);
    expect((await load(canvasOf(components))).canvas.components).toHaveLength(times.length);
  });
});

describe("a canvas over its limits is refused", () => {
  it("201 components", async () => {
    const components = Array.from({ length: 201 }, (_, index) => step(`s${index}`));
    expect(await faultLinesOf(load(canvasOf(components)))).toEqual([
      "file:1:16 /components: 201 components are more than the limit of 200",
    ]);
  });

  it("2 001 connections, while 2 000 are taken", async () => {
    const connections = Array.from({ length: 2_001 }, () => '{"from": "a", "to": "b"}');
    expect(await faultLinesOf(load(canvasOf([step("a"), step("b")], connections)))).toEqual([
      "file:4:19 /connections: 2001 connections are more than the limit of 2000",
    ]);
    expect((await load(canvasOf([step("a"), step("b")], connections.slice(1)))).canvas.connections).toHaveLength(2_000);
  });

  it("far too many of both, without looking at each end of each", async () => {
    const components = Array.from({ length: 9_000 }, (_, index) => step(`component-${index}`));
    const connections = Array.from({ length: 9_000 }, (_, index) => `{"from": "componentt-${index}", "to": "nowhere"}`);
    expect(await faultLinesOf(load(canvasOf(components, connections)))).toEqual([
      "file:1:16 /components: 9000 components are more than the limit of 200",
      "file:9002:19 /connections: 9000 connections are more than the limit of 2000",
    ]);
  });

  it("one byte more than 1 MB, while 1 MB is taken", async () => {
    const canvas = canvasOf([step("a")]);
    const padded = canvas + " ".repeat(1_000_000 - canvas.length);
    expect((await load(padded)).canvas.components).toHaveLength(1);
    expect(await faultLinesOf(load(`${padded} `))).toEqual(["file: the file is larger than the limit of 1 MB"]);
  });

  it("no component at all", async () => {
    expect(await faultLinesOf(load('{"components": [], "connections": []}'))).toEqual([
      "file:1:16 /components: 0 components are fewer than the minimum of 1",
    ]);
  });
});

describe("a fault of the graph", () => {
  it("duplicate ids of components and of connections", async () => {
    const connection = '{"id": "e", "from": "a", "to": "b"}';
    expect(await faultLinesOf(load(canvasOf([step("a"), step("b"), step("a")], [connection, connection])))).toEqual([
      'file:4:8 /components/2/id: duplicate component id "a", first on line 2',
      'file:7:8 /connections/1/id: duplicate connection id "e", first on line 6',
    ]);
  });

  it("a dangling end, with the nearest id", async () => {
    const connections = ['{"from": "woker", "to": "psp"}', '{"from": "worker", "to": "elsewhere"}'];
    expect(await faultLinesOf(load(canvasOf([step("worker"), step("psp")], connections)))).toEqual([
      'file:5:10 /connections/0/from: the connection\'s "from" names no component: "woker"; did you mean "worker"? Allowed: worker, psp.',
      'file:6:26 /connections/1/to: the connection\'s "to" names no component: "elsewhere". Allowed: worker, psp.',
    ]);
  });

  it("a self-loop", async () => {
    expect(await faultLinesOf(load(canvasOf([step("a")], ['{"from": "a", "to": "a"}'])))).toEqual([
      'file:4:21 /connections/0/to: connects "a" to itself',
    ]);
  });

  it("an autoscaled component that can never have as many slots as it must", async () => {
    const scaled = (min: number, max: number) =>
      `{"id": "a${max}", "type": "step", "service": {"autoscale": {"min": ${min}, "max": ${max}}}}`;
    expect(await faultLinesOf(load(canvasOf([scaled(5, 5), scaled(5, 4)], [])))).toEqual([
      "file:3:73 /components/1/service/autoscale/max: must be at least min, 5, found 4",
    ]);
  });

  it("lists only so many ids as can be read", async () => {
    const components = Array.from({ length: 100 }, (_, index) => step(`s${index}`));
    const [line] = await faultLinesOf(load(canvasOf(components, ['{"from": "s1", "to": "?"}'])));
    expect(line).toMatch(/Allowed: s0, s1, .*, s23, … \(76 more\)\.$/);
  });
});

describe("a fault of the schema", () => {
  it.each([
    [
      '{"id": "a", "type": "step", "behavior": {"mode": "retyr"}}',
      'file:2:50 /components/0/behavior/mode: unknown mode "retyr"; did you mean "retry"? Allowed: passthrough, transform, filter, queue, split, delay, condition, retry, ratelimit, circuitbreaker, batch, replicate.',
    ],
    [
      '{"id": "a", "type": "steps"}',
      'file:2:21 /components/0/type: unknown type "steps"; did you mean "step"? Allowed: person, step, storage, decision, trigger, tool, channel.',
    ],
    [
      '{"id": "a", "type": "database"}',
      'file:2:21 /components/0/type: unknown type "database". Allowed: person, step, storage, decision, trigger, tool, channel.',
    ],
    [
      '{"id": "a", "type": "step", "behavior": {"mode": "retry", "maxAttempts": -2}}',
      "file:2:74 /components/0/behavior/maxAttempts: must be at least 1, found -2",
    ],
    [
      '{"id": "a", "type": "step", "behavior": {"mode": "retry", "maxAttempts": 2.5}}',
      "file:2:74 /components/0/behavior/maxAttempts: must be a whole number, found 2.5",
    ],
    [
      '{"id": "a", "type": "step", "behavior": {"mode": "retry", "timeoutMs": 0}}',
      "file:2:72 /components/0/behavior/timeoutMs: must be greater than 0, found 0",
    ],
    [
      '{"id": "a", "type": "step", "behavior": {"mode": 3}}',
      "file:2:50 /components/0/behavior/mode: must be a string, found 3",
    ],
    ['{"id": "a", "type": "step", "behavior": {}}', 'file:2:41 /components/0/behavior: the property "mode" is missing'],
    [
      '{"id": "a", "type": "step", "behavior": "retry"}',
      'file:2:41 /components/0/behavior: must be an object, found the string "retry"',
    ],
    [
      '{"id": "a", "type": "step", "behavior": {"mode": "replicate", "quorum": "most"}}',
      'file:2:73 /components/0/behavior/quorum: unknown quorum "most". Allowed: all, a whole number.',
    ],
    [
      '{"id": "a", "type": "step", "behavior": {"mode": "replicate", "quorum": 0}}',
      "file:2:73 /components/0/behavior/quorum: must be at least 1, found 0",
    ],
    [
      '{"id": "a", "type": "step", "service": {"timeMs": "fast"}}',
      'file:2:51 /components/0/service/timeMs: must be a number or an object, found the string "fast"',
    ],
    [
      '{"id": "a", "type": "step", "service": {"timeMs": -5}}',
      "file:2:51 /components/0/service/timeMs: must be at least 0, found -5",
    ],
    [
      '{"id": "a", "type": "step", "service": {"timeMs": {"dist": "lognormall", "medianMs": 5}}}',
      'file:2:60 /components/0/service/timeMs/dist: unknown dist "lognormall"; did you mean "lognormal"? Allowed: exponential, constant, lognormal, erlang, hyperexponential.',
    ],
    [
      '{"id": "a", "type": "step", "service": {"timeMs": {"dist": "lognormal", "medianMs": 5}}}',
      'file:2:51 /components/0/service/timeMs: the property "sigma" is missing',
    ],
    [
      '{"id": "a", "type": "step", "service": {"errorRate": 1.5}}',
      "file:2:54 /components/0/service/errorRate: must be at most 1, found 1.5",
    ],
    [
      '{"id": "a", "type": "step", "service": {"concurrency": 1e999}}',
      "file:2:56 /components/0/service/concurrency: the number 1e999 is too large to be represented",
    ],
    [
      '{"id": "a", "type": "step", "cost": {"monthlyUsd": "$40"}}',
      'file:2:52 /components/0/cost/monthlyUsd: must be a number, found the string "$40"',
    ],
    [
      '{"id": "", "type": "step"}',
      'file:2:8 /components/0/id: must be a string that is not empty, found the string ""',
    ],
    ['{"id": "a", "type": "step", "label": null}', "file:2:38 /components/0/label: must be a string, found null"],
    ['{"type": "step"}', 'file:2:1 /components/0: the property "id" is missing'],
    ["[]", "file:2:1 /components/0: must be an object, found an array"],
  ])("one clear message: %s", async (component, expected) => {
    expect(await faultLinesOf(load(canvasOf([component])))).toEqual([expected]);
  });

  it("counts an identifier's characters, not its UTF-16 code units", async () => {
    expect((await load(canvasOf([step("😀".repeat(200))]))).canvas.components).toHaveLength(1);
    const [line] = await faultLinesOf(load(canvasOf([step("😀".repeat(201))])));
    expect(line).toContain("file:2:8 /components/0/id: must be a string of at most 200 characters, found");
  });

  it("a document that is no canvas", async () => {
    expect(await faultLinesOf(load("[]"))).toEqual(["file:1:1: must be an object, found an array"]);
    expect(await faultLinesOf(load("{}"))).toEqual([
      'file:1:1: the property "components" is missing',
      'file:1:1: the property "connections" is missing',
    ]);
  });

  it("a misspelt required property, told once and at its place", async () => {
    expect(await faultLinesOf(load('{"components": [{"id": "a", "type": "step"}],\n"conections": []}'))).toEqual([
      'file:2:1 /conections: the property "connections" is missing; "conections" looks like a misspelling of it',
    ]);
  });

  it("a __proto__ key", async () => {
    expect(await faultLinesOf(load(canvasOf(['{"id": "a", "type": "step", "__proto__": {"x": 1}}'])))).toEqual([
      'file:2:29 /components/0/__proto__: the key "__proto__" is not allowed',
    ]);
  });

  it("all faults at once, in the order of the file, as data", async () => {
    const content = canvasOf(
      [
        '{"id": "a", "type": "stp", "id": "a"}',
        '{"id": "b", "type": "step", "behavior": {"mode": "retyr"}, "cost": {"monthlyUsd": -1}}',
        '{"id": "b", "type": "step"}',
      ],
      ['{"from": "a", "to": "c"}', '{"from": "b", "to": "b", "weight": 1e999}'],
    );
    const faults = await faultsOf(load(content));
    expect(faults.map(({ code, pointer, line }) => [code, pointer, line])).toEqual([
      ["unknown-value", "/components/0/type", 2],
      ["json-duplicate-key", "/components/0/id", 2],
      ["unknown-value", "/components/1/behavior/mode", 3],
      ["out-of-range", "/components/1/cost/monthlyUsd", 3],
      ["duplicate-id", "/components/2/id", 4],
      ["dangling-connection", "/connections/0/to", 6],
      ["self-loop", "/connections/1/to", 7],
      ["json-number-range", "/connections/1/weight", 7],
    ]);
    expect(faults[2]).toEqual({
      code: "unknown-value",
      file: `${directory.path}/canvas.json`,
      pointer: "/components/1/behavior/mode",
      line: 3,
      column: 50,
      message: 'unknown mode "retyr"',
      found: "retyr",
      allowed: [
        ...["passthrough", "transform", "filter", "queue", "split", "delay"],
        ...["condition", "retry", "ratelimit", "circuitbreaker", "batch", "replicate"],
      ],
      suggestion: "retry",
    });
  });
});

describe("text from the file", () => {
  const hostile = "\\u001b[31m\\u202e\\n";

  it("never reaches a message unescaped", async () => {
    const content = canvasOf(
      [
        `{"id": "x${hostile}", "type": "${hostile}", "behavior": {"mode": "${hostile}"}, "__proto__": 1}`,
        `{"id": "x${hostile}", "type": "step", "label": ["${hostile}"], "${hostile}": 1, "${hostile}": 2}`,
      ],
      [`{"from": "x${hostile}", "to": "y${hostile}"}`],
    );
    const faults = await faultsOf(load(content));
    expect(faults.map(({ code }) => code)).toEqual([
      "unknown-value",
      "unknown-value",
      "json-proto-key",
      "duplicate-id",
      "wrong-type",
      "json-duplicate-key",
      "dangling-connection",
    ]);
    for (const fault of faults) {
      expect(Object.values(fault).flat().join(""), fault.code).not.toMatch(/[\p{Cc}\u202e]/u);
      expect(formatFault(fault), fault.code).not.toMatch(/[\p{Cc}\u202e]/u);
    }
    expect(faults[1]?.message).toBe('unknown mode "\\u001b[31m\\u202e\\u000a"');
  });

  it("is cut when it is long", async () => {
    const [fault] = await faultsOf(load(canvasOf([`{"id": "a", "type": "${"x".repeat(500_000)}"}`])));
    expect(fault?.message).toBe(`unknown type "${"x".repeat(80)}…"`);
  });
});

describe("unknown fields", () => {
  it("are kept, ignored, and named in one note", async () => {
    const content = canvasOf(
      [
        '{"id": "a", "type": "step", "position": {"x": 1, "lable": 2}, "zIndex": 3}',
        '{"id": "b", "type": "step", "position": 1}',
      ],
      ['{"from": "a", "to": "b", "animated": true, "\\u001b[2J": 1}'],
    );
    const { canvas, notes, warnings, file } = await load(content);
    expect(canvas.components[0]).toHaveProperty("position", { x: 1, lable: 2 });
    expect(notes).toEqual([`${file}: unknown fields kept and ignored: \\u001b[2J, animated, position, zIndex`]);
    expect(warnings).toEqual([]);
  });

  it("that misspell known ones have a warning each, with place and suggestion", async () => {
    const content = canvasOf(
      [
        '{"id": "a", "type": "step", "lable": "A", "behavior": {"mode": "retry", "maxAtempts": 3, "timeoutMS": 5}}',
        '{"id": "b", "type": "step", "service": {"timeMs": 5, "concurency": 2}}',
      ],
      ['{"from": "a", "to": "b", "latency_ms": 5}'],
    );
    const { notes, warnings } = await load(content);
    expect(warnings.map((warning) => formatFault({ ...warning, file: "file" }))).toEqual([
      'file:2:29 /components/0/lable: unknown field "lable" is ignored; did you mean "label"?',
      'file:2:73 /components/0/behavior/maxAtempts: unknown field "maxAtempts" is ignored; did you mean "maxAttempts"?',
      'file:2:90 /components/0/behavior/timeoutMS: unknown field "timeoutMS" is ignored; did you mean "timeoutMs"?',
      'file:3:54 /components/1/service/concurency: unknown field "concurency" is ignored; did you mean "concurrency"?',
      'file:5:26 /connections/0/latency_ms: unknown field "latency_ms" is ignored; did you mean "latencyMs"?',
    ]);
    expect(warnings.map(({ code }) => code)).toEqual(Array.from({ length: 5 }, () => "misspelt-field"));
    expect(notes).toEqual([]);
  });

  it("that other modes or distributions know have a warning that says so", async () => {
    const content = canvasOf([
      '{"id": "a", "type": "step", "behavior": {"mode": "retry", "openMs": 5000}, "service": {"timeMs": {"dist": "constant", "meanMs": 5, "sigma": 1}}}',
    ]);
    const { notes, warnings } = await load(content);
    expect(warnings.map((warning) => formatFault({ ...warning, file: "file" }))).toEqual([
      'file:2:59 /components/0/behavior/openMs: "openMs" has no effect with mode "retry"; it belongs to circuitbreaker',
      'file:2:132 /components/0/service/timeMs/sigma: "sigma" has no effect with dist "constant"; it belongs to lognormal',
    ]);
    expect(notes).toEqual([]);
  });

  it("of a behaviour known to every mode have neither", async () => {
    const behaviour = '{"mode": "transform", "capacity": 5, "processingTimeMs": 20, "throughput": 3, "everyMs": 1}';
    const { notes, warnings } = await load(canvasOf([`{"id": "a", "type": "step", "behavior": ${behaviour}}`]));
    expect([...warnings, ...notes]).toEqual([]);
  });
});
