import { join } from "node:path";
import { versionOf } from "../install.ts";
import { allInOne, fileOf, type PeerDialect, type Site, type TableMigration, type Tool, writeText } from "../tool.ts";

/** `drizzle-kit migrate` on what `drizzle-kit generate` writes, without the snapshots, which only `generate` reads. */
export const drizzleKit: Tool = {
  name: "drizzle-kit",
  version: versionOf("drizzle-kit"),
  dialects: ["sqlite", "postgresql"],
  transactions: allInOne,
  write: ({ folder, dialect }, migrations) => {
    writeText(folder, "drizzle.config.ts", configText(dialect));
    writeText(folder, "drizzle/meta/_journal.json", journalText(dialect, migrations));
    for (const { name, statements } of migrations) {
      const text = statements.map((sql) => `${sql};`).join("--> statement-breakpoint\n");
      writeText(folder, `drizzle/${name}.sql`, text);
    }
  },
  command: ({ folder, installed }: Site, url) => [
    "/usr/bin/env",
    `DATABASE_URL=${url.startsWith("sqlite:") ? fileOf(url) : url}`,
    installed.node,
    join(installed.modules, "drizzle-kit/bin.cjs"),
    "migrate",
    "--config",
    join(folder, "drizzle.config.ts"),
  ],
};

const configText = (dialect: PeerDialect): string => `import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "${dialect}",
  out: "./drizzle",
  dbCredentials: { url: process.env.DATABASE_URL! },
});
`;

function journalText(dialect: PeerDialect, migrations: readonly TableMigration[]): string {
  const entries = migrations.map(({ name }, idx) => ({
    idx,
    version: "7",
    when: Date.UTC(2026, 0, 1) + idx,
    tag: name,
    breakpoints: true,
  }));
  return JSON.stringify({ version: "7", dialect, entries }, undefined, 2);
}
