/**
 * Statements around one operation that may fail without the transaction failing, or that has to leave it open: a transaction that was ended
 * has no savepoint. This spelling is that of the SQL standard and of every dialect with transactions so far.
 */
export const savepoint = {
  set: "SAVEPOINT godwit_operation",
  undo: "ROLLBACK TO SAVEPOINT godwit_operation",
  release: "RELEASE SAVEPOINT godwit_operation",
} as const;
