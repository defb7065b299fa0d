/** Who meets a conflict, a retry or the client, asks again after this time, milliseconds. */
export const conflictWaitMs = 1000;

/** After so many conflicts it does not ask again. */
export const maxConflicts = 60;
