/**
 * Statements around one operation that may fail without the transaction failing, or that has to leave it open: a transaction that was ended
 * has no savepoint.
 */
export interface Savepoint {
  readonly set: string;
  readonly undo: string;
  /** After `undo` too. Fails where the transaction is not the one any more in which it was set. */
  readonly release: string;
}

/** That of the dialect, or as the SQL standard spells it. */
export const savepointOf = ({ bookkeeping }: { readonly bookkeeping: { readonly savepoint?: Savepoint } }): Savepoint =>
  bookkeeping.savepoint ?? standard;

const standard: Savepoint = {
  set: "SAVEPOINT godwit_operation",
  undo: "ROLLBACK TO SAVEPOINT godwit_operation",
  release: "RELEASE SAVEPOINT godwit_operation",
};
