import { join } from "node:path";
import { goVersionOf } from "../install.ts";
import { dropScript, eachMigration, fileOf, scriptOf, type Tool, withoutTls, writeText } from "../tool.ts";

export const goose: Tool = {
  name: "goose",
  version: goVersionOf("goose"),
  dialects: ["sqlite", "postgresql"],
  transactions: eachMigration,
  absent: ({ go }) => ("absent" in go.goose ? go.goose.absent : undefined),
  write: ({ folder }, migrations) => {
    for (const { name, table, statements } of migrations) {
      const text = `-- +goose Up\n${scriptOf(statements)}\n-- +goose Down\n${dropScript(table)}`;
      writeText(folder, `migrations/${name}.sql`, text);
    }
  },
  command: ({ folder, installed, dialect }, url) => [
    "path" in installed.go.goose ? installed.go.goose.path : "",
    "-dir",
    join(folder, "migrations"),
    ...(dialect === "sqlite" ? ["sqlite3", fileOf(url)] : ["postgres", withoutTls(url)]),
    "up",
  ],
};
