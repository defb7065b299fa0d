/** Longest piece of a file that a message repeats, in characters. */
const excerptLength = 80;

/**
 * Characters that steer a terminal or hide text: C0 and C1 controls, line separators, the byte-order mark,
 * bidirectional controls (a name could read backwards), and halves of surrogate pairs (no terminal can show them).
 */
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what this is for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * The text with every character that a terminal could obey made visible, as `\u001b`.
 * All text that comes from a file or the command line passes through here before it is printed.
 */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** {@link printable}, and cut to `length` characters with an ellipsis. */
export function excerpt(text: string, length = excerptLength): string {
  // The cut comes first: escaping a megabyte to keep eighty characters would be waste.
  const cut = text.length > length ? `${text.slice(0, length)}…` : text;
  return printable(cut);
}
