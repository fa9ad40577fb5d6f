import { freeName } from "../../src/core/schema/constraints.ts";
import type {
  Constraint,
  DefaultValue,
  EnumType,
  Field,
  ForeignKey,
  Index,
  IndexElement,
  ManagedObject,
  Namespace,
  Schema,
  Table,
  View,
} from "../../src/core/schema/model.ts";
import { referentialActions } from "../../src/core/schema/model.ts";
import { foreignKeyName } from "../../src/core/schema/names.ts";
import { qualifiedName } from "../../src/core/schema/namespaces.ts";
import { integerBase, isSerial, type TypeParameters } from "../../src/core/schema/types.ts";
import { featuresOf } from "./features/index.ts";
import {
  type ConstraintOutline,
  type Family,
  type FieldOutline,
  type ForeignKeyOutline,
  type IndexOutline,
  type Outline,
  pick,
  type TableOutline,
  type Traits,
} from "./outline.ts";

/** The schema that an outline stands for, and what its ids are called there. */
export interface Built {
  readonly schema: Schema;
  readonly tables: ReadonlyMap<string, string>;
  /** Id → where it is. */
  readonly fields: ReadonlyMap<string, { readonly table: string; readonly field: string }>;
}

const tableNames = ["a", "b", "c", "orders", "order", "Users", "users", "two words", "größe", "a_b"];
const fieldNames = ["x", "y", "z", "w", "select", "Name", "name", "two words", "länge", "id", "p"];
const keyNames = ["id", "k", "uid"];
const keyFieldNames = ["p", "q", "owner_id", "x"];
const indexNames = ["i", "j", "by_x", "Odd index", "k"];
const enumNames = ["mood", "state", "level"];
const enumValues = [
  ["1", "2"],
  ["1", "2", "3"],
  ["2", "1"],
  ["0", "1", "2"],
  ["1", "2", "it's"],
  ["1", "a b", "2"],
  ["1", "2", "3", "4"],
  ["2", "3", "1"],
];
const viewNames = ["v", "shown", "two views"];

/** A sound schema: what does not fit, or has a name that is taken, is left out. */
export function schemaOf(outline: Outline, traits: Traits): Built {
  const words = { ...traits, namespaces: traits.namespaces.filter((name) => !/\W/.test(name)) };
  const enums = unique(
    outline.enums.map(
      ({ name, values }): EnumType => ({ name: placed(enumNames, name, words), values: pick(enumValues, values) }),
    ),
  );
  const taken = new Set(enums.map(({ name }) => name));
  const parts = outline.tables.flatMap((table) => {
    const name = placed(tableNames, table.name, traits);
    return claim(taken, name) ? [new TablePart(table, name, { traits, enums })] : [];
  });
  const byId = new Map(parts.map((part) => [part.outline.id, part]));
  for (const part of parts) part.takeForeignKeys(byId);
  for (const part of parts) part.takeRest(taken);
  const tables = parts.map((part) => part.table());
  const views = traits.views ? outline.views.flatMap((v) => viewOf(v, { parts, taken, traits })) : [];
  const objects = traits.triggers ? outline.triggers.flatMap((t) => triggerOf(t, parts)) : [];
  const plain: Schema = {
    tables,
    ...(enums.length > 0 && { enums }),
    defaults: {},
    typeMappings: {},
    ...(views.length > 0 && { views: unique(views) }),
    ...(objects.length > 0 && { objects: unique(objects) }),
  };
  return {
    schema: withNamespaces(withExtras(plain, outline, { taken, traits }), traits),
    tables: new Map(parts.map((part) => [part.outline.id, part.name])),
    fields: new Map(
      parts.flatMap((part) => part.fields.map(({ id, field }) => [id, { table: part.name, field: field.name }])),
    ),
  };
}

/** One of the names, or where there are namespaces, every other time one of them in one of those. */
function placed(names: readonly string[], n: number, { namespaces }: Traits): string {
  if (namespaces.length === 0 || n % 2 === 0) return pick(names, n);
  const name = pick(names, (n - 1) / 2);
  return /\W/.test(name) ? name : `${pick(namespaces, n >> 2)}.${name}`;
}

/** With what it has of each feature. */
function withExtras(plain: Schema, { extras }: Outline, { taken, traits }: Omit<Around, "parts">): Schema {
  const around = {
    traits,
    claim: (name: string) => claim(taken, name),
    placed: (names: readonly string[], n: number) => placed(names, n, traits),
    quoted: (name: string) => quotedTable(name, traits),
  };
  return featuresOf(traits.dialect).reduce(
    (schema, { name, add }) => (extras[name] ?? []).reduce((now, extra) => add(now, extra, around), schema),
    plain,
  );
}

