import type { Operation } from "../core/operations/index.ts";
import { canonicalJson } from "../core/schema/canonical.ts";

/**
 * The fingerprint of what a migration does: SHA-256 (hex) over the canonical JSON of its operations, and of `transaction` where it
 * is not the default. Layout, comments, dependencies and line ends do not count.
 */
export const checksumOf = (operations: readonly Operation[], transaction: boolean): string =>
  new Bun.CryptoHasher("sha256")
    .update(canonicalJson({ operations, ...(transaction ? {} : { transaction }) }))
    .digest("hex");
