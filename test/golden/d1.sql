-- What Cloudflare D1 is sent for the examples of the operations, where it is not what SQLite is sent.
-- Written by GODWIT_TEST_UPDATE=1 bun test test/golden.test.ts; read what has changed.

-- # addConstraint: a check
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER,
  CONSTRAINT "views_counted" CHECK (views >= 0 OR views IS NULL)
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", "posts"."user_id", "posts"."title", "posts"."status", "posts"."views" FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "posts";
CREATE TABLE "posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER,
  CONSTRAINT "views_counted" CHECK (views >= 0 OR views IS NULL),
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "posts" (_rowid_, "id", "user_id", "title", "status", "views")
SELECT _rowid_, "id", "user_id", "title", "status", "views" FROM "godwit_rebuild_posts";
DROP TABLE "godwit_rebuild_posts";
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # addConstraint: a unique constraint over several fields
-- checked: table "order_lines" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "order_lines" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_order_lines" (
  "order_no" INTEGER NOT NULL,
  "line_no" SMALLINT NOT NULL,
  "article" VARCHAR(30) NOT NULL,
  PRIMARY KEY ("order_no", "line_no"),
  CONSTRAINT "one_line" UNIQUE ("article", "order_no")
);
INSERT INTO "godwit_rebuild_order_lines" ("_rowid_", "order_no", "line_no", "article")
SELECT _rowid_, "order_lines"."order_no", "order_lines"."line_no", "order_lines"."article" FROM "order_lines";
-- checked: rebuilding table "order_lines" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "order_lines";
CREATE TABLE "order_lines" (
  "order_no" INTEGER NOT NULL,
  "line_no" SMALLINT NOT NULL,
  "article" VARCHAR(30) NOT NULL,
  PRIMARY KEY ("order_no", "line_no"),
  CONSTRAINT "one_line" UNIQUE ("article", "order_no")
);
INSERT INTO "order_lines" (_rowid_, "order_no", "line_no", "article")
SELECT _rowid_, "order_no", "line_no", "article" FROM "godwit_rebuild_order_lines";
DROP TABLE "godwit_rebuild_order_lines";
CREATE UNIQUE INDEX "uq_order_lines_article" ON "order_lines" (`order_no`, `article`);
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # addConstraint: odd names
-- checked: table "o'brien" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "o'brien" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_o'brien" (
  "select" INTEGER PRIMARY KEY,
  "a""b" VARCHAR(40) NOT NULL DEFAULT 'x; drop table y',
  "😀" TEXT,
  CONSTRAINT "x; drop table y" CHECK (1 = 1 OR 'it''s' = '')
);
INSERT INTO "godwit_rebuild_o'brien" ("select", "a""b", "😀")
SELECT "o'brien"."select", "o'brien"."a""b", "o'brien"."😀" FROM "o'brien";
-- checked: rebuilding table "o'brien" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "o'brien";
CREATE TABLE "o'brien" (
  "select" INTEGER PRIMARY KEY,
  "a""b" VARCHAR(40) NOT NULL DEFAULT 'x; drop table y',
  "😀" TEXT,
  CONSTRAINT "x; drop table y" CHECK (1 = 1 OR 'it''s' = '')
);
INSERT INTO "o'brien" ("select", "a""b", "😀")
SELECT "select", "a""b", "😀" FROM "godwit_rebuild_o'brien";
DROP TABLE "godwit_rebuild_o'brien";
CREATE INDEX "x; drop table y" ON "o'brien" (`a"b`) WHERE "a""b" IS NOT NULL;
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # addField: a field that existing rows are filled in
-- checked: table "users" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "users" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "users" has rows without a value for column "nick", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_users" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "email" VARCHAR(255) NOT NULL,
  "bio" TEXT,
  "updated_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "nick" VARCHAR(255) NOT NULL
);
INSERT INTO "godwit_rebuild_users" ("id", "email", "bio", "updated_at", "nick")
SELECT "users"."id", "users"."email", "users"."bio", "users"."updated_at", (lower(email)) FROM "users";
-- checked: rebuilding table "users" did not copy every row; nothing was changed
DELETE FROM sqlite_sequence WHERE name = 'godwit_rebuild_users' COLLATE NOCASE;
INSERT INTO sqlite_sequence (name, seq) SELECT 'godwit_rebuild_users', seq FROM sqlite_sequence WHERE name = 'users' COLLATE NOCASE;
-- as kept: aside
DROP TABLE "users";
CREATE TABLE "users" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "email" VARCHAR(255) NOT NULL,
  "bio" TEXT,
  "updated_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "nick" VARCHAR(255) NOT NULL
);
INSERT INTO "users" ("id", "email", "bio", "updated_at", "nick")
SELECT "id", "email", "bio", "updated_at", "nick" FROM "godwit_rebuild_users";
DELETE FROM sqlite_sequence WHERE name = 'users' COLLATE NOCASE;
INSERT INTO sqlite_sequence (name, seq) SELECT 'users', seq FROM sqlite_sequence WHERE name = 'godwit_rebuild_users' COLLATE NOCASE;
DROP TABLE "godwit_rebuild_users";
CREATE UNIQUE INDEX "idx_users_email" ON "users" (`email`);
-- as kept: indexes
CREATE TRIGGER IF NOT EXISTS "godwit_auto_update:users:updated_at" AFTER UPDATE ON "users"
FOR EACH ROW WHEN NEW."updated_at" IS OLD."updated_at" AND NEW."updated_at" IS NOT CURRENT_TIMESTAMP
BEGIN
  UPDATE "users" SET "updated_at" = CURRENT_TIMESTAMP WHERE _rowid_ = NEW._rowid_;
END;
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # addField: times that the database keeps
-- checked: table "products" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "products" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_products" (
  "sku" CHAR(4) NOT NULL PRIMARY KEY,
  "category" VARCHAR(8) NOT NULL,
  "price" DECIMAL(10,2),
  "changed_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO "godwit_rebuild_products" ("_rowid_", "sku", "category", "price")
SELECT _rowid_, "products"."sku", "products"."category", "products"."price" FROM "products";
-- checked: rebuilding table "products" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "products";
CREATE TABLE "products" (
  "sku" CHAR(4) NOT NULL PRIMARY KEY,
  "category" VARCHAR(8) NOT NULL,
  "price" DECIMAL(10,2),
  "changed_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  FOREIGN KEY ("category") REFERENCES "categories" ("code") ON DELETE RESTRICT
);
INSERT INTO "products" (_rowid_, "sku", "category", "price", "changed_at")
SELECT _rowid_, "sku", "category", "price", "changed_at" FROM "godwit_rebuild_products";
DROP TABLE "godwit_rebuild_products";
-- as kept: indexes
CREATE TRIGGER IF NOT EXISTS "godwit_auto_update:products:changed_at" AFTER UPDATE ON "products"
FOR EACH ROW WHEN NEW."changed_at" IS OLD."changed_at" AND NEW."changed_at" IS NOT CURRENT_TIMESTAMP
BEGIN
  UPDATE "products" SET "changed_at" = CURRENT_TIMESTAMP WHERE _rowid_ = NEW._rowid_;
END;
-- as kept: triggers
-- as kept: back
-- as kept: dependents
CREATE TRIGGER IF NOT EXISTS "godwit_auto_update:products:changed_at" AFTER UPDATE ON "products"
FOR EACH ROW WHEN NEW."changed_at" IS OLD."changed_at" AND NEW."changed_at" IS NOT CURRENT_TIMESTAMP
BEGIN
  UPDATE "products" SET "changed_at" = CURRENT_TIMESTAMP WHERE _rowid_ = NEW._rowid_;
END;

