import { type Command, execute } from "../../core/ddl/dialect.ts";
import { type Quote, words } from "../../core/ddl/sql.ts";
import type { StatementOf, TableImage } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { canonicalReplicaIdentity, replicaIdentity } from "./replica-identity.ts";

/**
 * How a table is kept: `unlogged: true`, `with: fillfactor=70, toast.autovacuum_enabled=false`, `tablespace: fast`, `cluster_on: idx_posts_at`,
 * `replica_identity: full`.
 */
export const tableOptions = ["unlogged", "with", "tablespace", "cluster_on", "replica_identity"] as const;

/** CREATE TABLE with the options of its table. Throws ToolError `schema` for an option that says nothing. */
export function withOptions(quote: Quote, sql: string, { name, options = {} }: TableImage): string {
  const parameters = storageParameters(name, options["with"]);
  return words(
    isUnlogged(name, options) ? sql.replace(/^CREATE TABLE/, "CREATE UNLOGGED TABLE") : sql,
    parameters.size > 0 && `WITH (${[...parameters].map(([key, value]) => `${key} = ${value}`).join(", ")})`,
    options["tablespace"] !== undefined && `TABLESPACE ${quote(options["tablespace"])}`,
  );
}

/** All of them change in place; a table that is logged or moved is written anew. */
export function alterOptions(quote: Quote, { before, after }: StatementOf<"alterOptions">): readonly Command[] {
  const [old, next] = [before.options ?? {}, after.options ?? {}];
  const [was, is] = [storageParameters(before.name, old["with"]), storageParameters(after.name, next["with"])];
  const set = [...is].filter(([key, value]) => was.get(key) !== value).map(([key, value]) => `${key} = ${value}`);
  const reset = [...was.keys()].filter((key) => !is.has(key));
  const unlogged = isUnlogged(after.name, next);
  const changes = [
    unlogged !== isUnlogged(before.name, old) && `SET ${unlogged ? "UNLOGGED" : "LOGGED"}`,
    set.length > 0 && `SET (${set.join(", ")})`,
    reset.length > 0 && `RESET (${reset.join(", ")})`,
    old["tablespace"] !== next["tablespace"] && `SET TABLESPACE ${quote(next["tablespace"] ?? "pg_default")}`,
    old["cluster_on"]?.trim() !== next["cluster_on"]?.trim() && clusterOn(quote, next["cluster_on"]),
    identity(old) !== identity(next) && replicaIdentity(quote, after.name, next["replica_identity"]),
  ];
  return changes.flatMap((change) => (change ? [execute(`ALTER TABLE ${quote(after.name)} ${change}`)] : []));
}

/** The options in one spelling, for comparing. */
export function canonicalTable(table: TableImage): TableImage {
  const { options } = table;
  if (!options) return table;
  const { unlogged: _, with: text, replica_identity: replicated, cluster_on: index, ...rest } = options;
  const parameters = [...storageParameters(table.name, text)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    ...table,
    options: {
      ...(isUnlogged(table.name, options) && { unlogged: "true" }),
      ...(parameters.length > 0 && { with: parameters.map((pair) => pair.join("=")).join(", ") }),
      ...rest,
      ...(index !== undefined && { cluster_on: index.trim() }),
      ...(replicated !== undefined && { replica_identity: canonicalReplicaIdentity(replicated) }),
    },
  };
}

const clusterOn = (quote: Quote, index: string | undefined): string =>
  index === undefined ? "SET WITHOUT CLUSTER" : `CLUSTER ON ${quote(index.trim())}`;

const identity = ({ replica_identity: option }: Readonly<Record<string, string>>): string | undefined =>
  option === undefined ? undefined : canonicalReplicaIdentity(option);

function isUnlogged(table: string, { unlogged = "false" }: Readonly<Record<string, string>>): boolean {
  if (/^(?:true|false)$/i.test(unlogged)) return unlogged.toLowerCase() === "true";
  throw wrong(table, "unlogged", unlogged, "true or false");
}

/** Only plain words and numbers, as all parameters of PostgreSQL are: https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-STORAGE-PARAMETERS */
function storageParameters(table: string, text = ""): ReadonlyMap<string, string> {
  const parts = text.split(",").map((part) => part.trim());
  return new Map(
    parts
      .filter((part) => part !== "")
      .map((part) => {
        const [, key, value] = /^([a-z_][\w.]*)\s*=\s*([-+\w.]+)$/i.exec(part) ?? [];
        if (key === undefined || value === undefined)
          throw wrong(table, "with", part, "parameters such as fillfactor=70");
        return [key.toLowerCase(), value.toLowerCase()] as const;
      }),
  );
}

const wrong = (table: string, option: string, found: string, expected: string): ToolError =>
  new ToolError("schema", `option "${option}" of table "${table}" is "${found}"; PostgreSQL takes ${expected}`, {
    table,
    option,
  });
