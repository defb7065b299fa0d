import { readFileSync, writeFileSync } from "node:fs";
import { diagramsDocument, withDiagrams } from "./diagram-blocks.js";

try {
  writeFileSync(diagramsDocument, await withDiagrams(readFileSync(diagramsDocument, "utf8")));
  process.stdout.write(`${diagramsDocument}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