-- # addField: a foreign key to a uuid key
-- checked: table "users" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "users" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_users" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "email" VARCHAR(255) NOT NULL,
  "bio" TEXT,
  "updated_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "pinned_post" UUID TEXT
);
INSERT INTO "godwit_rebuild_users" ("id", "email", "bio", "updated_at")
SELECT "users"."id", "users"."email", "users"."bio", "users"."updated_at" FROM "users";
-- checked: rebuilding table "users" did not copy every row; nothing was changed
DELETE FROM sqlite_sequence WHERE name = 'godwit_rebuild_users' COLLATE NOCASE;
INSERT INTO sqlite_sequence (name, seq) SELECT 'godwit_rebuild_users', seq FROM sqlite_sequence WHERE name = 'users' COLLATE NOCASE;
-- as kept: aside
DROP TABLE "users";
CREATE TABLE "users" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "email" VARCHAR(255) NOT NULL,
  "bio" TEXT,
  "updated_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "pinned_post" UUID TEXT,
  FOREIGN KEY ("pinned_post") REFERENCES "posts" ("id") ON DELETE SET NULL
);
INSERT INTO "users" ("id", "email", "bio", "updated_at", "pinned_post")
SELECT "id", "email", "bio", "updated_at", "pinned_post" FROM "godwit_rebuild_users";
DELETE FROM sqlite_sequence WHERE name = 'users' COLLATE NOCASE;
INSERT INTO sqlite_sequence (name, seq) SELECT 'users', seq FROM sqlite_sequence WHERE name = 'godwit_rebuild_users' COLLATE NOCASE;
DROP TABLE "godwit_rebuild_users";
CREATE UNIQUE INDEX "idx_users_email" ON "users" (`email`);
-- as kept: indexes
CREATE TRIGGER IF NOT EXISTS "godwit_auto_update:users:updated_at" AFTER UPDATE ON "users"
FOR EACH ROW WHEN NEW."updated_at" IS OLD."updated_at" AND NEW."updated_at" IS NOT CURRENT_TIMESTAMP
BEGIN
  UPDATE "users" SET "updated_at" = CURRENT_TIMESTAMP WHERE _rowid_ = NEW._rowid_;
