/** The ending that every canvas file has, and that tells nothing. */
const ending = /\.json$/i;

/**
 * A label for each file: the last parts of its path, as few as tell it from the others, without `.json`. Of
 * `a/b/x.json`, `a/c/x.json` and `a/y.json`: `b/x`, `c/x` and `y`.
 * @param paths absolute, none twice; their parts are separated by `/` or, where it is given, by `separator`
 */
export function labelsOf(paths: readonly string[], separator = "/"): readonly string[] {
  const bare = paths.map((path) => path.replace(ending, ""));
  // `x` and `x.json` side by side need their endings.
  const named = paths.map((path, index) => (timesIn(bare, bare[index]!) === 1 ? bare[index]! : path));
  const parts = named.map((path) => path.replaceAll(separator, "/").split("/"));
  const labels = parts.map((own) => own.join("/"));
  const deepest = Math.max(0, ...parts.map(({ length }) => length));
  let undecided = parts.map((_, index) => index);
  for (let count = 1; count < deepest && undecided.length > 0; count++) {
    const tails = parts.map((own) => own.slice(-count).join("/"));
    const times = timesOf(tails);
    for (const index of undecided) if (times.get(tails[index]!) === 1) labels[index] = tails[index]!;
    undecided = undecided.filter((index) => times.get(tails[index]!) !== 1);
  }
  return labels;
}

function timesIn(texts: readonly string[], wanted: string): number {
  return texts.filter((text) => text === wanted).length;
}

function timesOf(texts: readonly string[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const text of texts) times.set(text, (times.get(text) ?? 0) + 1);
  return times;
}
