import { describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/load.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();
const gates = [{ problem: "chini-002-checkout", canvases: ["design/*.json"] }];

function load(name: string, text: string, again = false) {
  directory.write(name, text);
  return loadConfig({ workingDirectory: process.cwd(), file: `${directory.path}/${name}`, again });
}

/** The message, with the folder's name taken out. */
async function faultOf(name: string, text: string): Promise<string> {
  const message = await load(name, text).then(
    () => "no fault",
    (error: Error) => error.message,
  );
  return message.replace(new RegExp(`(^|\n)\\S*${directory.path.split("/").at(-1)}/`, "g"), "$1");
}

describe("loadConfig", () => {
  it("reads JSON, and says where a value stands", async () => {
    const loaded = await load("a.json", JSON.stringify({ $schema: "./x", gates, seeds: 3 }, null, 2));
    expect(loaded?.config).toEqual({ $schema: "./x", gates, seeds: 3 });
    expect(loaded?.directory).toBe(directory.path);
    expect(loaded?.placeOf("/gates/0/canvases/0")).toMatch(/a\.json:7:9 \/gates\/0\/canvases\/0$/);
    expect(loaded?.placeOf("/gates/0/scenarios")).toMatch(/a\.json:4:5 \/gates\/0\/scenarios$/);
  });

  it("reads the key of a package.json, with places in the whole file", async () => {
    const loaded = await load("package.json", JSON.stringify({ name: "shop", "chini-bench": { seeds: 3 } }, null, 2));
    expect(loaded?.config).toEqual({ seeds: 3 });
    expect(loaded?.placeOf("/seeds")).toMatch(/package\.json:4:14 \/seeds$/);
    expect(await faultOf("package.json", '{ "chini-bench": { "sed": 1 } }')).toBe(
      'package.json:1:20 /chini-bench/sed: unknown property "sed"; did you mean "seed"? ' +
        "Allowed: gates, seed, seeds, decide, strict, workers, scale, baseline, failOnRegression, reporters.",
    );
    expect(await faultOf("package.json", "{}")).toBe(
      'package.json has no key "chini-bench" that holds a configuration',
    );
  });

  it.each([
    ["a.mjs", "export default { seeds: 2 + 1 };"],
    ["a.cjs", "module.exports = { seeds: 2 + 1 };"],
    ["a.js", "export default Promise.resolve({ seeds: 2 + 1 });"],
    ["a.ts", "interface Settings { seeds: number }\nexport default { seeds: 3 } satisfies Settings;"],
    ["a.mts", "export default { seeds: 3 as number };"],
    ["a.cts", "module.exports = { seeds: 3 as number };"],
  ])("reads %s, and again after a change", async (name, text) => {
    expect((await load(name, text))?.config).toEqual({ seeds: 3 });
    expect((await load(name, text.replaceAll(/3|2 \+ 1/g, "4"), true))?.config).toEqual({ seeds: 4 });
  });

  it("says of a program's object which value is wrong, and of a program that fails why", async () => {
    expect(await faultOf("b.mjs", 'export default { seeds: "many", gates: [{ problem: 1, canvases: [] }] };')).toBe(
      [
        "b.mjs /gates/0/problem: must be a string, found 1",
        "b.mjs /gates/0/canvases: 0 canvases are fewer than the minimum of 1",
        'b.mjs /seeds: must be a whole number, found the string "many"',
      ].join("\n"),
    );
    expect(await faultOf("c.mjs", "throw new RangeError('no\\u001b[31m');")).toBe(
      "c.mjs:1:7 cannot be loaded: RangeError: no\\u001b[31m",
    );
    expect(await faultOf("c.ts", "const a = 1;\nconst b: = a;")).toBe(
      "c.ts:2:9 cannot be loaded: Error: ParseError: Unexpected token",
    );
    expect(await faultOf("d.ts", "export const x = 1;")).toBe(
      "d.ts has no default export; write `export default { … }`",
    );
    expect(await faultOf("e.yaml", "seeds: 3")).toBe(
      "e.yaml cannot be a configuration; its name has to end in .json, .js, .mjs, .cjs, .ts, .mts, .cts",
    );
  });

  it("lists every fault of a file with line and column", async () => {
    expect(
      await faultOf(
        "f.json",
        '{\n  "gates": [{ "problm": "x", "canvases": "a" }],\n  "seeds": 0,\n  "decide": "median",\n  "scale": 0\n}',
      ),
    ).toBe(
      [
        'f.json:2:15 /gates/0/problm: the property "problem" is missing; "problm" looks like a misspelling of it',
        'f.json:2:42 /gates/0/canvases: must be an array, found the string "a"',
        "f.json:3:12 /seeds: must be at least 1, found 0",
        'f.json:4:13 /decide: unknown decide "median"; did you mean "mean"? Allowed: interval, mean.',
        "f.json:5:12 /scale: must be greater than 0, found 0",
      ].join("\n"),
    );
    expect(await faultOf("g.json", "")).toBe("g.json: the file is empty");
  });

  it("refuses gates that do not read before anything else happens", async () => {
    const text = JSON.stringify({ gates: [{ ...gates[0], metrics: ["dropRate <= 1%", "acceptMs.p59 <= 3"] }] });
    expect(await faultOf("h.json", text)).toMatch(
      /^h\.json:1:\d+ \/gates\/0\/metrics\/1: `acceptMs\.p59 <= 3`, character 1: unknown metric "acceptMs\.p59"; did you mean "acceptMs\.p50"\?/,
    );
  });

  it("says that a file that was asked for is missing", async () => {
    await expect(loadConfig({ workingDirectory: directory.path, file: "gone.json" })).rejects.toThrow(
      "gone.json: no such file",
    );
  });
});