END;
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # addField: a foreign key to its own table, by a varchar key
-- checked: table "categories" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "categories" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_categories" (
  "code" VARCHAR(8) NOT NULL PRIMARY KEY,
  "parent" VARCHAR(8),
  "label" TEXT NOT NULL DEFAULT 'unnamed',
  "see_also" VARCHAR(8)
);
INSERT INTO "godwit_rebuild_categories" ("_rowid_", "code", "parent", "label")
SELECT _rowid_, "categories"."code", "categories"."parent", "categories"."label" FROM "categories";
-- checked: rebuilding table "categories" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "categories";
CREATE TABLE "categories" (
  "code" VARCHAR(8) NOT NULL PRIMARY KEY,
  "parent" VARCHAR(8),
  "label" TEXT NOT NULL DEFAULT 'unnamed',
  "see_also" VARCHAR(8),
  FOREIGN KEY ("parent") REFERENCES "categories" ("code") ON DELETE CASCADE,
  CONSTRAINT "see also" FOREIGN KEY ("see_also") REFERENCES "categories" ("code") ON DELETE RESTRICT
);
INSERT INTO "categories" (_rowid_, "code", "parent", "label", "see_also")
SELECT _rowid_, "code", "parent", "label", "see_also" FROM "godwit_rebuild_categories";
DROP TABLE "godwit_rebuild_categories";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # addField: a field of a concrete type with a foreign key
-- checked: table "products" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "products" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_products" (
  "sku" CHAR(4) NOT NULL PRIMARY KEY,
  "category" VARCHAR(8) NOT NULL,
  "price" DECIMAL(10,2),
  "fallback" VARCHAR(8)
);
INSERT INTO "godwit_rebuild_products" ("_rowid_", "sku", "category", "price")
SELECT _rowid_, "products"."sku", "products"."category", "products"."price" FROM "products";
-- checked: rebuilding table "products" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "products";
CREATE TABLE "products" (
  "sku" CHAR(4) NOT NULL PRIMARY KEY,
  "category" VARCHAR(8) NOT NULL,
  "price" DECIMAL(10,2),
  "fallback" VARCHAR(8),
  FOREIGN KEY ("category") REFERENCES "categories" ("code") ON DELETE RESTRICT,
  FOREIGN KEY ("fallback") REFERENCES "categories" ("code") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "products" (_rowid_, "sku", "category", "price", "fallback")
SELECT _rowid_, "sku", "category", "price", "fallback" FROM "godwit_rebuild_products";
DROP TABLE "godwit_rebuild_products";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # addField: a primary key, numbered by the database
-- checked: table "log" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "log" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_log" (
  "line" TEXT NOT NULL,
  "id" INTEGER PRIMARY KEY AUTOINCREMENT
);
INSERT INTO "godwit_rebuild_log" ("id", "line")
SELECT _rowid_, "log"."line" FROM "log";
-- checked: rebuilding table "log" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "log";
CREATE TABLE "log" (
  "line" TEXT NOT NULL,
  "id" INTEGER PRIMARY KEY AUTOINCREMENT
);
INSERT INTO "log" ("line", "id")
SELECT "line", "id" FROM "godwit_rebuild_log";
DROP TABLE "godwit_rebuild_log";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # addForeignKey: to a composite primary key
-- checked: table "shipments" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "shipments" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_shipments" (
  "id" INTEGER PRIMARY KEY,
  "order_no" INTEGER NOT NULL,
  "line_no" SMALLINT NOT NULL
);
INSERT INTO "godwit_rebuild_shipments" ("id", "order_no", "line_no")
SELECT "shipments"."id", "shipments"."order_no", "shipments"."line_no" FROM "shipments";
-- checked: rebuilding table "shipments" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "shipments";
CREATE TABLE "shipments" (
  "id" INTEGER PRIMARY KEY,
  "order_no" INTEGER NOT NULL,
  "line_no" SMALLINT NOT NULL,
  FOREIGN KEY ("order_no", "line_no") REFERENCES "order_lines" ("order_no", "line_no") ON DELETE CASCADE
);
INSERT INTO "shipments" ("id", "order_no", "line_no")
SELECT "id", "order_no", "line_no" FROM "godwit_rebuild_shipments";
DROP TABLE "godwit_rebuild_shipments";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # addForeignKey: checked when the transaction ends
-- checked: table "shipments" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "shipments" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_shipments" (
  "id" INTEGER PRIMARY KEY,
  "order_no" INTEGER NOT NULL,
  "line_no" SMALLINT NOT NULL
);
INSERT INTO "godwit_rebuild_shipments" ("id", "order_no", "line_no")
SELECT "shipments"."id", "shipments"."order_no", "shipments"."line_no" FROM "shipments";
-- checked: rebuilding table "shipments" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "shipments";
CREATE TABLE "shipments" (
  "id" INTEGER PRIMARY KEY,
  "order_no" INTEGER NOT NULL,
  "line_no" SMALLINT NOT NULL,
  FOREIGN KEY ("order_no", "line_no") REFERENCES "order_lines" ("order_no", "line_no") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "shipments" ("id", "order_no", "line_no")
SELECT "id", "order_no", "line_no" FROM "godwit_rebuild_shipments";
DROP TABLE "godwit_rebuild_shipments";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # addForeignKey: to fields under a unique index
-- checked: table "returns" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "returns" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_returns" (
  "no" INTEGER,
  "article" VARCHAR(30)
);
INSERT INTO "godwit_rebuild_returns" ("_rowid_", "no", "article")
SELECT _rowid_, "returns"."no", "returns"."article" FROM "returns";
-- checked: rebuilding table "returns" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "returns";
CREATE TABLE "returns" (
  "no" INTEGER,
  "article" VARCHAR(30),
  CONSTRAINT "returned" FOREIGN KEY ("no", "article") REFERENCES "order_lines" ("order_no", "article") ON DELETE SET NULL ON UPDATE CASCADE
);
INSERT INTO "returns" (_rowid_, "no", "article")
SELECT _rowid_, "no", "article" FROM "godwit_rebuild_returns";
DROP TABLE "godwit_rebuild_returns";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # addForeignKey: closing a cycle
-- checked: table "departments" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "departments" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_departments" (
  "id" INTEGER PRIMARY KEY,
  "head_id" INTEGER
);
INSERT INTO "godwit_rebuild_departments" ("id", "head_id")
SELECT "departments"."id", "departments"."head_id" FROM "departments";
-- checked: rebuilding table "departments" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "departments";
CREATE TABLE "departments" (
  "id" INTEGER PRIMARY KEY,
  "head_id" INTEGER,
  FOREIGN KEY ("head_id") REFERENCES "employees" ("id") ON DELETE SET NULL
);
INSERT INTO "departments" ("id", "head_id")
SELECT "id", "head_id" FROM "godwit_rebuild_departments";
DROP TABLE "godwit_rebuild_departments";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # addForeignKey: with odd names
-- checked: table "o'brien" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "o'brien" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_o'brien" (
  "select" VARCHAR(9) NOT NULL DEFAULT 'x',
  "n" INTEGER NOT NULL
);
INSERT INTO "godwit_rebuild_o'brien" ("_rowid_", "select", "n")
SELECT _rowid_, "o'brien"."select", "o'brien"."n" FROM "o'brien";
-- checked: rebuilding table "o'brien" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "o'brien";
CREATE TABLE "o'brien" (
  "select" VARCHAR(9) NOT NULL DEFAULT 'x',
  "n" INTEGER NOT NULL,
  CONSTRAINT "x; drop table y" FOREIGN KEY ("select") REFERENCES "a""b" ("😀") ON DELETE SET DEFAULT
);
INSERT INTO "o'brien" (_rowid_, "select", "n")
SELECT _rowid_, "select", "n" FROM "godwit_rebuild_o'brien";
DROP TABLE "godwit_rebuild_o'brien";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterEnum: a value between others
-- checked: table "tickets" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "tickets" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_tickets" (
  "id" INTEGER PRIMARY KEY,
  "state" TEXT NOT NULL DEFAULT 'open',
  "was" TEXT,
  CONSTRAINT "tickets_state_enum" CHECK ("state" IN ('open', 'waiting', 'it''s done')),
  CONSTRAINT "tickets_was_enum" CHECK ("was" IN ('open', 'waiting', 'it''s done'))
);
INSERT INTO "godwit_rebuild_tickets" ("id", "state", "was")
SELECT "tickets"."id", "tickets"."state", "tickets"."was" FROM "tickets";
-- checked: rebuilding table "tickets" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "tickets";
CREATE TABLE "tickets" (
  "id" INTEGER PRIMARY KEY,
  "state" TEXT NOT NULL DEFAULT 'open',
  "was" TEXT,
  CONSTRAINT "tickets_state_enum" CHECK ("state" IN ('open', 'waiting', 'it''s done')),
  CONSTRAINT "tickets_was_enum" CHECK ("was" IN ('open', 'waiting', 'it''s done'))
);
INSERT INTO "tickets" ("id", "state", "was")
SELECT "id", "state", "was" FROM "godwit_rebuild_tickets";
DROP TABLE "godwit_rebuild_tickets";
CREATE INDEX "by_state" ON "tickets" (`state`);
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterEnum: a description
-- checked: table "tickets" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "tickets" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_tickets" (
  "id" INTEGER PRIMARY KEY,
  "state" TEXT NOT NULL DEFAULT 'open',
  "was" TEXT,
  CONSTRAINT "tickets_state_enum" CHECK ("state" IN ('open', 'it''s done')),
  CONSTRAINT "tickets_was_enum" CHECK ("was" IN ('open', 'it''s done'))
);
INSERT INTO "godwit_rebuild_tickets" ("id", "state", "was")
SELECT "tickets"."id", "tickets"."state", "tickets"."was" FROM "tickets";
-- checked: rebuilding table "tickets" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "tickets";
CREATE TABLE "tickets" (
  "id" INTEGER PRIMARY KEY,
  "state" TEXT NOT NULL DEFAULT 'open',
  "was" TEXT,
  CONSTRAINT "tickets_state_enum" CHECK ("state" IN ('open', 'it''s done')),
  CONSTRAINT "tickets_was_enum" CHECK ("was" IN ('open', 'it''s done'))
);
INSERT INTO "tickets" ("id", "state", "was")
SELECT "id", "state", "was" FROM "godwit_rebuild_tickets";
DROP TABLE "godwit_rebuild_tickets";
CREATE INDEX "by_state" ON "tickets" (`state`);
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterEnum: a value under another name
-- checked: table "tickets" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "tickets" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "tickets" has rows without a value for column "state", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_tickets" (
  "id" INTEGER PRIMARY KEY,
  "state" TEXT NOT NULL DEFAULT 'new',
  "was" TEXT,
  CONSTRAINT "tickets_state_enum" CHECK ("state" IN ('new', 'it''s done')),
  CONSTRAINT "tickets_was_enum" CHECK ("was" IN ('new', 'it''s done'))
);
INSERT INTO "godwit_rebuild_tickets" ("id", "state", "was")
SELECT "tickets"."id", (CASE "state" WHEN 'open' THEN 'new' ELSE "state" END), (CASE "was" WHEN 'open' THEN 'new' ELSE "was" END) FROM "tickets";
-- checked: rebuilding table "tickets" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "tickets";
CREATE TABLE "tickets" (
  "id" INTEGER PRIMARY KEY,
  "state" TEXT NOT NULL DEFAULT 'new',
  "was" TEXT,
  CONSTRAINT "tickets_state_enum" CHECK ("state" IN ('new', 'it''s done')),
  CONSTRAINT "tickets_was_enum" CHECK ("was" IN ('new', 'it''s done'))
);
INSERT INTO "tickets" ("id", "state", "was")
SELECT "id", "state", "was" FROM "godwit_rebuild_tickets";
DROP TABLE "godwit_rebuild_tickets";
CREATE INDEX "by_state" ON "tickets" (`state`);
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterEnum: a value goes, and rows with it get another
-- checked: table "tickets" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "tickets" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "tickets" has rows without a value for column "state", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_tickets" (
  "id" INTEGER PRIMARY KEY,
  "state" TEXT NOT NULL DEFAULT 'open',
  "was" TEXT,
  CONSTRAINT "tickets_state_enum" CHECK ("state" IN ('open', 'closed')),
  CONSTRAINT "tickets_was_enum" CHECK ("was" IN ('open', 'closed'))
);
INSERT INTO "godwit_rebuild_tickets" ("id", "state", "was")
SELECT "tickets"."id", (CASE "state" WHEN 'it''s done' THEN 'closed' ELSE "state" END), (CASE "was" WHEN 'it''s done' THEN 'closed' ELSE "was" END) FROM "tickets";
-- checked: rebuilding table "tickets" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "tickets";
CREATE TABLE "tickets" (
  "id" INTEGER PRIMARY KEY,
  "state" TEXT NOT NULL DEFAULT 'open',
  "was" TEXT,
  CONSTRAINT "tickets_state_enum" CHECK ("state" IN ('open', 'closed')),
  CONSTRAINT "tickets_was_enum" CHECK ("was" IN ('open', 'closed'))
);
INSERT INTO "tickets" ("id", "state", "was")
SELECT "id", "state", "was" FROM "godwit_rebuild_tickets";
DROP TABLE "godwit_rebuild_tickets";
CREATE INDEX "by_state" ON "tickets" (`state`);
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterField: a longer varchar
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(400) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", "posts"."user_id", "posts"."title", "posts"."status", "posts"."views" FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "posts";
CREATE TABLE "posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(400) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "posts" (_rowid_, "id", "user_id", "title", "status", "views")
SELECT _rowid_, "id", "user_id", "title", "status", "views" FROM "godwit_rebuild_posts";
DROP TABLE "godwit_rebuild_posts";
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterField: text in place of varchar
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" TEXT NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", "posts"."user_id", "posts"."title", "posts"."status", "posts"."views" FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "posts";
CREATE TABLE "posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" TEXT NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "posts" (_rowid_, "id", "user_id", "title", "status", "views")
SELECT _rowid_, "id", "user_id", "title", "status", "views" FROM "godwit_rebuild_posts";
DROP TABLE "godwit_rebuild_posts";
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterField: NOT NULL, existing rows filled in
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "posts" has rows without a value for column "views", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", "posts"."user_id", "posts"."title", "posts"."status", COALESCE("posts"."views", 0) FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "posts";
CREATE TABLE "posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER NOT NULL DEFAULT 0,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "posts" (_rowid_, "id", "user_id", "title", "status", "views")
SELECT _rowid_, "id", "user_id", "title", "status", "views" FROM "godwit_rebuild_posts";
DROP TABLE "godwit_rebuild_posts";
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterField: type, nullability and default at once
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "posts" has rows without a value for column "views", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" BIGINT NOT NULL DEFAULT 1
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", "posts"."user_id", "posts"."title", "posts"."status", COALESCE(CASE WHEN typeof("posts"."views") = 'real' THEN CAST(round("posts"."views") AS INTEGER) ELSE "posts"."views" END, -1) FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "posts";
CREATE TABLE "posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" BIGINT NOT NULL DEFAULT 1,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "posts" (_rowid_, "id", "user_id", "title", "status", "views")
SELECT _rowid_, "id", "user_id", "title", "status", "views" FROM "godwit_rebuild_posts";
DROP TABLE "godwit_rebuild_posts";
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterField: nullable, without default
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20),
  "views" INTEGER
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", "posts"."user_id", "posts"."title", "posts"."status", "posts"."views" FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "posts";
CREATE TABLE "posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20),
  "views" INTEGER,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "posts" (_rowid_, "id", "user_id", "title", "status", "views")
