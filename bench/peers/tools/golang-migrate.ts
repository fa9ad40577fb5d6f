import { join } from "node:path";
import { goVersionOf } from "../install.ts";
import { dropScript, fileOf, scriptOf, type Tool, withoutTls, writeText } from "../tool.ts";

export const golangMigrate: Tool = {
  name: "golang-migrate",
  version: goVersionOf("migrate"),
  dialects: ["sqlite", "postgresql"],
  transactions: "one each, and two for its version",
  absent: ({ go }) => ("absent" in go.migrate ? go.migrate.absent : undefined),
  write: ({ folder }, migrations) => {
    for (const { name, table, statements } of migrations) {
      writeText(folder, `migrations/${name}.up.sql`, scriptOf(statements));
      writeText(folder, `migrations/${name}.down.sql`, dropScript(table));
    }
  },
  command: ({ folder, installed, dialect }, url) => [
    "path" in installed.go.migrate ? installed.go.migrate.path : "",
    "-path",
    join(folder, "migrations"),
    "-database",
    dialect === "sqlite" ? `sqlite3://${fileOf(url)}` : withoutTls(url),
    "up",
  ],
};