function withNamespaces(schema: Schema, { namespaces }: Traits): Schema {
  const { tables, enums = [], views = [], sequences = [] } = schema;
  const things = [...tables, ...enums, ...views, ...sequences];
  const used: readonly Namespace[] = namespaces
    .filter((namespace) => things.some(({ name }) => name.startsWith(`${namespace}.`)))
    .map((name) => ({ name, ...(things.length % 2 === 0 && { comment: `${things.length} things` }) }));
  return used.length > 0 ? { namespaces: used, ...schema } : schema;
}

interface FieldPart {
  readonly id: string;
  readonly field: Field;
  readonly family: Family;
  /** Whether keys may consist of it. */
  readonly key: boolean;
}

/** A table under way: fields and key first, then what refers to other tables, then what its fields are part of. */
class TablePart {
  readonly outline: TableOutline;
  readonly name: string;
  readonly traits: Traits;
  readonly enums: readonly EnumType[];
  fields: FieldPart[] = [];
  primaryKey: readonly string[] = [];
  readonly indexes: Index[] = [];
  readonly constraints: Constraint[] = [];
  readonly foreignKeys: ForeignKey[] = [];

  constructor(
    outline: TableOutline,
    name: string,
    { traits, enums }: { readonly traits: Traits; readonly enums: readonly EnumType[] },
  ) {
    this.outline = outline;
    this.name = name;
    this.traits = traits;
    this.enums = enums;
    this.takeKey();
    for (const field of outline.fields) this.add(this.fieldOf(field));
    this.takeGenerated();
    if (outline.key.style === 3) {
      const first = this.fields.find(({ key, field }) => key && !field.generated);
      if (first) this.primaryKey = [first.field.name];
    }
  }

  private add(part: FieldPart): boolean {
    const free = this.fields.every(({ field }) => field.name.toLowerCase() !== part.field.name.toLowerCase());
    if (free) this.fields.push(part);
    return free;
  }

  private takeKey(): void {
    const { style, type, name, reversed } = this.outline.key;
    const own = pick(this.traits.keyTypes, type);
    const key = (i: number, parameters: TypeParameters, called: string): void => {
      const family = isSerial(parameters.type) || /int/.test(parameters.type) ? "number" : "text";
      const field = { name: called, ...parameters, nullable: false };
      this.add({ id: `${this.outline.id}.key${i}`, field, family, key: true });
      this.primaryKey = reversed ? [called, ...this.primaryKey] : [...this.primaryKey, called];
    };
    if (style === 0 || style === 5) key(0, own, pick(keyNames, name));
    if (style === 2) {
      key(0, { ...own, type: integerBase(own.type) }, pick(keyNames, name));
      key(1, { type: "integer" }, "k2");
    }
  }

  private fieldOf(outline: FieldOutline): FieldPart {
    const named = this.enums[outline.type - this.traits.types.length];
    const { type, family, key } = named
      ? { type: { type: named.name }, family: "text" as const, key: false }
      : pick(this.traits.types, outline.type);
    const { collations, comments } = this.traits;
    const value = named
      ? outline.default > 1
        ? named.values[0]
        : undefined
      : defaultOf(outline.default, family, this.traits);
    const collated = family === "text" && !named && collations.length > 0;
    const field: Field = {
      name: pick(fieldNames, outline.name),
      ...type,
      nullable: !outline.required,
      ...(value !== undefined && { default: value }),
      ...(outline.more === 1 && collated && { collation: pick(collations, outline.of) }),
      ...(outline.more === 2 && comments && { comment: pick(["it's a note", "two\nlines", '"quoted"'], outline.of) }),
      ...(outline.more === 3 && family === "time" && value === undefined && { autoUpdate: true }),
      ...(outline.more === 4 && family === "time" && value === undefined && { autoCreate: true }),
    };
    return { id: outline.id, field, family, key };
  }

