/** `--reporter name[=file]`; to standard output without a file. */
export interface ReporterChoice {
  readonly name: string;
  readonly file: string | null;
}

/** The environment's reporters, with commas between them. */
export const reporterVariable = "CHINI_BENCH_REPORTER";

/** Reads a reporter's name with its file, which is empty when nothing stands behind =. */
export function reporterChoice(text: string): ReporterChoice {
  const equals = text.indexOf("=");
  return equals === -1 ? { name: text, file: null } : { name: text.slice(0, equals), file: text.slice(equals + 1) };
}
