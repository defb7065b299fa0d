import { createHash } from "node:crypto";
import { chmodSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadDocument } from "../../src/document/document.js";
import { faultLinesOf } from "../fixtures/input-faults.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();
const limit = 1_000_000;

function load(content: string | Uint8Array) {
  return loadDocument(directory.write("input.json", content), limit);
}

describe("loadDocument", () => {
  it("gives the value, the hash of the bytes, and the place of every value and key", async () => {
    const text = '{\n  "a": [1, { "b/c~d": true }],\n  "é": null\n}';
    const document = await load(text);
    expect(document.value).toEqual({ a: [1, { "b/c~d": true }], é: null });
    expect(document.sha256).toBe(createHash("sha256").update(text).digest("hex"));
    expect(document.faults).toEqual([]);
    expect(document.positionOf("")).toEqual({ line: 1, column: 1 });
    expect(document.positionOf("/a/0")).toEqual({ line: 2, column: 9 });
    expect(document.positionOf("/a/1/b~1c~0d")).toEqual({ line: 2, column: 23 });
    expect(document.keyPositionOf("/a/1/b~1c~0d")).toEqual({ line: 2, column: 14 });
    expect(document.positionOf("/é")).toEqual({ line: 3, column: 8 });
    expect(document.positionOf("/a/2")).toBeUndefined();
    expect(document.positionOf("/a/01")).toBeUndefined();
    expect(document.positionOf("/nothing/there")).toBeUndefined();
    expect(document.keyPositionOf("/a/0")).toBeUndefined();
  });

  it("counts columns alike after LF, CRLF and CR", async () => {
    for (const end of ["\n", "\r\n", "\r"]) {
      const document = await load(`{${end}  "a": 1,${end}"b": 2}`);
      expect(document.positionOf("/a"), JSON.stringify(end)).toEqual({ line: 2, column: 8 });
      expect(document.positionOf("/b"), JSON.stringify(end)).toEqual({ line: 3, column: 6 });
    }
  });

  it("tolerates a byte-order mark, which takes no column", async () => {
    const document = await load('\ufeff{"a": 1}');
    expect(document.value).toEqual({ a: 1 });
    expect(document.positionOf("/a")).toEqual({ line: 1, column: 7 });
  });

  it("accepts exactly the size limit and refuses one byte more", async () => {
    const padded = (bytes: number) => `"${"x".repeat(bytes - 2)}"`;
    expect((await load(padded(limit))).value).toHaveLength(limit - 2);
    expect(await faultLinesOf(load(padded(limit + 1)))).toEqual(["file: the file is larger than the limit of 1 MB"]);
  });
});

describe("loadDocument refuses what is no readable file", () => {
  it("missing", async () => {
    expect(await faultLinesOf(loadDocument(`${directory.path}/none.json`, limit))).toEqual(["file: no such file"]);
    const file = directory.write("plain", "1");
    expect(await faultLinesOf(loadDocument(`${file}/below.json`, limit))).toEqual(["file: no such file"]);
  });

  it("a directory", async () => {
    expect(await faultLinesOf(loadDocument(directory.path, limit))).toEqual(["file: is a directory, not a file"]);
  });

  it("empty, or nothing but blanks", async () => {
    for (const content of ["", "\ufeff", " \r\n\t"]) {
      expect(await faultLinesOf(load(content)), JSON.stringify(content)).toEqual(["file: the file is empty"]);
    }
  });

  it("an endless device", async () => {
    expect(await faultLinesOf(loadDocument("/dev/zero", limit))).toEqual([
      "file: the file is larger than the limit of 1 MB",
    ]);
  });

  it.skipIf(process.getuid?.() === 0)("without permission", async () => {
    const file = directory.write("secret.json", "{}");
    chmodSync(file, 0);
    expect(await faultLinesOf(loadDocument(file, limit))).toEqual([
      `file: cannot be read: EACCES: permission denied, open '${file}'`,
    ]);
  });

  it("a name that no file can have", async () => {
    expect((await faultLinesOf(loadDocument("a\u0000b.json", limit)))[0]).toContain("file: cannot be read: ");
    expect((await faultLinesOf(loadDocument("x".repeat(5_000), limit)))[0]).toContain(
      "file: cannot be read: ENAMETOOLONG",
    );
  });

  it("not UTF-8, saying where", async () => {
    const latin1 = Buffer.from('{\n "name": "Stra\xdfe"}', "latin1");
    expect(await faultLinesOf(load(latin1))).toEqual(["file:2:15: not valid UTF-8: found the byte 0xdf"]);
    const cut = Buffer.concat([Buffer.from('{"a": "'), Buffer.from([0xe2, 0x82])]);
    expect(await faultLinesOf(load(cut))).toEqual(["file:1:8: not valid UTF-8: found the byte 0xe2"]);
    const afterMark = Buffer.concat([Buffer.from("\ufeff{"), Buffer.from([0xff])]);
    expect(await faultLinesOf(load(afterMark))).toEqual(["file:1:2: not valid UTF-8: found the byte 0xff"]);
    const utf16 = Buffer.from("\ufeff{}", "utf16le");
    expect(await faultLinesOf(load(utf16))).toEqual(["file: not valid UTF-8: found UTF-16; save the file as UTF-8"]);
  });
});
