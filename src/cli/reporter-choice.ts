import { InvalidArgumentError } from "commander";

/** `--reporter name[=file]`; to standard output without a file. */
export interface ReporterChoice {
  readonly name: string;
  readonly file: string | null;
}

/**
 * Reads a reporter's name with its file.
 * @throws InvalidArgumentError when = is there and no file behind it
 */
export function reporterChoice(value: string): ReporterChoice {
  const equals = value.indexOf("=");
  if (equals === -1) return { name: value, file: null };
  const file = value.slice(equals + 1);
  if (file === "") throw new InvalidArgumentError("The file's name is missing behind =.");
  return { name: value.slice(0, equals), file };
}
