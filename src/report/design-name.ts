import type { Result } from "../scoring/result.js";
import { settingsText } from "../scoring/settings-text.js";

/** What a design is called in a list: its file, and what was set in it, such as `shop.json with worker.concurrency = 80`. */
export function designName({ canvas }: Result): string {
  return withSettings(canvas.file, canvas);
}

/** A name of a canvas with what was set in it, so that its variants are told apart. */
export function withSettings(name: string, { set }: Pick<Result["canvas"], "set">): string {
  return set === undefined || set.length === 0 ? name : `${name} with ${settingsText(set)}`;
}
