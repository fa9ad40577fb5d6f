import { join } from "node:path";
import { versionOf } from "../install.ts";
import { dropScript, eachMigration, scriptOf, type Tool, withoutTls, writeText } from "../tool.ts";

/** Its executable directly, without the starter that its npm package puts before it, and without the dump of the schema afterwards. */
export const dbmate: Tool = {
  name: "dbmate",
  version: versionOf("dbmate"),
  dialects: ["sqlite", "postgresql"],
  transactions: eachMigration,
  write: ({ folder }, migrations) => {
    for (const { name, table, statements } of migrations) {
      const text = `-- migrate:up\n${scriptOf(statements)}\n-- migrate:down\n${dropScript(table)}`;
      writeText(folder, `migrations/${name}.sql`, text);
    }
  },
  command: ({ folder, installed, dialect }, url) => [
    join(installed.modules, "@dbmate", `${process.platform}-${process.arch}`, "bin/dbmate"),
    "--url",
    dialect === "sqlite" ? url : withoutTls(url),
    "--migrations-dir",
    join(folder, "migrations"),
    "--no-dump-schema",
    "migrate",
  ],
};
