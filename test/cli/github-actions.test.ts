import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { pathInRepository, withoutCommands } from "../../src/cli/github-actions.js";

describe("the path of a file in the repository", () => {
  it("is told from the root of the workspace, else from the current folder", () => {
    expect(pathInRepository("design/a.json", {})).toBe("design/a.json");
    expect(pathInRepository(resolve("design/../b.json"), {})).toBe("b.json");
    expect(pathInRepository("a.json", { GITHUB_WORKSPACE: resolve("..") })).toBe(
      join(resolve("a.json").slice(resolve("..").length + 1)),
    );
  });

  it("stays as it is for a file elsewhere", () => {
    expect(pathInRepository("../a.json", {})).toBe("../a.json");
    expect(pathInRepository("/elsewhere/a.json", {})).toBe("/elsewhere/a.json");
  });
});

describe("text in a log of GitHub Actions", () => {
  it("holds no line that the runner obeys", () => {
    expect(withoutCommands("::stop-commands::x\n  ::add-mask::a\nok ::error::\n##[group]x")).toBe(
      ": :stop-commands::x\n  : :add-mask::a\nok ::error::\n# #[group]x",
    );
  });
});
