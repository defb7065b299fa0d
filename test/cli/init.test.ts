import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createJiti } from "jiti";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { loadReporter, reporterNames } from "../../src/report/index.js";
import { type Ended, run } from "../fixtures/binary.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();
const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly version: string };
const paths = [
  "chini-bench.config.json",
  "design/checkout.json",
  ".github/workflows/chini-bench.yml",
  ".gitlab/chini-bench.yml",
  ".gitlab-ci.yml",
];
const note = "note  GitHub and GitLab look for their files at the root of the repository, and this folder is none\n";

function lines(outcome: string, names: readonly string[]): string {
  return names.map((name) => `${outcome}  ${name}\n`).join("");
}

describe("init", () => {
  const folder = join(directory.path, "new/shop");
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  let first: Ended;
  beforeAll(async () => {
    first = await run(["init", folder]);
  });

  it("writes five files and says what to do next", () => {
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: note });
    expect(first.stdout.startsWith(lines("wrote", paths))).toBe(true);
    expect(first.stdout).toContain(`\nNext:\n  1. cd ${folder} && npx chini-bench run\n`);
    for (const line of first.stdout.split("\n").filter((text) => !text.includes(folder))) {
      expect(line.length, line).toBeLessThanOrEqual(80);
    }
  });

  it("writes a configuration and a canvas that pass as they are, and fail as the next steps say", async () => {
    const passed = await run(["run", "--quiet"], {}, folder);
    expect({ code: passed.code, stderr: passed.stderr }).toEqual({ code: 0, stderr: "" });
    expect(passed.stdout).toMatch(/^PASS {2}\d+ of 100 {2}Our checkout\n.* seeds 42 to 46\n/);
    const attempt = read("design/checkout.json").replace('"key": "item"', '"key": "attempt"');
    directory.write("twice/design/checkout.json", attempt);
    directory.write("twice/chini-bench.config.json", read("chini-bench.config.json"));
    const failed = await run(["run", "--quiet"], {}, join(directory.path, "twice"));
    expect(failed.code).toBe(1);
    expect(failed.stdout).toMatch(/no-double-charge: [\d,]+ violations/);
  });

  it("states what people will want to change, so that a strict run has nothing to infer", async () => {
    expect((await run(["run", "--quiet", "--strict", "--seeds", "1"], {}, folder)).code).toBe(0);
    const canvas = JSON.parse(read("design/checkout.json")) as { readonly components: readonly { label?: string }[] };
    expect(canvas.components.every(({ label }) => label !== undefined)).toBe(true);
  });

  it("writes a workflow that GitHub's own parser takes, with no more rights than to read", async () => {
    const content = read(".github/workflows/chini-bench.yml");
    // It imports JSON as bundlers allow and Node does not.
    const jiti = createJiti(import.meta.url, { fsCache: false, tryNative: false });
    const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } =
      await jiti.import<typeof import("@actions/workflow-parser")>("@actions/workflow-parser");
    const faultsIn = async (text: string) => {
      const { context, value } = parseWorkflow(
        { name: "chini-bench.yml", content: text },
        new NoOperationTraceWriter(),
      );
      const template = value === undefined ? undefined : await convertWorkflowTemplate(context, value);
      return [...context.errors.getErrors(), ...(template?.errors ?? [])].map((error) =>
        "message" in error ? error.message : error.Message,
      );
    };
    expect(await faultsIn(content)).toEqual([]);
    expect(await faultsIn(content.replace("runs-on:", "runson:"))).not.toEqual([]);
    const workflow = parse(content) as { readonly permissions: object; readonly jobs: object };
    expect(workflow.permissions).toEqual({ contents: "read" });
    expect(content).toContain(`run: npx --yes chini-bench@${version} run --reporter github --reporter html=`);
  });

  it("writes a GitLab job with its report, and includes it", () => {
    expect(parse(read(".gitlab-ci.yml"))).toEqual({ include: [{ local: ".gitlab/chini-bench.yml" }] });
    const command = `npx --yes chini-bench@${version} run --reporter table --reporter junit=chini-bench.xml --reporter html=chini-bench.html`;
    expect(parse(read(".gitlab/chini-bench.yml"))).toEqual({
      "chini-bench": {
        image: "node:22",
        script: [command],
        artifacts: { when: "always", paths: ["chini-bench.html"], reports: { junit: "chini-bench.xml" } },
      },
    });
  });

  it("keeps what is there, and says so; --force writes it anew, but for .gitlab-ci.yml", async () => {
    directory.write("kept/.gitlab-ci.yml", "mine: true\n");
    directory.write("kept/design/checkout.json", "{}");
    const kept = join(directory.path, "kept");
    expect((await run(["init"], {}, kept)).stdout).toBe(
      [
        "wrote  chini-bench.config.json",
        "kept  design/checkout.json",
        "wrote  .github/workflows/chini-bench.yml",
        "wrote  .gitlab/chini-bench.yml",
        "kept  .gitlab-ci.yml",
        "",
        "Next:",
        "  1. npx chini-bench run",
        "     design/checkout.json passes as it is.",
        "  2. npx chini-bench run --watch",
        '     At each save it judges again. Set the provider\'s "key" to "attempt":',
        "     buyers pay twice, and it fails.",
        "  3. Commit the files: CI judges every push.",
        "     .gitlab-ci.yml has to include .gitlab/chini-bench.yml; its first lines say how.",
        "",
      ].join("\n"),
    );
    expect(readFileSync(join(kept, "design/checkout.json"), "utf8")).toBe("{}");
    const forced = await run(["init", "--force"], {}, kept);
    expect(forced.stdout.startsWith(`${lines("wrote", paths.slice(0, 4))}kept  .gitlab-ci.yml\n`)).toBe(true);
    expect(readFileSync(join(kept, ".gitlab-ci.yml"), "utf8")).toBe("mine: true\n");
    expect(readFileSync(join(kept, "design/checkout.json"), "utf8")).toBe(read("design/checkout.json"));
  });

  it("leaves a configuration of another name alone, for a second would take its place", async () => {
    directory.write("typescript/chini-bench.config.ts", "export default {};");
    directory.write("manifest/package.json", '{ "chini-bench": { "seeds": 2 } }');
    for (const [name, file] of [
      ["typescript", "chini-bench.config.ts"],
      ["manifest", "package.json"],
    ] as const) {
      const { stdout } = await run(["init", name], {}, directory.path);
      expect(stdout.startsWith(`kept  ${file}\nwrote  design/checkout.json\n`)).toBe(true);
      expect(readdirSync(join(directory.path, name))).not.toContain("chini-bench.config.json");
    }
  });

  it("exits 2 where it cannot write", async () => {
    const file = directory.write("a-file", "");
    const { code, stdout, stderr } = await run(["init", file]);
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: "",
      stderr: `cannot write ${file}/chini-bench.config.json: EEXIST\n`,
    });
  });

  it("asks its CI jobs for reporters that there are", async () => {
    const asked = [".github/workflows/chini-bench.yml", ".gitlab/chini-bench.yml"].flatMap((name) =>
      [...read(name).matchAll(/--reporter ([a-z]+)/g)].map(([, reporter]) => reporter!),
    );
    expect(asked).toEqual(["github", "html", "table", "junit", "html"]);
    for (const name of asked.filter((reporter) => reporterNames.includes(reporter))) {
      expect((await loadReporter(name)).name).toBe(name);
    }
  });
});
