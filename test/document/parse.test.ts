import { describe, expect, it } from "vitest";
import { loadDocument } from "../../src/document/document.js";
import { faultLinesOf } from "../fixtures/input-faults.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();

function load(content: string) {
  return loadDocument(directory.write("input.json", content), 1_000_000);
}

async function documentFaults(content: string) {
  const { faults } = await load(content);
  return faults.map(({ line, column, pointer, message }) => `${line}:${column} ${pointer}: ${message}`);
}

describe("a syntax error", () => {
  it.each([
    ['{"a": NaN}', '1:7: not valid JSON: unexpected "NaN" (JSON has only finite numbers)'],
    ['{"a": -Infinity}', '1:7: not valid JSON: unexpected "-Infinity" (JSON has only finite numbers)'],
    ['{"a": 1,\n}', '2:1: not valid JSON: unexpected "}" (no comma may stand before it)'],
    ["[1, 2,]", '1:7: not valid JSON: unexpected "]" (no comma may stand before it)'],
    ["{'a': 1}", '1:2: not valid JSON: unexpected "\'" (strings take double quotes)'],
    ["// a canvas\n{}", '1:1: not valid JSON: unexpected "/" (JSON has no comments)'],
    ["```json\n{}\n```", '1:1: not valid JSON: unexpected "`" (a code fence is not part of the JSON)'],
    ['{"a": True}', '1:7: not valid JSON: unexpected "True" (JSON knows true, false and null)'],
    ["{a: 1}", '1:2: not valid JSON: unexpected "a"'],
    ["[01]", '1:2: not valid JSON: unexpected "01"'],
    ['{"a" 1}', '1:6: not valid JSON: unexpected "1"'],
    ['{"a": 1 "b": 2}', "1:9: not valid JSON: unexpected a string"],
    ['{"a": 1}}', '1:9: not valid JSON: unexpected "}"'],
    ['{\r\n  "a": 1,\r\n  oops\r\n}', '3:3: not valid JSON: unexpected "oops"'],
    ['["\\x"]', '1:3: not valid JSON: unexpected "\\x"'],
    ["{}\u001b[31m", '1:3: not valid JSON: unexpected "\\u001b"'],
  ])("%j", async (content, expected) => {
    expect(await faultLinesOf(load(content))).toEqual([`file:${expected}`]);
  });

  it.each([
    ["{", "1:2"],
    ['{"a"', "1:5"],
    ['{"a": [1,\n2', "2:2"],
    ['{"components": [{"id": "wor', "1:28"],
    ["[1.", "1:4"],
    ['{"a": 1,\n\n', "1:9"],
  ])("a truncated file: %j", async (content, place) => {
    expect(await faultLinesOf(load(content))).toEqual([`file:${place}: not valid JSON: the file ends too early`]);
  });

  it("raw control characters in a string, which the parser itself would take", async () => {
    expect(await faultLinesOf(load('{"a": "x\ny"}'))).toEqual([
      "file:1:9: not valid JSON: a string holds the raw control character \\u000a",
    ]);
    expect(await faultLinesOf(load('["\u001b[2J"]'))).toEqual([
      "file:1:3: not valid JSON: a string holds the raw control character \\u001b",
    ]);
  });
});

describe("deep nesting", () => {
  it("is taken down to 100 levels and refused at the bracket that opens the next", async () => {
    expect((await load(`${"[".repeat(100)}${"]".repeat(100)}`)).faults).toEqual([]);
    expect(await faultLinesOf(load(`${"[".repeat(101)}${"]".repeat(101)}`))).toEqual([
      "file:1:101: nested deeper than the limit of 100 levels",
    ]);
  });

  it.each(["[", '{"a":', '[{"a":'])("of 100 000 times %s does not overflow the stack", async (open) => {
    const lines = await faultLinesOf(load(open.repeat(100_000)));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^file:1:\d+: nested deeper than the limit of 100 levels$/);
  });

  it("does not count brackets in strings", async () => {
    expect((await load(JSON.stringify(["[".repeat(500), '"{[\\'.repeat(100)]))).faults).toEqual([]);
  });
});

describe("what JSON lets pass", () => {
  it("duplicate keys, also when one is written with escapes", async () => {
    expect(await documentFaults('{\n "a": 1,\n "b": {"c": 1, "c": 2},\n "\\u0061": 3}')).toEqual([
      '3:16 /b/c: duplicate key "c", first on line 3',
      '4:2 /a: duplicate key "a", first on line 2',
    ]);
  });

  it("numbers beyond what a double holds", async () => {
    expect(await documentFaults('{"a": 1e999, "b": [-1e999, 1e308, 1e-999]}')).toEqual([
      "1:7 /a: the number 1e999 is too large to be represented",
      "1:20 /b/0: the number -1e999 is too large to be represented",
    ]);
  });

  it("a __proto__ key, which never becomes a prototype", async () => {
    const document = await load('{"a": {"__proto__": {"polluted": true}}, "\\u005f_proto__": 1}');
    expect(document.faults.map(({ pointer, message }) => `${pointer}: ${message}`)).toEqual([
      '/a/__proto__: the key "__proto__" is not allowed',
      '/__proto__: the key "__proto__" is not allowed',
    ]);
    const { a } = document.value as { a: Record<string, unknown> };
    expect(Object.getPrototypeOf(a)).toBe(Object.prototype);
    expect(a.polluted).toBeUndefined();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("keys that are harmless on a plain object", async () => {
    expect(await documentFaults('{"constructor": 1, "prototype": 2, "toString": 3}')).toEqual([]);
  });
});
