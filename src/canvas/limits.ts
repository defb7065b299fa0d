/** Largest canvas file, in bytes. */
export const maxCanvasBytes = 1_000_000;

/** Most components the engine takes; a problem sets its own, smaller limit. */
export const maxComponents = 200;

export const maxConnections = 2_000;

/** Longest identifier, in characters. */
export const maxIdentifierLength = 200;
