import type { Row } from "../ddl/dialect.ts";
import type { TableImage } from "../ddl/statement.ts";
import type { Books, BookTable, Recorded } from "./define.ts";
import { flyway } from "./flyway-books.ts";
import { isTrue, textIn as text } from "./row-values.ts";

/** The books of a tool where a database has them: the names of their tables, in the order of `Books.tables`. */
export interface FoundBooks {
  readonly books: Books;
  /** `undefined` for an optional one that is not there. */
  readonly tables: readonly (string | undefined)[];
}

const number = (id: string): string => (/^\d+$/.test(id) ? String(BigInt(id)) : id);

const migrate: Books = {
  tool: "golang-migrate",
  title: "golang-migrate",
  tables: [{ name: "schema_migrations", columns: ["version", "dirty"] }],
  read: ([row]) => {
    // -1 is what it writes when all is taken back.
    if (!row || text(row, "version") === "-1") return { ids: [], upTo: "0" };
    const version = number(text(row, "version"));
    if (!isTrue(row["dirty"])) return { ids: [version], upTo: version };
    return {
      ids: [],
      unclear: `it stopped in version ${version} (dirty); see what of it is in the database, repair that, and say so with \`migrate force VERSION\``,
    };
  },
};

const versions = (rows: readonly Row[], column = "version"): Recorded => ({
  ids: rows.map((row) => text(row, column)),
});

const rails: Books = {
  tool: "rails",
  title: "Rails",
  tables: [
    { name: "schema_migrations", columns: ["version"] },
    { name: "ar_internal_metadata", columns: ["key", "value", "created_at", "updated_at"] },
  ],
  read: (rows) => versions(rows),
};

const dbmate: Books = {
  tool: "dbmate",
  title: "dbmate",
  tables: [{ name: "schema_migrations", columns: ["version"] }],
  read: (rows) => versions(rows),
};

const diesel: Books = {
  tool: "diesel",
  title: "Diesel",
  tables: [{ name: "__diesel_schema_migrations", columns: ["version", "run_on"] }],
  read: (rows) => versions(rows),
};

/** A row for each time that a version was applied or taken back: https://github.com/pressly/goose/blob/main/database/store.go */
const goose: Books = {
  tool: "goose",
  title: "goose",
  tables: [{ name: "goose_db_version", columns: ["id", "version_id", "is_applied", "tstamp"] }],
  read: (rows) => {
    const last = new Map<string, boolean>();
    const inOrder = rows.toSorted((a, b) => Number(a["id"]) - Number(b["id"]));
    for (const row of inOrder) last.set(number(text(row, "version_id")), isTrue(row["is_applied"]));
    return { ids: [...last].flatMap(([id, applied]) => (applied && id !== "0" ? [id] : [])) };
  },
};

/** https://github.com/prisma/prisma-engines/blob/main/schema-engine/ARCHITECTURE.md#the-_prisma_migrations-table */
const prisma: Books = {
  tool: "prisma",
  title: "Prisma Migrate",
  tables: [
    {
      name: "_prisma_migrations",
      columns: [
        "id",
        "checksum",
        "finished_at",
        "migration_name",
        "logs",
        "rolled_back_at",
        "started_at",
        "applied_steps_count",
      ],
    },
  ],
  read: (rows) => {
    const standing = rows.filter((row) => row["rolled_back_at"] === null);
    const open = standing.find((row) => row["finished_at"] === null);
    if (open) {
      const name = text(open, "migration_name");
      return {
        ids: [],
        unclear: `"${name}" failed; repair the database, and say with \`prisma migrate resolve --applied ${name}\` or \`--rolled-back ${name}\` what is there`,
      };
    }
    const sums = standing.map((row) => [text(row, "migration_name"), text(row, "checksum")] as const);
    return { ...versions(standing, "migration_name"), sums: new Map(sums) };
  },
};

/**
 * `created_at` is `when` of its journal, and on PostgreSQL the table is in a schema of its own. Since 1.0 there are names of folders, which begin with the second of that; what was
 * applied before has one when Drizzle 1.0 has run there once, so until then the second is what tells.
 * https://github.com/drizzle-team/drizzle-orm/blob/beta/drizzle-orm/src/up-migrations/pg.ts
 */
const drizzle: Books = {
  tool: "drizzle",
  title: "Drizzle",
  tables: [{ name: "__drizzle_migrations", columns: ["id", "hash", "created_at"], further: true }],
  read: (rows) => {
    const words = rows.map((row): readonly [string, string] => {
      const [name, time] = [row["name"], text(row, "created_at")];
      return typeof name === "string" ? [name, time] : [time, secondOf(time)];
    });
    return { ids: words.map(([id]) => id), also: new Map(words) };
  },
  formerId: (id) => /^\d{14}(?=_|$)/.exec(id)?.[0],
};

