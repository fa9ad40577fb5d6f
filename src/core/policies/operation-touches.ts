import type { Operation, OperationKind } from "../operations/index.ts";
import { type ObjectId, plainObjectName } from "../schema/managed.ts";
import type { ScriptSyntax } from "../sql-files/syntax.ts";
import { withArticle } from "./sql/object.ts";
import { plainName } from "./sql/token.ts";
import type { Touch } from "./touch.ts";

/** What an operation does to tables, whatever the state; the SQL of `runSQL` is read elsewhere. */
export const operationTouches = (operation: Operation, syntax: ScriptSyntax): readonly Touch[] =>
  (readers[operation.kind] as (operation: Operation, syntax: ScriptSyntax) => readonly Touch[])(operation, syntax);

type Readers = {
  readonly [K in OperationKind]: (operation: Extract<Operation, { kind: K }>, syntax: ScriptSyntax) => readonly Touch[];
};

const onTable = (verb: Touch["verb"], does: string) => (table: string, syntax: ScriptSyntax) =>
  [{ verb, object: "table", name: plainName(table, syntax), does }] as const;

const creates = onTable("create", "creates");
const alters = onTable("alter", "alters");
const refers = onTable("refer", "refers to");

const readers: Readers = {
  createTable: ({ name, fields, indexes, partitionOf, inherits = [] }, syntax) => [
    ...creates(name, syntax),
    ...[...inherits, ...(partitionOf ? [partitionOf.table] : [])].flatMap((parent) => refers(parent, syntax)),
    ...fields.flatMap(({ foreignKey }) => (foreignKey ? refers(foreignKey.table, syntax) : [])),
    ...(indexes ?? []).map((index) => indexTouch("create", name, index.name, syntax)),
  ],
  dropTable: ({ name }, syntax) => onTable("drop", "drops")(name, syntax),
  renameTable: ({ from, to }, syntax) => [
    ...onTable("alter", "renames")(from, syntax),
    ...onTable("create", "makes a new")(to, syntax),
  ],
  addField: ({ table, field }, syntax) => [
    ...onTable("alter", "adds a field to")(table, syntax),
    ...(field.foreignKey ? refers(field.foreignKey.table, syntax) : []),
  ],
  alterField: ({ table }, syntax) => alters(table, syntax),
  renameField: ({ table }, syntax) => onTable("alter", "renames a field of")(table, syntax),
  dropField: ({ table }, syntax) => onTable("alter", "drops a field of")(table, syntax),
  alterPrimaryKey: ({ table }, syntax) => alters(table, syntax),
  setDatabases: ({ table }, syntax) => alters(table, syntax),
  setRowSecurity: ({ table }, syntax) => alters(table, syntax),
  setTableOptions: ({ table }, syntax) => alters(table, syntax),
  addForeignKey: ({ table, references }, syntax) => [
    ...onTable("alter", "adds a foreign key to")(table, syntax),
    ...refers(references.table, syntax),
  ],
  dropForeignKey: ({ table }, syntax) => onTable("alter", "drops a foreign key of")(table, syntax),
  addIndex: ({ table, index }, syntax) => [indexTouch("create", table, index.name, syntax)],
  dropIndex: ({ table, name }, syntax) => [indexTouch("drop", table, name, syntax)],
  renameIndex: ({ table, from, to }, syntax) => [
    indexTouch("drop", table, from, syntax),
    indexTouch("create", table, to, syntax),
  ],
  addConstraint: ({ table }, syntax) => onTable("alter", "adds a constraint to")(table, syntax),
  dropConstraint: ({ table }, syntax) => onTable("alter", "drops a constraint of")(table, syntax),
  renameConstraint: ({ table }, syntax) => onTable("alter", "renames a constraint of")(table, syntax),
  validateConstraint: ({ table }, syntax) => onTable("alter", "validates a constraint of")(table, syntax),
  setComment: ({ table }, syntax) => onTable("alter", "describes")(table, syntax),
  renameNamespace: ({ from, to }, syntax) => [from, to].map((name) => namespaceTouch("alter", name, syntax)),
  renameEnum: ({ from, to }, syntax) => [from, to].map((name) => typeTouch("alter", name, syntax)),
  renameDomain: ({ from, to }, syntax) =>
    [from, to].map((name) => ({ ...typeTouch("alter", name, syntax), object: "domain" })),
  renameSequence: ({ from, to }, syntax) =>
    [from, to].map((name) => ({ ...typeTouch("alter", name, syntax), object: "sequence" })),
  createNamespace: ({ name }, syntax) => [namespaceTouch("create", name, syntax)],
  alterNamespace: ({ name }, syntax) => [namespaceTouch("alter", name, syntax)],
  dropNamespace: ({ name }, syntax) => [namespaceTouch("drop", name, syntax)],
  moveRows: ({ from, to }, syntax) => [
    ...onTable("write", "takes the rows of")(from, syntax),
    ...onTable("write", "writes rows of")(to, syntax),
  ],
  attachPartition: ({ table, to }, syntax) => [...alters(table, syntax), ...alters(to, syntax)],
  detachPartition: ({ table }, syntax) => alters(table, syntax),
  setInherits: ({ table, inherits }, syntax) => [
    ...alters(table, syntax),
    ...inherits.flatMap((parent) => refers(parent, syntax)),
  ],
  createExtension: ({ name }, syntax) => [{ ...typeTouch("create", name, syntax), object: "extension" }],
  alterExtension: ({ name }, syntax) => [{ ...typeTouch("alter", name, syntax), object: "extension" }],
  dropExtension: ({ name }, syntax) => [{ ...typeTouch("drop", name, syntax), object: "extension" }],
  createDomain: ({ name }, syntax) => [{ ...typeTouch("create", name, syntax), object: "domain" }],
  alterDomain: ({ name }, syntax) => [{ ...typeTouch("alter", name, syntax), object: "domain" }],
  dropDomain: ({ name }, syntax) => [{ ...typeTouch("drop", name, syntax), object: "domain" }],
  createSequence: ({ name }, syntax) => [{ ...typeTouch("create", name, syntax), object: "sequence" }],
  alterSequence: ({ name }, syntax) => [{ ...typeTouch("alter", name, syntax), object: "sequence" }],
  dropSequence: ({ name }, syntax) => [{ ...typeTouch("drop", name, syntax), object: "sequence" }],
  detachSequence: ({ table }, syntax) => onTable("alter", "detaches a sequence of")(table, syntax),
  attachSequence: ({ name, table }, syntax) => [
    { ...typeTouch("alter", name, syntax), object: "sequence" },
    ...onTable("alter", "attaches a sequence to")(table, syntax),
  ],
  createEnum: ({ name }, syntax) => [typeTouch("create", name, syntax)],
  alterEnum: ({ name }, syntax) => [typeTouch("alter", name, syntax)],
  dropEnum: ({ name }, syntax) => [typeTouch("drop", name, syntax)],
  upsertData: ({ table }, syntax) => onTable("write", "writes rows of")(table, syntax),
  deleteData: ({ table }, syntax) => onTable("write", "deletes from")(table, syntax),
  createView: (p, syntax) => [
    { verb: "create", object: viewWords(p), name: plainName(p.name, syntax), does: "creates" },
  ],
  replaceView: (p, syntax) => [
    { verb: "alter", object: viewWords(p), name: plainName(p.name, syntax), does: "alters" },
  ],
  dropView: ({ name }, syntax) => [{ verb: "drop", object: "view", name: plainName(name, syntax), does: "drops" }],
  createObject: ({ object }, syntax) => [objectTouch("create", object, syntax)],
  replaceObject: ({ object }, syntax) => [objectTouch("alter", object, syntax)],
  dropObject: ({ object }, syntax) => [objectTouch("drop", object, syntax)],
  runSQL: () => [],
  runCode: () => [],
  setDefaults: () => [],
  setTypeMappings: () => [],
};