  /** What is computed of another field. */
  private takeGenerated(): void {
    const { stored } = this.traits;
    this.fields = this.fields.map((part) => {
      const outline = this.outline.fields.find(({ id }) => id === part.id);
      if (!outline || outline.more < 6 || stored.length === 0) return part;
      const { default: _, ...field } = part.field;
      const sources = this.fields.filter(
        ({ id, field: f, family }) =>
          family === part.family &&
          !this.outline.fields.some((o) => o.id === id && o.more >= 6) &&
          !isSerial(f.type) &&
          !this.isEnum(f),
      );
      const source = sources[outline.of % Math.max(sources.length, 1)];
      if (!source || this.isEnum(part.field) || (part.family !== "number" && part.family !== "text")) return part;
      const name = quoted(source.field.name);
      const as = part.family === "number" ? `${name} + 1` : `lower(${name})`;
      const isStored = pick(stored, outline.more);
      return {
        ...part,
        key: false,
        field: { ...field, nullable: true, generated: { as, ...(isStored && { stored: true }) } },
      };
    });
  }

  private isEnum = ({ type }: Field): boolean => this.enums.some(({ name }) => name === type);

  /** The fields that are keys of others, and then all foreign keys. */
  takeForeignKeys(byId: ReadonlyMap<string, TablePart>): void {
    for (const outline of this.outline.foreignKeys) this.takeForeignKey(outline, byId.get(outline.to));
    const { style } = this.outline.key;
    const owned = this.foreignKeys.flatMap(({ fields }) => fields);
    if (style === 4 && owned.length > 0 && this.foreignKeys.every((k) => k.references.table !== this.name)) {
      this.primaryKey = owned;
      this.fields = this.fields.map((p) =>
        owned.includes(p.field.name) ? { ...p, field: { ...p.field, nullable: false } } : p,
      );
    }
  }

  private takeForeignKey(outline: ForeignKeyOutline, target: TablePart | undefined): void {
    if (!target || target.outline.key.style === 4) return;
    const isUnique = outline.unique && this.traits.rich && target !== this;
    const constraint = isUnique ? target.plainUnique() : undefined;
    const fields = constraint?.fields ?? target.primaryKey;
    if (fields.length === 0) return;
    const targets = fields.flatMap((name) => target.fields.filter(({ field }) => field.name === name));
    const base = pick(keyFieldNames, outline.name);
    const nullable = !outline.required;
    const parts = targets.map(
      ({ field: { name: _, nullable: __, default: ___, comment: ____, ...to }, family }, i): FieldPart => {
        const { type, length, precision, scale, collation } = to;
        const copied = { type: integerBase(type), ...definedOf({ length, precision, scale, collation }) };
        const borrows = targets.length === 1 && !constraint && collation === undefined;
        const own = borrows ? { type: "foreign_key", references: target.name } : copied;
        return {
          id: `${outline.id}.${i}`,
          field: { name: i === 0 ? base : `${base}${i}`, ...own, nullable },
          family,
          key: false,
        };
      },
    );
    const names = parts.map(({ field }) => field.name.toLowerCase());
    if (this.fields.some(({ field }) => names.includes(field.name.toLowerCase()))) return;
    for (const part of parts) this.add(part);
    const own = parts.map(({ field }) => field.name);
    const byDefault = foreignKeyName(this.name, own);
    const name = outline.named ? `ref_${outline.id.replaceAll(".", "_")}` : byDefault;
    if (this.foreignKeys.some((k) => k.name === name)) return;
    const onDelete = pick(referentialActions.slice(0, this.traits.actions), outline.onDelete);
    this.foreignKeys.push({
      name,
      fields: own,
      references: { table: target.name, ...(constraint && { fields: constraint.fields }) },
      onDelete,
      onUpdate: pick(referentialActions.slice(0, this.traits.actions), outline.onUpdate),
      ...(outline.more === 1 && this.traits.expressions && { deferrable: "immediate" as const }),
      ...(outline.more === 2 && this.traits.expressions && { deferrable: "deferred" as const }),
      ...(outline.more === 3 && this.traits.rich && { matchFull: true }),
      ...(outline.more === 4 && this.traits.rich && { notValid: true }),
      ...(outline.more === 5 &&
        this.traits.rich &&
        own.length === 1 &&
        onDelete === "SET NULL" && { onDeleteFields: own }),
    });
  }

  /** The fields of a unique constraint that another table may point at. */
  private plainUnique(): { readonly fields: readonly string[] } | undefined {
    const found = this.outline.constraints.find(
      ({ unique: isUnique, more, name }) => isUnique && more === 0 && name === 0,
    );
    const fields = found ? this.uniqueFields(found) : [];
    return fields.length > 0 ? { fields } : undefined;
  }

  /** Of the fields that are there before foreign keys come. */
  private uniqueFields({ fields }: ConstraintOutline): readonly string[] {
    const able = this.fields.filter(({ key, id }) => key && !id.includes(".k"));
    return able.length === 0 ? [] : [...new Set(fields.map((n) => pick(able, n).field.name))];
  }

