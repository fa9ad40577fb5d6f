import { utf8 } from "../schema/names.ts";

/** Tools whose lock godwit can take besides its own, on databases that have locks of sessions with numbers. */
export const lockingTools = ["golang-migrate", "prisma", "rails"] as const;
export type LockingTool = (typeof lockingTools)[number];

/** Where a connection is. */
export interface LockPlaceNames {
  readonly database: string;
  /** PostgreSQL's schema. */
  readonly schema: string;
}

/**
 * The number of the lock that a tool takes while it migrates, as text. golang-migrate: GenerateAdvisoryLockId of its database/util.go,
 * with the usual name of its table; Prisma: a constant of its schema engine; Rails: ActiveRecord::Migration's MIGRATOR_SALT.
 */
export function lockNumber(tool: LockingTool, { database, schema }: LockPlaceNames): string {
  if (tool === "prisma") return "72707369";
  if (tool === "rails") return String(2053462845n * BigInt(crc32(database)));
  const sum = BigInt(crc32([schema, "schema_migrations", database].join("\0")));
  return String(BigInt.asUintN(32, sum * 1486364155n));
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
