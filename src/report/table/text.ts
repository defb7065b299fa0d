/** Characters that take two columns of a terminal: East Asian wide forms and emoji. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
/** Characters that take none: they are drawn onto the one before. */
const combining = /\p{M}|\u200d/u;

/** Columns that a text without control characters takes in a terminal. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += combining.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return columns;
}

/** The text, filled with spaces to a number of columns. */
export function padTo(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - columnsOf(text)));
}

/** Breaks a word that is longer than a line; a break after `/`, `:` or `-` in the last third of a line is preferred. */
function breakWord(word: string, width: number): readonly string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const character of word) {
    if (piece !== "" && columnsOf(piece) + columnsOf(character) > width) {
      const seam = Math.max(piece.lastIndexOf("/"), piece.lastIndexOf(":"), piece.lastIndexOf("-")) + 1;
      const cut = seam > (piece.length * 2) / 3 ? seam : piece.length;
      pieces.push(piece.slice(0, cut));
      piece = piece.slice(cut);
    }
    piece += character;
  }
  return [...pieces, piece];
}

/** The spaces between a number and its unit, and around a sign of equality or inequality. */
const inseparable = /(?<=\d) (?=(?:ms|s|%)(?!\w))| (?=[=≤≥] )|(?<= [=≤≥]) /g;
/** A space at which {@link wrap} does not break; it comes out as a plain one. */
export const hardSpace = "\u00a0";

/** Lines of at most `width` columns, broken at spaces, and within a word only where it is longer than a line. */
export function wrap(text: string, width: number): readonly string[] {
  const room = Math.max(1, width);
  const lines: string[] = [];
  let line = "";
  const words = text.replace(inseparable, hardSpace).split(" ");
  for (const word of words.flatMap((whole) => breakWord(whole, room))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (columnsOf(longer) <= room) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].map((whole) => whole.replaceAll(hardSpace, " "));
}

/**
 * A paragraph: its first line begins with `lead`, the others with as many spaces.
 * @param width most columns of a line, the lead included
 */
export function paragraph(lead: string, text: string, width: number): readonly string[] {
  const margin = columnsOf(lead);
  return wrap(text, width - margin).map((line, index) => (index === 0 ? lead : " ".repeat(margin)) + line);
}

/**
 * A paragraph behind a label of a column of its own; a label wider than the column stands on lines above instead.
 * @param lead what stands before the label, such as spaces
 */
export function labelled(
  lead: string,
  label: string,
  labelColumns: number,
  text: string,
  width: number,
): readonly string[] {
  if (columnsOf(label) <= labelColumns) return paragraph(`${lead}${padTo(label, labelColumns)}  `, text, width);
  const margin = " ".repeat(columnsOf(lead) + labelColumns + 2);
  return [...paragraph(lead, label, width), ...paragraph(margin, text, width)];
}
