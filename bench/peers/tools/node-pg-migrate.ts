import { join } from "node:path";
import { versionOf } from "../install.ts";
import { allInOne, type Tool, writeText } from "../tool.ts";

export const nodePgMigrate: Tool = {
  name: "node-pg-migrate",
  version: versionOf("node-pg-migrate"),
  dialects: ["postgresql"],
  transactions: allInOne,
  write: ({ folder }, migrations) => {
    writeText(folder, "package.json", `{ "type": "module" }\n`);
    for (const { name, table } of migrations) writeText(folder, `migrations/${name}.js`, migrationText(table));
  },
  command: ({ folder, installed }, url) => [
    "/usr/bin/env",
    `DATABASE_URL=${url}`,
    installed.node,
    join(installed.modules, "node-pg-migrate/bin/node-pg-migrate.js"),
    "up",
    "--migrations-dir",
    join(folder, "migrations"),
  ],
};

const migrationText = (table: string): string => `export const shorthands = undefined;

/** @param pgm {import("node-pg-migrate").MigrationBuilder} */
export const up = (pgm) => {
  pgm.createTable("${table}", {
    id: "id",
    title: { type: "varchar(200)", notNull: true },
    email: { type: "varchar(255)", notNull: true },
    amount: { type: "decimal(10,2)" },
    open: { type: "boolean", notNull: true, default: true },
    created_at: { type: "timestamp", notNull: true, default: pgm.func("current_timestamp") },
  });
  pgm.createIndex("${table}", "email", { name: "idx_${table}_email", unique: true });
};

/** @param pgm {import("node-pg-migrate").MigrationBuilder} */
export const down = (pgm) => {
  pgm.dropTable("${table}");
};
`;
