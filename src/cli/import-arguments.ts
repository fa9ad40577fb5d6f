import type { Arguments } from "./command.ts";

/** The sources of an import besides a database. */
export const otherSources = {
  "from-sql": { type: "string", valueHint: "FILE", description: "An SQL file that makes a database" },
  "from-prisma": {
    type: "string",
    multiple: true,
    valueHint: "PATH",
    description: "A Prisma schema, or a directory of its files; may be repeated",
  },
  "from-drizzle": {
    type: "string",
    multiple: true,
    valueHint: "PATH",
    description: "A file of Drizzle tables, or a directory of such; may be repeated",
  },
  "from-ts": {
    type: "string",
    multiple: true,
    valueHint: "PATH",
    description: "TypeScript whose types are tables, or a directory of it; may be repeated",
  },
  "enums-as-checks": { type: "boolean", description: "With --from-ts: texts with a check instead of enums" },
} as const satisfies Arguments;

/** Which of the tables are imported. */
export const tablePatterns = {
  include: {
    type: "string",
    multiple: true,
    valueHint: "PATTERN",
    description: "Only tables that match, such as 'shop_*'; may be repeated",
  },
  exclude: {
    type: "string",
    multiple: true,
    valueHint: "PATTERN",
    description: "No tables that match; may be repeated",
  },
  namespace: {
    type: "string",
    multiple: true,
    valueHint: "PATTERN",
    description: "Also these namespaces of PostgreSQL, such as audit or '*'; may be repeated",
  },
} as const satisfies Arguments;
