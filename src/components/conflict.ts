/** Who meets a conflict, a retry or the client, asks again after this time, milliseconds. */
export const conflictWaitMs = 1000;

/** After so many conflicts it does not ask again. */
export const maxConflicts = 60;

/** Share by which that wait of a frame within the system varies, so that askers do not march in step. */
export const conflictSpread = 0.2;
