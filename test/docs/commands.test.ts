import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { anchorOf } from "../../scripts/reference-text.js";
import { run } from "../fixtures/binary.js";

const text = readFileSync("docs/cli.md", "utf8");

const commands = [
  [],
  ...["run", "compare", "validate", "init", "explain", "prompt", "list", "schema", "selftest", "completion"].map(
    (name) => [name],
  ),
  ["baseline", "update"],
  ["baseline", "show"],
];

/** Options of `gh` and `npx`, which the examples call. */
const others: ReadonlySet<string> = new Set(["--yes", "--edit-last", "--create-if-none", "--body-file"]);

function optionsIn(written: string): ReadonlySet<string> {
  return new Set([...written.matchAll(/(?<![\w-])--[a-z][a-z-]*/g)].map(([option]) => option));
}

describe("docs/cli.md", () => {
  let help: readonly string[];
  beforeAll(async () => {
    help = await Promise.all(commands.map(async (command) => (await run([...command, "--help"])).stdout));
  });

  it("tells of every command", () => {
    const listed = [...(help[0] ?? "").matchAll(/^ {2}([a-z]+) .*$/gm)].map(([, name]) => name ?? "");
    expect(listed.length).toBeGreaterThan(10);
    const told = listed.filter((name) => name !== "help");
    expect(told.filter((name) => !new RegExp(`\\| \\[?\`${name}[ \`]`).test(text))).toEqual([]);
    expect(told.filter((name) => !commands.some(([first]) => first === name))).toEqual([]);
  });

  it("names every option of every command, and no other", () => {
    const known = new Set(help.flatMap((one) => [...optionsIn(one)]));
    const named = optionsIn(text);
    expect([...known].filter((option) => !named.has(option))).toEqual([]);
    expect([...named].filter((option) => !known.has(option) && !others.has(option))).toEqual([]);
  });

  it("has a row for each option of run, once", () => {
    const own = [...(help[1] ?? "").matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option ?? "");
    expect(own).toContain("--watch");
    const rows = [
      ...text.slice(text.indexOf("\n## run"), text.indexOf("\n### Several seeds")).matchAll(/^\| `(--[a-z-]+)/gm),
    ];
    const told = rows.map(([, option]) => option ?? "");
    expect(new Set(told).size).toBe(told.length);
    // What switches another off stands in that one's row.
    const positive = (option: string) => option.replace("--no-", "--");
    expect(own.filter((option) => !told.includes(positive(option)))).toEqual([]);
  });

  it("leads to sections that it has", () => {
    const anchors = new Set([...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading ?? "")));
    const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor ?? "");
    expect(links.length).toBeGreaterThan(15);
    expect(links.filter((anchor) => !anchors.has(anchor))).toEqual([]);
  });
});
