import { utf8 } from "../schema/names.ts";

/** Tools whose lock godwit can take besides its own, on databases that have locks of sessions. */
export const lockingTools = ["golang-migrate", "prisma", "rails", "flyway", "kysely", "node-pg-migrate"] as const;
export type LockingTool = (typeof lockingTools)[number];

/** Where a connection is. */
export interface LockPlaceNames {
  readonly database: string;
  /** PostgreSQL's schema; where a database is one, its name. */
  readonly schema: string;
}

/**
 * What a tool calls the lock that it takes while it migrates, with the usual names of its tables, where such locks have numbers (PostgreSQL) or names (MySQL); `undefined` where it takes none.
 *
 * - golang-migrate: GenerateAdvisoryLockId, of other words on MySQL: https://github.com/golang-migrate/migrate/blob/master/database/util.go and mysql/mysql.go
 * - Prisma: a constant of its schema engine: https://www.prisma.io/docs/orm/prisma-migrate/workflows/development-and-production#advisory-locking
 * - Rails: MIGRATOR_SALT of https://github.com/rails/rails/blob/main/activerecord/lib/active_record/migration.rb
 * - Flyway: PostgreSQLAdvisoryLockTemplate and MySQLNamedLockTemplate, with the hash that Java has of the table's name, which 11.8 has shown
 * - Kysely: https://github.com/kysely-org/kysely/blob/master/src/dialect/postgres/postgres-adapter.ts and mysql/mysql-adapter.ts
 * - node-pg-migrate: PG_MIGRATE_LOCK_ID of https://github.com/salsita/node-pg-migrate/blob/main/src/runner.ts
 */
export const lockKeyOf = (tool: LockingTool, kind: "number" | "name", place: LockPlaceNames): string | undefined =>
  keys[tool][kind](place);

type KeyIn = (place: LockPlaceNames) => string | undefined;

const keys: Readonly<Record<LockingTool, Readonly<Record<"number" | "name", KeyIn>>>> = {
  "golang-migrate": {
    number: ({ database, schema }) => salted([schema, "schema_migrations", database].join("\0")),
    name: ({ database }) => salted(`${database}:schema_migrations`),
  },
  prisma: { number: () => "72707369", name: () => "prisma_migrate" },
  rails: { number: ({ database }) => ofRails(database), name: ({ database }) => ofRails(database) },
  flyway: {
    number: ({ schema }) => String(77431708279161n + BigInt(javaHash(`"${schema}"."flyway_schema_history"`))),
    name: ({ schema }) => `Flyway-${javaHash(`\`${schema}\`.\`flyway_schema_history\``)}`,
  },
  kysely: { number: () => "3853314791062309107", name: () => "ea586330-2c93-47c8-908d-981d9d270f9d" },
  "node-pg-migrate": { number: () => "7241865325823964", name: () => undefined },
};

const salted = (text: string): string => String(BigInt.asUintN(32, BigInt(crc32(text)) * 1486364155n));
const ofRails = (database: string): string => String(2053462845n * BigInt(crc32(database)));

/** `String.hashCode` of https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/lang/String.html#hashCode() */
export function javaHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}

/** The IEEE one, of UTF-8, bit by bit: core has neither Bun nor Node. */
export function crc32(text: string): number {
  let sum = 0xffffffff;
  for (const byte of utf8(text)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
