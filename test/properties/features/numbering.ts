import type { Field, Schema, SequenceOptions, Table } from "../../../src/core/schema/model.ts";
import { isSerial } from "../../../src/core/schema/types.ts";
import { type ExtraOutline, pick } from "../outline.ts";
import { chosenTable, type Feature, isPlain, kindOf, withField } from "./feature.ts";

/** What a sequence may be told, which any type of number allows. */
export const sequenceOptions: readonly SequenceOptions[] = [
  {},
  { start: 5 },
  { increment: 10, cache: 5 },
  { min: 1, max: 30_000, cycle: true },
  { increment: -1, min: -30_000, max: 100, start: 50 },
];

/** Fields that the database numbers, and what is unusual about how it does. */
export const numbering: Feature = {
  name: "numbering",
  dialects: ["postgresql"],
  most: 2,
  add(schema, extra, { claim }) {
    const table = chosenTable(schema, extra);
    const field = table && numbered(schema, table, extra);
    if (!table || !field || table.fields.some(({ identity, sequence }) => identity || sequence)) return schema;
    const name = pick(["counter", "Odd counter"], extra.name);
    const options = {
      ...pick(sequenceOptions, extra.more),
      ...(extra.name > 10 && claim(name) && { name }),
      ...(extra.more > 12 && { comment: "it's a counter" }),
    };
    if (isSerial(field.type))
      return Object.keys(options).length === 0 ? schema : withField(schema, table, { ...field, sequence: options });
    return withField(schema, table, {
      ...field,
      nullable: false,
      identity: { ...(extra.how % 2 === 1 && { always: true }), ...options },
    });
  },
};

/** The key, or another field that is never NULL. */
function numbered(schema: Schema, table: Table, { field }: ExtraOutline): Field | undefined {
  const able = table.fields.filter(
    (f) =>
      isPlain(f) &&
      kindOf(schema, f) === "number" &&
      (isSerial(f.type) || !f.nullable || table.primaryKey?.includes(f.name)),
  );
  const serial = table.fields.find(({ type }) => isSerial(type));
  return serial ?? (able.length === 0 ? undefined : pick(able, field));
}
