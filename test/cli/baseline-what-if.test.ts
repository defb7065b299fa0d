import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Baseline } from "../../src/scoring/baseline/baseline.js";
import type { Result } from "../../src/scoring/result.js";
import { clerkCanvas, clerkProblem } from "../config/clerk.js";
import { run, start } from "../fixtures/binary.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();
directory.write("clerk.problem.json", clerkProblem);
directory.write("a.json", clerkCanvas);
const here = ["run", "clerk.problem.json", "a.json", "--scenario", "steady"];
const beside = [...here, "--baseline", "base.json"];
const slower = "clerk.service.timeMs.meanMs=200";

const children: ReturnType<typeof start>[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

beforeAll(async () => {
  const { code } = await run([...here, "--seeds", "3", "--save-baseline", "base.json"], {}, directory.path);
  expect(code).toBe(0);
});

function readBase(): Baseline {
  return JSON.parse(readFileSync(join(directory.path, "base.json"), "utf8")) as Baseline;
}

describe("run --baseline with --set", () => {
  it("compares the variant with the entry of its file, and fails on what is worse", async () => {
    const words = [...beside, "--set", slower, "--fail-on-regression", "--quiet"];
    const { code, stdout, stderr } = await run(words, {}, directory.path);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toMatch(/^PASS[\s\S]*^Beside base\.json \(3 common seeds\): worse$[\s\S]*✗ steady confirmMs\.p95 /m);
  });

  it("tells of each variant of a sweep, in the table and in JSON", async () => {
    const words = [...beside, "--set", "clerk.service.timeMs.meanMs=100,200"];
    const [table, json] = await Promise.all([
      run(words, { COLUMNS: "200" }, directory.path),
      run([...words, "--json"], {}, directory.path),
    ]);
    expect(table).toMatchObject({ code: 0, stderr: "" });
    expect(table.stdout).toMatch(/^100 +pass .* no difference$/m);
    expect(table.stdout).toMatch(/^200 +pass .* worse$/m);
    const { results } = JSON.parse(json.stdout) as { readonly results: readonly Result[] };
    expect(results.map(({ baseline }) => [baseline?.status, baseline?.regressed])).toEqual([
      ["compared", false],
      ["compared", true],
    ]);
  });
});

describe("what a baseline is kept safe from", () => {
  const refused: readonly (readonly [words: readonly string[], message: string])[] = [
    [
      ["--save-baseline", "new.json", "--set", slower],
      "--save-baseline keeps designs as their files have them, so not with --set; change the canvas, or save without --set\n",
    ],
    [
      ["--save-baseline", "new.json", "--watch"],
      "--save-baseline writes a file once, --watch runs again and again; save without --watch\n",
    ],
    [
      ["--baseline", "base.json", "--reporter", "json=./base.json"],
      "json would be written over ./base.json, the baseline; give it a file of its own\n",
    ],
    [
      ["--save-baseline", "new.json", "--reporter", "table", "--reporter", "junit=new.json"],
      "junit would be written over new.json, the new baseline; give it a file of its own\n",
    ],
  ];
  it.each(refused)("refuses %j", async (words, stderr) => {
    expect(await run([...here, ...words], {}, directory.path)).toEqual({ code: 2, stdout: "", stderr });
  });
});

describe("run --baseline with --from-model-output", () => {
  it("keeps that the canvas stood in a model's answer, so that an update finds it there", async () => {
    const answer = `Here it is:\n\`\`\`json\n${clerkCanvas}\n\`\`\`\n`;
    directory.write("answer.md", answer);
    const words = ["run", "clerk.problem.json", "answer.md", "--from-model-output", "--seeds", "2"];
    expect((await run([...words, "--save-baseline", "answer.json"], {}, directory.path)).code).toBe(0);
    const file = join(directory.path, "answer.json");
    const bytes = readFileSync(file, "utf8");
    expect((JSON.parse(bytes) as Baseline).options).toMatchObject({ fromModelOutput: true });
    const update = await run(["baseline", "update", "answer.json", "--quiet"], {}, directory.path);
    expect(update.code).toBe(0);
    expect(update.stdout).toContain("no difference shown");
    expect(readFileSync(file, "utf8")).toBe(bytes);
  });
});

describe("run --baseline with --watch", () => {
  it("loads the baseline anew for each round", async () => {
    const child = start([...beside, "--watch", "--quiet"], {}, directory.path);
    children.push(child);
    let printed = "";
    const round = (canvas: string) =>
      new Promise<string>((resolve) => {
        const look = () => {
          if (!printed.includes("Waiting for a change.\n")) return;
          const text = printed;
          printed = "";
          resolve(text);
        };
        for (const stream of [child.stdout, child.stderr]) {
          stream.removeAllListeners("data").on("data", (chunk: Buffer) => {
            printed += chunk.toString();
            look();
          });
        }
        if (canvas !== "") writeFileSync(join(directory.path, "a.json"), canvas);
      });
    expect(await round("")).toContain("Beside base.json (3 common seeds): no difference shown");
    const { options, ...others } = readBase();
    writeFileSync(join(directory.path, "base.json"), JSON.stringify({ ...others, options: { ...options, seed: 41 } }));
    expect(await round(clerkCanvas.replace("One clerk", "Another clerk"))).toMatch(
      /Another clerk\na\.json · clerk · seeds 41 to 43\n/,
    );
  });
});
