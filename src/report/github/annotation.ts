import type { Position } from "../../document/fault.js";

/** A remark at a place of a file. */
export interface Annotation {
  readonly level: "error" | "warning";
  readonly file: string;
  /** Undefined for a remark on the file as a whole. */
  readonly position: Position | undefined;
  readonly title: string;
  readonly lines: readonly string[];
}

/** GitHub shows so many of each level for a step, and drops the others without a word. */
const mostShown = 10;

/** The annotations of a level, the first nine and, where there are more than ten, one that holds the rest. */
export function atMostShown(annotations: readonly Annotation[]): readonly Annotation[] {
  if (annotations.length <= mostShown) return annotations;
  const rest = annotations.slice(mostShown - 1);
  const first = rest[0]!;
  const lines = rest.map(({ file, position, title, lines: [line = ""] }) => {
    const place = position === undefined ? file : `${file}:${position.line}`;
    return `${place} ${title}: ${line}`;
  });
  return [...annotations.slice(0, mostShown - 1), { ...first, title: `${rest.length} more`, lines }];
}