/** Of milliseconds, as a folder of Drizzle begins: 1795301080319 → 20261121224440. */
const secondOf = (time: string): string =>
  /^\d{1,15}$/.test(time)
    ? new Date(Number(time))
        .toISOString()
        .replace(/\.\d+Z$/, "")
        .replace(/\D/g, "")
    : time;

const locked = (title: string, unlock: string): Recorded => ({
  ids: [],
  unclear: `${title} holds its lock: it runs, or was killed; when it does not run any more, ${unlock}`,
});

const knex: Books = {
  tool: "knex",
  title: "Knex",
  tables: [
    { name: "knex_migrations", columns: ["id", "name", "batch", "migration_time"] },
    { name: "knex_migrations_lock", columns: ["index", "is_locked"], optional: true },
  ],
  read: (rows, locks = []) =>
    locks.some((row) => isTrue(row["is_locked"]))
      ? locked("Knex", "free it with `knex migrate:unlock`")
      : versions(rows, "name"),
};

const kysely: Books = {
  tool: "kysely",
  title: "Kysely",
  tables: [
    { name: "kysely_migration", columns: ["name", "timestamp"] },
    { name: "kysely_migration_lock", columns: ["id", "is_locked"], optional: true },
  ],
  read: (rows, locks = []) =>
    locks.some((row) => isTrue(row["is_locked"]))
      ? locked("Kysely", "set is_locked of kysely_migration_lock to 0")
      : versions(rows, "name"),
};

const nodePgMigrate: Books = {
  tool: "node-pg-migrate",
  title: "node-pg-migrate",
  tables: [{ name: "pgmigrations", columns: ["id", "name", "run_on"] }],
  read: (rows) => versions(rows, "name"),
};

/**
 * Versions of 20 digits; what an older pop has recorded has the first 14 of them, and stands for all that begin so.
 * https://github.com/ory/x/blob/master/popx/migrator.go
 */
const ory = (...columns: readonly string[]): Books => ({
  tool: "ory",
  title: "Ory (popx)",
  tables: [
    { name: "schema_migration", columns },
    { name: "schema_migration_pop_legacy", columns: ["version"], optional: true },
  ],
  read: (rows) => versions(rows),
  formerId: (id) => (id.length > 14 ? id.slice(0, 14) : undefined),
  sharesFormerIds: true,
});

const django: Books = {
  tool: "django",
  title: "Django",
  tables: [{ name: "django_migrations", columns: ["id", "app", "name", "applied"] }],
  read: (rows) => ({ ids: rows.map((row) => `${text(row, "app")}.${text(row, "name")}`) }),
};

const alembic: Books = {
  tool: "alembic",
  title: "Alembic",
  tables: [{ name: "alembic_version", columns: ["version_num"] }],
  read: (rows) =>
    rows.length > 1
      ? {
          ids: [],
          unclear: `it has ${rows.length} heads (${rows.map((row) => text(row, "version_num")).join(", ")}); join them with \`alembic merge heads\` and \`alembic upgrade head\``,
        }
      : versions(rows, "version_num"),
};

const makemigrations = (name: string): Books => ({
  tool: "makemigrations",
  title: "makemigrations",
  tables: [{ name, columns: ["name"], further: true }],
  read: (rows) => versions(rows, "name"),
});

/** The books that godwit can read. What has the most tables stands first: Rails and dbmate call their history the same. */
export const allBooks: readonly Books[] = [
  migrate,
  rails,
  dbmate,
  diesel,
  goose,
  flyway,
  prisma,
  drizzle,
  knex,
  kysely,
  nodePgMigrate,
  ory("version", "version_self"),
  ory("version"),
  django,
  alembic,
  makemigrations("makemigrations_history"),
  makemigrations("morphic_history"),
];

/** The names of the namespaces in which a tool keeps its books. */
export const bookNamespaces: readonly string[] = ["drizzle"];

type Named = Pick<TableImage, "name"> & { readonly columns: readonly { readonly name: string }[] };

/** The books that are among tables. */
export function findBooks(tables: readonly Named[]): readonly FoundBooks[] {
  const taken = new Set<string>();
  return allBooks.flatMap((books) => {
    const found = books.tables.map(
      (wanted) => tables.find((table) => !taken.has(table.name) && isBook(table, wanted))?.name,
    );
    if (books.tables.some(({ optional }, i) => !optional && found[i] === undefined)) return [];
    for (const name of found) if (name !== undefined) taken.add(name);
    return [{ books, tables: found }];
  });
}

function isBook({ name, columns }: Named, wanted: BookTable): boolean {
  const local = name.slice(name.lastIndexOf(".") + 1);
  const inPlace =
    name === wanted.name || (local === wanted.name && bookNamespaces.includes(name.slice(0, name.lastIndexOf("."))));
  const names = new Set(columns.map((column) => column.name.toLowerCase()));
  return (
    inPlace &&
    wanted.columns.every((column) => names.has(column)) &&
    (wanted.further || names.size === wanted.columns.length)
  );
}
