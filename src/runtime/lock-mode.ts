/**
 * What a lock is: `session` belongs to a session of the server, which frees it when the session ends; `table` is a row, and needs
 * no session.
 */
export const lockModes = ["session", "table"] as const;
export type LockMode = (typeof lockModes)[number];
