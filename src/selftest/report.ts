import type { OracleResult } from "./selftest.js";

const header: readonly string[] = ["", "theory", "observed", "99.9 %", "error", "bound", ""];

/** Theory against observation: the systems as headings, a line for each of their figures; fits 80 columns. */
export function oracleLines(results: readonly OracleResult[]): readonly string[] {
  const [head = "", ...lines] = alignedRows([header, ...results.map(figureRow)]);
  return results.flatMap(({ system }, index) => {
    const first = system !== results[index - 1]?.system;
    return [...(index === 0 ? [head] : []), ...(first ? [system] : []), lines[index] ?? ""];
  });
}

function figureRow(result: OracleResult): readonly string[] {
  const { measure, theory, observed, half, relativeError, tolerance, pass } = result;
  const interval = half === null ? "exact" : `± ${half.toPrecision(3)}`;
  const verdict = pass ? "ok" : "MISS";
  return [
    `  ${measure}`,
    digits(theory),
    digits(observed),
    interval,
    percent(relativeError),
    percent(tolerance),
    verdict,
  ];
}

/** Six significant digits, or as many as a whole number has. */
function digits(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(6);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/** Each column as wide as its widest cell; the numbers between the first and the last stand to the right. */
function alignedRows(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 || column === row.length - 1 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  ")
      .trimEnd(),
  );
}