SELECT _rowid_, "id", "user_id", "title", "status", "views" FROM "godwit_rebuild_posts";
DROP TABLE "godwit_rebuild_posts";
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterField: a conversion of its own
-- checked: table "sizes" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "sizes" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "sizes" has rows without a value for column "size", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_sizes" (
  "id" INTEGER PRIMARY KEY,
  "size" INTEGER NOT NULL
);
INSERT INTO "godwit_rebuild_sizes" ("id", "size")
SELECT "sizes"."id", (CAST(replace(size, ' cm', '') AS INTEGER)) FROM "sizes";
-- checked: rebuilding table "sizes" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "sizes";
CREATE TABLE "sizes" (
  "id" INTEGER PRIMARY KEY,
  "size" INTEGER NOT NULL
);
INSERT INTO "sizes" ("id", "size")
SELECT "id", "size" FROM "godwit_rebuild_sizes";
DROP TABLE "godwit_rebuild_sizes";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterField: a cast from text to integer
-- checked: table "sizes" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "sizes" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "sizes" has rows without a value for column "size", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_sizes" (
  "id" INTEGER PRIMARY KEY,
  "size" INTEGER NOT NULL
);
INSERT INTO "godwit_rebuild_sizes" ("id", "size")
SELECT "sizes"."id", CASE WHEN typeof("sizes"."size") = 'real' THEN CAST(round("sizes"."size") AS INTEGER) ELSE "sizes"."size" END FROM "sizes";
-- checked: rebuilding table "sizes" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "sizes";
CREATE TABLE "sizes" (
  "id" INTEGER PRIMARY KEY,
  "size" INTEGER NOT NULL
);
INSERT INTO "sizes" ("id", "size")
SELECT "id", "size" FROM "godwit_rebuild_sizes";
DROP TABLE "godwit_rebuild_sizes";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterField: a key that another table refers to
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "posts" has rows without a value for column "user_id", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" BIGINT NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", CASE WHEN typeof("posts"."user_id") = 'real' THEN CAST(round("posts"."user_id") AS INTEGER) ELSE "posts"."user_id" END, "posts"."title", "posts"."status", "posts"."views" FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "posts";
CREATE TABLE "posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" BIGINT NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "posts" (_rowid_, "id", "user_id", "title", "status", "views")
SELECT _rowid_, "id", "user_id", "title", "status", "views" FROM "godwit_rebuild_posts";
DROP TABLE "godwit_rebuild_posts";
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents
-- checked: table "users" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "users" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "users" has rows without a value for column "id", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_users" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "email" VARCHAR(255) NOT NULL,
  "bio" TEXT,
  "updated_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO "godwit_rebuild_users" ("_rowid_", "id", "email", "bio", "updated_at")
SELECT "id", CASE WHEN typeof("users"."id") = 'real' THEN CAST(round("users"."id") AS INTEGER) ELSE "users"."id" END, "users"."email", "users"."bio", "users"."updated_at" FROM "users";
-- checked: rebuilding table "users" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "users";
CREATE TABLE "users" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "email" VARCHAR(255) NOT NULL,
  "bio" TEXT,
  "updated_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO "users" ("id", "email", "bio", "updated_at")
SELECT "id", "email", "bio", "updated_at" FROM "godwit_rebuild_users";
DROP TABLE "godwit_rebuild_users";
CREATE UNIQUE INDEX "idx_users_email" ON "users" (`email`);
-- as kept: indexes
CREATE TRIGGER IF NOT EXISTS "godwit_auto_update:users:updated_at" AFTER UPDATE ON "users"
FOR EACH ROW WHEN NEW."updated_at" IS OLD."updated_at" AND NEW."updated_at" IS NOT CURRENT_TIMESTAMP
BEGIN
  UPDATE "users" SET "updated_at" = CURRENT_TIMESTAMP WHERE _rowid_ = NEW._rowid_;
END;
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterField: a key that is numbered no longer
-- checked: table "users" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "users" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_users" (
  "id" INTEGER PRIMARY KEY,
  "email" VARCHAR(255) NOT NULL,
  "bio" TEXT,
  "updated_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO "godwit_rebuild_users" ("id", "email", "bio", "updated_at")
