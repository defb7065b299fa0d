import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { packInto } from "../../scripts/pack.js";
import { transcriptOf } from "../../scripts/transcript.js";
import { tutorialDocument, tutorialText } from "../../scripts/tutorial.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();

describe("docs/tutorial.md", () => {
  it("is what npm run tutorial writes: green, red, green again", async () => {
    const written = await tutorialText(await packInto(directory.path));
    expect(written).toBe(readFileSync(tutorialDocument, "utf8"));
    expect([...written.matchAll(/^(PASS|FAIL) /gm)].map(([, verdict]) => verdict)).toEqual([
      "PASS",
      "FAIL",
      "FAIL",
      "PASS",
      "PASS",
    ]);
    // What the text says about the output, the output has to say.
    expect(written).toMatch(/^FAIL {2}94 of 100/m);
    expect(written).toContain("baseline 147 of 327 exposed");
    // The message leads to the mend: what it says to write is what is tried, and what is then written.
    expect(written).toContain('"item" a retry is the same charge');
    expect(written).toContain('+      "idempotency": { "key": "item" }');
  }, 300_000);
});

describe("a transcript", () => {
  it("shows commands, output of both streams, exit codes and changes", async () => {
    directory.write("note.txt", "one\ntwo\nthree\nfour\n");
    const steps = [
      { say: "Text." },
      { run: "pwd; echo to stderr >&2; exit 3", exit: 3 },
      { run: "true", exit: 0 },
      { run: "cat note.txt", exit: 0, lines: 2 },
      { edit: "note.txt", from: "three", to: "$& 3" },
    ];
    expect(await transcriptOf(steps, directory.path)).toBe(
      [
        "Text.\n",
        "```console\n$ pwd; echo to stderr >&2; exit 3\n.\nto stderr\n$ echo $?\n3\n```\n",
        "```console\n$ true\n$ echo $?\n0\n```\n",
        "```console\n$ cat note.txt\none\ntwo\n…\n$ echo $?\n0\n```\n",
        "```diff\n--- note.txt\n+++ note.txt\n one\n two\n-three\n+$& 3\n four\n```\n",
      ].join("\n"),
    );
  });

  it("ends at a command that does not end as it should", async () => {
    const steps = [{ run: "echo why; false", exit: 0 }];
    await expect(transcriptOf(steps, directory.path)).rejects.toThrow(
      "echo why; false ended with 1 and not with 0:\nwhy\n",
    );
  });

  it.each([
    ["nothing", "nine", 0],
    ["more than one thing", "o", 3],
  ])("ends where there is %s to edit", async (_, from, times) => {
    directory.write("places.txt", "one\ntwo\nfour\n");
    const steps = [{ edit: "places.txt", from, to: "" }];
    await expect(transcriptOf(steps, directory.path)).rejects.toThrow(`places.txt holds ${from} ${times} times`);
  });
});
