import type { Operation, OperationKind } from "../operations/index.ts";
import { tableOf } from "../operations/index.ts";
import { plainObjectName } from "../schema/managed.ts";

/**
 * The name of the next migration: one more than the highest number so far (four digits, more where needed), and what it does in a few
 * words unless the author says so. It never is the name of an existing one.
 */
export function nextName(existing: readonly string[], operations: readonly Operation[], name?: string): string {
  const words = name === undefined ? describe(existing, operations) : slug(name);
  return `${nextNumber(existing)}_${words || "update_schema"}`;
}

/** The name of a migration that joins several heads; a long list of names is left out. */
export function mergeName(existing: readonly string[], heads: readonly string[], name?: string): string {
  const words = name === undefined ? slug(`merge_${heads.join("_and_")}`, Number.POSITIVE_INFINITY) : slug(name);
  const full = `${nextNumber(existing)}_${words || "merge"}`;
  return full.length > 80 ? `${nextNumber(existing)}_merge` : full;
}

/** The name of a migration that stands for those from one to another: it sorts where they began. */
export function squashName(first: string, last: string, name?: string): string {
  const number = /^\d+/.exec(first)?.[0] ?? "0001";
  const words = name === undefined ? `squashed_${last}` : slug(name);
  return `${number}_${words || "squashed"}`;
}

/** `0007` after `0006_x`, with as many digits as the names have. Names without a number do not count. */
export function nextNumber(existing: readonly string[]): string {
  const numbers = existing.map((name) => /^\d+/.exec(name)?.[0] ?? "0");
  const highest = numbers.reduce((max, text) => (BigInt(text) > max ? BigInt(text) : max), 0n);
  const digits = Math.max(4, ...numbers.map((text) => text.length));
  return String(highest + 1n).padStart(digits, "0");
}

/** Lower-case words of plain letters and digits, joined by underscores. */
function slug(text: string, limit = 60): string {
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_");
  return plain.slice(0, limit).replace(/^_+|_+$/g, "");
}

function describe(existing: readonly string[], operations: readonly Operation[]): string {
  if (existing.length === 0 && operations.some((operation) => operation.kind === "createTable")) return "initial";
  const counted = operations.filter(
    (operation) => operation.kind !== "setDefaults" && operation.kind !== "setTypeMappings",
  );
  const [only, ...more] = counted.length > 0 ? counted : operations;
  if (!only) return "empty";
  if (more.length === 0) return slug(describeOne(only));
  const all = [only, ...more];
  if (all.every(isAboutTable)) return "modify_tables";
  if (all.some(isAboutTable)) return "update_schema";
  const tables = new Set(all.map(tableOf));
  const [table] = tables;
  return tables.size === 1 && table !== undefined ? slug(`modify_${table}`) : "modify_fields";
}

const isAboutTable = ({ kind }: Operation): boolean =>
  kind === "createTable" || kind === "dropTable" || kind === "renameTable";

/** The predecessor's words where it had any. */
const descriptions: { readonly [K in OperationKind]: (operation: Extract<Operation, { kind: K }>) => string } = {
  createTable: (o) => `add_${o.name}_table`,
  dropTable: (o) => `remove_${o.name}_table`,
  renameTable: (o) => `rename_${o.from}_to_${o.to}`,
  addField: (o) => `add_${o.field.name}_to_${o.table}`,
  dropField: (o) => `remove_${o.name}_from_${o.table}`,
  alterField: (o) => `modify_${o.field.name}_in_${o.table}`,
  renameField: (o) => `rename_${o.from}_to_${o.to}_in_${o.table}`,
  addIndex: (o) => `add_${o.index.name}`,
  dropIndex: (o) => `remove_${o.name}`,
  dropConstraint: (o) => `remove_${o.name}`,
  addConstraint: (o) => `add_${o.constraint.name}`,
  validateConstraint: (o) => `validate_${o.name}`,
  renameIndex: (o) => `rename_${o.from}_to_${o.to}`,
  renameConstraint: (o) => `rename_${o.from}_to_${o.to}`,
  setComment: (o) => `modify_comment_of_${o.index ?? o.table}`,
  addForeignKey: (o) => `add_foreign_key_to_${o.table}`,
  dropForeignKey: (o) => `remove_foreign_key_from_${o.table}`,
  alterPrimaryKey: (o) => `modify_primary_key_of_${o.table}`,
  setRowSecurity: (o) => `${o.security === "disabled" ? "remove" : "add"}_row_security_of_${o.table}`,
  setDatabases: (o) => `modify_databases_of_${o.table}`,
  setTableOptions: (o) => `modify_options_of_${o.table}`,
  renameNamespace: (o) => `rename_${o.from}_to_${o.to}`,
  renameEnum: (o) => `rename_${o.from}_to_${o.to}`,
  renameDomain: (o) => `rename_${o.from}_to_${o.to}`,
  renameSequence: (o) => `rename_${o.from}_to_${o.to}`,
  createNamespace: (o) => `add_${o.name}_namespace`,
  alterNamespace: (o) => `modify_comment_of_${o.name}`,
  dropNamespace: (o) => `remove_${o.name}_namespace`,
  moveRows: (o) => `move_rows_of_${o.from}_to_${o.to}`,
  attachPartition: (o) => `attach_${o.table}_to_${o.to}`,
  detachPartition: (o) => `detach_${o.table}`,
  setInherits: (o) => `modify_inheritance_of_${o.table}`,
  createExtension: (o) => `add_${o.name}_extension`,
  alterExtension: (o) => `modify_${o.name}_extension`,
  dropExtension: (o) => `remove_${o.name}_extension`,
  createDomain: (o) => `add_${o.name}_domain`,
  alterDomain: (o) => `modify_${o.name}_domain`,
  dropDomain: (o) => `remove_${o.name}_domain`,
  createSequence: (o) => `add_${o.name}_sequence`,
  alterSequence: (o) => `modify_${o.name}_sequence`,
  detachSequence: (o) => `modify_${o.field}_in_${o.table}`,
  attachSequence: (o) => `modify_${o.field}_in_${o.table}`,
  dropSequence: (o) => `remove_${o.name}_sequence`,
  createEnum: (o) => `add_${o.name}_enum`,
  alterEnum: (o) => `modify_${o.name}_enum`,
  dropEnum: (o) => `remove_${o.name}_enum`,
  upsertData: (o) => `data_of_${o.table}`,
  deleteData: (o) => `remove_data_of_${o.table}`,
  createView: (o) => `add_${o.name}_view`,
  replaceView: (o) => `modify_${o.name}_view`,
  dropView: (o) => `remove_${o.name}_view`,
  createObject: ({ object }) => `add_${plainObjectName(object)}_${object.kind}`,
  replaceObject: ({ object }) => `modify_${plainObjectName(object)}_${object.kind}`,
  dropObject: ({ object }) => `remove_${plainObjectName(object)}_${object.kind}`,
  runCode: () => "run_code",
  runSQL: () => "run_sql",
  setDefaults: () => "modify_defaults",
  setTypeMappings: () => "modify_type_mappings",
};

const describeOne = (operation: Operation): string =>
  (descriptions[operation.kind] as (operation: Operation) => string)(operation);
