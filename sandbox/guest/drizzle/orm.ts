import { TABLE } from "./marks.ts";
import { isMarked, type Sql, sql, sqlOf } from "./sql.ts";

/** What `"drizzle-orm"` exports, as far as tables need it. */
export { sql };

type Operand = unknown;

const infix =
  (operator: string) =>
  (a: Operand, b: Operand): Sql =>
    sqlOf([{ value: a }, { text: ` ${operator} ` }, { value: b }]);
const suffix =
  (operator: string) =>
  (a: Operand): Sql =>
    sqlOf([{ value: a }, { text: ` ${operator}` }]);

export const eq = infix("=");
export const ne = infix("<>");
export const gt = infix(">");
export const gte = infix(">=");
export const lt = infix("<");
export const lte = infix("<=");
export const like = infix("like");
export const notLike = infix("not like");
export const ilike = infix("ilike");
export const notIlike = infix("not ilike");
export const inArray = infix("in");
export const notInArray = infix("not in");
export const isNull = suffix("is null");
export const isNotNull = suffix("is not null");
export const asc = suffix("asc");
export const desc = suffix("desc");
export const not = (a: Operand): Sql => sqlOf([{ text: "not " }, { value: a }]);
export const between = (a: Operand, low: Operand, high: Operand): Sql =>
  sqlOf([{ value: a }, { text: " between " }, { value: low }, { text: " and " }, { value: high }]);

const joined =
  (operator: string) =>
  (...given: readonly (Operand | undefined)[]): Sql | undefined => {
    const all = given.filter((condition) => condition !== undefined);
    if (all.length < 2) return all[0] as Sql | undefined;
    return sqlOf([{ text: "(" }, { value: sql.join(all, sql.raw(` ${operator} `)) }, { text: ")" }]);
  };
export const and = joined("and");
export const or = joined("or");

/** Relations are for queries; the database has foreign keys. */
export const relations = (): object => ({});
export const defineRelations = (): object => ({});
export const defineRelationsPart = (): object => ({});

const stateOf = (table: unknown) =>
  isMarked(table, TABLE) ? (table[TABLE] as { readonly name: string; readonly columns: object }) : undefined;
export const getTableName = (table: unknown): string => stateOf(table)?.name ?? "";
export const getTableColumns = (table: unknown): object => stateOf(table)?.columns ?? {};
