import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { godwitBinary } from "../helpers/binary.ts";
import { runDbmate } from "../helpers/dbmate.ts";
import { engineFile } from "../helpers/engines.ts";
import { dumpPostgres } from "../helpers/postgres-dump.ts";
import { postgresServer, type TestDatabase } from "../helpers/postgres-server.ts";
import { prismaProject } from "../helpers/prisma.ts";
import { pythonWith } from "../helpers/python.ts";
import { dumpWithout, writeFiles } from "../helpers/take-over.ts";

// A project made and run by the real tool on a real PostgreSQL; then godwit takes over.

interface Tool {
  readonly tool: string;
  /** What tells it from another one of the same tool. */
  readonly how?: string;
  /** Files of its project. */
  readonly files: Readonly<Record<string, string>>;
  /** Runs the tool in its project. */
  run(folder: string, url: string): void;
  /** Where its migrations lie, where they are SQL. Absent: the database is described as a whole. */
  readonly convert?: string;
  /** A file of its project from which `init` takes the schema, and the flag for it; absent: from the database. */
  readonly described?: readonly [flag: string, file: string];
  /** Its own tables. */
  readonly books: readonly string[];
}

const run = (
  program: string,
  words: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): string => {
  const { exitCode, stdout, stderr } = Bun.spawnSync([program, ...words], { cwd, env: { ...process.env, ...env } });
  const said = `${stdout}${stderr}`;
  if (exitCode !== 0) throw new Error(`${program} ${words.join(" ")} ended with ${exitCode}: ${said}`);
  return said;
};

/** So that programs of a project find the packages of the tools. */
const withPackages = (folder: string): void =>
  symlinkSync(dirname(dirname(engineFile("knex/package.json", "tools"))), join(folder, "node_modules"));

const drizzleSchema = `import { pgTable, serial, text, integer, index } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: serial().primaryKey(), email: text().notNull().unique() });
export const posts = pgTable("posts", { id: serial().primaryKey(), authorId: integer("author_id").notNull().references(() => users.id), title: text() }, (t) => [index("posts_title").on(t.title)]);
`;

/** The models of a project of Prisma, and what they become. */
const prismaModels = [
  `enum Role {
  USER
  ADMIN
}

model User {
  id    Int     @id @default(autoincrement())
  email String  @unique @db.VarChar(120)
  role  Role    @default(USER)
  posts Post[]
}

model Post {
  id       String   @id @default(uuid()) @db.Uuid
  title    String   @default("untitled") @db.VarChar(200)
  score    Decimal  @default(0) @db.Decimal(6, 2)
  at       DateTime @default(now()) @db.Timestamptz(3)
  tags     String[]
  author   User     @relation(fields: [authorId], references: [id], onDelete: Cascade)
  authorId Int      @map("author_id")

  @@unique([title, authorId])
  @@index([authorId, at(sort: Desc)])
  @@map("posts")
}`,
  `enum Role {
  USER
  ADMIN
  GUEST
}

model User {
  id       Int      @id @default(autoincrement())
  email    String?  @unique @db.VarChar(120)
  role     Role     @default(USER)
  settings Json     @default("{}")
  updated  DateTime @updatedAt
  posts    Post[]
  key      Key?
}

model Post {
  id       String   @id @default(dbgenerated("gen_random_uuid()")) @db.Uuid
  title    String   @default("untitled") @db.VarChar(250)
  score    Decimal  @default(0) @db.Decimal(8, 2)
  at       DateTime @default(now()) @db.Timestamptz(3)
  tags     String[] @default(["a", "b"])
  author   User     @relation(fields: [authorId], references: [id], onDelete: Restrict)
  authorId Int      @map("author_id")
  labels   Label[]

  @@index([authorId, at(sort: Desc)])
  @@index([tags], type: Gin)
  @@map("posts")
}

model Label {
  id    BigInt @id @default(autoincrement())
  name  String
  posts Post[]
}

model Key {
  user   User   @relation(fields: [userId], references: [id])
  userId Int    @unique
  region String @db.Char(2)
  number Int    @default(autoincrement())
  bytes  Bytes?

  @@id([region, number])
}`,
];

const runPrisma = (folder: string, url: string): void => {
  const prisma = prismaProject(folder, "postgresql", url);
  for (const [i, models] of prismaModels.entries()) prisma.step(`2024010${i + 1}000000_step`, models);
  const { exitCode, said } = prisma.run("migrate", "deploy");
  if (exitCode !== 0) throw new Error(said);
};

