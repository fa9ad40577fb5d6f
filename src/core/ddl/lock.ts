import type { LeaseSql } from "./lease.ts";

/** A lock that belongs to a session: the database frees it when the connection ends. */
export interface SessionLockSql {
  readonly kind: "session";
  /** Returns one row with a truthy `locked` when this session got it. Parameter: a 64-bit key as text. */
  readonly tryAcquire: string;
  readonly release: string;
  /** Returns who holds it: `pid`, `user`, `host`, `since`, as far as known. Parameter: the key. */
  readonly holder: string;
  /** Absent where other tools take no such lock. */
  readonly others?: OthersLockSql;
  /** Ends the session that holds it. Parameters: the key, its `pid`. Ends nobody, and may fail, when it does not hold it. */
  readonly terminate: string;
}

/** The locks of other tools, which are of the same kind, by the keys that these have chosen. */
export interface OthersLockSql extends Pick<SessionLockSql, "tryAcquire" | "release" | "holder"> {
  /** Returns one row with `database` and `schema`: where the connection is. */
  readonly place: string;
  /** What such a lock is known by. */
  readonly keys: "number" | "name";
}

/** A row with an end by the clock of the server. */
export interface LeaseLockSql {
  readonly kind: "lease";
  readonly lease: LeaseSql;
}

/** A lock that is one text, changed only by whoever knows what it is: for databases without row locks and transactions. */
export interface SwapLockSql {
  readonly kind: "swap";
  /** Makes it, free, where there is none. */
  create(table: string): readonly string[];
  /** The text that means that nobody has it. */
  readonly free: string;
  /** Returns one row with the text in `state`. */
  state(table: string): string;
  /** Puts `to` in the place of `from`; fails as `not-found` or `busy`, without effect, where the text is another one by now. */
  swap(table: string, from: string, to: string): string;
}

/** A lock of a session, a row with an owner whose process can be asked after, a lease, or a text. */
export type LockSql =
  | SessionLockSql
  | LeaseLockSql
  | SwapLockSql
  | {
      readonly kind: "row";
      create(table: string): readonly string[];
      /** Parameters: owner, host, pid, user, since (ISO), which is `seen` too. Inserts if there is no row; affects one row on success. */
      tryAcquire(table: string): string;
      /** Parameters: owner. */
      release(table: string): string;
      /** A sign of life. Parameters: owner, seen (ISO). Affects no row when the lock is somebody else's by now. */
      beat(table: string): string;
      /** `owner`, `host`, `pid`, `user`, `since`, `seen` of the present holder. */
      holder(table: string): string;
      /** Parameters: owner that is to be evicted, and when it was last `seen`: a sign of life since then saves it. */
      evict(table: string): string;
    };