  takeRest(taken: Set<string>): void {
    for (const outline of this.outline.constraints) this.takeConstraint(outline, taken);
    for (const outline of this.outline.indexes) this.takeIndex(outline, taken);
  }

  private takeConstraint(outline: ConstraintOutline, taken: Set<string>): void {
    if (this.fields.length === 0 || !this.traits.checks) return;
    const { rich } = this.traits;
    const content = outline.unique
      ? {
          unique: this.uniqueFields(outline),
          ...(outline.more === 1 && rich && { nullsNotDistinct: true }),
          ...(outline.more === 2 && rich && { deferrable: "deferred" as const }),
        }
      : {
          check: this.checkOf(outline),
          ...(outline.more === 3 && rich && { notValid: true }),
          ...(outline.more === 4 && rich && { noInherit: true }),
        };
    if ("unique" in content && content.unique.length === 0) return;
    const all = [...this.constraints, ...this.foreignKeys];
    const used = new Set(all.map(({ name }) => name));
    const fields = this.fields.map(({ field }) => field.name);
    const name = outline.name === 0 ? freeName(this.name, content, { fields, taken: used }) : `rule ${outline.name}`;
    const same = this.constraints.some(
      (c) => JSON.stringify({ ...c, name: "" }) === JSON.stringify({ name: "", ...content }),
    );
    if (used.has(name) || same) return;
    if ("unique" in content && rich && !claim(taken, name)) return;
    this.constraints.push({ name, ...content });
  }

  private checkOf({ fields, check }: ConstraintOutline): string {
    const [one, two] = [pick(this.fields, fields[0] ?? 0), pick(this.fields, fields[1] ?? fields[0] ?? 0)];
    const name = quoted(one.field.name);
    const kinds: Readonly<Partial<Record<Family, readonly string[]>>> = {
      number: [`${name} >= 0`, `${name} BETWEEN 0 AND 1000`, `${name} IN (1, 2, 3)`],
      text: [`length(${name}) < 100`, `${name} <> 'it''s, (no)'`, `${name} IN ('1', '2', '3')`],
    };
    const own = this.isEnum(one.field) || one.field.generated ? undefined : kinds[one.family];
    return own?.[check] ?? `${name} IS NOT NULL OR ${quoted(two.field.name)} IS NULL OR 1 = 1`;
  }

  private takeIndex(outline: IndexOutline, taken: Set<string>): void {
    const { rich, expressions } = this.traits;
    const able = this.fields.filter(
      ({ key, family, field }) =>
        (key || family === "text" || family === "number") && (rich || !field.generated || expressions),
    );
    if (able.length === 0) return;
    const elements = outline.elements.map(({ field, how }): IndexElement => {
      const part = pick(able, field);
      const of = { field: part.field.name };
      if (how === 1) return { ...of, order: "desc" };
      if (how === 2 && expressions && !this.isEnum(part.field))
        return {
          expression:
            part.family === "number"
              ? `${quoted(of.field)} + 1`
              : part.family === "text"
                ? `lower(${quoted(of.field)})`
                : `${quoted(of.field)} IS NULL`,
        };
      if (how === 3 && part.family === "text" && !this.isEnum(part.field) && expressions)
        return { ...of, collation: pick(this.traits.collations, field) };
      if (how === 4 && rich) return { ...of, nulls: "first" };
      if (how === 5 && rich && part.family === "text" && part.field.type === "text")
        return { ...of, operatorClass: "text_pattern_ops" };
      return of;
    });
    const texts = elements.map((e) => JSON.stringify(e.field ?? e.expression));
    const distinct = elements.filter((_, i) => texts.indexOf(texts[i] ?? "") === i);
    const name = pick(indexNames, outline.name);
    if (!claim(taken, name)) return;
    const where = quoted(pick(this.fields, outline.where).field.name);
    const isUnique =
      outline.unique && distinct.every((e) => this.fields.some(({ key, field }) => key && field.name === e.field));
    this.indexes.push({
      name,
      fields: distinct.map((e) => (Object.keys(e).length === 1 && e.field !== undefined ? e.field : e)),
      ...(isUnique && { unique: true }),
      ...(outline.where > 0 && expressions && { where: `${where} IS NOT NULL` }),
      ...(outline.more === 1 && rich && isUnique && { nullsNotDistinct: true }),
      ...(outline.more === 2 && rich && { with: { fillfactor: "70" } }),
      ...(outline.more === 3 && rich && { comment: "an index's note" }),
      ...(outline.more === 4 &&
        rich &&
        !isUnique &&
        distinct.length === 1 &&
        distinct.every((e) => e.field && Object.keys(e).length === 1) && { method: "hash" }),
      ...(outline.more === 5 && rich && { include: [pick(this.fields, outline.where).field.name] }),
    });
  }

