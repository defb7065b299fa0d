import { mkdirSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { findCanvasFiles, mostCanvases } from "../../src/cli/canvas-files.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();

/** A folder with empty files of these names. */
function folderOf(name: string, files: readonly string[]): string {
  for (const file of files) directory.write(join(name, file), "{}");
  return join(directory.path, name);
}

/** What is found, relative to a folder. */
async function found(folder: string, paths: readonly string[]): Promise<readonly string[]> {
  return (await findCanvasFiles(paths)).map(({ file }) => relative(folder, file));
}

describe("findCanvasFiles", () => {
  it("takes every *.json below a folder, sorted by code unit whatever the language of the machine", async () => {
    const folder = folderOf("tree", ["b.json", "ä.json", "B.json", "a/z.json", "a.txt", "a-1.JSON"]);
    expect(await found(folder, [folder])).toEqual(["B.json", "a-1.JSON", "a/z.json", "b.json", "ä.json"]);
  });

  it("skips node_modules and what begins with a point, below a folder but not where it is named", async () => {
    const folder = folderOf("skips", ["node_modules/a.json", ".git/b.json", ".hidden.json", "c.json"]);
    expect(await found(folder, [folder])).toEqual(["c.json"]);
    expect(await found(folder, [join(folder, ".git")])).toEqual([".git/b.json"]);
  });

  it("takes a file once, by whatever name, and keeps the order of the command line", async () => {
    const folder = folderOf("twice", ["b.json", "a.json"]);
    symlinkSync(join(folder, "b.json"), join(folder, "c.json"));
    const paths = [join(folder, "b.json"), folder, join(folder, "..", "twice", "a.json")];
    expect(await found(folder, paths)).toEqual(["b.json", "a.json"]);
  });

  it("follows links to folders, and comes back from those that lead into a circle", async () => {
    const folder = folderOf("loop", ["inner/a.json"]);
    symlinkSync(folder, join(folder, "inner", "again"));
    const beside = folderOf("beside", ["x.json"]);
    symlinkSync(beside, join(folder, "linked"));
    expect(await found(folder, [folder])).toEqual(["inner/a.json", "linked/x.json"]);
  });

  it("keeps a file that does not exist", async () => {
    expect(await found(directory.path, [join(directory.path, "no.json")])).toEqual(["no.json"]);
  });

  it("refuses folders without a JSON file, each by its name", async () => {
    const empty = join(directory.path, "empty\u001b");
    mkdirSync(empty);
    const bare = folderOf("bare", ["a.txt"]);
    await expect(findCanvasFiles([empty, bare])).rejects.toMatchObject({
      name: "UsageError",
      lines: [
        `no *.json file in the folder ${directory.path}/empty\\u001b or below`,
        `no *.json file in the folder ${bare} or below`,
      ],
    });
  });

  it(`takes ${mostCanvases} canvases and refuses one more`, async () => {
    const folder = folderOf(
      "many",
      Array.from({ length: mostCanvases }, (_, index) => `${index}.json`),
    );
    expect(await findCanvasFiles([folder])).toHaveLength(mostCanvases);
    const more = folderOf("more", ["one-more.json"]);
    await expect(findCanvasFiles([folder, more])).rejects.toThrow("more than 300 canvases; compare fewer at once");
  });
});
