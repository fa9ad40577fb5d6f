import type { ManagedObject, Sequence, View } from "../schema/model.ts";
import { ownerOf } from "../schema/sequences.ts";
import { marked } from "./qualified.ts";
import type { DomainImage, ForeignKeyImage, Statement, StatementKind, StatementOf, TableImage } from "./statement.ts";
import type { Inherited } from "./tree-statements.ts";

/** The statement with marked names, for a dialect that has namespaces: see `marked`. Names of columns, indexes and constraints stay plain. */
export function qualify(statement: Statement, namespaces: readonly string[]): Statement {
  if (namespaces.length === 0) return statement;
  const way = ways[statement.kind] as (s: Statement, mark: Mark) => Statement;
  return way(statement, (name) => marked(name, namespaces));
}

type Mark = (name: string) => string;
type Way<S> = (statement: S, mark: Mark) => S;

const asIs = <S>(statement: S): S => statement;
const ofTable = <S extends { readonly table: string }>(s: S, mark: Mark): S => ({ ...s, table: mark(s.table) });
const withHeirs = <S extends { readonly table: string } & Inherited>(s: S, mark: Mark): S => ({
  ...ofTable(s, mark),
  ...(s.heirs && { heirs: s.heirs.map(mark) }),
});
const named = <S extends { readonly name: string }>(s: S, mark: Mark): S => ({ ...s, name: mark(s.name) });
const ofImage = <S extends { readonly table: TableImage }>(s: S, mark: Mark): S => ({
  ...s,
  table: image(s.table, mark),
});
const ofKey = <S extends { readonly table: string; readonly foreignKey: ForeignKeyImage }>(s: S, mark: Mark): S => ({
  ...ofTable(s, mark),
  foreignKey: ofTable(s.foreignKey, mark),
});
const ofView = <S extends { readonly view: View }>(s: S, mark: Mark): S => ({ ...s, view: named(s.view, mark) });
const ofObject = <S extends { readonly object: ManagedObject }>(s: S, mark: Mark): S => ({
  ...s,
  object: managed(s.object, mark),
});
const both =
  <T>(one: (value: T, mark: Mark) => T) =>
  <S extends { readonly before: T; readonly after: T }>(s: S, mark: Mark): S => ({
    ...s,
    before: one(s.before, mark),
    after: one(s.after, mark),
  });

const image = (table: TableImage, mark: Mark): TableImage => ({
  ...named(table, mark),
  foreignKeys: table.foreignKeys.map((key) => ofTable(key, mark)),
  ...(table.partitionOf && { partitionOf: ofTable(table.partitionOf, mark) }),
  ...(table.inherits && { inherits: table.inherits.map(mark) }),
});

/** What belongs to a table has a name that is local to it. */
const managed = (object: ManagedObject, mark: Mark): ManagedObject =>
  object.table === undefined ? named(object, mark) : { ...object, table: mark(object.table) };

/** The table of its owner is marked, too. */
const counting = (sequence: Sequence, mark: Mark): Sequence => {
  const owner = ownerOf(sequence);
  return { ...named(sequence, mark), ...(owner && { ownedBy: `${mark(owner.table)}.${owner.field}` }) };
};

const ways: { readonly [K in StatementKind]: Way<StatementOf<K>> } = {
  createNamespace: asIs,
  dropNamespace: asIs,
  commentNamespace: asIs,
  createTable: ofImage,
  createTreeTable: ofImage,
  attachPartition: (s, mark) => ({ ...ofTable(s, mark), to: mark(s.to) }),
  detachPartition: (s, mark) => ({ ...ofTable(s, mark), from: mark(s.from) }),
  namePartIndexes: (s, mark) => ({ ...ofTable(s, mark), from: mark(s.from) }),
  moveRows: (s, mark) => ({ ...s, from: mark(s.from), to: mark(s.to) }),
  alterInherits: (s, mark) => ({ ...ofTable(s, mark), drop: s.drop.map(mark), add: s.add.map(mark) }),
  dropTable: ofImage,
  renameTable: (s, mark) => ({ ...s, from: mark(s.from), to: mark(s.to) }),
  addColumn: ofTable,
  dropColumn: withHeirs,
  alterColumn: ofTable,
  renameColumn: ofTable,
  fillColumn: ofTable,
  createIndex: ofTable,
  dropIndex: ofTable,
  renameIndex: ofTable,
  addConstraint: ofTable,
  dropConstraint: withHeirs,
  renameConstraint: ofTable,
  validateConstraint: ofTable,
  setComment: ofTable,
  renameThing: (s, mark) => (s.what === "namespace" ? s : { ...s, from: mark(s.from), to: mark(s.to) }),
  createEnum: named,
  dropEnum: named,
  commentType: named,
  renameEnumValue: named,
  addEnumValue: named,
  remakeEnum: (s, mark) => ({ ...named(s, mark), columns: s.columns.map((column) => ofTable(column, mark)) }),
  createDomain: (s, mark) => ({ ...s, domain: named(s.domain, mark) }),
  alterDomain: both<DomainImage>(named),
  dropDomain: named,
  remakeDomain: (s, mark) => ({
    ...both<DomainImage>(named)(s, mark),
    columns: s.columns.map((column) => ofTable(column, mark)),
  }),
  createSequence: (s, mark) => ({ ...s, sequence: counting(s.sequence, mark) }),
  alterSequence: both(counting),
  dropSequence: named,
  detachSequence: named,
  attachSequence: (s, mark) => ({ ...ofTable(s, mark), sequence: counting(s.sequence, mark) }),
  createExtension: asIs,
  alterExtension: asIs,
  dropExtension: asIs,
  addForeignKey: ofKey,
  dropForeignKey: ofKey,
  addPrimaryKey: ofTable,
  dropPrimaryKey: ofTable,
  alterOptions: both(image),
  createAutoUpdate: (s, mark) => ({ ...ofTable(s, mark), of: image(s.of, mark) }),
  dropAutoUpdate: ofTable,
  rebuildTable: both(image),
  upsertRows: ofTable,
  deleteRows: ofTable,
  setRowSecurity: ofTable,
  createView: ofView,
  replaceView: both<View>(named),
  dropView: ofView,
  commentView: (s, mark) => ({ ...s, before: named(s.before, mark), view: named(s.view, mark) }),
  createObject: ofObject,
  replaceObject: (s, mark) => ({
    ...both<ManagedObject>(managed)(s, mark),
    ...(s.columns && { columns: s.columns.map((column) => ofTable(column, mark)) }),
  }),
  dropObject: ofObject,
  commentObject: ofObject,
  sql: asIs,
  runCode: asIs,
};
