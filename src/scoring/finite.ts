import { ProgramFault } from "../sim/program-fault.js";

/**
 * Requires every number inside a value to be finite, for JSON turns NaN and Infinity into null without a word.
 * @param value plain data: objects, arrays, strings, numbers, booleans, null
 * @param path where the value stands, such as `result`; it opens the message
 * @throws ProgramFault naming the path of the first number that is not finite, such as `result.scenarios[2].stability`
 */
export function assertFinite(value: unknown, path: string): void {
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new ProgramFault(`${path} is ${value}; every number of a result must be finite`);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) assertFinite(element, `${path}[${index}]`);
    return;
  }
  for (const [key, element] of Object.entries(value)) assertFinite(element, `${path}.${key}`);
}
