import type { Row } from "../../core/ddl/dialect.ts";
import type { Column, IndexImage } from "../../core/ddl/statement.ts";
import { elementOf, indexField } from "../../core/schema/index-fields.ts";
import { canonicalExpression, readableExpression } from "./expression.ts";
import { uniquePredicate } from "./indexes.ts";
import { commentOf, is, text } from "./row.ts";

/** Rows of one table and name, which follow each other. */
export function groupsOf(rows: readonly Row[]): readonly (readonly [Row, ...Row[]])[] {
  const groups: [Row, ...Row[]][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last && last[0]["table"] === row["table"] && last[0]["name"] === row["name"]) last.push(row);
    else groups.push([row]);
  }
  return groups;
}

/** An index out of the rows of its columns, or why it is none of a schema. */
export function indexOf(parts: readonly [Row, ...Row[]], columns: readonly Column[]): IndexImage | string {
  const [first] = parts;
  const method = methods[text(first, "kind")];
  if (method === undefined) return `it is ${text(first, "kind").toLowerCase()}`;
  if (is(first, "disabled")) return "it is disabled";
  const [included, keys] = [
    parts.filter((part) => is(part, "included")),
    parts.filter((part) => !is(part, "included")),
  ];
  const isStore = method === "columnstore";
  const options = optionsOf(first);
  const index: IndexImage = {
    name: text(first, "name"),
    fields: (isStore ? parts : keys).map((part) =>
      indexField({ field: text(part, "column"), ...(is(part, "descending") && { order: "desc" as const }) }),
    ),
    ...(is(first, "unique") && { unique: true }),
    ...(method !== "" && { method }),
    ...(included.length > 0 && !isStore && { include: included.map((part) => text(part, "column")) }),
    ...(Object.keys(options).length > 0 && !isStore && { with: options }),
    ...commentOf(first),
  };
  return { ...index, ...nullsOf(index, text(first, "predicate"), columns) };
}

const methods: Readonly<Record<string, string>> = {
  NONCLUSTERED: "",
  CLUSTERED: "clustered",
  "NONCLUSTERED COLUMNSTORE": "columnstore",
};

/** The predicate, unless it is the one that every unique index has which takes many NULLs; and whether it takes but one. */
function nullsOf(
  index: IndexImage,
  predicate: string,
  columns: readonly Column[],
): Pick<IndexImage, "where" | "nullsNotDistinct"> {
  const usual = uniquePredicate(index, columns);
  if (predicate !== "")
    return usual !== undefined && canonicalExpression(usual) === canonicalExpression(predicate)
      ? {}
      : { where: readableExpression(predicate) };
  const open = index.fields.some((element) =>
    columns.some((column) => column.nullable && column.name === elementOf(element).field),
  );
  return index.unique && open ? { nullsNotDistinct: true } : {};
}

function optionsOf(row: Row): Readonly<Record<string, string>> {
  const compression = text(row, "compression").toLowerCase();
  const fill = Number(row["fill_factor"] ?? 0);
  return {
    ...(fill > 0 && fill < 100 && { fillfactor: String(fill) }),
    ...(is(row, "padded") && { pad_index: "on" }),
    ...(is(row, "ignores") && { ignore_dup_key: "on" }),
    ...(compression !== "" && compression !== "none" && { data_compression: compression }),
  };
}
