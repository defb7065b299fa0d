import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { clerkCanvas, clerkProblem } from "../config/clerk.js";
import { run, start } from "../fixtures/binary.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();
const waiting = "Waiting for a change.\n";
const children: ReturnType<typeof start>[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** The command running on and on, and what it has printed since it was last asked. */
function watching(argv: readonly string[], folder: string) {
  const child = start(["run", ...argv, "--watch", "--quiet"], {}, folder);
  children.push(child);
  let text = "";
  let look = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      look();
    });
  }
  const ended = new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal })));
  return {
    /** What is printed up to the next wait for a change. */
    next: () =>
      new Promise<string>((resolve) => {
        look = () => {
          if (!text.includes(waiting)) return;
          const at = text.indexOf(waiting);
          const before = text.slice(0, at);
          text = text.slice(at + waiting.length);
          look = () => {};
          resolve(before);
        };
        look();
      }),
    end: (signal: NodeJS.Signals) => {
      child.kill(signal);
      return ended;
    },
  };
}

function project(name: string): string {
  directory.write(`${name}/clerk.problem.json`, clerkProblem);
  directory.write(`${name}/design/a.json`, clerkCanvas);
  return join(directory.path, name);
}

describe("run --watch", () => {
  it("runs, and again at each save; a broken file is told of, and the watch goes on", async () => {
    const folder = project("saves");
    const canvas = join(folder, "design/a.json");
    const watch = watching(["clerk.problem.json", "design/a.json"], folder);
    const first = await watch.next();
    expect(first).toMatch(/^Watching clerk\.problem\.json, design\/a\.json; Ctrl-C ends it\.\nPASS .*One clerk\n/);
    writeFileSync(canvas, clerkCanvas.replace("One clerk", "Two clerks"));
    expect(await watch.next()).toMatch(/^Changed: design\/a\.json\nPASS .*Two clerks\n/);
    writeFileSync(canvas, "{");
    expect(await watch.next()).toBe(
      "Changed: design/a.json\ndesign/a.json:1:2: not valid JSON: the file ends too early\n",
    );
    writeFileSync(canvas, clerkCanvas);
    expect(await watch.next()).toMatch(/^Changed: design\/a\.json\nPASS .*One clerk\n/);
    expect(await watch.end("SIGINT")).toEqual({ code: null, signal: "SIGINT" });
  });

  it("sees what an editor renames into place, and a file that goes and comes back", async () => {
    const folder = project("renames");
    const canvas = join(folder, "design/a.json");
    const watch = watching(["clerk.problem.json", "design/a.json"], folder);
    await watch.next();
    for (const name of ["Once", "Twice"]) {
      writeFileSync(join(folder, "design/.a.json.swp"), clerkCanvas.replace("One clerk", name));
      renameSync(join(folder, "design/.a.json.swp"), canvas);
      expect(await watch.next()).toMatch(new RegExp(`^Changed: design/a\\.json\nPASS .*${name}\n`));
    }
    rmSync(canvas);
    expect(await watch.next()).toContain("design/a.json: no such file");
    writeFileSync(canvas, clerkCanvas);
    expect(await watch.next()).toMatch(/^Changed: design\/a\.json\nPASS .*One clerk\n/);
    expect(await watch.end("SIGTERM")).toEqual({ code: null, signal: "SIGTERM" });
  });

  it("follows the problem, the configuration, and canvases that join by a pattern", async () => {
    const folder = project("config");
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
    const gates = [{ problem: "clerk.problem.json", canvases: ["design/*.json"] }];
    write("chini-bench.config.json", JSON.stringify({ gates }));
    const watch = watching([], folder);
    expect(await watch.next()).toContain("Watching chini-bench.config.json, clerk.problem.json, design/a.json;");
    write("clerk.problem.json", clerkProblem.replace("dropRate <= 1%", "confirmMs.p95 <= 1ms"));
    expect(await watch.next()).toMatch(/^Changed: clerk\.problem\.json\nFAIL /);
    write("chini-bench.config.json", '{ "gatess": [] }');
    expect(await watch.next()).toMatch(
      /^Changed: .*\nchini-bench\.config\.json:1:3 \/gatess: unknown property "gatess"/,
    );
    write("chini-bench.config.json", JSON.stringify({ gates, seed: 7 }));
    expect(await watch.next()).toContain("seed 7");
    write("notes.json", "{}");
    write("design/b.json", clerkCanvas);
    expect(await watch.next()).toMatch(/^Changed: design\/b\.json\n[\s\S]*2 canvases: 2 fail/);
  });

  it("ends at once, exit 2, when what it is to watch cannot be had", async () => {
    const folder = join(directory.path, "nothing");
    mkdirSync(folder);
    const { code, stderr } = await run(["run", "--watch"], {}, folder);
    expect(code).toBe(2);
    expect(stderr).toContain("nothing to run");
  });
});
