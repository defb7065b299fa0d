import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

// A checker that reads no TypeScript reports "no violations" as well: only a planted violation shows that it looks.
const planted: readonly (readonly [rule: string, file: string, source: string])[] = [
  ["layer-sim", "src/sim/planted.ts", 'import { roles } from "../roles/index.js";\nexport const planted = roles;\n'],
  ["layer-sim", "src/sim/planted.ts", 'import type { Role } from "../roles/role.js";\nexport type Planted = Role;\n'],
  ["layer-report", "src/report/planted.ts", 'import "../cli/main.js";\nexport const planted = 1;\n'],
  [
    "no-clock-in-simulation",
    "src/scenarios/planted.ts",
    'import { hrtime } from "node:process";\nexport const planted = hrtime;\n',
  ],
  ["index-is-the-top", "src/report/planted.ts", 'import "../index.js";\nexport const planted = 1;\n'],
  [
    "no-schema-at-run-time",
    "src/report/planted.ts",
    'import { resultSchema } from "../scoring/result.schema.js";\nexport const planted = resultSchema;\n',
  ],
  ["no-zod-at-run-time", "src/roles/planted.ts", 'import { z } from "zod";\nexport const planted = z;\n'],
  [
    "no-cycles",
    "src/sim/planted.ts",
    'import { other } from "./planted-other.js";\nexport const planted = (): number => other();\n',
  ],
];

describe("layer check", () => {
  const project = mkdtempSync(join(tmpdir(), "layers-"));
  const check = (): { status: number | null; output: string } => {
    const command = resolve("node_modules/.bin/depcruise");
    const run = spawnSync(command, ["--config", ".dependency-cruiser.mjs", "bin", "src"], {
      cwd: project,
      encoding: "utf8",
    });
    return { status: run.status, output: run.stdout + run.stderr };
  };

  beforeAll(() => {
    for (const entry of ["src", "bin", ".dependency-cruiser.mjs", "tsconfig.json", "package.json"]) {
      cpSync(entry, join(project, entry), { recursive: true });
    }
    symlinkSync(resolve("node_modules"), join(project, "node_modules"), "dir");
    mkdirSync(join(project, "src/sim"), { recursive: true });
  });
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  it("finds no violation in the project, and reads all of its modules", () => {
    const { status, output } = check();
    expect(output).toMatch(/no dependency violations found \(\d{3} modules/);
    expect(status).toBe(0);
  });

  it.each(planted)("catches a planted violation of %s in %s", (rule, file, source) => {
    writeFileSync(join(project, file), source);
    const other = join(project, "src/sim/planted-other.ts");
    writeFileSync(other, 'import { planted } from "./planted.js";\nexport const other = (): number => planted();\n');
    if (rule !== "no-cycles") rmSync(other);
    const { status, output } = check();
    rmSync(join(project, file));
    rmSync(other, { force: true });
    expect(output).toContain(`error ${rule}`);
    expect(status).toBeGreaterThan(0);
  });
});
