import { join } from "node:path";
import { versionOf } from "../install.ts";
import { allInOne, fileOf, type PeerDialect, type Tool, writeText } from "../tool.ts";

export const knex: Tool = {
  name: "Knex",
  version: versionOf("knex"),
  dialects: ["sqlite", "postgresql"],
  transactions: allInOne,
  write: ({ folder, dialect }, migrations) => {
    writeText(folder, "knexfile.js", configText(dialect));
    for (const { name, table } of migrations) writeText(folder, `migrations/${name}.js`, migrationText(table, dialect));
  },
  command: ({ folder, installed }, url) => [
    "/usr/bin/env",
    `DATABASE_URL=${url.startsWith("sqlite:") ? fileOf(url) : url}`,
    installed.node,
    join(installed.modules, "knex/bin/cli.js"),
    "--knexfile",
    join(folder, "knexfile.js"),
    "migrate:latest",
  ],
};

const configText = (dialect: PeerDialect): string => `module.exports = ${
  dialect === "sqlite"
    ? `{ client: "better-sqlite3", useNullAsDefault: true, connection: { filename: process.env.DATABASE_URL } }`
    : `{ client: "pg", connection: process.env.DATABASE_URL }`
};
`;

/** `specificType` where its own would be another: on SQLite its timestamps are `datetime`, its decimals `float`. */
const migrationText = (table: string, dialect: PeerDialect): string => `/** @param { import("knex").Knex } knex */
exports.up = function (knex) {
  return knex.schema.createTable("${table}", (table) => {
    table.increments("id");
    table.string("title", 200).notNullable();
    table.string("email", 255).notNullable();
    table.${dialect === "sqlite" ? `specificType("amount", "decimal(10, 2)")` : `decimal("amount", 10, 2)`};
    table.boolean("open").notNullable().defaultTo(${dialect === "sqlite" ? `knex.raw("1")` : "true"});
    table.specificType("created_at", "timestamp").notNullable().defaultTo(knex.fn.now());
    table.unique(["email"], { indexName: "idx_${table}_email", useConstraint: false });
  });
};

exports.down = function (knex) {
  return knex.schema.dropTable("${table}");
};
`;