  table(): Table {
    const fields =
      this.fields.length > 0 ? this.fields.map(({ field }) => field) : [{ name: "x", type: "text", nullable: true }];
    const key = this.primaryKey;
    const numbered = fields.some(({ type }) => isSerial(type));
    const options = this.traits.options(
      this.outline.options,
      fields,
      key.length === 0 ? "none" : numbered ? "numbered" : "other",
    );
    const { comment } = this.outline;
    return {
      name: this.name,
      fields: fields.map((field) => (key.includes(field.name) ? { ...field, nullable: false } : field)),
      ...(key.length > 0 && { primaryKey: key }),
      ...(key.length > 0 &&
        this.outline.key.named &&
        this.traits.expressions && { primaryKeyName: `key of ${this.name}` }),
      indexes: this.indexes,
      foreignKeys: this.foreignKeys,
      ...(Object.keys(options).length > 0 && { options: { [this.traits.dialect]: options } }),
      ...(this.constraints.length > 0 && { constraints: this.constraints }),
      ...(comment > 0 && this.traits.comments && { comment: pick(["about it", "what's more"], comment) }),
    };
  }
}

interface Around {
  readonly parts: readonly TablePart[];
  readonly taken: Set<string>;
  readonly traits: Traits;
}

function viewOf(outline: Outline["views"][number], { parts, taken, traits }: Around): readonly View[] {
  const of = parts[outline.of];
  const name = placed(viewNames, outline.name, traits);
  if (!of || of.fields.length === 0 || !claim(taken, name)) return [];
  const names = [...new Set(outline.fields.map((n) => quoted(pick(of.fields, n).field.name)))];
  const where = outline.more === 1 ? ` WHERE ${names[0]} IS NOT NULL` : "";
  return [
    {
      name,
      query: `SELECT ${names.join(", ")} FROM ${quotedTable(of.name, traits)}${where}`,
      ...(outline.more === 3 && traits.rich && { materialized: true }),
    },
  ];
}

function triggerOf(
  { name, of, field }: Outline["triggers"][number],
  parts: readonly TablePart[],
): readonly ManagedObject[] {
  const part = parts[of];
  const on = part && part.fields.length > 0 ? pick(part.fields, field).field : undefined;
  if (!part || !on || on.generated) return [];
  const called = `noted ${name}`;
  const body = `DELETE FROM ${quoted(part.name)} WHERE ${quoted(on.name)} IS NULL AND 1 = 0`;
  return [
    {
      kind: "trigger",
      name: called,
      table: part.name,
      definition: `CREATE TRIGGER "${called}" AFTER UPDATE OF ${quoted(on.name)} ON ${quoted(part.name)} BEGIN ${body}; END`,
    },
  ];
}

function defaultOf(n: number, family: Family, { expressions }: Traits): DefaultValue | undefined {
  if (n === 0) return undefined;
  if (family === "number") return n > 3 && expressions ? { sql: "(1 + 1)" } : pick([1, 2], n);
  if (family === "text") return n > 4 && expressions ? { sql: "lower('1')" } : pick(["1", "2", "3"], n);
  if (family === "boolean") return n % 2 === 0;
  return family === "time" ? "now" : undefined;
}

function quotedTable(name: string, { namespaces }: Traits): string {
  const place = qualifiedName(name, namespaces);
  return place ? `${quoted(place.namespace)}.${quoted(place.name)}` : quoted(name);
}

const quoted = (name: string): string =>
  /^[a-z_][a-z0-9_]*$/.test(name) && !["select", "order"].includes(name) ? name : `"${name}"`;

/** Names that differ in case only are the same to some databases. */
function claim(taken: Set<string>, name: string): boolean {
  const key = name.toLowerCase();
  return !taken.has(key) && taken.add(key) !== undefined;
}

const unique = <T extends { readonly name: string }>(list: readonly T[]): readonly T[] =>
  list.filter((item, i) => list.findIndex(({ name }) => name === item.name) === i);

const definedOf = <T extends object>(from: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(from).filter(([, value]) => value !== undefined)) as never;
