import type { Result } from "../scoring/result.js";
import { settingsText } from "../scoring/settings-text.js";

/**
 * What each design is called in a list: its file, its problem where the list has several, and what was set in it, such as
 * `shop.json (checkout) with worker.concurrency = 80`. Designs that even so are called the same are numbered: `a.json [2]`.
 */
export function designNames(results: readonly Result[]): readonly string[] {
  const several = new Set(results.map(({ problem }) => problem)).size > 1;
  const times = new Map<string, number>();
  return results.map(({ canvas, problem }) => {
    const name = withSettings(several ? `${canvas.file} (${problem})` : canvas.file, canvas);
    const count = (times.get(name) ?? 0) + 1;
    times.set(name, count);
    return count === 1 ? name : `${name} [${count}]`;
  });
}

/** A name of a canvas with what was set in it, so that its variants are told apart. */
export function withSettings(name: string, { set }: Pick<Result["canvas"], "set">): string {
  return set === undefined || set.length === 0 ? name : `${name} with ${settingsText(set)}`;
}
