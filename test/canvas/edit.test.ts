import { describe, expect, it } from "vitest";
import { loadCanvas } from "../../src/canvas/load.js";
import { parseSetting } from "../../src/canvas/setting.js";
import { InputError } from "../../src/document/input-error.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();

const file = directory.write(
  "canvas.json",
  `{
  "components": [
    { "id": "api", "type": "step", "behavior": { "mode": "retry", "maxAttempts": 3 } },
    { "id": "api.v2", "type": "step", "service": { "timeMs": 20, "autoscale": { "min": 1, "max": 5 } } },
    { "id": "pay me", "type": "step" }
  ],
  "connections": [
    { "id": "c1", "from": "api", "to": "api.v2" },
    { "from": "api.v2", "to": "pay me" }
  ]
}`,
);

async function edited(...settings: readonly string[]) {
  const edits = settings.map((text) => {
    const { path, values } = parseSetting(text);
    return { path, value: values[0]! };
  });
  return (await loadCanvas(file, { edits })).canvas;
}

async function faultsOf(...settings: readonly string[]): Promise<readonly string[]> {
  const error: unknown = await edited(...settings).catch((thrown: unknown) => thrown);
  if (!(error instanceof InputError)) throw new Error(`no fault: ${JSON.stringify(error)}`);
  return error.message.split("\n").map((line) => line.replace(file, "canvas.json"));
}

describe("an edited canvas", () => {
  it("goes to the longest id that the path begins with", async () => {
    const { components } = await edited("api.v2.service.concurrency=4", "pay me.service.concurrency=2");
    expect(components.map(({ service }) => service?.concurrency)).toEqual([undefined, 4, 2]);
  });

  it("sets a connection's fields, and takes fields away with null", async () => {
    const { components, connections } = await edited("c1.latencyMs=5", "api.behavior.maxAttempts=null");
    expect(connections[0]).toEqual({ id: "c1", from: "api", to: "api.v2", latencyMs: 5 });
    expect(components[0]!.behavior).toEqual({ mode: "retry" });
  });

  it("makes no object to take a field away from", async () => {
    expect((await edited("pay me.service.autoscale.min=null")).components[2]).toEqual({ id: "pay me", type: "step" });
  });

  it("knows a mode's parameters when another setting chooses the mode, in either order", async () => {
    const { components } = await edited("pay me.behavior.rps=5", "pay me.behavior.mode=ratelimit");
    expect(components[2]!.behavior).toEqual({ rps: 5, mode: "ratelimit" });
  });

  it.each([
    [
      ["apu.service.concurrency=1"],
      'canvas.json (--set apu.service.concurrency): no component or connection "apu"; did you mean "api"? Allowed: api, api.v2, pay me, c1.',
    ],
    [["api=1"], 'canvas.json (--set api): "api" needs a field behind it, as in api.service.concurrency'],
    [
      ["api.behavior.maxAttemps=1"],
      'canvas.json /components/0/behavior/maxAttemps (--set api.behavior.maxAttemps): unknown property "maxAttemps"; did you mean "maxAttempts"?',
    ],
    [
      ["api.behavior.rps=1"],
      'canvas.json /components/0/behavior/rps (--set api.behavior.rps): "rps" has no effect with mode "retry"; it belongs to ratelimit',
    ],
    [
      ["api.service.concurrency=0"],
      "canvas.json /components/0/service/concurrency (--set api.service.concurrency=0): must be at least 1, found 0",
    ],
    [
      ["pay me.behavior.maxAttempts=2"],
      'canvas.json /components/2/behavior (--set pay me.behavior.maxAttempts=2): the property "mode" is missing',
    ],
    [
      ["api.v2.service.timeMs.meanMs=2"],
      'canvas.json /components/1/service/timeMs/meanMs (--set api.v2.service.timeMs.meanMs): "timeMs" holds no fields; set it as a whole',
    ],
    [
      ["api.v2.service.autoscale.min=9"],
      "canvas.json:4:98 /components/1/service/autoscale/max (--set api.v2.service.autoscale.min=9): must be at least min, 9, found 5",
    ],
    [
      ['pay me.service={"concurency":2}'],
      'canvas.json /components/2/service/concurency (--set pay me.service={"concurency":2}): unknown property "concurency"; did you mean "concurrency"? Allowed: timeMs, concurrency, queueLimit, errorRate, autoscale.',
    ],
    [
      ['pay me.service={"colour":2}'],
      'canvas.json /components/2/service/colour (--set pay me.service={"colour":2}): unknown property "colour". Allowed: timeMs, concurrency, queueLimit, errorRate, autoscale.',
    ],
    [["c1.to=null"], 'canvas.json /connections/0 (--set c1.to=null): the property "to" is missing'],
    [
      ["api.id=c"],
      'canvas.json:8:27 /connections/0/from (--set api.id=c): the connection\'s "from" names no component: "api"',
    ],
    [
      ["api.__proto__.x=1"],
      'canvas.json /components/0/__proto__/x (--set api.__proto__.x): unknown property "__proto__"',
    ],
  ])("refuses %j and says whose doing it is", async (settings, message) => {
    const [first] = await faultsOf(...settings);
    expect(first?.startsWith(message), first).toBe(true);
  });

  it("lists every path that leads nowhere", async () => {
    expect(await faultsOf("x.y=1", "api.service.concurrency=2", "z.y=1")).toHaveLength(2);
  });

  it("leaves to the file what is the file's fault", async () => {
    const faulty = directory.write(
      "faulty.json",
      '{ "components": [{ "id": "a", "type": "stepp" }], "connections": [] }',
    );
    const loading = loadCanvas(faulty, { edits: [{ path: "a.service.concurrency", value: 2 }] });
    await expect(loading).rejects.toThrow(
      `${faulty}:1:39 /components/0/type: unknown type "stepp"; did you mean "step"?`,
    );
  });
});
