import type {
  ConstraintOutline,
  ExtraOutline,
  FieldOutline,
  ForeignKeyOutline,
  IndexOutline,
  KeyOutline,
  Outline,
  TableOutline,
} from "./outline.ts";

/** One change of an outline; what of it counts depends on the kind. */
export interface Edit {
  readonly kind: EditKind;
  readonly table: number;
  readonly at: number;
  readonly n: number;
  readonly field: Omit<FieldOutline, "id">;
  readonly index: Omit<IndexOutline, "id">;
  readonly constraint: Omit<ConstraintOutline, "id">;
  readonly foreignKey: Omit<ForeignKeyOutline, "id">;
  readonly key: KeyOutline;
  readonly extra: Omit<ExtraOutline, "id">;
}

export const editKinds = [
  "addField",
  "dropField",
  "renameField",
  "retypeField",
  "requireField",
  "defaultField",
  "furtherField",
  "reorderFields",
  "swapFieldNames",
  "addIndex",
  "dropIndex",
  "renameIndex",
  "changeIndex",
  "addConstraint",
  "dropConstraint",
  "changeConstraint",
  "addForeignKey",
  "dropForeignKey",
  "changeForeignKey",
  "renameForeignKeyField",
  "changeKey",
  "renameKey",
  "renameTable",
  "dropTable",
  "addTable",
  "swapTableNames",
  "comment",
  "options",
  "changeEnum",
  "dropEnum",
  "changeView",
  "dropView",
  "dropTrigger",
  "changeTrigger",
  "addExtra",
  "dropExtra",
  "changeExtra",
] as const;
type EditKind = (typeof editKinds)[number];

/** The outline after one change, which changes nothing where there is nothing to change. `serial` makes ids of new things. */
export function edited(outline: Outline, edit: Edit, serial: number): Outline {
  const { kind, at, n } = edit;
  const tables = (change: (table: TableOutline) => TableOutline): Outline => ({
    ...outline,
    tables: changed(outline.tables, edit.table, change),
  });
  const extras = (change: (list: readonly ExtraOutline[]) => readonly ExtraOutline[]): Outline => ({
    ...outline,
    extras: changedEntry(outline.extras, n, change),
  });
  switch (kind) {
    case "renameTable":
      return tables((table) => ({ ...table, name: n }));
    case "dropTable":
      return { ...outline, tables: without(outline.tables, edit.table) };
    case "addTable":
      return { ...outline, tables: [...outline.tables, newTable(edit, `n${serial}`)] };
    case "swapTableNames":
      return { ...outline, tables: swapped(outline.tables, edit.table, at) };
    case "changeEnum":
      return { ...outline, enums: changed(outline.enums, at, (e) => ({ ...e, values: n })) };
    case "dropEnum":
      return { ...outline, enums: without(outline.enums, at) };
    case "changeView":
      return { ...outline, views: changed(outline.views, at, (v) => ({ ...v, fields: [...v.fields, n], more: n })) };
    case "dropView":
      return { ...outline, views: without(outline.views, at) };
    case "changeTrigger":
      return { ...outline, triggers: changed(outline.triggers, at, (t) => ({ ...t, field: n })) };
    case "addExtra":
      return extras((list) => [...list, { ...edit.extra, id: `x${serial}` }]);
    case "dropExtra":
      return extras((list) => without(list, at));
    case "changeExtra":
      return extras((list) => changed(list, at, (e) => ({ ...e, ...partOf(edit.extra, edit.table) })));
    case "dropTrigger":
      return { ...outline, triggers: without(outline.triggers, at) };
    default:
      return tables((table) => editedTable(table, edit, kind, serial));
  }
}

type TableEdit = Exclude<
  EditKind,
  | "renameTable"
  | "dropTable"
  | "addTable"
  | "swapTableNames"
  | "changeEnum"
  | "dropEnum"
  | "changeView"
  | "dropView"
  | "changeTrigger"
  | "dropTrigger"
  | "addExtra"
  | "dropExtra"
  | "changeExtra"
>;

