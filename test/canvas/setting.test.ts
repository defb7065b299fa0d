import { describe, expect, it } from "vitest";
import { parseSetting, settingText } from "../../src/canvas/setting.js";

describe("parseSetting", () => {
  it.each([
    ["a.b=80", [80]],
    ["a.b=80,40,60,40", [40, 60, 80]],
    ["a.b=10..50:10", [10, 20, 30, 40, 50]],
    ["a.b=0.1..0.3:0.1", [0.1, 0.2, 0.3]],
    ["a.b=30..10:-10,5", [5, 10, 20, 30]],
    ["a.b=1..10:4", [1, 5, 9]],
    ["a.b=true,null", [true, null]],
    ["a.b= same-key , new-key", ["same-key", "new-key"]],
    ['a.b="x,y",z', ["x,y", "z"]],
    ['a.b="80"', ["80"]],
    ['a.b={"dist":"erlang","k":2},5', [{ dist: "erlang", k: 2 }, 5]],
    ["a.b=007", ["007"]],
    ["a.b=x=y", ["x=y"]],
  ] as const)("reads %s", (text, values) => {
    expect(parseSetting(text)).toEqual({ path: "a.b", values });
  });

  it("keeps spaces and points of the path, and trims around it", () => {
    expect(parseSetting(" pay.me now.service.concurrency =1").path).toBe("pay.me now.service.concurrency");
  });

  it.each([
    ["worker", '"worker" is not <path>=<value>, as worker.service.concurrency=80'],
    ["=5", '"=5" is not <path>=<value>, as worker.service.concurrency=80'],
    ["a.b=", "--set a.b: a value is missing; null removes the field"],
    ["a.b=1,,2", "--set a.b: a value is missing; null removes the field"],
    ["a.b=1..2:0", "--set a.b: 1..2:0 never ends; a range is <from>..<to>:<step>, as 10..50:10"],
    ["a.b=2..1:1", "--set a.b: 2..1:1 never ends; a range is <from>..<to>:<step>, as 10..50:10"],
    ["a.b=1..1e9:1", "--set a.b: 1..1e9:1 has more values than the limit of 200"],
    [
      `a.b=${Array.from({ length: 201 }, (_, index) => index).join(",")}`,
      "--set a.b: 201 values are more than the limit of 200",
    ],
    ["a.b=1e999", "--set a.b: 1e999 is not a value: the number 1e999 is too large to be represented"],
    ['a.b={"x":1,"x":2}', '--set a.b: {"x":1,"x":2} is not a value: duplicate key "x", first on line 1'],
    ['a.b={"__proto__":1}', '--set a.b: {"__proto__":1} is not a value: the key "__proto__" is not allowed'],
    ["a.b={x:1}", '--set a.b: {x:1} is not a value: not valid JSON: unexpected "x"'],
    [`${"a".repeat(1001)}=1`, "the path is longer than 1000 characters"],
    ["a\u001b[31m=", "--set a\\u001b[31m: a value is missing; null removes the field"],
  ])("refuses %j", (text, message) => {
    expect(() => parseSetting(text)).toThrow(new RangeError(message));
  });

  it("takes a path in quotes, which may hold =, and writes such a path so", () => {
    const setting = { path: 'a=b "c".service.concurrency', values: [5] };
    const text = '"a=b \\"c\\".service.concurrency"=5';
    expect(parseSetting(text)).toEqual(setting);
    expect(settingText(setting)).toBe(text);
    expect(parseSetting('"c".x="d=e"')).toEqual({ path: '"c".x', values: ["d=e"] });
    expect(() => parseSetting('"a\\x"=5')).toThrow(RangeError);
    expect(() => parseSetting('""=5')).toThrow("is not <path>=<value>");
  });

  it("writes words without quotes, and what would be read as something else with them", () => {
    const values = ["same-key", "80", "null", "1..3:1", "a,b", " x", "", 5, null, [1, 2]];
    expect(settingText({ path: "w.x", values })).toBe('w.x=same-key,"80","null","1..3:1","a,b"," x","",5,null,[1,2]');
  });
});