SELECT "users"."id", "users"."email", "users"."bio", "users"."updated_at" FROM "users";
-- checked: rebuilding table "users" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "users";
CREATE TABLE "users" (
  "id" INTEGER PRIMARY KEY,
  "email" VARCHAR(255) NOT NULL,
  "bio" TEXT,
  "updated_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO "users" ("id", "email", "bio", "updated_at")
SELECT "id", "email", "bio", "updated_at" FROM "godwit_rebuild_users";
DROP TABLE "godwit_rebuild_users";
CREATE UNIQUE INDEX "idx_users_email" ON "users" (`email`);
-- as kept: indexes
CREATE TRIGGER IF NOT EXISTS "godwit_auto_update:users:updated_at" AFTER UPDATE ON "users"
FOR EACH ROW WHEN NEW."updated_at" IS OLD."updated_at" AND NEW."updated_at" IS NOT CURRENT_TIMESTAMP
BEGIN
  UPDATE "users" SET "updated_at" = CURRENT_TIMESTAMP WHERE _rowid_ = NEW._rowid_;
END;
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterField: a key that its own and another table refer to
-- checked: table "categories" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "categories" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_categories" (
  "code" VARCHAR(40) NOT NULL PRIMARY KEY,
  "parent" VARCHAR(40),
  "label" TEXT NOT NULL DEFAULT 'unnamed'
);
INSERT INTO "godwit_rebuild_categories" ("_rowid_", "code", "parent", "label")
SELECT _rowid_, "categories"."code", "categories"."parent", "categories"."label" FROM "categories";
-- checked: rebuilding table "categories" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "categories";
CREATE TABLE "categories" (
  "code" VARCHAR(40) NOT NULL PRIMARY KEY,
  "parent" VARCHAR(40),
  "label" TEXT NOT NULL DEFAULT 'unnamed',
  FOREIGN KEY ("parent") REFERENCES "categories" ("code") ON DELETE CASCADE
);
INSERT INTO "categories" (_rowid_, "code", "parent", "label")
SELECT _rowid_, "code", "parent", "label" FROM "godwit_rebuild_categories";
DROP TABLE "godwit_rebuild_categories";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents
-- checked: table "products" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "products" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_products" (
  "sku" CHAR(4) NOT NULL PRIMARY KEY,
  "category" VARCHAR(40) NOT NULL,
  "price" DECIMAL(10,2)
);
INSERT INTO "godwit_rebuild_products" ("_rowid_", "sku", "category", "price")
SELECT _rowid_, "products"."sku", "products"."category", "products"."price" FROM "products";
-- checked: rebuilding table "products" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "products";
CREATE TABLE "products" (
  "sku" CHAR(4) NOT NULL PRIMARY KEY,
  "category" VARCHAR(40) NOT NULL,
  "price" DECIMAL(10,2),
  FOREIGN KEY ("category") REFERENCES "categories" ("code") ON DELETE RESTRICT
);
INSERT INTO "products" (_rowid_, "sku", "category", "price")
SELECT _rowid_, "sku", "category", "price" FROM "godwit_rebuild_products";
DROP TABLE "godwit_rebuild_products";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterField: a key in a cycle
-- checked: table "departments" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "departments" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_departments" (
  "id" INTEGER PRIMARY KEY,
  "head_id" BIGINT
);
INSERT INTO "godwit_rebuild_departments" ("id", "head_id")
SELECT "departments"."id", CASE WHEN typeof("departments"."head_id") = 'real' THEN CAST(round("departments"."head_id") AS INTEGER) ELSE "departments"."head_id" END FROM "departments";
-- checked: rebuilding table "departments" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "departments";
CREATE TABLE "departments" (
  "id" INTEGER PRIMARY KEY,
  "head_id" BIGINT,
  FOREIGN KEY ("head_id") REFERENCES "employees" ("id") ON DELETE SET NULL
);
INSERT INTO "departments" ("id", "head_id")
SELECT "id", "head_id" FROM "godwit_rebuild_departments";
DROP TABLE "godwit_rebuild_departments";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents
-- checked: table "employees" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "employees" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "employees" has rows without a value for column "id", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_employees" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "department_id" INTEGER NOT NULL
);
INSERT INTO "godwit_rebuild_employees" ("_rowid_", "id", "department_id")
SELECT "id", CASE WHEN typeof("employees"."id") = 'real' THEN CAST(round("employees"."id") AS INTEGER) ELSE "employees"."id" END, "employees"."department_id" FROM "employees";
-- checked: rebuilding table "employees" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "employees";
CREATE TABLE "employees" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "department_id" INTEGER NOT NULL,
  FOREIGN KEY ("department_id") REFERENCES "departments" ("id") ON DELETE RESTRICT
);
INSERT INTO "employees" ("id", "department_id")
SELECT "id", "department_id" FROM "godwit_rebuild_employees";
DROP TABLE "godwit_rebuild_employees";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterField: part of a composite key
-- checked: table "shipments" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "shipments" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "shipments" has rows without a value for column "line_no", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_shipments" (
  "id" INTEGER PRIMARY KEY,
  "order_no" INTEGER NOT NULL,
  "line_no" INTEGER NOT NULL
);
INSERT INTO "godwit_rebuild_shipments" ("id", "order_no", "line_no")
SELECT "shipments"."id", "shipments"."order_no", CASE WHEN typeof("shipments"."line_no") = 'real' THEN CAST(round("shipments"."line_no") AS INTEGER) ELSE "shipments"."line_no" END FROM "shipments";
-- checked: rebuilding table "shipments" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "shipments";
CREATE TABLE "shipments" (
  "id" INTEGER PRIMARY KEY,
  "order_no" INTEGER NOT NULL,
  "line_no" INTEGER NOT NULL,
  CONSTRAINT "fk_shipments_line" FOREIGN KEY ("order_no", "line_no") REFERENCES "order_lines" ("order_no", "line_no") ON DELETE CASCADE
);
INSERT INTO "shipments" ("id", "order_no", "line_no")
SELECT "id", "order_no", "line_no" FROM "godwit_rebuild_shipments";
DROP TABLE "godwit_rebuild_shipments";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents
-- checked: table "order_lines" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "order_lines" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "order_lines" has rows without a value for column "line_no", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_order_lines" (
  "order_no" INTEGER NOT NULL,
  "line_no" INTEGER NOT NULL,
  "article" VARCHAR(30) NOT NULL,
  PRIMARY KEY ("order_no", "line_no")
);
INSERT INTO "godwit_rebuild_order_lines" ("_rowid_", "order_no", "line_no", "article")
SELECT _rowid_, "order_lines"."order_no", CASE WHEN typeof("order_lines"."line_no") = 'real' THEN CAST(round("order_lines"."line_no") AS INTEGER) ELSE "order_lines"."line_no" END, "order_lines"."article" FROM "order_lines";
-- checked: rebuilding table "order_lines" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "order_lines";
CREATE TABLE "order_lines" (
  "order_no" INTEGER NOT NULL,
  "line_no" INTEGER NOT NULL,
  "article" VARCHAR(30) NOT NULL,
  PRIMARY KEY ("order_no", "line_no")
);
INSERT INTO "order_lines" (_rowid_, "order_no", "line_no", "article")
SELECT _rowid_, "order_no", "line_no", "article" FROM "godwit_rebuild_order_lines";
DROP TABLE "godwit_rebuild_order_lines";
CREATE UNIQUE INDEX "uq_order_lines_article" ON "order_lines" (`order_no`, `article`);
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterField: a field that refers to another table, nullable
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", "posts"."user_id", "posts"."title", "posts"."status", "posts"."views" FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "posts";
CREATE TABLE "posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "posts" (_rowid_, "id", "user_id", "title", "status", "views")
SELECT _rowid_, "id", "user_id", "title", "status", "views" FROM "godwit_rebuild_posts";
DROP TABLE "godwit_rebuild_posts";
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterField: a time that the database updates no longer
DROP TRIGGER IF EXISTS "godwit_auto_update:users:updated_at";
-- checked: table "users" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "users" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_users" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "email" VARCHAR(255) NOT NULL,
  "bio" TEXT,
  "updated_at" TIMESTAMP
);
INSERT INTO "godwit_rebuild_users" ("id", "email", "bio", "updated_at")
SELECT "users"."id", "users"."email", "users"."bio", "users"."updated_at" FROM "users";
-- checked: rebuilding table "users" did not copy every row; nothing was changed
DELETE FROM sqlite_sequence WHERE name = 'godwit_rebuild_users' COLLATE NOCASE;
INSERT INTO sqlite_sequence (name, seq) SELECT 'godwit_rebuild_users', seq FROM sqlite_sequence WHERE name = 'users' COLLATE NOCASE;
-- as kept: aside
DROP TABLE "users";
CREATE TABLE "users" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "email" VARCHAR(255) NOT NULL,
  "bio" TEXT,
  "updated_at" TIMESTAMP
);
INSERT INTO "users" ("id", "email", "bio", "updated_at")
SELECT "id", "email", "bio", "updated_at" FROM "godwit_rebuild_users";
DELETE FROM sqlite_sequence WHERE name = 'users' COLLATE NOCASE;
INSERT INTO sqlite_sequence (name, seq) SELECT 'users', seq FROM sqlite_sequence WHERE name = 'godwit_rebuild_users' COLLATE NOCASE;
DROP TABLE "godwit_rebuild_users";
CREATE UNIQUE INDEX "idx_users_email" ON "users" (`email`);
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterField: an odd name and default
-- checked: table "o'brien" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "o'brien" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_o'brien" (
  "select" INTEGER PRIMARY KEY,
  "a""b" TEXT NOT NULL DEFAULT 'o''brien "''; --',
  "😀" TEXT
);
INSERT INTO "godwit_rebuild_o'brien" ("select", "a""b", "😀")
SELECT "o'brien"."select", "o'brien"."a""b", "o'brien"."😀" FROM "o'brien";
-- checked: rebuilding table "o'brien" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "o'brien";
CREATE TABLE "o'brien" (
  "select" INTEGER PRIMARY KEY,
  "a""b" TEXT NOT NULL DEFAULT 'o''brien "''; --',
  "😀" TEXT
);
INSERT INTO "o'brien" ("select", "a""b", "😀")
SELECT "select", "a""b", "😀" FROM "godwit_rebuild_o'brien";
DROP TABLE "godwit_rebuild_o'brien";
CREATE INDEX "x; drop table y" ON "o'brien" (`a"b`) WHERE "a""b" IS NOT NULL;
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterField: a field that a partition has in another way
-- checked: table "readings" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "readings" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_readings" (
  "at" DATE NOT NULL,
  "sensor" INTEGER NOT NULL,
  "value" TEXT DEFAULT '2',
  PRIMARY KEY ("at", "sensor"),
  CONSTRAINT "real_sensor" CHECK (sensor > 0)
);
INSERT INTO "godwit_rebuild_readings" ("_rowid_", "at", "sensor", "value")
SELECT _rowid_, "readings"."at", "readings"."sensor", "readings"."value" FROM "readings";
-- checked: rebuilding table "readings" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "readings";
CREATE TABLE "readings" (
  "at" DATE NOT NULL,
  "sensor" INTEGER NOT NULL,
  "value" TEXT DEFAULT '2',
  PRIMARY KEY ("at", "sensor"),
  CONSTRAINT "real_sensor" CHECK (sensor > 0)
);
INSERT INTO "readings" (_rowid_, "at", "sensor", "value")
SELECT _rowid_, "at", "sensor", "value" FROM "godwit_rebuild_readings";
DROP TABLE "godwit_rebuild_readings";
CREATE INDEX "readings_by_sensor" ON "readings" (`sensor`);
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterField: a new column in its place
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(400) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", "posts"."user_id", "posts"."title", "posts"."status", "posts"."views" FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "posts";
CREATE TABLE "posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(400) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "posts" (_rowid_, "id", "user_id", "title", "status", "views")
SELECT _rowid_, "id", "user_id", "title", "status", "views" FROM "godwit_rebuild_posts";
DROP TABLE "godwit_rebuild_posts";
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterField: a new column in the place of a key that another table refers to
-- checked: table "categories" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "categories" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_categories" (
  "code" VARCHAR(40) NOT NULL PRIMARY KEY,
  "parent" VARCHAR(40),
  "label" TEXT NOT NULL DEFAULT 'unnamed'
);
INSERT INTO "godwit_rebuild_categories" ("_rowid_", "code", "parent", "label")
SELECT _rowid_, "categories"."code", "categories"."parent", "categories"."label" FROM "categories";
-- checked: rebuilding table "categories" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "categories";
CREATE TABLE "categories" (
  "code" VARCHAR(40) NOT NULL PRIMARY KEY,
  "parent" VARCHAR(40),
  "label" TEXT NOT NULL DEFAULT 'unnamed',
  FOREIGN KEY ("parent") REFERENCES "categories" ("code") ON DELETE CASCADE
);
INSERT INTO "categories" (_rowid_, "code", "parent", "label")
SELECT _rowid_, "code", "parent", "label" FROM "godwit_rebuild_categories";
DROP TABLE "godwit_rebuild_categories";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents
-- checked: table "products" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "products" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_products" (
  "sku" CHAR(4) NOT NULL PRIMARY KEY,
  "category" VARCHAR(40) NOT NULL,
  "price" DECIMAL(10,2)
);
INSERT INTO "godwit_rebuild_products" ("_rowid_", "sku", "category", "price")
SELECT _rowid_, "products"."sku", "products"."category", "products"."price" FROM "products";
-- checked: rebuilding table "products" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "products";
CREATE TABLE "products" (
  "sku" CHAR(4) NOT NULL PRIMARY KEY,
  "category" VARCHAR(40) NOT NULL,
  "price" DECIMAL(10,2),
  FOREIGN KEY ("category") REFERENCES "categories" ("code") ON DELETE RESTRICT
);
INSERT INTO "products" (_rowid_, "sku", "category", "price")
SELECT _rowid_, "sku", "category", "price" FROM "godwit_rebuild_products";
DROP TABLE "godwit_rebuild_products";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterField: a new column in the place of a part of a composite key
-- checked: table "shipments" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "shipments" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "shipments" has rows without a value for column "line_no", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_shipments" (
  "id" INTEGER PRIMARY KEY,
  "order_no" INTEGER NOT NULL,
  "line_no" INTEGER NOT NULL
);
INSERT INTO "godwit_rebuild_shipments" ("id", "order_no", "line_no")
SELECT "shipments"."id", "shipments"."order_no", CASE WHEN typeof("shipments"."line_no") = 'real' THEN CAST(round("shipments"."line_no") AS INTEGER) ELSE "shipments"."line_no" END FROM "shipments";
-- checked: rebuilding table "shipments" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "shipments";
CREATE TABLE "shipments" (
  "id" INTEGER PRIMARY KEY,
  "order_no" INTEGER NOT NULL,
  "line_no" INTEGER NOT NULL,
  CONSTRAINT "fk_shipments_line" FOREIGN KEY ("order_no", "line_no") REFERENCES "order_lines" ("order_no", "line_no") ON DELETE CASCADE
);
INSERT INTO "shipments" ("id", "order_no", "line_no")
SELECT "id", "order_no", "line_no" FROM "godwit_rebuild_shipments";
DROP TABLE "godwit_rebuild_shipments";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents
-- checked: table "order_lines" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "order_lines" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "order_lines" has rows without a value for column "line_no", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_order_lines" (
  "order_no" INTEGER NOT NULL,
  "line_no" INTEGER NOT NULL,
  "article" VARCHAR(30) NOT NULL,
  PRIMARY KEY ("order_no", "line_no")
);
INSERT INTO "godwit_rebuild_order_lines" ("_rowid_", "order_no", "line_no", "article")
SELECT _rowid_, "order_lines"."order_no", CASE WHEN typeof("order_lines"."line_no") = 'real' THEN CAST(round("order_lines"."line_no") AS INTEGER) ELSE "order_lines"."line_no" END, "order_lines"."article" FROM "order_lines";
-- checked: rebuilding table "order_lines" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "order_lines";
CREATE TABLE "order_lines" (
  "order_no" INTEGER NOT NULL,
  "line_no" INTEGER NOT NULL,
  "article" VARCHAR(30) NOT NULL,
  PRIMARY KEY ("order_no", "line_no")
);
INSERT INTO "order_lines" (_rowid_, "order_no", "line_no", "article")
SELECT _rowid_, "order_no", "line_no", "article" FROM "godwit_rebuild_order_lines";
DROP TABLE "godwit_rebuild_order_lines";
CREATE UNIQUE INDEX "uq_order_lines_article" ON "order_lines" (`order_no`, `article`);
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterField: a new column, NOT NULL and filled
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "posts" has rows without a value for column "views", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" BIGINT NOT NULL DEFAULT 1
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", "posts"."user_id", "posts"."title", "posts"."status", COALESCE(CASE WHEN typeof("posts"."views") = 'real' THEN CAST(round("posts"."views") AS INTEGER) ELSE "posts"."views" END, -1) FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "posts";
CREATE TABLE "posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" BIGINT NOT NULL DEFAULT 1,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "posts" (_rowid_, "id", "user_id", "title", "status", "views")
SELECT _rowid_, "id", "user_id", "title", "status", "views" FROM "godwit_rebuild_posts";
DROP TABLE "godwit_rebuild_posts";
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterPrimaryKey: a key where there was none
-- checked: table "tags" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "tags" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "tags" has rows without a value for column "word", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_tags" (
  "word" VARCHAR(30) NOT NULL PRIMARY KEY,
  "uses" INTEGER NOT NULL
);
INSERT INTO "godwit_rebuild_tags" ("_rowid_", "word", "uses")
SELECT _rowid_, "tags"."word", "tags"."uses" FROM "tags";
-- checked: rebuilding table "tags" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "tags";
CREATE TABLE "tags" (
  "word" VARCHAR(30) NOT NULL PRIMARY KEY,
  "uses" INTEGER NOT NULL
);
INSERT INTO "tags" (_rowid_, "word", "uses")
SELECT _rowid_, "word", "uses" FROM "godwit_rebuild_tags";
DROP TABLE "godwit_rebuild_tags";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterPrimaryKey: a longer key
-- checked: table "order_lines" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "order_lines" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_order_lines" (
  "order_no" INTEGER NOT NULL,
  "line_no" SMALLINT NOT NULL,
  "article" VARCHAR(30) NOT NULL,
  PRIMARY KEY ("order_no", "line_no", "article")
);
INSERT INTO "godwit_rebuild_order_lines" ("_rowid_", "order_no", "line_no", "article")
SELECT _rowid_, "order_lines"."order_no", "order_lines"."line_no", "order_lines"."article" FROM "order_lines";
-- checked: rebuilding table "order_lines" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "order_lines";
CREATE TABLE "order_lines" (
  "order_no" INTEGER NOT NULL,
  "line_no" SMALLINT NOT NULL,
  "article" VARCHAR(30) NOT NULL,
  PRIMARY KEY ("order_no", "line_no", "article")
);
INSERT INTO "order_lines" (_rowid_, "order_no", "line_no", "article")
SELECT _rowid_, "order_no", "line_no", "article" FROM "godwit_rebuild_order_lines";
DROP TABLE "godwit_rebuild_order_lines";
CREATE UNIQUE INDEX "uq_order_lines_article" ON "order_lines" (`order_no`, `article`);
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterPrimaryKey: another order
-- checked: table "order_lines" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "order_lines" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_order_lines" (
  "order_no" INTEGER NOT NULL,
  "line_no" SMALLINT NOT NULL,
  "article" VARCHAR(30) NOT NULL,
  PRIMARY KEY ("line_no", "order_no")
);
INSERT INTO "godwit_rebuild_order_lines" ("_rowid_", "order_no", "line_no", "article")
SELECT _rowid_, "order_lines"."order_no", "order_lines"."line_no", "order_lines"."article" FROM "order_lines";
-- checked: rebuilding table "order_lines" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "order_lines";
CREATE TABLE "order_lines" (
  "order_no" INTEGER NOT NULL,
  "line_no" SMALLINT NOT NULL,
  "article" VARCHAR(30) NOT NULL,
  PRIMARY KEY ("line_no", "order_no")
);
INSERT INTO "order_lines" (_rowid_, "order_no", "line_no", "article")
SELECT _rowid_, "order_no", "line_no", "article" FROM "godwit_rebuild_order_lines";
DROP TABLE "godwit_rebuild_order_lines";
CREATE UNIQUE INDEX "uq_order_lines_article" ON "order_lines" (`order_no`, `article`);
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterPrimaryKey: no key
-- checked: table "shipments" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "shipments" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_shipments" (
  "id" INTEGER NOT NULL,
  "order_no" INTEGER NOT NULL,
  "line_no" SMALLINT NOT NULL
);
INSERT INTO "godwit_rebuild_shipments" ("_rowid_", "id", "order_no", "line_no")
SELECT "id", "shipments"."id", "shipments"."order_no", "shipments"."line_no" FROM "shipments";
-- checked: rebuilding table "shipments" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "shipments";
CREATE TABLE "shipments" (
  "id" INTEGER NOT NULL,
  "order_no" INTEGER NOT NULL,
  "line_no" SMALLINT NOT NULL
);
INSERT INTO "shipments" ("id", "order_no", "line_no")
SELECT "id", "order_no", "line_no" FROM "godwit_rebuild_shipments";
DROP TABLE "godwit_rebuild_shipments";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # alterPrimaryKey: the key of a table that refers to another
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER,
  PRIMARY KEY ("id", "user_id")
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", "posts"."user_id", "posts"."title", "posts"."status", "posts"."views" FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "posts";
CREATE TABLE "posts" (
  "id" UUID TEXT NOT NULL,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER,
  PRIMARY KEY ("id", "user_id"),
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "posts" (_rowid_, "id", "user_id", "title", "status", "views")
SELECT _rowid_, "id", "user_id", "title", "status", "views" FROM "godwit_rebuild_posts";
DROP TABLE "godwit_rebuild_posts";
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # dropConstraint: a check
-- checked: table "visits" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "visits" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_visits" (
  "id" INTEGER PRIMARY KEY,
  "patient_id" INTEGER NOT NULL,
  "day" DATE NOT NULL,
  "fee" INTEGER,
  CONSTRAINT "one_visit" UNIQUE ("patient_id", "day")
);
INSERT INTO "godwit_rebuild_visits" ("id", "patient_id", "day", "fee")
SELECT "visits"."id", "visits"."patient_id", "visits"."day", "visits"."fee" FROM "visits";
-- checked: rebuilding table "visits" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "visits";
CREATE TABLE "visits" (
  "id" INTEGER PRIMARY KEY,
  "patient_id" INTEGER NOT NULL,
  "day" DATE NOT NULL,
  "fee" INTEGER,
  CONSTRAINT "one_visit" UNIQUE ("patient_id", "day"),
  CONSTRAINT "visit_patient" FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE RESTRICT
);
INSERT INTO "visits" ("id", "patient_id", "day", "fee")
SELECT "id", "patient_id", "day", "fee" FROM "godwit_rebuild_visits";
DROP TABLE "godwit_rebuild_visits";
CREATE INDEX "visits_by_day" ON "visits" (`day` DESC, `patient_id`);
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # dropConstraint: a unique constraint
-- checked: table "visits" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "visits" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_visits" (
  "id" INTEGER PRIMARY KEY,
  "patient_id" INTEGER NOT NULL,
  "day" DATE NOT NULL,
  "fee" INTEGER,
  CONSTRAINT "paid_or_free" CHECK (fee IS NULL OR fee > 0)
);
INSERT INTO "godwit_rebuild_visits" ("id", "patient_id", "day", "fee")
SELECT "visits"."id", "visits"."patient_id", "visits"."day", "visits"."fee" FROM "visits";
-- checked: rebuilding table "visits" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "visits";
CREATE TABLE "visits" (
  "id" INTEGER PRIMARY KEY,
  "patient_id" INTEGER NOT NULL,
  "day" DATE NOT NULL,
  "fee" INTEGER,
  CONSTRAINT "paid_or_free" CHECK (fee IS NULL OR fee > 0),
  CONSTRAINT "visit_patient" FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE RESTRICT
);
INSERT INTO "visits" ("id", "patient_id", "day", "fee")
SELECT "id", "patient_id", "day", "fee" FROM "godwit_rebuild_visits";
DROP TABLE "godwit_rebuild_visits";
CREATE INDEX "visits_by_day" ON "visits" (`day` DESC, `patient_id`);
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # dropForeignKey: of a foreign_key field
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", "posts"."user_id", "posts"."title", "posts"."status", "posts"."views" FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "posts";
CREATE TABLE "posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER
);
INSERT INTO "posts" (_rowid_, "id", "user_id", "title", "status", "views")
SELECT _rowid_, "id", "user_id", "title", "status", "views" FROM "godwit_rebuild_posts";
DROP TABLE "godwit_rebuild_posts";
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # dropForeignKey: to its own table
-- checked: table "categories" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "categories" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_categories" (
  "code" VARCHAR(8) NOT NULL PRIMARY KEY,
  "parent" VARCHAR(8),
  "label" TEXT NOT NULL DEFAULT 'unnamed'
);
INSERT INTO "godwit_rebuild_categories" ("_rowid_", "code", "parent", "label")
SELECT _rowid_, "categories"."code", "categories"."parent", "categories"."label" FROM "categories";
-- checked: rebuilding table "categories" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "categories";
CREATE TABLE "categories" (
  "code" VARCHAR(8) NOT NULL PRIMARY KEY,
  "parent" VARCHAR(8),
  "label" TEXT NOT NULL DEFAULT 'unnamed'
);
INSERT INTO "categories" (_rowid_, "code", "parent", "label")
SELECT _rowid_, "code", "parent", "label" FROM "godwit_rebuild_categories";
DROP TABLE "godwit_rebuild_categories";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # dropForeignKey: over several fields
-- checked: table "shipments" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "shipments" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_shipments" (
  "id" INTEGER PRIMARY KEY,
  "order_no" INTEGER NOT NULL,
  "line_no" SMALLINT NOT NULL
);
INSERT INTO "godwit_rebuild_shipments" ("id", "order_no", "line_no")
SELECT "shipments"."id", "shipments"."order_no", "shipments"."line_no" FROM "shipments";
-- checked: rebuilding table "shipments" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "shipments";
CREATE TABLE "shipments" (
  "id" INTEGER PRIMARY KEY,
  "order_no" INTEGER NOT NULL,
  "line_no" SMALLINT NOT NULL
);
INSERT INTO "shipments" ("id", "order_no", "line_no")
SELECT "id", "order_no", "line_no" FROM "godwit_rebuild_shipments";
DROP TABLE "godwit_rebuild_shipments";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # dropForeignKey: in a cycle
-- checked: table "departments" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "departments" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_departments" (
  "id" INTEGER PRIMARY KEY,
  "head_id" INTEGER
);
INSERT INTO "godwit_rebuild_departments" ("id", "head_id")
SELECT "departments"."id", "departments"."head_id" FROM "departments";
-- checked: rebuilding table "departments" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "departments";
CREATE TABLE "departments" (
  "id" INTEGER PRIMARY KEY,
  "head_id" INTEGER
);
INSERT INTO "departments" ("id", "head_id")
SELECT "id", "head_id" FROM "godwit_rebuild_departments";
DROP TABLE "godwit_rebuild_departments";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # dropTable: a table with a foreign key, a default and a partial index
-- checked: table "posts" is referred to by a foreign key of another table with ON DELETE CASCADE, SET NULL or SET DEFAULT, so that dropping it would change the rows there; drop that foreign key or table first
DROP TABLE "posts";

