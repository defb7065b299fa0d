import { distance } from "fastest-levenshtein";

/** Edits that may separate a refused name from the suggested one, per character of the longer. */
const editShare = 0.4;

/** From these lengths two letters swapped, one edit, or two edits make a misspelling of an optional name. */
const transpositionLength = 4;
const oneEditLength = 5;
const twoEditLength = 8;

/** Longer names are not typed by hand, and comparing thousands of them with each other takes seconds. */
const longestName = 80;

/** `timeoutMS`, `timeout_ms` and `timeout-ms` are one spelling. */
function spelling(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, "");
}

function isTransposition(left: string, right: string): boolean {
  if (left.length !== right.length) return false;
  let first = 0;
  while (first < left.length && left[first] === right[first]) first += 1;
  return (
    left[first] === right[first + 1] &&
    left[first + 1] === right[first] &&
    left.slice(first + 2) === right.slice(first + 2)
  );
}

/** Edit distance in which two neighbours swapped (`retyr`) are one edit, as typists count. */
function edits(left: string, right: string): number {
  return isTransposition(left, right) ? 1 : distance(left, right);
}

/** The candidate with the fewest edits, the first of equals; null when all have more than the limit allows. */
function closest(name: string, candidates: Iterable<string>, limit: (candidate: string) => number): string | null {
  if (name.length > longestName) return null;
  let best: string | null = null;
  let bestEdits = Number.POSITIVE_INFINITY;
  const written = spelling(name);
  for (const candidate of candidates) {
    const wanted = spelling(candidate);
    // A far longer name cannot be near, and the distance of two long ones is dear.
    if (Math.abs(written.length - wanted.length) > limit(wanted)) continue;
    const count = written === wanted ? 0 : edits(written, wanted);
    if (count <= limit(wanted) && count < bestEdits) {
      best = candidate;
      bestEdits = count;
    }
  }
  return best;
}

/** The valid name that a refused one was most likely meant to be; null when nothing is near. */
export function nearestName(name: string, candidates: Iterable<string>): string | null {
  return closest(name, candidates, (candidate) =>
    Math.max(1, Math.floor(editShare * Math.max(name.length, candidate.length))),
  );
}

/**
 * The known optional field that an unknown one misspells; null when it is a field of its own.
 * Stricter than {@link nearestName}: other tools' fields (`host` beside `cost`) are no misspellings.
 */
export function misspeltName(name: string, candidates: Iterable<string>): string | null {
  const written = spelling(name);
  return closest(name, candidates, (candidate) => {
    // The first letter is rarely mistyped, and `height` is no `weight`.
    if (candidate[0] !== written[0]) return 0;
    const shorter = Math.min(candidate.length, written.length);
    if (shorter >= transpositionLength && isTransposition(written, candidate)) return 1;
    if (shorter >= twoEditLength) return 2;
    return shorter >= oneEditLength ? 1 : 0;
  });
}
