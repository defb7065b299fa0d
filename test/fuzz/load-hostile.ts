import { writeFileSync } from "node:fs";
import { loadCanvas } from "../../src/canvas/load.js";
import { compile } from "../../src/compile/compile.js";
import { formatFault } from "../../src/document/fault.js";
import { InputError } from "../../src/document/input-error.js";
import type { Problem } from "../../src/problem/problem.js";

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/**
 * Gives a hostile text to the loader as a file, and what it loads to the compiler.
 * @returns whether it was loaded; a refusal is an answer, too
 * @throws Error on any other exception, and on a control character in a message
 */
export async function loadHostile(text: string | Uint8Array, file: string, problem: Problem): Promise<boolean> {
  writeFileSync(file, text);
  try {
    const { canvas, warnings, notes } = await loadCanvas(file);
    compile(canvas, problem);
    refuseUnprintable([...warnings.map(formatFault), ...notes].join(""));
    return true;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    refuseUnprintable(error.message);
    return false;
  }
}

function refuseUnprintable(said: string): void {
  if (unprintable.test(said)) throw new Error(`a control character got through: ${JSON.stringify(said)}`);
}
