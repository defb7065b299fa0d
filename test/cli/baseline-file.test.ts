import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { replaceBaseline, requireWritable, writeNewBaseline } from "../../src/cli/baseline-file.js";
import { UsageError } from "../../src/evaluation/usage-error.js";
import { maxBaselineBytes } from "../../src/scoring/baseline/load.js";
import { temporaryDirectory } from "../fixtures/temporary.js";
import { baselineWith, optionsOf, samplesWith, subjectWith } from "../scoring/baseline/fixtures.js";

const directory = temporaryDirectory();
const subject = subjectWith(samplesWith({ stability: [1, 2] }));
const baseline = baselineWith(subject);

function folder(name: string): string {
  const path = join(directory.path, name);
  mkdirSync(path);
  return path;
}

describe("replaceBaseline", () => {
  it("leaves the permissions and the link as they are, and nothing beside the file", async () => {
    const inside = folder("linked");
    const file = directory.write("linked/base.json", "old");
    chmodSync(file, 0o640);
    const link = join(inside, "link.json");
    symlinkSync("base.json", link);
    await replaceBaseline(link, baseline);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(baseline);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readdirSync(inside)).toEqual(["base.json", "link.json"]);
  });

  it("leaves the old file whole when the new one cannot be written", async () => {
    const inside = folder("blocked");
    const file = directory.write("blocked/base.json", "old");
    // Where the new file is to be written stands a folder.
    mkdirSync(join(inside, `.base.json.${process.pid}.tmp`));
    await expect(replaceBaseline(file, baseline)).rejects.toThrow(`cannot write ${file}: `);
    expect(readFileSync(file, "utf8")).toBe("old");
  });

  it.skipIf(process.getuid?.() === 0)("refuses a file that may not be written, though its folder may", async () => {
    const file = directory.write("readonly.json", "old");
    chmodSync(file, 0o444);
    await expect(requireWritable(file)).rejects.toThrow(
      `cannot write ${file}: it may not be written here (permissions)`,
    );
    await expect(replaceBaseline(file, baseline)).rejects.toThrow(UsageError);
    expect(readFileSync(file, "utf8")).toBe("old");
  });

  it("refuses a file that is not there", async () => {
    const file = join(directory.path, "nowhere.json");
    await expect(replaceBaseline(file, baseline)).rejects.toThrow(`cannot write ${file}: `);
    expect(existsSync(file)).toBe(false);
  });
});

describe("writeNewBaseline", () => {
  it("does not write over a file that has come to exist during the run", async () => {
    const file = directory.write("there.json", "mine");
    await expect(writeNewBaseline(file, optionsOf(subject.samples), [subject])).rejects.toThrow(`${file} exists; `);
    expect(readFileSync(file, "utf8")).toBe("mine");
  });

  it("refuses to write what would be too large to read again", async () => {
    const file = join(directory.path, "large.json");
    const id = "x".repeat(maxBaselineBytes);
    const samples = { ...subject.samples, scenarios: [{ id, figures: {} }] };
    await expect(writeNewBaseline(file, optionsOf(samples), [{ ...subject, samples }])).rejects.toThrow(
      `cannot write ${file}: it would be larger than 64 MB; keep fewer seeds or designs`,
    );
    expect(existsSync(file)).toBe(false);
  });
});
