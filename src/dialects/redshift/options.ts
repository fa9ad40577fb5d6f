import { type Command, execute } from "../../core/ddl/dialect.ts";
import { lines, nameList } from "../../core/ddl/sql.ts";
import type { StatementOf, TableImage } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { quote } from "./quote.ts";
import { cannot } from "./refusal.ts";

/** How rows are divided between nodes and sorted, and how columns are compressed: https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_NEW.html */
export const tableOptions = ["diststyle", "distkey", "sortkey", "sortstyle", "encode", "backup"] as const;
export const columnOptions = ["encode"] as const;

type Options = Readonly<Record<string, string>>;

/** What follows the columns in CREATE TABLE. Throws ToolError `schema` for an option that says nothing. */
export function storage({ name, options = {} }: TableImage): string {
  const { backup, diststyle, distkey, sortkey, sortstyle, encode } = said(name, options);
  return lines(
    backup === "no" && "BACKUP NO",
    diststyle && `DISTSTYLE ${diststyle.toUpperCase()}`,
    distkey !== undefined && `DISTKEY ${nameList(quote, [distkey])}`,
    sortkey === "auto"
      ? "SORTKEY AUTO"
      : sortkey !== undefined &&
          `${(sortstyle ?? "compound").toUpperCase()} SORTKEY ${nameList(quote, columnsIn(sortkey))}`,
    encode && "ENCODE AUTO",
  );
}

/** All change in place but for BACKUP and interleaved keys: https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE.html */
export function alterOptions({ before, after }: StatementOf<"alterOptions">): readonly Command[] {
  const [old, next] = [said(before.name, before.options ?? {}), said(after.name, after.options ?? {})];
  const no = (what: string, why: string) =>
    cannot(`change ${what} of table "${after.name}"`, why, { table: after.name });
  if ((old["backup"] ?? "yes") !== (next["backup"] ?? "yes"))
    throw no("backup", "it is settled when a table is made; make a new table and copy the rows");
  if (next["sortstyle"] === "interleaved" && (old["sortstyle"] !== "interleaved" || old["sortkey"] !== next["sortkey"]))
    throw no("the sort key", "an interleaved one comes with its table; make a new table and copy the rows");
  const alter = (change: string): Command => execute(`ALTER TABLE ${quote(after.name)} ALTER ${change}`);
  return [
    ...(sameDistribution(old, next) ? [] : [alter(distribution(next))]),
    ...(old["sortkey"] === next["sortkey"] && old["sortstyle"] === next["sortstyle"] ? [] : [alter(sorting(next))]),
    ...(next["encode"] === "auto" && old["encode"] !== "auto" ? [alter("ENCODE AUTO")] : []),
  ];
}

/** As the catalog tells it: it says nothing of BACKUP, and of compressions what the server has chosen itself. */
export function canonicalOptions(table: TableImage): Options | undefined {
  const { backup: _, encode: __, diststyle, distkey, sortkey, sortstyle } = said(table.name, table.options ?? {});
  const style = distkey === undefined ? diststyle : "key";
  const options = {
    ...(style !== undefined && style !== "auto" && { diststyle: style }),
    ...(distkey !== undefined && { distkey }),
    ...(sortkey !== undefined && sortkey !== "auto" && { sortkey: columnsIn(sortkey).join(", ") }),
    ...(sortstyle === "interleaved" && { sortstyle }),
  };
  return Object.keys(options).length > 0 ? options : undefined;
}

/** The options of a column in one spelling. */
export function canonicalColumnOptions(options: Options, table: string): Options {
  const { encode } = options;
  if (encode === undefined) return {};
  const word = encode.trim().toLowerCase();
  if (!encodings.test(word))
    throw wrong(
      table,
      "encode",
      encode,
      "az64, bytedict, delta, delta32k, lzo, mostly8, mostly16, mostly32, raw, runlength, text255, text32k or zstd",
    );
  return { encode: word };
}

const encodings = /^(?:az64|bytedict|delta|delta32k|lzo|mostly(?:8|16|32)|raw|runlength|text255|text32k|zstd)$/;

const sameDistribution = (old: Options, next: Options): boolean =>
  old["distkey"] === next["distkey"] && (old["diststyle"] ?? "auto") === (next["diststyle"] ?? "auto");

const distribution = ({ diststyle = "auto", distkey }: Options): string =>
  distkey === undefined ? `DISTSTYLE ${diststyle.toUpperCase()}` : `DISTSTYLE KEY DISTKEY ${quote(distkey)}`;

const sorting = ({ sortkey }: Options): string => {
  if (sortkey === undefined) return "SORTKEY NONE";
  return sortkey === "auto" ? "SORTKEY AUTO" : `COMPOUND SORTKEY ${nameList(quote, columnsIn(sortkey))}`;
};

const columnsIn = (list: string): readonly string[] => list.split(",").map((name) => name.trim());

function said(table: string, options: Options): Options {
  const text = Object.fromEntries(Object.entries(options).map(([key, value]) => [key, value.trim()]));
  const word = (key: string, allowed: RegExp, expected: string): Options => {
    const value = text[key]?.toLowerCase();
    if (value === undefined) return {};
    if (!allowed.test(value)) throw wrong(table, key, value, expected);
    return { [key]: value };
  };
  const found: Options = {
    ...word("diststyle", /^(?:auto|even|key|all)$/, "auto, even, key or all"),
    ...word("sortstyle", /^(?:compound|interleaved)$/, "compound or interleaved"),
    ...word("encode", /^auto$/, "auto; a compression of its own is an option of a field"),
    ...word("backup", /^(?:yes|no)$/, "yes or no"),
    ...(text["distkey"] && { distkey: text["distkey"] }),
    ...(text["sortkey"] && {
      sortkey: /^auto$/i.test(text["sortkey"]) ? "auto" : columnsIn(text["sortkey"]).join(", "),
    }),
  };
  if ((found["diststyle"] === "key") !== (found["distkey"] !== undefined) && found["diststyle"] !== undefined)
    throw wrong(table, "diststyle", found["diststyle"], "key together with distkey, and no distkey with any other");
  return found;
}

const wrong = (table: string, option: string, found: string, expected: string): ToolError =>
  new ToolError("schema", `option "${option}" of table "${table}" is "${found}"; Redshift takes ${expected}`, {
    table,
    option,
  });
