import type { LowerContext } from "../operations/define.ts";
import { getListed } from "../schema/beside-tables.ts";
import { canonicalJson } from "../schema/canonical.ts";
import type { Domain, Schema } from "../schema/model.ts";
import { typeOf } from "../schema/resolve.ts";
import { resolveDefault } from "./default.ts";
import type { Dialect } from "./dialect.ts";
import { nativeType } from "./native-type.ts";
import type { DomainImage, RemakeDomain, Statement } from "./statement.ts";

/** A domain of the schema as the dialect's database has it. */
export function domainImage(schema: Schema, name: string, dialect: Dialect): DomainImage {
  return imageOf(schema, getListed(schema, "domains", name), dialect);
}

export function imageOf(schema: Schema, domain: Domain, dialect: Dialect): DomainImage {
  const { type: _, length: __, precision: ___, scale: ____, default: value, ...rest } = domain;
  const type = typeOf(domain);
  const native = nativeType(schema, type, dialect);
  const sql = resolveDefault(value, { type, native }, schema, dialect);
  return { ...rest, type: native, ...(sql !== undefined && { default: sql }) };
}

const isList = ({ after }: RemakeDomain["columns"][number]): boolean => after.type.endsWith("]");

/** Whether values that are there have to satisfy more, which PostgreSQL does not look for in lists. */
const isStricter = (old: DomainImage, now: DomainImage): boolean =>
  (now.notNull === true && !old.notNull) ||
  (now.checks ?? []).some(
    ({ check, notValid }) => !notValid && !(old.checks ?? []).some((other) => other.check === check && !other.notValid),
  );

/** The statements that give a domain another definition: in place, or, with another type, a domain made anew. */
export function alterDomain(
  name: string,
  columns: RemakeDomain["columns"],
  { before, after, dialect }: LowerContext,
): readonly Statement[] {
  const [old, now] = [domainImage(before, name, dialect), domainImage(after, name, dialect)];
  if (old.type !== now.type || old.collation !== now.collation || (isStricter(old, now) && columns.some(isList)))
    return [{ kind: "remakeDomain", before: old, after: now, columns }];
  return canonicalJson(old) === canonicalJson(now) ? [] : [{ kind: "alterDomain", before: old, after: now }];
}
