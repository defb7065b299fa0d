import { loadCanvas } from "../src/canvas/load.js";
import { mermaid } from "../src/report/mermaid.js";

/** The document that shows the reference canvases. */
export const diagramsDocument = "docs/problems.md";

const begin = /^<!-- diagram: (\S+) -->$/;
const end = "<!-- /diagram -->";
/** What looks like a marker at all, so that a misspelt one is a fault and not a block that nobody writes. */
const almost = /^\s*<!--\s*\/?\s*diagram\b/i;

function refuse(line: number, found: string, mend: string): never {
  throw new Error(`${diagramsDocument}:${line + 1}: ${found}; ${mend}`);
}

async function drawing(file: string, line: number): Promise<readonly string[]> {
  try {
    const { canvas } = await loadCanvas(file);
    return ["", "```mermaid", ...mermaid(canvas).trimEnd().split("\n"), "```", ""];
  } catch (error) {
    return refuse(line, `cannot draw ${file}`, error instanceof Error ? error.message : String(error));
  }
}

/**
 * The document with everything between `<!-- diagram: canvases/x/reference.json -->` and `<!-- /diagram -->` replaced by
 * a Mermaid block drawn from that file; the path is relative to the working directory. A marker fills its line.
 *
 * @throws Error with the line, when a marker has no counterpart, is misspelt, or names a file that is no valid canvas
 */
export async function withDiagrams(markdown: string): Promise<string> {
  const written: string[] = [];
  let open: { readonly line: number; readonly file: string } | null = null;
  for (const [line, text] of markdown.split("\n").entries()) {
    const file = begin.exec(text)?.[1];
    if (file !== undefined) {
      if (open !== null) refuse(open.line, `the diagram of ${open.file} has no end`, `close it with ${end}`);
      open = { line, file };
      written.push(text, ...(await drawing(file, line)));
    } else if (text === end) {
      if (open === null)
        refuse(line, `${end} closes no diagram`, "write <!-- diagram: FILE --> above it, or remove it");
      open = null;
      written.push(text);
    } else if (almost.test(text)) {
      refuse(line, `"${text.trim()}" is no marker`, `write <!-- diagram: FILE --> or ${end}, alone on its line`);
    } else if (open === null) {
      written.push(text);
    }
  }
  if (open !== null) refuse(open.line, `the diagram of ${open.file} has no end`, `close it with ${end}`);
  return written.join("\n");
}
