import type { Operation } from "../core/operations/index.ts";
import { canonicalJson } from "../core/schema/canonical.ts";

/**
 * The fingerprint of what a migration does: SHA-256 (hex) over the canonical JSON of its operations, and of `transaction` where it
 * is not the default. Layout, comments, dependencies, line ends and what an operation only says of itself
 * (`touches`, `elidable`) do not count.
 */
export const checksumOf = (operations: readonly Operation[], transaction: boolean): string =>
  new Bun.CryptoHasher("sha256")
    .update(canonicalJson({ operations: operations.map(withoutRemarks), ...(transaction ? {} : { transaction }) }))
    .digest("hex");

/** They say something of the operation, which does the same without them. What is compiled is held against its checksum before it is known to be operations. */
function withoutRemarks(operation: Operation): Operation {
  if (typeof operation !== "object" || operation === null) return operation;
  if (!("touches" in operation || "elidable" in operation)) return operation;
  const {
    touches: _t,
    elidable: _e,
    ...rest
  } = operation as Operation & {
    readonly touches?: unknown;
    readonly elidable?: unknown;
  };
  return rest as Operation;
}
