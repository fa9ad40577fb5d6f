import { indexElement } from "../../core/ddl/ansi.ts";
import { nameList, type Quote, words } from "../../core/ddl/sql.ts";
import type { IndexImage } from "../../core/ddl/statement.ts";
import { elementOf } from "../../core/schema/index-fields.ts";
import { cannot } from "./columns.ts";

/**
 * `CREATE INDEX ASYNC`, the only way there, which gives the number of a job:
 * https://docs.aws.amazon.com/aurora-dsql/latest/userguide/working-with-create-index-async.html. Throws ToolError `unsupported` for what its
 * indexes cannot be.
 */
export function newIndex(quote: Quote, table: string, index: IndexImage): string {
  refuse(table, index);
  const { name, unique, fields, include, nullsNotDistinct, where } = index;
  return words(
    `CREATE ${unique ? "UNIQUE " : ""}INDEX ASYNC ${quote(name)} ON ${quote(table)}`,
    `(${fields.map((field) => indexElement(quote, field)).join(", ")})`,
    include && `INCLUDE ${nameList(quote, include)}`,
    nullsNotDistinct && "NULLS NOT DISTINCT",
    where && `WHERE ${where}`,
  );
}

function refuse(table: string, { name, method, fields, with: options }: IndexImage): void {
  const no = (why: string) => cannot(`make the index "${name}" of table "${table}"`, why, { table, index: name });
  const elements = fields.map(elementOf);
  if (method !== undefined && method.toLowerCase() !== "btree")
    throw no(`it has one kind of index, and no ${method}; leave the method out`);
  if (elements.some(({ order }) => order === "desc"))
    throw no("its indexes are sorted upwards only, and read in either direction; leave the order out");
  if (elements.some(({ collation, operatorClass }) => collation !== undefined || operatorClass !== undefined))
    throw no("its indexes take neither collations nor operator classes");
  if (options && Object.keys(options).length > 0) throw no("its indexes have no storage parameters");
}
