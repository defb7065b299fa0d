import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const readme = readFileSync("README.md", "utf8");

function block(language: string): string {
  const found = new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(readme);
  if (found?.[1] === undefined) throw new Error(`README.md has no ${language} block`);
  return found[1];
}

function run(...args: readonly string[]) {
  return spawnSync(process.execPath, ["dist/bin/chini-bench.js", "run", ...args], { encoding: "utf8" });
}

describe("README", () => {
  it("shows what the example command prints, line by line", () => {
    const canvas = "canvases/chini-002-checkout/wrong/new-key-per-attempt.json";
    const { status, stdout } = run("chini-002-checkout", canvas, "--quiet");
    const printed = new Set(stdout.split("\n"));
    const shown = block("text").trimEnd().split("\n");
    expect(shown.length).toBeGreaterThan(15);
    expect(shown.filter((line) => line !== "  …" && !printed.has(line))).toEqual([]);
    expect(status).toBe(1);
  });

  it("shows the problem file that it says it runs, and that design passes", () => {
    expect(block("json")).toBe(readFileSync("examples/my-shop.json", "utf8"));
    const { status, stdout } = run("examples/my-shop.json", "canvases/chini-002-checkout/plain.json");
    expect(stdout).toMatch(/^PASS/);
    expect(status).toBe(0);
  });
});
