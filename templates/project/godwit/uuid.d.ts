// Types of the module "godwit/uuid" that migrations import. Written by godwit; a newer godwit may write it again.

/** The namespaces of RFC 9562 for `v5`. */
export const namespaces: {
  readonly dns: string;
  readonly url: string;
  readonly oid: string;
  readonly x500: string;
};

/** What a UUID of version 7 is made of: a migration has neither a clock nor randomness. Either `seed` or `random` is needed. */
export interface V7Options {
  /** Milliseconds since 1970, or a text such as "2026-03-01T12:00:00Z". */
  readonly time: number | string;
  /** The same seed gives the same UUID at the same time; give each row its own. */
  readonly seed?: string;
  /** 16 bytes in place of a seed. */
  readonly random?: Uint8Array;
}

/** The UUID (version 5) of a name in a namespace, which is a UUID: always the same. */
export function v5(name: string, namespace: string): string;

/** A UUID (version 7) of a given time, which sorts by it. */
export function v7(options: V7Options): string;

/** Whether a text is a UUID, of any version. */
export function isUuid(text: string): boolean;
