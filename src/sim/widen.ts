type Column = Uint8Array | Uint16Array | Uint32Array | Int16Array | Int32Array | Float64Array;

/** A copy of a column with room for `capacity` values, keeping what is there. */
export function widen<A extends Column>(column: A, capacity: number): A {
  const wider = new (column.constructor as new (length: number) => A)(capacity);
  wider.set(column);
  return wider;
}
