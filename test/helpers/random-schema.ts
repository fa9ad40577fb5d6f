import type { RenameHints } from "../../src/core/schema/declared.ts";
import type { Field, ForeignKey, Schema, Table } from "../../src/core/schema/model.ts";
import { referentialActions } from "../../src/core/schema/model.ts";
import { foreignKeyName } from "../../src/core/schema/names.ts";

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * A sound schema of up to five tables with few names, so that two of them have much in common: keys of all kinds, foreign
 * keys in any direction, rings and self-references included.
 */
export function randomSchema(random: () => number): Schema {
  const chance = chanceOf(random);
  const names = ["a", "b", "c", "d", "e"].filter(() => chance.happens(0.6));
  const taken = new Set<string>();
  const tables = names.map((name) => {
    const table = randomTable(name, chance);
    const indexes = table.indexes.filter((index) => !taken.has(index.name) && taken.add(index.name));
    return { ...table, indexes };
  });
  const targets = tables.filter((table) => table.primaryKey?.length === 1).map((table) => table.name);
  return { tables: tables.map((table) => withForeignKeys(table, targets, chance)), defaults: {}, typeMappings: {} };
}

/** Renames that somebody might claim, sensible or not; no two claim the same old name. */
export function randomHints(random: () => number, from: Schema, to: Schema): RenameHints {
  const chance = chanceOf(random);
  const tables = distinct(
    to.tables.flatMap((table) =>
      from.tables.length > 0 && chance.happens(0.4) ? [{ from: chance.pick(from.tables).name, to: table.name }] : [],
    ),
  );
  const fields = to.tables.flatMap((table) => {
    const claimed = table.fields.filter(() => chance.happens(0.3));
    return distinct(claimed.map((field) => ({ from: chance.pick(fieldNames), to: field.name, table: table.name })));
  });
  return { tables, fields };
}

interface Chance {
  happens(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
}

const chanceOf = (random: () => number): Chance => ({
  happens: (probability) => random() < probability,
  pick: (list) => list[Math.floor(random() * list.length)] as (typeof list)[number],
});

const fieldNames = ["id", "k1", "k2", "x", "y", "z", "p", "q"];

function randomTable(name: string, chance: Chance): Table {
  const key = randomKey(chance);
  const plain = ["x", "y", "z", "k2"].filter((n) => chance.happens(0.5) && !key.fields.some((f) => f.name === n));
  const fields = [...key.fields, ...plain.map((n) => randomField(n, chance))];
  const all = fields.length > 0 ? fields : [{ name: "x", type: "text", nullable: true }];
  const indexes = ["i", "j"].filter(() => chance.happens(0.4));
  return {
    name,
    fields: all,
    ...(key.primaryKey && { primaryKey: key.primaryKey }),
    indexes: indexes.map((prefix) => ({
      name: `${prefix}_${chance.happens(0.7) ? name : "shared"}`,
      fields: [...new Set([chance.pick(all).name, chance.pick(all).name])],
      ...(chance.happens(0.3) && { unique: true }),
    })),
    foreignKeys: [],
  };
}

function randomKey({ pick, happens }: Chance): {
  readonly fields: readonly Field[];
  readonly primaryKey?: readonly string[];
} {
  const style = pick(["serial", "integer", "varchar", "bigserial", "composite", "none"]);
  if (style === "none") return { fields: [] };
  if (style === "composite") {
    const fields = [
      { name: "k1", type: "integer", nullable: false },
      { name: "k2", type: pick(["integer", "bigint"]), nullable: false },
    ];
    return { fields, primaryKey: happens(0.5) ? ["k1", "k2"] : ["k2", "k1"] };
  }
  const name = pick(["id", "id", "k1"]);
  const length = style === "varchar" ? { length: pick([9, 20]) } : {};
  return { fields: [{ name, type: style, ...length, nullable: false }], primaryKey: [name] };
}

function randomField(name: string, { pick, happens }: Chance): Field {
  const type = pick(["text", "integer", "bigint", "varchar", "boolean", "timestamp"]);
  const defaults: Readonly<Record<string, string | number>> = {
    text: pick(["q", "w"]),
    integer: pick([1, 2]),
    bigint: 3,
  };
  const value = defaults[type];
  return {
    name,
    type,
    ...(type === "varchar" && { length: 10 }),
    nullable: happens(0.6),
    ...(value !== undefined && happens(0.3) && { default: value }),
    ...(type === "timestamp" && happens(0.4) && { autoUpdate: true }),
  };
}

function withForeignKeys(table: Table, targets: readonly string[], { pick, happens }: Chance): Table {
  const names = ["p", "q", "x"].filter((n) => !table.fields.some((f) => f.name === n));
  const keys = names
    .filter(() => targets.length > 0 && happens(0.35))
    .map((name): readonly [Field, ForeignKey] => {
      const target = pick(targets);
      const key = { name: foreignKeyName(table.name, [name]), fields: [name], references: { table: target } };
      const nullable = happens(0.7);
      return [
        { name, type: "foreign_key", references: target, nullable },
        { ...key, onDelete: pick(referentialActions.slice(0, 4)), onUpdate: "NO ACTION" },
      ];
    });
  return {
    ...table,
    fields: [...table.fields, ...keys.map(([field]) => field)],
    foreignKeys: keys.map(([, key]) => key),
  };
}

const distinct = <T extends { readonly from: string }>(list: readonly T[]): readonly T[] =>
  list.filter((item, i) => list.findIndex((other) => other.from === item.from) === i);
