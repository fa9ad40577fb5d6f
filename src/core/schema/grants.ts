import type { ManagedObject } from "./model.ts";
import { sqlTokens } from "./sql-text.ts";

/** What a role may do with a table or a view. */
export interface Grant {
  /** A role, or `public`: everybody. */
  readonly to: string;
  /** `select`, `update (a, b)`; in the words of SQL, in lower case. */
  readonly privileges: readonly string[];
  /** It may give them to others. */
  readonly withGrantOption?: boolean;
}

/** The grants of a role on a table or a view, as the object that a schema keeps them as: one for each role. */
export const grantObject = (table: string, grants: readonly [Grant, ...Grant[]]): ManagedObject => ({
  kind: "grant",
  name: grants[0].to,
  table,
  definition: grants.map((grant) => grantSql(table, grant)).join(";\n"),
});

/** The grants that such an object consists of; `undefined` where it says more than these can. */
export function grantsOf({ kind, name, table, definition, ...more }: ManagedObject): readonly Grant[] | undefined {
  if (kind !== "grant" || table === undefined || Object.keys(more).length > 0) return undefined;
  const grants = definition.split(/;\s*\n/).map((statement) => readGrant(statement));
  const [first, ...rest] = grants.flatMap((grant) => (grant ? [{ to: name, ...grant }] : []));
  if (!first || grants.length !== rest.length + 1) return undefined;
  const again = grantObject(table, [first, ...rest]).definition;
  return sqlTokens(again).join(" ") === sqlTokens(definition).join(" ") ? [first, ...rest] : undefined;
}

/** A privilege, with the columns that it is about. */
export const privilegePattern = /^[a-z]+(?: \([^()]+\))?$/;

function grantSql(table: string, { to, privileges, withGrantOption }: Grant): string {
  const role = to.toLowerCase() === "public" ? "PUBLIC" : quoted(to);
  const list = privileges.map((privilege) => {
    const [, word = privilege, columns] = /^([a-z]+) \((.*)\)$/.exec(privilege) ?? [];
    return `${word.toUpperCase()}${columns === undefined ? "" : ` (${columns})`}`;
  });
  const place = table.split(/\.(?=.)/).map(quoted);
  return `GRANT ${list.join(", ")} ON ${place.join(".")} TO ${role}${withGrantOption ? " WITH GRANT OPTION" : ""}`;
}

function readGrant(statement: string): Omit<Grant, "to"> | undefined {
  const [, privileges, option] =
    /^GRANT ([\s\S]*?) ON [\s\S]* TO [\s\S]*?( WITH GRANT OPTION)?$/i.exec(statement) ?? [];
  if (privileges === undefined) return undefined;
  const list = privileges.split(/,(?![^(]*\))/).map((privilege) => privilege.trim());
  const words = list.map((privilege) => privilege.replace(/^[A-Za-z]+/, (word) => word.toLowerCase()));
  return words.every((word) => privilegePattern.test(word))
    ? { privileges: words, ...(option !== undefined && { withGrantOption: true }) }
    : undefined;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
