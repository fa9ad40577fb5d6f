import type { Row } from "../../core/ddl/dialect.ts";
import type { Quote } from "../../core/ddl/sql.ts";
import { ToolError } from "../../core/errors.ts";
import { indexNamedBy } from "../../core/schema/index-options.ts";

/** What is replicated of a row that changes, as a table option: `full`, `nothing`, `index NAME`; absent: its primary key. */
export function replicaIdentityOf(row: Row): { readonly replica_identity?: string } {
  const { replicated, replicated_by: index } = row;
  if (typeof index === "string") return { replica_identity: `index ${index}` };
  // An index that is gone leaves nothing behind.
  const word = words[String(replicated)];
  return word === undefined ? {} : { replica_identity: word };
}

/** `relreplident` of pg_class. */
const words: Readonly<Record<string, string>> = { f: "full", n: "nothing", i: "nothing" };

/** What ALTER TABLE says for it. Throws ToolError `schema` for anything else. */
export function replicaIdentity(quote: Quote, table: string, option: string | undefined): string {
  if (option === undefined) return "REPLICA IDENTITY DEFAULT";
  const index = indexNamedBy("replica_identity", option);
  if (index !== undefined) return `REPLICA IDENTITY USING INDEX ${quote(index)}`;
  if (/^(?:full|nothing)$/i.test(option.trim())) return `REPLICA IDENTITY ${option.trim().toUpperCase()}`;
  const what = `option "replica_identity" of table "${table}" is "${option}"`;
  throw new ToolError("schema", `${what}; PostgreSQL takes full, nothing, or index and the name of one`, {
    table,
    option: "replica_identity",
  });
}

/** The option in one spelling. */
export function canonicalReplicaIdentity(option: string): string {
  const index = indexNamedBy("replica_identity", option);
  return index === undefined ? option.trim().toLowerCase() : `index ${index}`;
}
