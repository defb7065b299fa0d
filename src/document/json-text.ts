/** As `JSON.stringify` with two spaces, but a list of numbers or words on one line: a timeline has hundreds of points. */
export function jsonText(value: unknown, indent = ""): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.every((element) => typeof element !== "object" || element === null)) return JSON.stringify(value);
    return enclose(
      "[",
      value.map((element) => jsonText(element, inner)),
      "]",
      indent,
    );
  }
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${JSON.stringify(key)}: ${jsonText(member, inner)}`);
  return enclose("{", members, "}", indent);
}

function enclose(open: string, members: readonly string[], close: string, indent: string): string {
  if (members.length === 0) return `${open}${close}`;
  const separator = `\n${indent}  `;
  return `${open}${separator}${members.join(`,${separator}`)}\n${indent}${close}`;
}
