import { printable } from "../../document/printable.js";
import type { Style } from "./style.js";
import { columnsOf } from "./text.js";

const lead = "Repeat  ";
/** The backslash at the end of a line, and the space before it. */
const continuationColumns = 2;

/**
 * The command that makes the result again. Too long for a line, it goes on behind backslashes, so that it can be
 * copied as it stands; a single word that is longer than a line stays whole.
 */
export function repeatLines(result: { readonly repeat: string }, style: Style): readonly string[] {
  const room = style.width - lead.length - continuationColumns;
  const lines: string[] = [];
  let line = "";
  for (const word of wordsOf(printable(result.repeat))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && columnsOf(longer) > room) {
      lines.push(`${line} \\`);
      line = word;
    } else line = longer;
  }
  lines.push(line);
  return ["", ...lines.map((text, index) => (index === 0 ? lead : " ".repeat(lead.length)) + style.chalk.cyan(text))];
}

/** The words of a command, an option together with its value. */
function wordsOf(command: string): readonly string[] {
  const words: string[] = [];
  for (const word of command.split(" ")) {
    const option = words.at(-1);
    if (option?.startsWith("--") === true && !option.includes(" ") && !word.startsWith("--")) {
      words[words.length - 1] = `${option} ${word}`;
    } else words.push(word);
  }
  return words;
}
