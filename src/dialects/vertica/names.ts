import { localName, namespaceOf } from "../../core/ddl/qualified.ts";
import { stringLiteral } from "../../core/ddl/sql.ts";

/** The condition for the rows of one table in a catalog that calls it by `table_schema` and `table_name`. */
export const ofTable = (table: string): string => {
  const namespace = namespaceOf(table);
  const schema = namespace === undefined ? "CURRENT_SCHEMA()" : stringLiteral(namespace);
  return `table_schema = ${schema} AND table_name = ${stringLiteral(localName(table))}`;
};
