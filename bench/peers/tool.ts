import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Installed } from "./install.ts";

export type PeerDialect = "sqlite" | "postgresql";

/** What a migration does: one table with a unique index. */
export interface TableMigration {
  /** `0001_add_orders_0001`; sorted by name, they are in order. */
  readonly name: string;
  readonly table: string;
  /** The SQL that godwit runs for it, for tools whose migrations are SQL. */
  readonly statements: readonly string[];
}

/** Where a tool works, and on what. */
export interface Site {
  readonly folder: string;
  readonly installed: Installed;
  readonly dialect: PeerDialect;
}

/** A migration tool to compare with. */
export interface Tool {
  readonly name: string;
  readonly version: string;
  readonly dialects: readonly PeerDialect[];
  /** How it groups migrations into transactions when nothing is configured; differs by dialect for some. */
  readonly transactions: Readonly<Record<PeerDialect, string>> | string;
  /** Why it cannot run here; absent when it can. */
  absent?(installed: Installed): string | undefined;
  /** Writes a project as its users would. */
  write(site: Site, migrations: readonly TableMigration[]): void;
  /** What brings the database at `url` (a `sqlite:` or `postgres:` URL) up to date. */
  command(site: Site, url: string): readonly string[];
}

export const eachMigration = "one each";
export const allInOne = "one for all";
export const manyTogether = "64 to one";

/** Writes a text file below a folder. */
export function writeText(folder: string, path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Statements as a script, each with its semicolon. */
export const scriptOf = (statements: readonly string[]): string => statements.map((sql) => `${sql};\n`).join("");

export const dropScript = (table: string): string => `DROP TABLE "${table}";\n`;

/** The file of a `sqlite:` URL. */
export const fileOf = (url: string): string => url.replace(/^sqlite:/, "");

/** For drivers of Go, which insist on TLS unless told. */
export const withoutTls = (url: string): string => `${url}?sslmode=disable`;