-- # dropTable: a table with a composite foreign key
-- checked: table "shipments" is referred to by a foreign key of another table with ON DELETE CASCADE, SET NULL or SET DEFAULT, so that dropping it would change the rows there; drop that foreign key or table first
DROP TABLE "shipments";

-- # dropTable: a table that refers to itself
-- checked: table "categories" is referred to by a foreign key of another table with ON DELETE CASCADE, SET NULL or SET DEFAULT, so that dropping it would change the rows there; drop that foreign key or table first
DROP TABLE "categories";

-- # dropTable: a partition
-- checked: table "readings_rest" is referred to by a foreign key of another table with ON DELETE CASCADE, SET NULL or SET DEFAULT, so that dropping it would change the rows there; drop that foreign key or table first
DROP TABLE "readings_rest";

-- # dropTable: a table that inherits
-- checked: table "dogs" is referred to by a foreign key of another table with ON DELETE CASCADE, SET NULL or SET DEFAULT, so that dropping it would change the rows there; drop that foreign key or table first
DROP TABLE "dogs";

-- # dropTable: a table with odd names
-- checked: table "o'brien" is referred to by a foreign key of another table with ON DELETE CASCADE, SET NULL or SET DEFAULT, so that dropping it would change the rows there; drop that foreign key or table first
DROP TABLE "o'brien";

