import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Majors of Node that a result must be the same under; this process's own is one of the versions compared. */
const majors = ["20", "22", "24"];
const canvases = ["reference", "plain", "wrong/no-queue", "wrong/timeout-too-short", "wrong/new-key-per-attempt"];
const seeds = ["42"];

/** The npm packages that hold the binaries are named after platform and processor; they have no install script. */
const binaryPackage = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;

/** SHA-256 over the JSON of every canvas and seed. */
function hashUnder(node: string): string {
  const hash = createHash("sha256");
  for (const canvas of canvases) {
    for (const seed of seeds) {
      const file = `canvases/chini-002-checkout/${canvas}.json`;
      const args = ["dist/bin/chini-bench.js", "run", "chini-002-checkout", file, "--json", "--seed", seed];
      const run = spawnSync(node, args, { maxBuffer: 1 << 28 });
      if (run.status !== 0 && run.status !== 1) throw new Error(`${node} ${args.join(" ")} exited ${run.status}`);
      hash.update(run.stdout);
    }
  }
  return hash.digest("hex");
}

const directory = mkdtempSync(join(tmpdir(), "chini-bench-nodes-"));
try {
  const hashes = majors.map((major) => {
    const prefix = join(directory, major);
    execFileSync("npm", ["install", "--no-save", "--silent", "--prefix", prefix, `${binaryPackage}@${major}`]);
    const node = join(prefix, "node_modules", binaryPackage, "bin", "node");
    const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
    const hash = hashUnder(node);
    console.log(`${version.padEnd(10)} ${hash}`);
    return hash;
  });
  const same = hashes.every((hash) => hash === hashes[0]);
  console.log(same ? `the same bytes under all ${majors.length}` : "DIFFERENT bytes");
  if (!same) process.exitCode = 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
