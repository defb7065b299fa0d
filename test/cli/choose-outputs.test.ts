import { describe, expect, it } from "vitest";
import { chooseOutputs } from "../../src/cli/choose-outputs.js";
import { UsageError } from "../../src/evaluation/usage-error.js";
import { reporterNames } from "../../src/report/index.js";

type Choice = { readonly name: string; readonly file: string | null };

/** `table` for standard output, `json=a` for a file. */
function choices(...words: readonly string[]): readonly Choice[] {
  return words.map((word) => {
    const [name = "", file = null] = word.split("=");
    return { name, file };
  });
}

async function chosen(
  words: readonly string[],
  environment: Record<string, string> = {},
  json?: true,
  terminal = false,
) {
  const flags = { reporter: choices(...words), ...(json === undefined ? {} : { json }) };
  const outputs = await chooseOutputs(flags, environment, terminal);
  return outputs.map(({ reporter, file }) => (file === null ? reporter.name : `${reporter.name}=${file}`));
}

const onGitHub = { GITHUB_ACTIONS: "true" };

describe("the choice of reporters", () => {
  it.each<[asked: readonly string[], chosen: readonly string[]]>([
    [[], ["table"]],
    [["junit=a.xml"], ["table", "junit=a.xml"]],
    [["markdown"], ["markdown"]],
    [
      ["json=a", "jsonl", "json=b"],
      ["jsonl", "json=a", "json=b"],
    ],
    [["github"], ["table", "github"]],
    [
      ["github", "table"],
      ["table", "github"],
    ],
    [
      ["json", "github=a"],
      ["json", "github=a"],
    ],
    [["json", "json"], ["json"]],
  ])("%j is %j", async (asked, expected) => {
    expect(await chosen(asked)).toEqual(expected);
    expect(await chosen(asked, { GITHUB_ACTIONS: "false" })).toEqual(expected);
  });

  it.each<[asked: readonly string[], chosen: readonly string[]]>([
    [[], ["table", "github"]],
    [["junit=a.xml"], ["table", "github", "junit=a.xml"]],
    [["github=a"], ["table", "github=a"]],
    [["github"], ["table", "github"]],
    [["markdown"], ["markdown"]],
    [["jsonl"], ["jsonl"]],
  ])("%j is %j on GitHub Actions", async (asked, expected) => {
    expect(await chosen(asked, onGitHub)).toEqual(expected);
  });

  it("knows --json as the reporter json", async () => {
    expect(await chosen([], onGitHub, true)).toEqual(["json"]);
    expect(await chosen(["json"], {}, true)).toEqual(["json"]);
  });

  it.each<[asked: readonly string[], message: string]>([
    [["juint"], `unknown reporter "juint"; did you mean "junit"? Allowed: ${reporterNames.join(", ")}.`],
    [["x\u001b"], 'unknown reporter "x\\u001b"'],
    [["json", "junit"], "only one reporter can write to standard output; give the others a file, as --reporter json="],
    [
      ["json", "github"],
      "github can stand beside the table on standard output, not beside json; give one of them a file",
    ],
    [["json=a/b", "junit=./a//b"], "json and junit would both write ./a//b; give each a file of its own"],
    [["json=-"], '--reporter json=-: "-" is not a file; --reporter json is standard output'],
  ])("%j is refused", async (asked, message) => {
    await expect(chosen(asked)).rejects.toThrow(UsageError);
    await expect(chosen(asked)).rejects.toThrow(message);
  });

  it("shows a terminal no page of markup, a pipe and a file", async () => {
    await expect(chosen(["html"], {}, undefined, true)).rejects.toThrow(
      new UsageError([
        "a terminal cannot show html, half a megabyte of it; give it a file: --reporter html=report.html",
      ]),
    );
    expect(await chosen(["html"])).toEqual(["html"]);
    expect(await chosen(["html=a"], {}, undefined, true)).toEqual(["table", "html=a"]);
  });
});
