import type { Renderer } from "../../core/ddl/dialect.ts";
import type { AlterColumn } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { canonicalType } from "../mysql/dialect.ts";
import { checkDefault } from "./defaults.ts";
import { markedColumn } from "./options.ts";

/** As MySQL, but for what TiDB refuses: https://docs.pingcap.com/tidb/stable/sql-statement-modify-column/#mysql-compatibility */
export const alterColumn =
  (render: Renderer<AlterColumn>): Renderer<AlterColumn> =>
  (s) => {
    const { table, before, after, held } = s;
    checkDefault(table, after);
    const no = (why: string): ToolError =>
      new ToolError("unsupported", `TiDB cannot change the column "${after.name}" of table "${table}": ${why}`, {
        table,
        column: after.name,
      });
    if (after.autoIncrement && !before.autoIncrement) throw no("a column cannot start to number itself there");
    if (before.options?.["auto_random"] !== after.options?.["auto_random"])
      throw no("auto_random is settled when the table is made");
    const isChanged = canonicalType(before.type) !== canonicalType(after.type);
    if (before.generated || after.generated)
      if (isChanged || !before.generated !== !after.generated || !before.generated?.stored !== !after.generated?.stored)
        throw no("the type of a generated column, and whether it is one and is stored, are settled when it is made");
    if (held && isChanged && !isWider(before.type, after.type))
      throw no(
        `it is of the primary key, whose values cannot be written anew: from ${before.type} to ${after.type} is no mere widening`,
      );
    return render({ ...s, after: markedColumn(table, after) });
  };

/** Whether all values stay as they are stored: a larger integer, or a longer text of the same kind. */
function isWider(from: string, to: string): boolean {
  const [a, b] = [canonicalType(from), canonicalType(to)];
  const [x, y] = [integers.indexOf(a.replace(" unsigned", "")), integers.indexOf(b.replace(" unsigned", ""))];
  if (x >= 0 && y >= 0) return y >= x && a.endsWith(" unsigned") === b.endsWith(" unsigned");
  const [, kind, length] = /^(varchar|varbinary)\((\d+)\)$/.exec(a) ?? [];
  const [, other, longer] = /^(varchar|varbinary)\((\d+)\)$/.exec(b) ?? [];
  return kind !== undefined && kind === other && Number(longer) >= Number(length);
}

const integers = ["tinyint", "smallint", "mediumint", "int", "bigint"];
