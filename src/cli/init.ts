import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import { configNames, packageKey } from "../config/find.js";
import { packagePath, packageVersion } from "../document/package-files.js";
import { printable } from "../document/printable.js";
import { UsageError } from "../evaluation/usage-error.js";

/** A file that `init` writes, and the template it is made from. */
interface Starter {
  readonly path: string;
  readonly template: string;
  /** A file that is the user's own when it is there, so that not even `--force` touches it. */
  readonly shared?: true;
}

const configName = "chini-bench.config.json";
const gitlabName = ".gitlab-ci.yml";

const starters: readonly Starter[] = [
  { path: configName, template: "chini-bench.config.json" },
  { path: "design/checkout.json", template: "checkout.json" },
  { path: ".github/workflows/chini-bench.yml", template: "github-workflow.yml" },
  { path: ".gitlab/chini-bench.yml", template: "gitlab-job.yml" },
  { path: gitlabName, template: "gitlab-ci.yml", shared: true },
];

interface Written {
  readonly path: string;
  readonly outcome: "wrote" | "kept";
}

/** `init [folder]`: a configuration, a canvas that passes, and CI jobs to start from. */
export function registerInit(program: Command): void {
  program
    .command("init")
    .description("write a configuration, a canvas that passes, and jobs for GitHub Actions and GitLab to start from")
    .argument("[folder]", "where to write them", ".")
    .option("--force", "overwrite what an earlier init wrote")
    .action((folder: string, { force }: { readonly force?: true }) => init(folder, force === true));
}

async function init(folder: string, force: boolean): Promise<void> {
  const written: Written[] = [];
  for (const starter of starters) written.push(await writeStarter(folder, starter, force));
  const lines = written.map(({ path, outcome }) => `${outcome}  ${printable(path)}`);
  process.stdout.write(`${[...lines, "", "Next:", ...nextSteps(folder, written)].join("\n")}\n`);
  if (!existsSync(join(folder, ".git"))) {
    process.stderr.write(
      "note  GitHub and GitLab look for their files at the root of the repository, and this folder is none\n",
    );
  }
}

async function writeStarter(folder: string, { path, template, shared }: Starter, force: boolean): Promise<Written> {
  const other = path === configName ? await otherConfig(folder) : null;
  if (other !== null) return { path: other, outcome: "kept" };
  const file = join(folder, path);
  const text = await readFile(packagePath("templates", template), "utf8");
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text.replaceAll("__VERSION__", packageVersion()), {
      flag: force && shared !== true ? "w" : "wx",
    });
    return { path, outcome: "wrote" };
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code === "EEXIST" && syscall === "open") return { path, outcome: "kept" };
    throw new UsageError([`cannot write ${printable(file)}: ${code}`]);
  }
}

/** A configuration of another name, which a second one must not take the place of. */
async function otherConfig(folder: string): Promise<string | null> {
  for (const name of configNames) {
    if (name === configName || !existsSync(join(folder, name))) continue;
    if (name !== "package.json") return name;
    const text = await readFile(join(folder, name), "utf8");
    try {
      if ((JSON.parse(text) as Readonly<Record<string, unknown>>)[packageKey] !== undefined) return name;
    } catch {
      // Whoever reads it for its configuration will say what is wrong with it.
    }
  }
  return null;
}

function nextSteps(folder: string, written: readonly Written[]): readonly string[] {
  const from = folder === "." ? "" : `cd ${printable(folder)} && `;
  const kept = written.some(({ path, outcome }) => path === gitlabName && outcome === "kept");
  return [
    `  1. ${from}npx chini-bench run`,
    "     design/checkout.json passes as it is.",
    "  2. npx chini-bench run --watch",
    '     At each save it judges again. Set the provider\'s "key" to "attempt":',
    "     buyers pay twice, and it fails.",
    "  3. Commit the files: CI judges every push.",
    ...(kept ? ["     .gitlab-ci.yml has to include .gitlab/chini-bench.yml; its first lines say how."] : []),
  ];
}