-- # renameConstraint: a check
-- checked: table "visits" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "visits" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_visits" (
  "id" INTEGER PRIMARY KEY,
  "patient_id" INTEGER NOT NULL,
  "day" DATE NOT NULL,
  "fee" INTEGER,
  CONSTRAINT "x; drop table y" CHECK (fee IS NULL OR fee > 0),
  CONSTRAINT "one_visit" UNIQUE ("patient_id", "day")
);
INSERT INTO "godwit_rebuild_visits" ("id", "patient_id", "day", "fee")
SELECT "visits"."id", "visits"."patient_id", "visits"."day", "visits"."fee" FROM "visits";
-- checked: rebuilding table "visits" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "visits";
CREATE TABLE "visits" (
  "id" INTEGER PRIMARY KEY,
  "patient_id" INTEGER NOT NULL,
  "day" DATE NOT NULL,
  "fee" INTEGER,
  CONSTRAINT "x; drop table y" CHECK (fee IS NULL OR fee > 0),
  CONSTRAINT "one_visit" UNIQUE ("patient_id", "day"),
  CONSTRAINT "visit_patient" FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE RESTRICT
);
INSERT INTO "visits" ("id", "patient_id", "day", "fee")
SELECT "id", "patient_id", "day", "fee" FROM "godwit_rebuild_visits";
DROP TABLE "godwit_rebuild_visits";
CREATE INDEX "visits_by_day" ON "visits" (`day` DESC, `patient_id`);
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # renameConstraint: a foreign key
-- checked: table "visits" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "visits" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_visits" (
  "id" INTEGER PRIMARY KEY,
  "patient_id" INTEGER NOT NULL,
  "day" DATE NOT NULL,
  "fee" INTEGER,
  CONSTRAINT "paid_or_free" CHECK (fee IS NULL OR fee > 0),
  CONSTRAINT "one_visit" UNIQUE ("patient_id", "day")
);
INSERT INTO "godwit_rebuild_visits" ("id", "patient_id", "day", "fee")
SELECT "visits"."id", "visits"."patient_id", "visits"."day", "visits"."fee" FROM "visits";
-- checked: rebuilding table "visits" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "visits";
CREATE TABLE "visits" (
  "id" INTEGER PRIMARY KEY,
  "patient_id" INTEGER NOT NULL,
  "day" DATE NOT NULL,
  "fee" INTEGER,
  CONSTRAINT "paid_or_free" CHECK (fee IS NULL OR fee > 0),
  CONSTRAINT "one_visit" UNIQUE ("patient_id", "day"),
  CONSTRAINT "visitor" FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE RESTRICT
);
INSERT INTO "visits" ("id", "patient_id", "day", "fee")
SELECT "id", "patient_id", "day", "fee" FROM "godwit_rebuild_visits";
DROP TABLE "godwit_rebuild_visits";
CREATE INDEX "visits_by_day" ON "visits" (`day` DESC, `patient_id`);
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # setDatabases: on one alone
-- checked: table "posts" is referred to by a foreign key of another table with ON DELETE CASCADE, SET NULL or SET DEFAULT, so that dropping it would change the rows there; drop that foreign key or table first
DROP TABLE "posts";