const tools: readonly Tool[] = [
  { tool: "prisma", files: {}, run: runPrisma, convert: "prisma", books: ["_prisma_migrations"] },
  {
    tool: "prisma",
    how: "described as a whole",
    files: {},
    run: runPrisma,
    described: ["--from-prisma", "prisma/schema.prisma"],
    books: ["_prisma_migrations"],
  },
  {
    tool: "dbmate",
    files: {
      "db/migrations/20240101000000_users.sql":
        "-- migrate:up\nCREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL UNIQUE);\n\n-- migrate:down\nDROP TABLE users;\n",
      "db/migrations/20240102000000_posts.sql":
        "-- migrate:up\nCREATE TABLE posts (id bigserial PRIMARY KEY, user_id int REFERENCES users, body text DEFAULT '');\n\n-- migrate:down\nDROP TABLE posts;\n",
      "db/migrations/20240103000000_index.sql":
        "-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY posts_user ON posts (user_id);\n\n-- migrate:down transaction:false\nDROP INDEX CONCURRENTLY posts_user;\n",
    },
    run: (folder, url) => runDbmate(folder, `${url}?sslmode=disable`),
    convert: "db/migrations",
    books: ["schema_migrations"],
  },
  {
    tool: "knex",
    files: {
      "migrations/20240101_users.js": `exports.up = (knex) => knex.schema.createTable("users", (t) => { t.increments(); t.string("email", 120).notNullable().unique(); t.timestamps(true, true); t.enu("role", ["admin", "user"]); });\nexports.down = (knex) => knex.schema.dropTable("users");\n`,
      "migrations/20240102_posts.js": `exports.up = (knex) => knex.schema.createTable("posts", (t) => { t.bigIncrements(); t.integer("user_id").unsigned().references("users.id").onDelete("CASCADE").index(); t.jsonb("meta"); });\nexports.down = (knex) => knex.schema.dropTable("posts");\n`,
      "knexfile.js": `module.exports = { client: "pg", connection: process.env.DATABASE_URL };\n`,
    },
    run: (folder, url) => {
      withPackages(folder);
      run("node", [engineFile("knex/bin/cli.js", "tools"), "migrate:latest"], folder, { DATABASE_URL: url });
    },
    books: ["knex_migrations", "knex_migrations_lock"],
  },
  {
    tool: "node-pg-migrate",
    files: {
      "migrations/1700000000001_users.sql":
        "-- Up Migration\nCREATE TABLE users (id serial PRIMARY KEY, name varchar(100) NOT NULL, at timestamp NOT NULL DEFAULT current_timestamp);\n-- Down Migration\nDROP TABLE users;\n",
      "migrations/1700000000002_index.js":
        'export const up = (pgm) => {\n  pgm.noTransaction();\n  pgm.sql("CREATE INDEX CONCURRENTLY users_name ON users (name)");\n};\nexport const down = (pgm) => pgm.sql("DROP INDEX users_name");\n',
      "package.json": `{ "type": "module" }\n`,
    },
    run: (folder, url) => {
      withPackages(folder);
      run("node", [engineFile("node-pg-migrate/bin/node-pg-migrate.js", "tools"), "up"], folder, { DATABASE_URL: url });
    },
    convert: "migrations",
    books: ["pgmigrations"],
  },
  {
    tool: "drizzle",
    files: {
      "schema.ts": drizzleSchema,
      "run.mjs": `import { drizzle } from "drizzle-orm/node-postgres";\nimport { migrate } from "drizzle-orm/node-postgres/migrator";\nconst db = drizzle(process.env.DATABASE_URL);\nawait migrate(db, { migrationsFolder: "drizzle" });\nawait db.$client.end();\n`,
    },
    run: (folder, url) => {
      withPackages(folder);
      run(
        "node",
        [
          engineFile("drizzle-kit/bin.cjs", "tools"),
          "generate",
          "--dialect=postgresql",
          "--schema=schema.ts",
          "--out=drizzle",
        ],
        folder,
      );
      run("node", ["run.mjs"], folder, { DATABASE_URL: url });
    },
    convert: "drizzle",
    books: ["drizzle.__drizzle_migrations"],
  },
  {
    tool: "django",
    files: {
      "manage.py": `import os, sys\nfrom urllib.parse import urlparse\nfrom django.conf import settings\nu = urlparse(os.environ["DATABASE_URL"])\nsettings.configure(INSTALLED_APPS=["shop"], DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", SECRET_KEY="x", USE_TZ=True, DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "NAME": u.path[1:], "USER": u.username, "PASSWORD": u.password or "", "HOST": u.hostname, "PORT": u.port}})\nfrom django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n`,
      "shop/__init__.py": "",
      "shop/models.py": `from django.db import models\n\nclass User(models.Model):\n    email = models.EmailField(unique=True)\n    joined = models.DateTimeField(auto_now_add=True)\n\nclass Post(models.Model):\n    author = models.ForeignKey(User, on_delete=models.CASCADE)\n    title = models.CharField(max_length=200, db_index=True)\n    score = models.DecimalField(max_digits=6, decimal_places=2, default=0)\n    likes = models.ManyToManyField(User, related_name="liked")\n    class Meta:\n        constraints = [models.CheckConstraint(check=models.Q(score__gte=0), name="score_positive")]\n`,
    },
    run: (folder, url) => {
      const { program, env } = pythonWith("python3-django", "python3-psycopg2");
      for (const words of [["makemigrations", "shop"], ["migrate"]])
        run(program, ["manage.py", ...words], folder, { ...env, DATABASE_URL: url });
    },
    books: ["django_migrations"],
  },
  {
    tool: "alembic",
    files: {
      "alembic.ini": "[alembic]\nscript_location = scripts\n",
      "scripts/env.py": `import os\nfrom alembic import context\nfrom sqlalchemy import create_engine\nwith create_engine(os.environ["DATABASE_URL"].replace("postgres://", "postgresql://")).connect() as connection:\n    context.configure(connection=connection)\n    with context.begin_transaction():\n        context.run_migrations()\n`,
      "scripts/versions/a1_users.py": `from alembic import op\nimport sqlalchemy as sa\nrevision = "a1"\ndown_revision = None\ndef upgrade():\n    op.create_table("users", sa.Column("id", sa.Integer, primary_key=True), sa.Column("email", sa.String(120), nullable=False, unique=True), sa.Column("role", sa.Enum("admin", "user", name="role")))\n`,
      "scripts/versions/b2_posts.py": `from alembic import op\nimport sqlalchemy as sa\nrevision = "b2"\ndown_revision = "a1"\ndef upgrade():\n    op.create_table("posts", sa.Column("id", sa.BigInteger, primary_key=True), sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id", ondelete="SET NULL")), sa.Column("at", sa.DateTime(timezone=True), server_default=sa.func.now()))\n    op.create_index("ix_posts_user", "posts", ["user_id"])\n`,
    },
    run: (folder, url) => {
      const { program, env } = pythonWith("python3-alembic", "python3-psycopg2");
      run(program, ["-m", "alembic", "upgrade", "head"], folder, { ...env, DATABASE_URL: url });
    },
    books: ["alembic_version"],
  },
];

