import type { Operation } from "../core/operations/index.ts";
import { canonicalJson } from "../core/schema/canonical.ts";

/**
 * The fingerprint of what a migration does: SHA-256 (hex) over the canonical JSON of its operations, and of `transaction` where it
 * is not the default. Layout, comments, dependencies, line ends and what an operation says it touches do not count.
 */
export const checksumOf = (operations: readonly Operation[], transaction: boolean): string =>
  new Bun.CryptoHasher("sha256")
    .update(canonicalJson({ operations: operations.map(withoutTouches), ...(transaction ? {} : { transaction }) }))
    .digest("hex");

/** It says something of the operation, which does the same without it. */
function withoutTouches(operation: Operation): Operation {
  if (!("touches" in operation)) return operation;
  const { touches: _, ...rest } = operation;
  return rest;
}
