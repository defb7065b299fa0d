/** Deepest nesting of arrays and objects; a canvas needs six. The parser recurses, so this is checked before it. */
export const maxDepth = 100;

const quote = 0x22;
const backslash = 0x5c;
const space = 0x20;

/** What stops a text before it is parsed; `offset` counts UTF-16 code units. */
export interface ScanFault {
  readonly kind: "too-deep" | "control-character";
  readonly offset: number;
}

/** The offset just after a string that starts at `start`, or the fault in it. An open string ends with the text. */
function skipString(text: string, start: number): number | ScanFault {
  for (let offset = start + 1; offset < text.length; offset += 1) {
    const code = text.charCodeAt(offset);
    if (code === quote) return offset + 1;
    if (code === backslash) offset += 1;
    else if (code < space) return { kind: "control-character", offset };
  }
  return text.length;
}

/**
 * Looks once over a JSON text, without recursion, for what the parser must not meet (deep nesting overflows its
 * stack) or does not see (it lets raw control characters pass in strings). Says nothing about other errors.
 */
export function scan(text: string): ScanFault | null {
  let depth = 0;
  let offset = 0;
  while (offset < text.length) {
    const character = text[offset];
    if (character === '"') {
      const end = skipString(text, offset);
      if (typeof end !== "number") return end;
      offset = end;
      continue;
    }
    if (character === "[" || character === "{") {
      depth += 1;
      if (depth > maxDepth) return { kind: "too-deep", offset };
    } else if (character === "]" || character === "}") {
      depth -= 1;
    }
    offset += 1;
  }
  return null;
}