const folder = mkdtempSync(join(tmpdir(), "godwit-adopt-"));
let binary: string;
beforeAll(async () => {
  binary = await godwitBinary();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const told = tools.map((each) => ({ ...each, name: [each.tool, each.how].filter(Boolean).join(", ") }));

describe.each(told)("$name", ({ name, tool, files, run: runTool, convert, described, books }) => {
  test("what it has made is taken over, changed and made anew", async () => {
    const server = await postgresServer();
    const [old, fresh]: readonly TestDatabase[] = [await server.createDatabase(), await server.createDatabase()];
    if (!old || !fresh) throw new Error("no databases");
    const theirs = join(folder, name);
    writeFiles(theirs, Object.entries(files));
    runTool(theirs, old.url);
    const ours = join(folder, `${name}-godwit`);
    mkdirSync(ours);
    const godwit = (...words: readonly string[]): string => run(binary, words, ours, { GODWIT_DATABASE_URL: old.url });
    if (convert === undefined) {
      const [flag, file] = described ?? [];
      godwit("init", ...(flag && file ? [flag, join(theirs, file)] : ["--from-db", old.url]));
      godwit("generate");
    } else godwit("convert", join(theirs, convert), "--from", tool, "--state");
    expect(godwit("migrate", "adopt", "--from", tool)).toContain(`of ${tool} as applied`);
    expect(godwit("migrate", "status")).toContain(", 0 pending");
    expect(godwit("schema", "drift").split("\n")[0]).toBe("no drift");
    const schema = join(ours, "schema/schema.yaml");
    const text = readFileSync(schema, "utf8");
    writeFileSync(
      schema,
      text.replace(
        /^tables:\n/m,
        "tables:\n  - name: extra\n    fields:\n      - { name: id, type: serial, primary_key: true }\n",
      ),
    );
    godwit("generate");
    godwit("migrate", "up");
    expect(godwit("schema", "drift").split("\n")[0]).toBe("no drift");
    expect(run(binary, ["migrate", "up", "--url", fresh.url], ours)).toContain("applied");
    expect(await dumpWithout(fresh.url, dumpPostgres, books)).toEqual(await dumpWithout(old.url, dumpPostgres, books));
    await Promise.all([old.drop(), fresh.drop()]);
  }, 120_000);
});