-- # setDefaults: a first default, which a field names already
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'in progress',
  "views" INTEGER
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", "posts"."user_id", "posts"."title", "posts"."status", "posts"."views" FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "posts";
CREATE TABLE "posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'in progress',
  "views" INTEGER,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "posts" (_rowid_, "id", "user_id", "title", "status", "views")
SELECT _rowid_, "id", "user_id", "title", "status", "views" FROM "godwit_rebuild_posts";
DROP TABLE "godwit_rebuild_posts";
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # setDefaults: another value, and one that goes
-- checked: table "accounts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "accounts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_accounts" (
  "id" INTEGER PRIMARY KEY,
  "tier" TEXT NOT NULL DEFAULT 'silver',
  "note" TEXT NOT NULL DEFAULT 'note'
);
INSERT INTO "godwit_rebuild_accounts" ("id", "tier", "note")
SELECT "accounts"."id", "accounts"."tier", "accounts"."note" FROM "accounts";
-- checked: rebuilding table "accounts" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "accounts";
CREATE TABLE "accounts" (
  "id" INTEGER PRIMARY KEY,
  "tier" TEXT NOT NULL DEFAULT 'silver',
  "note" TEXT NOT NULL DEFAULT 'note'
);
INSERT INTO "accounts" ("id", "tier", "note")
SELECT "id", "tier", "note" FROM "godwit_rebuild_accounts";
DROP TABLE "godwit_rebuild_accounts";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # setTypeMappings: a type with a length
-- checked: table "users" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "users" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_users" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "email" VARCHAR(255) NOT NULL,
  "bio" CLOB,
  "updated_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO "godwit_rebuild_users" ("id", "email", "bio", "updated_at")
SELECT "users"."id", "users"."email", "users"."bio", "users"."updated_at" FROM "users";
-- checked: rebuilding table "users" did not copy every row; nothing was changed
DELETE FROM sqlite_sequence WHERE name = 'godwit_rebuild_users' COLLATE NOCASE;
INSERT INTO sqlite_sequence (name, seq) SELECT 'godwit_rebuild_users', seq FROM sqlite_sequence WHERE name = 'users' COLLATE NOCASE;
-- as kept: aside
DROP TABLE "users";
CREATE TABLE "users" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "email" VARCHAR(255) NOT NULL,
  "bio" CLOB,
  "updated_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO "users" ("id", "email", "bio", "updated_at")
SELECT "id", "email", "bio", "updated_at" FROM "godwit_rebuild_users";
DELETE FROM sqlite_sequence WHERE name = 'users' COLLATE NOCASE;
INSERT INTO sqlite_sequence (name, seq) SELECT 'users', seq FROM sqlite_sequence WHERE name = 'godwit_rebuild_users' COLLATE NOCASE;
DROP TABLE "godwit_rebuild_users";
CREATE UNIQUE INDEX "idx_users_email" ON "users" (`email`);
-- as kept: indexes
CREATE TRIGGER IF NOT EXISTS "godwit_auto_update:users:updated_at" AFTER UPDATE ON "users"
FOR EACH ROW WHEN NEW."updated_at" IS OLD."updated_at" AND NEW."updated_at" IS NOT CURRENT_TIMESTAMP
BEGIN
  UPDATE "users" SET "updated_at" = CURRENT_TIMESTAMP WHERE _rowid_ = NEW._rowid_;
END;
-- as kept: triggers
-- as kept: back
-- as kept: dependents

-- # setTypeMappings: the type of a key that other fields borrow
-- checked: table "categories" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "categories" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_categories" (
  "code" CLOB NOT NULL PRIMARY KEY,
  "parent" CLOB,
  "label" TEXT NOT NULL DEFAULT 'unnamed'
);
INSERT INTO "godwit_rebuild_categories" ("_rowid_", "code", "parent", "label")
SELECT _rowid_, "categories"."code", "categories"."parent", "categories"."label" FROM "categories";
-- checked: rebuilding table "categories" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "categories";
CREATE TABLE "categories" (
  "code" CLOB NOT NULL PRIMARY KEY,
  "parent" CLOB,
  "label" TEXT NOT NULL DEFAULT 'unnamed',
  FOREIGN KEY ("parent") REFERENCES "categories" ("code") ON DELETE CASCADE
);
INSERT INTO "categories" (_rowid_, "code", "parent", "label")
SELECT _rowid_, "code", "parent", "label" FROM "godwit_rebuild_categories";
DROP TABLE "godwit_rebuild_categories";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents
-- checked: table "products" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "products" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
-- kept: aside
-- kept: back
CREATE TABLE "godwit_rebuild_products" (
  "sku" CHAR(4) NOT NULL PRIMARY KEY,
  "category" CLOB NOT NULL,
  "price" DECIMAL(10,2)
);
INSERT INTO "godwit_rebuild_products" ("_rowid_", "sku", "category", "price")
SELECT _rowid_, "products"."sku", "products"."category", "products"."price" FROM "products";
-- checked: rebuilding table "products" did not copy every row; nothing was changed
-- as kept: aside
DROP TABLE "products";
CREATE TABLE "products" (
  "sku" CHAR(4) NOT NULL PRIMARY KEY,
  "category" CLOB NOT NULL,
  "price" DECIMAL(10,2),
  FOREIGN KEY ("category") REFERENCES "categories" ("code") ON DELETE RESTRICT
);
INSERT INTO "products" (_rowid_, "sku", "category", "price")
SELECT _rowid_, "sku", "category", "price" FROM "godwit_rebuild_products";
DROP TABLE "godwit_rebuild_products";
-- as kept: indexes
-- as kept: triggers
-- as kept: back
-- as kept: dependents
