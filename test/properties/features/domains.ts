import type { Domain, DomainCheck } from "../../../src/core/schema/model.ts";
import { pick } from "../outline.ts";
import { chosenTable, type Feature, isPlain, isTied, withField } from "./feature.ts";

const types = [
  { type: "text" },
  { type: "varchar", length: 10 },
  { type: "integer" },
  { type: "decimal", precision: 10, scale: 2 },
  { type: "bigint" },
] as const;

/** Types with rules, and a field of each. */
export const domains: Feature = {
  name: "domains",
  dialects: ["postgresql"],
  most: 2,
  add(schema, extra, { claim }) {
    const name = pick(["label", "amount", "Label"], extra.name);
    const { more } = extra;
    const type = pick(types, extra.how);
    const isText = type.type === "text" || type.type === "varchar";
    const checks = checksOf(name, more, isText);
    if (!claim(name)) return schema;
    const domain: Domain = {
      name,
      ...type,
      ...(more % 3 === 1 && { default: isText ? "1" : 1, ...(more % 2 === 1 && { notNull: true }) }),
      ...(more % 7 === 3 && isText && { collation: "C" }),
      ...(checks.length > 0 && { checks }),
      ...(more % 5 === 4 && { comment: "it's a rule" }),
    };
    const declared = { ...schema, domains: [...(schema.domains ?? []), domain] };
    const table = chosenTable(schema, extra);
    const able = (table?.fields ?? []).filter(
      (f) => table && isPlain(f) && !isTied(schema, table, f) && sameType(f, type),
    );
    if (!table || able.length === 0) return declared;
    const { length: _, precision: __, scale: ___, ...field } = pick(able, extra.field);
    return withField(declared, table, { ...field, type: name });
  },
};

function checksOf(domain: string, more: number, isText: boolean): readonly DomainCheck[] {
  const first = isText ? "VALUE <> 'it''s, (no)'" : "VALUE > 0";
  const second = isText ? "VALUE IN ('1', '2', '3')" : "VALUE BETWEEN 0 AND 1000";
  const named = { name: `${domain.toLowerCase()}_check`, check: pick([first, second], more) };
  if (more % 4 === 0) return [];
  return [
    named,
    ...(more % 4 === 2 ? [{ name: "of its own", check: second, ...(more % 8 === 2 && { notValid: true }) }] : []),
  ];
}

const sameType = (a: object, b: object): boolean =>
  ["type", "length", "precision", "scale"].every((key) => Reflect.get(a, key) === Reflect.get(b, key));
