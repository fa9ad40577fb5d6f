import { type Command, execute, type Renderers } from "../../core/ddl/dialect.ts";
import { localName } from "../../core/ddl/qualified.ts";
import { type Quote, stringLiteral, words } from "../../core/ddl/sql.ts";
import type { DomainImage, RemakeDomain } from "../../core/ddl/statement.ts";
import type { DomainCheck } from "../../core/schema/model.ts";
import { newColumnOptions } from "./column-options.ts";
import { conversion } from "./conversion.ts";

/** https://www.postgresql.org/docs/current/sql-alterdomain.html */
export const domainRenderers = (
  quote: Quote,
): Pick<Renderers, "createDomain" | "alterDomain" | "dropDomain" | "remakeDomain"> => ({
  createDomain: ({ domain }) => create(quote, domain).map(execute),
  alterDomain: ({ before, after }) => alterDomainSql(quote, before, after).map(execute),
  dropDomain: ({ name }) => [execute(`DROP DOMAIN ${quote(name)}`)],
  remakeDomain: (s) => remake(quote, s),
});

/** What is not valid cannot be part of CREATE DOMAIN. */
function create(quote: Quote, domain: DomainImage): readonly string[] {
  const { name, type, collation, notNull, checks = [], comment } = domain;
  const own = checks.filter(({ notValid }) => !notValid);
  return [
    words(
      `CREATE DOMAIN ${quote(name)} AS ${type}`,
      collation !== undefined && `COLLATE ${quote(collation)}`,
      domain.default !== undefined && `DEFAULT ${domain.default}`,
      notNull && "NOT NULL",
      ...own.map((check) => definition(quote, check)),
    ),
    ...checks.filter(({ notValid }) => notValid).map((check) => addition(quote, name, check)),
    ...(comment === undefined ? [] : [describe(quote, domain)]),
  ];
}

const definition = (quote: Quote, { name, check }: DomainCheck): string => `CONSTRAINT ${quote(name)} CHECK (${check})`;

const addition = (quote: Quote, domain: string, check: DomainCheck): string =>
  words(`ALTER DOMAIN ${quote(domain)} ADD ${definition(quote, check)}`, check.notValid && "NOT VALID");

const describe = (quote: Quote, { name, comment }: DomainImage): string =>
  `COMMENT ON DOMAIN ${quote(name)} IS ${comment === undefined ? "NULL" : stringLiteral(comment)}`;

/** What changes a domain. A check of the same condition under another name gets that name. */
export function alterDomainSql(quote: Quote, before: DomainImage, after: DomainImage): readonly string[] {
  const head = `ALTER DOMAIN ${quote(after.name)}`;
  const [old, now] = [before.checks ?? [], after.checks ?? []];
  const renamed = now.flatMap((check) => {
    if (old.some(({ name }) => name === check.name)) return [];
    const from = old.find(
      (other) =>
        other.check === check.check &&
        Boolean(other.notValid) === Boolean(check.notValid) &&
        !now.some(({ name }) => name === other.name),
    );
    return from ? [{ from: from.name, to: check.name }] : [];
  });
  const same = (a: DomainCheck, b: DomainCheck): boolean => a.name === b.name && a.check === b.check;
  const validated = now.filter((check) => !check.notValid && old.some((other) => same(other, check) && other.notValid));
  const kept = (check: DomainCheck, others: readonly DomainCheck[]): boolean =>
    others.some((other) => same(other, check) && Boolean(other.notValid) === Boolean(check.notValid)) ||
    validated.some((other) => same(other, check)) ||
    renamed.some(({ from, to }) => check.name === from || check.name === to);
  return [
    ...(before.default === after.default
      ? []
      : [after.default === undefined ? `${head} DROP DEFAULT` : `${head} SET DEFAULT ${after.default}`]),
    ...(Boolean(before.notNull) === Boolean(after.notNull)
      ? []
      : [`${head} ${after.notNull ? "SET" : "DROP"} NOT NULL`]),
    ...renamed.map(({ from, to }) => `${head} RENAME CONSTRAINT ${quote(from)} TO ${quote(to)}`),
    ...old.filter((check) => !kept(check, now)).map(({ name }) => `${head} DROP CONSTRAINT ${quote(name)}`),
    ...now.filter((check) => !kept(check, old)).map((check) => addition(quote, after.name, check)),
    ...validated.map(({ name }) => `${head} VALIDATE CONSTRAINT ${quote(name)}`),
    ...(before.comment === after.comment ? [] : [describe(quote, after)]),
  ];
}

/** No domain gets another type, so the columns get another domain, which has the name by then. */
function remake(quote: Quote, { before, after, columns }: RemakeDomain): readonly Command[] {
  const old = `godwit_old_${localName(after.name)}`.slice(0, 63);
  const parked = quote(after.name).replace(quote(localName(after.name)), quote(old));
  return [
    execute(`ALTER DOMAIN ${quote(after.name)} RENAME TO ${quote(old)}`),
    ...create(quote, after).map(execute),
    ...columns.flatMap(({ table, before: from, after: to }) => {
      const column = quote(to.name);
      const at = `ALTER COLUMN ${column}`;
      const list = to.type.endsWith("[]") ? "[]" : "";
      const using = conversion(column, `${before.type}${list}`, `${after.type}${list}`);
      const clauses = words(
        from.default !== undefined && `${at} DROP DEFAULT,`,
        `${at} TYPE ${to.type}`,
        `USING ${using ?? column}::${to.type}`,
        to.default !== undefined && `, ${at} SET DEFAULT ${to.default}`,
      );
      return [
        execute(`ALTER TABLE ${quote(table)} ${clauses.replace(" , ", ", ")}`),
        ...newColumnOptions(quote, table, to),
      ];
    }),
    execute(`DROP DOMAIN ${parked}`),
  ];
}
