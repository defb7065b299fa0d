import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packInto } from "./pack.js";
import { tutorialDocument, tutorialText } from "./tutorial.js";

const folder = mkdtempSync(join(tmpdir(), "chini-bench-tutorial-"));
try {
  writeFileSync(tutorialDocument, await tutorialText(await packInto(folder)));
  process.stdout.write(`${tutorialDocument}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