/** By the word that SQL has for it. */
const namespaceTouch = (verb: "create" | "alter" | "drop", name: string, syntax: ScriptSyntax): Touch => ({
  ...typeTouch(verb, name, syntax),
  object: "schema",
});

const typeTouch = (verb: "create" | "alter" | "drop", name: string, syntax: ScriptSyntax): Touch => ({
  verb,
  object: "type",
  name: plainName(name, syntax),
  does: `${verb}s`,
});
const viewWords = ({ materialized }: { readonly materialized?: boolean }): string =>
  materialized ? "materialized view" : "view";

function objectTouch(verb: "create" | "alter" | "drop", object: ObjectId, syntax: ScriptSyntax): Touch {
  const words = object.kind === "virtual_table" ? "table" : object.kind.replaceAll("_", " ");
  return {
    verb,
    object: words,
    name: plainName(plainObjectName(object), syntax),
    ...(object.table !== undefined && { table: plainName(object.table, syntax) }),
    does: object.table === undefined ? `${verb}s` : `${verb}s ${withArticle(words)} of`,
  };
}

const indexTouch = (verb: "create" | "drop", table: string, name: string, syntax: ScriptSyntax): Touch => ({
  verb,
  object: "index",
  name: plainName(name, syntax),
  table: plainName(table, syntax),
  does: verb === "create" ? "creates an index on" : "drops an index of",
});