function editedTable(table: TableOutline, edit: Edit, kind: TableEdit, serial: number): TableOutline {
  const { at, n } = edit;
  const id = `${table.id}.n${serial}`;
  const fields = (change: (field: FieldOutline) => FieldOutline): TableOutline => ({
    ...table,
    fields: changed(table.fields, at, change),
  });
  const keys = (change: (key: ForeignKeyOutline) => ForeignKeyOutline): TableOutline => ({
    ...table,
    foreignKeys: changed(table.foreignKeys, at, change),
  });
  const { index, constraint, foreignKey } = edit;
  const edits: Readonly<Record<TableEdit, () => TableOutline>> = {
    addField: () => ({ ...table, fields: inserted(table.fields, at, { ...edit.field, id }) }),
    dropField: () => ({ ...table, fields: without(table.fields, at) }),
    renameField: () => fields((field) => ({ ...field, name: n })),
    retypeField: () => fields((field) => ({ ...field, type: edit.field.type })),
    requireField: () => fields((field) => ({ ...field, required: !field.required })),
    defaultField: () => fields((field) => ({ ...field, default: edit.field.default })),
    furtherField: () => fields((field) => ({ ...field, more: edit.field.more, of: edit.field.of })),
    reorderFields: () => ({ ...table, fields: table.fields.toReversed() }),
    swapFieldNames: () => ({ ...table, fields: swapped(table.fields, at, n) }),
    addIndex: () => ({ ...table, indexes: [...table.indexes, { ...index, id }] }),
    dropIndex: () => ({ ...table, indexes: without(table.indexes, at) }),
    renameIndex: () => ({ ...table, indexes: changed(table.indexes, at, (i) => ({ ...i, name: n })) }),
    changeIndex: () => ({ ...table, indexes: changed(table.indexes, at, (i) => ({ ...i, ...index, name: i.name })) }),
    addConstraint: () => ({ ...table, constraints: [...table.constraints, { ...constraint, id }] }),
    dropConstraint: () => ({ ...table, constraints: without(table.constraints, at) }),
    changeConstraint: () => ({
      ...table,
      constraints: changed(table.constraints, at, (c) => ({
        ...c,
        ...constraint,
        name: n % 2 ? c.name : constraint.name,
      })),
    }),
    addForeignKey: () => ({ ...table, foreignKeys: [...table.foreignKeys, { ...foreignKey, id }] }),
    dropForeignKey: () => ({ ...table, foreignKeys: without(table.foreignKeys, at) }),
    changeForeignKey: () => keys((k) => ({ ...k, ...foreignKey, name: k.name, to: n % 2 ? k.to : foreignKey.to })),
    renameForeignKeyField: () => keys((k) => ({ ...k, name: n })),
    changeKey: () => ({ ...table, key: edit.key }),
    renameKey: () => ({ ...table, key: { ...table.key, name: n, named: edit.key.named } }),
    comment: () => ({ ...table, comment: n }),
    options: () => ({ ...table, options: n }),
  };
  return edits[kind]();
}

const newTable = (edit: Edit, id: string): TableOutline => ({
  id,
  name: edit.n,
  key: edit.key,
  fields: [{ ...edit.field, id: `${id}.f` }],
  indexes: [{ ...edit.index, id: `${id}.i` }],
  constraints: [{ ...edit.constraint, id: `${id}.c` }],
  foreignKeys: [{ ...edit.foreignKey, id: `${id}.k` }],
  comment: 0,
  options: edit.at,
});

/** One of what chooses an extra, which of them the number says. */
const partOf = (extra: Omit<ExtraOutline, "id">, n: number): Partial<ExtraOutline> =>
  [{ more: extra.more }, { how: extra.how }, { of: extra.of, field: extra.field }, { name: extra.name }][n % 4] ?? {};

const changedEntry = <T>(
  record: Readonly<Record<string, T>>,
  n: number,
  change: (value: T) => T,
): Readonly<Record<string, T>> => {
  const keys = Object.keys(record);
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, key === keys[n % keys.length] ? change(value) : value]),
  );
};

const changed = <T>(list: readonly T[], n: number, change: (item: T) => T): readonly T[] =>
  list.map((item, i) => (i === n % list.length ? change(item) : item));

const without = <T>(list: readonly T[], n: number): readonly T[] => list.filter((_, i) => i !== n % list.length);

const inserted = <T>(list: readonly T[], n: number, item: T): readonly T[] =>
  list.toSpliced(n % (list.length + 1), 0, item);

function swapped<T extends { readonly name: number }>(list: readonly T[], a: number, b: number): readonly T[] {
  const [one, two] = [list[a % list.length], list[b % list.length]];
  if (!one || !two) return list;
  return list.map((item) =>
    item === one ? { ...item, name: two.name } : item === two ? { ...item, name: one.name } : item,
  );
}
