/** Columns of a text that goes to a file, or to a pipe where COLUMNS says nothing; and the least and the most. */
export const defaultWidth = 100;
const leastWidth = 60;
const mostWidth = 140;

/** Columns of what is written to standard output: the terminal's; in a pipe what COLUMNS says. */
export function terminalWidth(): number {
  const columns = process.stdout.isTTY ? process.stdout.columns : Number(process.env.COLUMNS) || defaultWidth;
  return Math.min(mostWidth, Math.max(leastWidth, columns));
}
