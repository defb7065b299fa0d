import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { schemaNames, schemaPath } from "../../src/document/json-schema.js";
import { run } from "../fixtures/binary.js";

describe("chini-bench schema", () => {
  it.each(schemaNames)("prints the published schema of a %s", async (name) => {
    expect(await run(["schema", name])).toEqual({
      code: 0,
      stdout: readFileSync(schemaPath(name), "utf8"),
      stderr: "",
    });
  });

  it("refuses another format with those there are", async () => {
    expect(await run(["schema", "canvass"])).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "error: command-argument value 'canvass' is invalid for argument 'format'. Allowed choices are canvas, config, problem, result, results, comparison, baseline.\n",
    });
  });
});
