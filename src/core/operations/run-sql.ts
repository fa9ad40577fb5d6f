import * as v from "valibot";
import { forDialect } from "../ddl/default.ts";
import { ToolError } from "../errors.ts";
import { defineOperation } from "./define.ts";
import { blog, blogRows } from "./example-schema.ts";
import {
  described,
  elidable,
  flagsOf,
  ignoreErrors,
  irreversible,
  schemaOnly,
  sqlText,
  touches,
  touchesOf,
} from "./params.ts";

export default defineOperation({
  kind: "runSQL",
  summary: "Runs SQL as it stands. The state does not follow it: describe changes of tables with the other operations.",
  params: v.strictObject({
    forward: described(sqlText, "SQL to run; one text, or { dialect: text } where databases differ."),
    backward: v.exactOptional(
      described(
        v.union([irreversible, sqlText]),
        'SQL that takes it back; an empty text when nothing needs undoing; irreversible("why"). Absent: there is no way back.',
      ),
    ),
    touches,
    elidable,
    schemaOnly,
    ignoreErrors,
  }),
  risk: "blocking",
  title: (p) =>
    typeof p.forward === "string"
      ? `run SQL: ${headline(p.forward)}`
      : `run SQL for ${Object.keys(p.forward).join(", ")}`,
  table: () => undefined,
  apply: (schema) => schema,
  lower: (p, { dialect }) => {
    const text = typeof p.forward === "string" ? p.forward : forDialect(p.forward, dialect);
    if (text === undefined) {
      const there = Object.keys(p.forward)
        .map((key) => `"${key}"`)
        .join(", ");
      const what = `runSQL has SQL for ${there || "no database"} and none for "${dialect.name}"`;
      throw new ToolError("unsupported", `${what}; add it, as an empty text if there is nothing to do`, {
        dialect: dialect.name,
      });
    }
    return text.trim() === "" ? [] : [{ kind: "sql", text }];
  },
  irreversible: ({ backward }) => reasonIn(backward),
  invert: (p) => {
    if (p.backward === undefined || reasonIn(p.backward) !== undefined) return undefined;
    return p.backward === ""
      ? []
      : [{ kind: "runSQL", forward: p.backward, backward: p.forward, ...touchesOf(p), ...flagsOf(p) }];
  },
  beyond: ({ touches }) => (touches ? { named: touches } : "everything"),
  examples: [
    {
      title: "both ways",
      before: blog,
      rows: blogRows,
      params: {
        forward: "UPDATE posts SET views = 1 WHERE views IS NULL",
        backward: "UPDATE posts SET views = NULL WHERE views = 1",
      },
    },
    {
      title: "nothing to undo",
      before: blog,
      rows: blogRows,
      params: { forward: "DELETE FROM posts WHERE title = 'none; -- such'", backward: "" },
    },
    { title: "no way back", before: blog, rows: blogRows, params: { forward: "UPDATE users SET bio = NULL" } },
    {
      title: "no way back, and why",
      before: blog,
      rows: blogRows,
      params: { forward: "UPDATE users SET bio = NULL", backward: { irreversible: "nobody knows what was there" } },
    },
    {
      title: "for each database its own",
      before: blog,
      rows: blogRows,
      params: {
        forward: {
          clickhouse: "ALTER TABLE users UPDATE bio = hex(email) WHERE true",
          starrocks: "UPDATE users SET bio = hex(email) WHERE true",
          mysql: "UPDATE users SET bio = sha2(email, 256)",
          postgresql: "UPDATE users SET bio = md5(email)",
          sqlite: "UPDATE users SET bio = hex(email)",
          sqlserver: "UPDATE users SET bio = CONVERT(NVARCHAR(64), HASHBYTES('SHA2_256', email), 2)",
          vertica: "UPDATE users SET bio = md5(email)",
          ydb: "UPDATE users SET bio = CAST(Digest::Md5Hex(email) AS Utf8)",
        },
        backward: {
          clickhouse: "ALTER TABLE users UPDATE bio = NULL WHERE true",
          starrocks: "UPDATE users SET bio = NULL WHERE true",
          mysql: "UPDATE users SET bio = NULL",
          postgresql: "UPDATE users SET bio = NULL",
          sqlite: "UPDATE users SET bio = NULL",
          sqlserver: "UPDATE users SET bio = NULL",
          vertica: "UPDATE users SET bio = NULL",
          ydb: "UPDATE users SET bio = NULL",
        },
      },
    },
    {
      title: "several statements",
      before: blog,
      rows: blogRows,
      params: { forward: "UPDATE posts SET views = 2;\nUPDATE posts SET views = 3;\n", backward: "" },
    },
  ],
});

/** Why there is no way back; no database is called so. */
const reasonIn = (backward: string | Readonly<Record<string, string>> | undefined): string | undefined =>
  typeof backward === "object" ? backward["irreversible"] : undefined;

/** The first line of an SQL text that is no comment, shortened to what fits into one line of a log. */
function headline(sql: string): string {
  const [first = "", ...more] = sql
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("--"));
  const characters = [...first];
  if (characters.length > 60) return `${characters.slice(0, 59).join("")}…`;
  return more.length > 0 ? `${first} …` : first || "nothing";
}
