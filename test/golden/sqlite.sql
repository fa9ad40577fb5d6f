-- What SQLite is sent for the examples of the operations.
-- Written by GODWIT_TEST_UPDATE=1 bun test test/golden.test.ts; read what has changed.

-- # addConstraint: a check
-- checked: table "posts" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER,
  CONSTRAINT "views_counted" CHECK (views >= 0 OR views IS NULL),
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", "posts"."user_id", "posts"."title", "posts"."status", "posts"."views" FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "posts";
ALTER TABLE "godwit_rebuild_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # addConstraint: a unique constraint over several fields
-- checked: table "order_lines" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "order_lines" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "order_lines" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
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
PRAGMA legacy_alter_table = ON;
DROP TABLE "order_lines";
ALTER TABLE "godwit_rebuild_order_lines" RENAME TO "order_lines";
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX "uq_order_lines_article" ON "order_lines" (`order_no`, `article`);
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # addConstraint: odd names
-- checked: table "o'brien" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "o'brien" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "o'brien" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_o'brien" (
  "select" INTEGER PRIMARY KEY,
  "a""b" VARCHAR(40) NOT NULL DEFAULT 'x; drop table y',
  "😀" TEXT,
  CONSTRAINT "x; drop table y" CHECK (1 = 1 OR 'it''s' = '')
);
INSERT INTO "godwit_rebuild_o'brien" ("select", "a""b", "😀")
SELECT "o'brien"."select", "o'brien"."a""b", "o'brien"."😀" FROM "o'brien";
-- checked: rebuilding table "o'brien" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "o'brien";
ALTER TABLE "godwit_rebuild_o'brien" RENAME TO "o'brien";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "x; drop table y" ON "o'brien" (`a"b`) WHERE "a""b" IS NOT NULL;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # addField: a nullable field
ALTER TABLE "users" ADD COLUMN "phone" VARCHAR(30);

-- # addField: a field with a default
ALTER TABLE "users" ADD COLUMN "plan" TEXT NOT NULL DEFAULT 'it''s free';

-- # addField: a field that existing rows are filled in
-- checked: table "users" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "users" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "users" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "users" has rows without a value for column "nick", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_users" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "email" VARCHAR(255) NOT NULL,
  "bio" TEXT,
  "updated_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "nick" VARCHAR(255) NOT NULL
);
INSERT INTO "godwit_rebuild_users" ("id", "email", "bio", "updated_at", "nick")
SELECT "users"."id", "users"."email", "users"."bio", "users"."updated_at", (lower(email)) FROM "users";
DELETE FROM sqlite_sequence WHERE name = 'godwit_rebuild_users';
INSERT INTO sqlite_sequence (name, seq) SELECT 'godwit_rebuild_users', seq FROM sqlite_sequence WHERE name = 'users' COLLATE NOCASE;
-- checked: rebuilding table "users" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "users";
ALTER TABLE "godwit_rebuild_users" RENAME TO "users";
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX "idx_users_email" ON "users" (`email`);
-- as kept: indexes
CREATE TRIGGER IF NOT EXISTS "godwit_auto_update:users:updated_at" AFTER UPDATE ON "users"
FOR EACH ROW WHEN NEW."updated_at" IS OLD."updated_at" AND NEW."updated_at" IS NOT CURRENT_TIMESTAMP
BEGIN
  UPDATE "users" SET "updated_at" = CURRENT_TIMESTAMP WHERE _rowid_ = NEW._rowid_;
END;
-- as kept: triggers
-- as kept: dependents

-- # addField: a filled field that also has a default
ALTER TABLE "posts" ADD COLUMN "score" DECIMAL(6,2) NOT NULL DEFAULT 0.50;
UPDATE "posts" SET "score" = 1.25;

-- # addField: times that the database keeps
-- checked: table "products" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "products" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "products" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_products" (
  "sku" CHAR(4) NOT NULL PRIMARY KEY,
  "category" VARCHAR(8) NOT NULL,
  "price" DECIMAL(10,2),
  "changed_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  FOREIGN KEY ("category") REFERENCES "categories" ("code") ON DELETE RESTRICT
);
INSERT INTO "godwit_rebuild_products" ("_rowid_", "sku", "category", "price")
SELECT _rowid_, "products"."sku", "products"."category", "products"."price" FROM "products";
-- checked: rebuilding table "products" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "products";
ALTER TABLE "godwit_rebuild_products" RENAME TO "products";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
CREATE TRIGGER IF NOT EXISTS "godwit_auto_update:products:changed_at" AFTER UPDATE ON "products"
FOR EACH ROW WHEN NEW."changed_at" IS OLD."changed_at" AND NEW."changed_at" IS NOT CURRENT_TIMESTAMP
BEGIN
  UPDATE "products" SET "changed_at" = CURRENT_TIMESTAMP WHERE _rowid_ = NEW._rowid_;
END;
-- as kept: triggers
-- as kept: dependents
CREATE TRIGGER IF NOT EXISTS "godwit_auto_update:products:changed_at" AFTER UPDATE ON "products"
FOR EACH ROW WHEN NEW."changed_at" IS OLD."changed_at" AND NEW."changed_at" IS NOT CURRENT_TIMESTAMP
BEGIN
  UPDATE "products" SET "changed_at" = CURRENT_TIMESTAMP WHERE _rowid_ = NEW._rowid_;
END;

-- # addField: a foreign key to a uuid key
-- checked: table "users" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "users" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "users" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_users" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "email" VARCHAR(255) NOT NULL,
  "bio" TEXT,
  "updated_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "pinned_post" UUID TEXT,
  FOREIGN KEY ("pinned_post") REFERENCES "posts" ("id") ON DELETE SET NULL
);
INSERT INTO "godwit_rebuild_users" ("id", "email", "bio", "updated_at")
SELECT "users"."id", "users"."email", "users"."bio", "users"."updated_at" FROM "users";
DELETE FROM sqlite_sequence WHERE name = 'godwit_rebuild_users';
INSERT INTO sqlite_sequence (name, seq) SELECT 'godwit_rebuild_users', seq FROM sqlite_sequence WHERE name = 'users' COLLATE NOCASE;
-- checked: rebuilding table "users" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "users";
ALTER TABLE "godwit_rebuild_users" RENAME TO "users";
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX "idx_users_email" ON "users" (`email`);
-- as kept: indexes
CREATE TRIGGER IF NOT EXISTS "godwit_auto_update:users:updated_at" AFTER UPDATE ON "users"
FOR EACH ROW WHEN NEW."updated_at" IS OLD."updated_at" AND NEW."updated_at" IS NOT CURRENT_TIMESTAMP
BEGIN
  UPDATE "users" SET "updated_at" = CURRENT_TIMESTAMP WHERE _rowid_ = NEW._rowid_;
END;
-- as kept: triggers
-- as kept: dependents

-- # addField: a foreign key to its own table, by a varchar key
-- checked: table "categories" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "categories" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "categories" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_categories" (
  "code" VARCHAR(8) NOT NULL PRIMARY KEY,
  "parent" VARCHAR(8),
  "label" TEXT NOT NULL DEFAULT 'unnamed',
  "see_also" VARCHAR(8),
  FOREIGN KEY ("parent") REFERENCES "categories" ("code") ON DELETE CASCADE,
  CONSTRAINT "see also" FOREIGN KEY ("see_also") REFERENCES "categories" ("code") ON DELETE RESTRICT
);
INSERT INTO "godwit_rebuild_categories" ("_rowid_", "code", "parent", "label")
SELECT _rowid_, "categories"."code", "categories"."parent", "categories"."label" FROM "categories";
-- checked: rebuilding table "categories" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "categories";
ALTER TABLE "godwit_rebuild_categories" RENAME TO "categories";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # addField: a field of a concrete type with a foreign key
-- checked: table "products" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "products" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "products" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_products" (
  "sku" CHAR(4) NOT NULL PRIMARY KEY,
  "category" VARCHAR(8) NOT NULL,
  "price" DECIMAL(10,2),
  "fallback" VARCHAR(8),
  FOREIGN KEY ("category") REFERENCES "categories" ("code") ON DELETE RESTRICT,
  FOREIGN KEY ("fallback") REFERENCES "categories" ("code") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "godwit_rebuild_products" ("_rowid_", "sku", "category", "price")
SELECT _rowid_, "products"."sku", "products"."category", "products"."price" FROM "products";
-- checked: rebuilding table "products" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "products";
ALTER TABLE "godwit_rebuild_products" RENAME TO "products";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # addField: a primary key, numbered by the database
-- checked: table "log" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "log" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "log" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_log" (
  "line" TEXT NOT NULL,
  "id" INTEGER PRIMARY KEY AUTOINCREMENT
);
INSERT INTO "godwit_rebuild_log" ("id", "line")
SELECT _rowid_, "log"."line" FROM "log";
-- checked: rebuilding table "log" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "log";
ALTER TABLE "godwit_rebuild_log" RENAME TO "log";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # addField: a field that partitions have too
ALTER TABLE "readings" ADD COLUMN "unit" TEXT NOT NULL DEFAULT 'K';

-- # addField: an odd name
ALTER TABLE "o'brien" ADD COLUMN "x; drop table y" BOOLEAN NOT NULL DEFAULT 1;

-- # addField: only in the state
-- nothing to do

-- # addForeignKey: to a composite primary key
-- checked: table "shipments" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "shipments" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "shipments" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_shipments" (
  "id" INTEGER PRIMARY KEY,
  "order_no" INTEGER NOT NULL,
  "line_no" SMALLINT NOT NULL,
  FOREIGN KEY ("order_no", "line_no") REFERENCES "order_lines" ("order_no", "line_no") ON DELETE CASCADE
);
INSERT INTO "godwit_rebuild_shipments" ("id", "order_no", "line_no")
SELECT "shipments"."id", "shipments"."order_no", "shipments"."line_no" FROM "shipments";
-- checked: rebuilding table "shipments" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "shipments";
ALTER TABLE "godwit_rebuild_shipments" RENAME TO "shipments";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # addForeignKey: checked when the transaction ends
-- checked: table "shipments" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "shipments" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "shipments" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_shipments" (
  "id" INTEGER PRIMARY KEY,
  "order_no" INTEGER NOT NULL,
  "line_no" SMALLINT NOT NULL,
  FOREIGN KEY ("order_no", "line_no") REFERENCES "order_lines" ("order_no", "line_no") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "godwit_rebuild_shipments" ("id", "order_no", "line_no")
SELECT "shipments"."id", "shipments"."order_no", "shipments"."line_no" FROM "shipments";
-- checked: rebuilding table "shipments" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "shipments";
ALTER TABLE "godwit_rebuild_shipments" RENAME TO "shipments";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # addForeignKey: to fields under a unique index
-- checked: table "returns" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "returns" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "returns" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_returns" (
  "no" INTEGER,
  "article" VARCHAR(30),
  CONSTRAINT "returned" FOREIGN KEY ("no", "article") REFERENCES "order_lines" ("order_no", "article") ON DELETE SET NULL ON UPDATE CASCADE
);
INSERT INTO "godwit_rebuild_returns" ("_rowid_", "no", "article")
SELECT _rowid_, "returns"."no", "returns"."article" FROM "returns";
-- checked: rebuilding table "returns" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "returns";
ALTER TABLE "godwit_rebuild_returns" RENAME TO "returns";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # addForeignKey: closing a cycle
-- checked: table "departments" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "departments" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "departments" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_departments" (
  "id" INTEGER PRIMARY KEY,
  "head_id" INTEGER,
  FOREIGN KEY ("head_id") REFERENCES "employees" ("id") ON DELETE SET NULL
);
INSERT INTO "godwit_rebuild_departments" ("id", "head_id")
SELECT "departments"."id", "departments"."head_id" FROM "departments";
-- checked: rebuilding table "departments" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "departments";
ALTER TABLE "godwit_rebuild_departments" RENAME TO "departments";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # addForeignKey: with odd names
-- checked: table "o'brien" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "o'brien" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "o'brien" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_o'brien" (
  "select" VARCHAR(9) NOT NULL DEFAULT 'x',
  "n" INTEGER NOT NULL,
  CONSTRAINT "x; drop table y" FOREIGN KEY ("select") REFERENCES "a""b" ("😀") ON DELETE SET DEFAULT
);
INSERT INTO "godwit_rebuild_o'brien" ("_rowid_", "select", "n")
SELECT _rowid_, "o'brien"."select", "o'brien"."n" FROM "o'brien";
-- checked: rebuilding table "o'brien" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "o'brien";
ALTER TABLE "godwit_rebuild_o'brien" RENAME TO "o'brien";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # addIndex: one field
CREATE INDEX "idx_posts_views" ON "posts" (`views`);

-- # addIndex: on the field of a foreign key, by the name the predecessor kept for itself
CREATE INDEX "idx_posts_user_id" ON "posts" (`user_id`);

-- # addIndex: unique, over several fields
CREATE UNIQUE INDEX "uq_lines" ON "order_lines" (`article`, `order_no`);

-- # addIndex: partial
CREATE INDEX "idx_posts_drafts" ON "posts" (`title`) WHERE status = 'draft' AND views IS NULL;

-- # addIndex: by the method that goes without saying
CREATE INDEX "idx_posts_views" ON "posts" (`views`);

-- # addIndex: by a method
CREATE INDEX "idx_users_bio" ON "users" (`bio`);

-- # addIndex: concurrently
CREATE INDEX "idx_posts_views" ON "posts" (`views`);

-- # addIndex: odd names
CREATE INDEX "select" ON "o'brien" (`😀`, `select`);

-- # alterDomain: other rules
-- refused (unsupported): migration "golden", operation 1 (alter domain "price"): SQLite cannot remake domain: the database has no domains; give the fields the type itself, and checks

-- # alterDomain: another type
-- refused (unsupported): migration "golden", operation 1 (alter domain "price"): SQLite cannot remake domain: the database has no domains; give the fields the type itself, and checks

-- # alterEnum: a value between others
-- checked: table "tickets" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "tickets" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "tickets" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
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
PRAGMA legacy_alter_table = ON;
DROP TABLE "tickets";
ALTER TABLE "godwit_rebuild_tickets" RENAME TO "tickets";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "by_state" ON "tickets" (`state`);
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterEnum: a description
-- checked: table "tickets" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "tickets" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "tickets" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
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
PRAGMA legacy_alter_table = ON;
DROP TABLE "tickets";
ALTER TABLE "godwit_rebuild_tickets" RENAME TO "tickets";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "by_state" ON "tickets" (`state`);
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterEnum: a value under another name
-- checked: table "tickets" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "tickets" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "tickets" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "tickets" has rows without a value for column "state", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
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
PRAGMA legacy_alter_table = ON;
DROP TABLE "tickets";
ALTER TABLE "godwit_rebuild_tickets" RENAME TO "tickets";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "by_state" ON "tickets" (`state`);
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterEnum: a value goes, and rows with it get another
-- checked: table "tickets" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "tickets" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "tickets" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "tickets" has rows without a value for column "state", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
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
PRAGMA legacy_alter_table = ON;
DROP TABLE "tickets";
ALTER TABLE "godwit_rebuild_tickets" RENAME TO "tickets";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "by_state" ON "tickets" (`state`);
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterExtension: in a namespace of its own
-- refused (unsupported): migration "golden", operation 1 (alter extension "citext"): SQLite cannot alter extension: the database has no extensions

-- # alterExtension: back to where the rest is
-- refused (unsupported): migration "golden", operation 1 (alter extension "citext"): SQLite cannot alter extension: the database has no extensions

-- # alterField: a longer varchar
-- checked: table "posts" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(400) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", "posts"."user_id", "posts"."title", "posts"."status", "posts"."views" FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "posts";
ALTER TABLE "godwit_rebuild_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterField: text in place of varchar
-- checked: table "posts" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" TEXT NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", "posts"."user_id", "posts"."title", "posts"."status", "posts"."views" FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "posts";
ALTER TABLE "godwit_rebuild_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterField: NOT NULL, existing rows filled in
-- checked: table "posts" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "posts" has rows without a value for column "views", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER NOT NULL DEFAULT 0,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", "posts"."user_id", "posts"."title", "posts"."status", COALESCE("posts"."views", 0) FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "posts";
ALTER TABLE "godwit_rebuild_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterField: type, nullability and default at once
-- checked: table "posts" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "posts" has rows without a value for column "views", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" BIGINT NOT NULL DEFAULT 1,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", "posts"."user_id", "posts"."title", "posts"."status", COALESCE(CASE WHEN typeof("posts"."views") = 'real' THEN CAST(round("posts"."views") AS INTEGER) ELSE "posts"."views" END, -1) FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "posts";
ALTER TABLE "godwit_rebuild_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterField: nullable, without default
-- checked: table "posts" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20),
  "views" INTEGER,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", "posts"."user_id", "posts"."title", "posts"."status", "posts"."views" FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "posts";
ALTER TABLE "godwit_rebuild_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterField: a conversion of its own
-- checked: table "sizes" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "sizes" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "sizes" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "sizes" has rows without a value for column "size", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_sizes" (
  "id" INTEGER PRIMARY KEY,
  "size" INTEGER NOT NULL
);
INSERT INTO "godwit_rebuild_sizes" ("id", "size")
SELECT "sizes"."id", (CAST(replace(size, ' cm', '') AS INTEGER)) FROM "sizes";
-- checked: rebuilding table "sizes" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "sizes";
ALTER TABLE "godwit_rebuild_sizes" RENAME TO "sizes";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterField: a cast from text to integer
-- checked: table "sizes" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "sizes" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "sizes" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "sizes" has rows without a value for column "size", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_sizes" (
  "id" INTEGER PRIMARY KEY,
  "size" INTEGER NOT NULL
);
INSERT INTO "godwit_rebuild_sizes" ("id", "size")
SELECT "sizes"."id", CASE WHEN typeof("sizes"."size") = 'real' THEN CAST(round("sizes"."size") AS INTEGER) ELSE "sizes"."size" END FROM "sizes";
-- checked: rebuilding table "sizes" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "sizes";
ALTER TABLE "godwit_rebuild_sizes" RENAME TO "sizes";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterField: a key that another table refers to
-- checked: table "posts" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "posts" has rows without a value for column "user_id", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" BIGINT NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", CASE WHEN typeof("posts"."user_id") = 'real' THEN CAST(round("posts"."user_id") AS INTEGER) ELSE "posts"."user_id" END, "posts"."title", "posts"."status", "posts"."views" FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "posts";
ALTER TABLE "godwit_rebuild_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents
-- checked: table "users" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "users" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "users" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "users" has rows without a value for column "id", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_users" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "email" VARCHAR(255) NOT NULL,
  "bio" TEXT,
  "updated_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO "godwit_rebuild_users" ("_rowid_", "id", "email", "bio", "updated_at")
SELECT "id", CASE WHEN typeof("users"."id") = 'real' THEN CAST(round("users"."id") AS INTEGER) ELSE "users"."id" END, "users"."email", "users"."bio", "users"."updated_at" FROM "users";
-- checked: rebuilding table "users" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "users";
ALTER TABLE "godwit_rebuild_users" RENAME TO "users";
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX "idx_users_email" ON "users" (`email`);
-- as kept: indexes
CREATE TRIGGER IF NOT EXISTS "godwit_auto_update:users:updated_at" AFTER UPDATE ON "users"
FOR EACH ROW WHEN NEW."updated_at" IS OLD."updated_at" AND NEW."updated_at" IS NOT CURRENT_TIMESTAMP
BEGIN
  UPDATE "users" SET "updated_at" = CURRENT_TIMESTAMP WHERE _rowid_ = NEW._rowid_;
END;
-- as kept: triggers
-- as kept: dependents

-- # alterField: a key that is numbered no longer
-- checked: table "users" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "users" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "users" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_users" (
  "id" INTEGER PRIMARY KEY,
  "email" VARCHAR(255) NOT NULL,
  "bio" TEXT,
  "updated_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO "godwit_rebuild_users" ("id", "email", "bio", "updated_at")
SELECT "users"."id", "users"."email", "users"."bio", "users"."updated_at" FROM "users";
-- checked: rebuilding table "users" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "users";
ALTER TABLE "godwit_rebuild_users" RENAME TO "users";
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX "idx_users_email" ON "users" (`email`);
-- as kept: indexes
CREATE TRIGGER IF NOT EXISTS "godwit_auto_update:users:updated_at" AFTER UPDATE ON "users"
FOR EACH ROW WHEN NEW."updated_at" IS OLD."updated_at" AND NEW."updated_at" IS NOT CURRENT_TIMESTAMP
BEGIN
  UPDATE "users" SET "updated_at" = CURRENT_TIMESTAMP WHERE _rowid_ = NEW._rowid_;
END;
-- as kept: triggers
-- as kept: dependents

-- # alterField: a key that its own and another table refer to
-- checked: table "categories" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "categories" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "categories" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_categories" (
  "code" VARCHAR(40) NOT NULL PRIMARY KEY,
  "parent" VARCHAR(40),
  "label" TEXT NOT NULL DEFAULT 'unnamed',
  FOREIGN KEY ("parent") REFERENCES "categories" ("code") ON DELETE CASCADE
);
INSERT INTO "godwit_rebuild_categories" ("_rowid_", "code", "parent", "label")
SELECT _rowid_, "categories"."code", "categories"."parent", "categories"."label" FROM "categories";
-- checked: rebuilding table "categories" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "categories";
ALTER TABLE "godwit_rebuild_categories" RENAME TO "categories";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents
-- checked: table "products" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "products" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "products" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_products" (
  "sku" CHAR(4) NOT NULL PRIMARY KEY,
  "category" VARCHAR(40) NOT NULL,
  "price" DECIMAL(10,2),
  FOREIGN KEY ("category") REFERENCES "categories" ("code") ON DELETE RESTRICT
);
INSERT INTO "godwit_rebuild_products" ("_rowid_", "sku", "category", "price")
SELECT _rowid_, "products"."sku", "products"."category", "products"."price" FROM "products";
-- checked: rebuilding table "products" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "products";
ALTER TABLE "godwit_rebuild_products" RENAME TO "products";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterField: a key in a cycle
-- checked: table "departments" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "departments" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "departments" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_departments" (
  "id" INTEGER PRIMARY KEY,
  "head_id" BIGINT,
  FOREIGN KEY ("head_id") REFERENCES "employees" ("id") ON DELETE SET NULL
);
INSERT INTO "godwit_rebuild_departments" ("id", "head_id")
SELECT "departments"."id", CASE WHEN typeof("departments"."head_id") = 'real' THEN CAST(round("departments"."head_id") AS INTEGER) ELSE "departments"."head_id" END FROM "departments";
-- checked: rebuilding table "departments" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "departments";
ALTER TABLE "godwit_rebuild_departments" RENAME TO "departments";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents
-- checked: table "employees" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "employees" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "employees" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "employees" has rows without a value for column "id", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_employees" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "department_id" INTEGER NOT NULL,
  FOREIGN KEY ("department_id") REFERENCES "departments" ("id") ON DELETE RESTRICT
);
INSERT INTO "godwit_rebuild_employees" ("_rowid_", "id", "department_id")
SELECT "id", CASE WHEN typeof("employees"."id") = 'real' THEN CAST(round("employees"."id") AS INTEGER) ELSE "employees"."id" END, "employees"."department_id" FROM "employees";
-- checked: rebuilding table "employees" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "employees";
ALTER TABLE "godwit_rebuild_employees" RENAME TO "employees";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterField: part of a composite key
-- checked: table "shipments" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "shipments" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "shipments" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "shipments" has rows without a value for column "line_no", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_shipments" (
  "id" INTEGER PRIMARY KEY,
  "order_no" INTEGER NOT NULL,
  "line_no" INTEGER NOT NULL,
  CONSTRAINT "fk_shipments_line" FOREIGN KEY ("order_no", "line_no") REFERENCES "order_lines" ("order_no", "line_no") ON DELETE CASCADE
);
INSERT INTO "godwit_rebuild_shipments" ("id", "order_no", "line_no")
SELECT "shipments"."id", "shipments"."order_no", CASE WHEN typeof("shipments"."line_no") = 'real' THEN CAST(round("shipments"."line_no") AS INTEGER) ELSE "shipments"."line_no" END FROM "shipments";
-- checked: rebuilding table "shipments" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "shipments";
ALTER TABLE "godwit_rebuild_shipments" RENAME TO "shipments";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents
-- checked: table "order_lines" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "order_lines" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "order_lines" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "order_lines" has rows without a value for column "line_no", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_order_lines" (
  "order_no" INTEGER NOT NULL,
  "line_no" INTEGER NOT NULL,
  "article" VARCHAR(30) NOT NULL,
  PRIMARY KEY ("order_no", "line_no")
);
INSERT INTO "godwit_rebuild_order_lines" ("_rowid_", "order_no", "line_no", "article")
SELECT _rowid_, "order_lines"."order_no", CASE WHEN typeof("order_lines"."line_no") = 'real' THEN CAST(round("order_lines"."line_no") AS INTEGER) ELSE "order_lines"."line_no" END, "order_lines"."article" FROM "order_lines";
-- checked: rebuilding table "order_lines" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "order_lines";
ALTER TABLE "godwit_rebuild_order_lines" RENAME TO "order_lines";
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX "uq_order_lines_article" ON "order_lines" (`order_no`, `article`);
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterField: a field that refers to another table, nullable
-- checked: table "posts" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", "posts"."user_id", "posts"."title", "posts"."status", "posts"."views" FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "posts";
ALTER TABLE "godwit_rebuild_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterField: a time that the database updates no longer
DROP TRIGGER IF EXISTS "godwit_auto_update:users:updated_at";
-- checked: table "users" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "users" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "users" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_users" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "email" VARCHAR(255) NOT NULL,
  "bio" TEXT,
  "updated_at" TIMESTAMP
);
INSERT INTO "godwit_rebuild_users" ("id", "email", "bio", "updated_at")
SELECT "users"."id", "users"."email", "users"."bio", "users"."updated_at" FROM "users";
DELETE FROM sqlite_sequence WHERE name = 'godwit_rebuild_users';
INSERT INTO sqlite_sequence (name, seq) SELECT 'godwit_rebuild_users', seq FROM sqlite_sequence WHERE name = 'users' COLLATE NOCASE;
-- checked: rebuilding table "users" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "users";
ALTER TABLE "godwit_rebuild_users" RENAME TO "users";
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX "idx_users_email" ON "users" (`email`);
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterField: a time that the database updates from now on
CREATE TRIGGER IF NOT EXISTS "godwit_auto_update:notes:at" AFTER UPDATE ON "notes"
FOR EACH ROW WHEN NEW."at" IS OLD."at" AND NEW."at" IS NOT CURRENT_TIMESTAMP
BEGIN
  UPDATE "notes" SET "at" = CURRENT_TIMESTAMP WHERE _rowid_ = NEW._rowid_;
END;

-- # alterField: an odd name and default
-- checked: table "o'brien" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "o'brien" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "o'brien" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_o'brien" (
  "select" INTEGER PRIMARY KEY,
  "a""b" TEXT NOT NULL DEFAULT 'o''brien "''; --',
  "😀" TEXT
);
INSERT INTO "godwit_rebuild_o'brien" ("select", "a""b", "😀")
SELECT "o'brien"."select", "o'brien"."a""b", "o'brien"."😀" FROM "o'brien";
-- checked: rebuilding table "o'brien" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "o'brien";
ALTER TABLE "godwit_rebuild_o'brien" RENAME TO "o'brien";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "x; drop table y" ON "o'brien" (`a"b`) WHERE "a""b" IS NOT NULL;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterField: a field that a partition has in another way
-- checked: table "readings" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "readings" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "readings" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
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
PRAGMA legacy_alter_table = ON;
DROP TABLE "readings";
ALTER TABLE "godwit_rebuild_readings" RENAME TO "readings";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "readings_by_sensor" ON "readings" (`sensor`);
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterField: a new column in its place
-- checked: table "posts" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(400) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", "posts"."user_id", "posts"."title", "posts"."status", "posts"."views" FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "posts";
ALTER TABLE "godwit_rebuild_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterField: a new column in the place of a key that another table refers to
-- checked: table "categories" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "categories" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "categories" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_categories" (
  "code" VARCHAR(40) NOT NULL PRIMARY KEY,
  "parent" VARCHAR(40),
  "label" TEXT NOT NULL DEFAULT 'unnamed',
  FOREIGN KEY ("parent") REFERENCES "categories" ("code") ON DELETE CASCADE
);
INSERT INTO "godwit_rebuild_categories" ("_rowid_", "code", "parent", "label")
SELECT _rowid_, "categories"."code", "categories"."parent", "categories"."label" FROM "categories";
-- checked: rebuilding table "categories" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "categories";
ALTER TABLE "godwit_rebuild_categories" RENAME TO "categories";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents
-- checked: table "products" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "products" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "products" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_products" (
  "sku" CHAR(4) NOT NULL PRIMARY KEY,
  "category" VARCHAR(40) NOT NULL,
  "price" DECIMAL(10,2),
  FOREIGN KEY ("category") REFERENCES "categories" ("code") ON DELETE RESTRICT
);
INSERT INTO "godwit_rebuild_products" ("_rowid_", "sku", "category", "price")
SELECT _rowid_, "products"."sku", "products"."category", "products"."price" FROM "products";
-- checked: rebuilding table "products" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "products";
ALTER TABLE "godwit_rebuild_products" RENAME TO "products";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterField: a new column in the place of a part of a composite key
-- checked: table "shipments" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "shipments" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "shipments" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "shipments" has rows without a value for column "line_no", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_shipments" (
  "id" INTEGER PRIMARY KEY,
  "order_no" INTEGER NOT NULL,
  "line_no" INTEGER NOT NULL,
  CONSTRAINT "fk_shipments_line" FOREIGN KEY ("order_no", "line_no") REFERENCES "order_lines" ("order_no", "line_no") ON DELETE CASCADE
);
INSERT INTO "godwit_rebuild_shipments" ("id", "order_no", "line_no")
SELECT "shipments"."id", "shipments"."order_no", CASE WHEN typeof("shipments"."line_no") = 'real' THEN CAST(round("shipments"."line_no") AS INTEGER) ELSE "shipments"."line_no" END FROM "shipments";
-- checked: rebuilding table "shipments" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "shipments";
ALTER TABLE "godwit_rebuild_shipments" RENAME TO "shipments";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents
-- checked: table "order_lines" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "order_lines" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "order_lines" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "order_lines" has rows without a value for column "line_no", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_order_lines" (
  "order_no" INTEGER NOT NULL,
  "line_no" INTEGER NOT NULL,
  "article" VARCHAR(30) NOT NULL,
  PRIMARY KEY ("order_no", "line_no")
);
INSERT INTO "godwit_rebuild_order_lines" ("_rowid_", "order_no", "line_no", "article")
SELECT _rowid_, "order_lines"."order_no", CASE WHEN typeof("order_lines"."line_no") = 'real' THEN CAST(round("order_lines"."line_no") AS INTEGER) ELSE "order_lines"."line_no" END, "order_lines"."article" FROM "order_lines";
-- checked: rebuilding table "order_lines" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "order_lines";
ALTER TABLE "godwit_rebuild_order_lines" RENAME TO "order_lines";
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX "uq_order_lines_article" ON "order_lines" (`order_no`, `article`);
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterField: a new column, NOT NULL and filled
-- checked: table "posts" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "posts" has rows without a value for column "views", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" BIGINT NOT NULL DEFAULT 1,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", "posts"."user_id", "posts"."title", "posts"."status", COALESCE(CASE WHEN typeof("posts"."views") = 'real' THEN CAST(round("posts"."views") AS INTEGER) ELSE "posts"."views" END, -1) FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "posts";
ALTER TABLE "godwit_rebuild_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterField: no change at all
-- nothing to do

-- # alterNamespace: a comment comes
-- refused (unsupported): migration "golden", operation 1 (alter namespace "audit"): SQLite cannot comment namespace "audit": all names of a database are in one place there; leave it out, and name things without it

-- # alterNamespace: a comment goes
-- refused (unsupported): migration "golden", operation 1 (alter namespace "audit"): SQLite cannot comment namespace "audit": all names of a database are in one place there; leave it out, and name things without it

-- # alterPrimaryKey: a key where there was none
-- checked: table "tags" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "tags" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "tags" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- checked: table "tags" has rows without a value for column "word", which becomes NOT NULL; give the operation a fill expression or the field a default
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_tags" (
  "word" VARCHAR(30) NOT NULL PRIMARY KEY,
  "uses" INTEGER NOT NULL
);
INSERT INTO "godwit_rebuild_tags" ("_rowid_", "word", "uses")
SELECT _rowid_, "tags"."word", "tags"."uses" FROM "tags";
-- checked: rebuilding table "tags" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "tags";
ALTER TABLE "godwit_rebuild_tags" RENAME TO "tags";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterPrimaryKey: a longer key
-- checked: table "order_lines" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "order_lines" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "order_lines" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_order_lines" (
  "order_no" INTEGER NOT NULL,
  "line_no" SMALLINT NOT NULL,
  "article" VARCHAR(30) NOT NULL,
  PRIMARY KEY ("order_no", "line_no", "article")
);
INSERT INTO "godwit_rebuild_order_lines" ("_rowid_", "order_no", "line_no", "article")
SELECT _rowid_, "order_lines"."order_no", "order_lines"."line_no", "order_lines"."article" FROM "order_lines";
-- checked: rebuilding table "order_lines" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "order_lines";
ALTER TABLE "godwit_rebuild_order_lines" RENAME TO "order_lines";
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX "uq_order_lines_article" ON "order_lines" (`order_no`, `article`);
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterPrimaryKey: another order
-- checked: table "order_lines" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "order_lines" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "order_lines" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_order_lines" (
  "order_no" INTEGER NOT NULL,
  "line_no" SMALLINT NOT NULL,
  "article" VARCHAR(30) NOT NULL,
  PRIMARY KEY ("line_no", "order_no")
);
INSERT INTO "godwit_rebuild_order_lines" ("_rowid_", "order_no", "line_no", "article")
SELECT _rowid_, "order_lines"."order_no", "order_lines"."line_no", "order_lines"."article" FROM "order_lines";
-- checked: rebuilding table "order_lines" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "order_lines";
ALTER TABLE "godwit_rebuild_order_lines" RENAME TO "order_lines";
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX "uq_order_lines_article" ON "order_lines" (`order_no`, `article`);
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterPrimaryKey: no key
-- checked: table "shipments" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "shipments" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "shipments" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_shipments" (
  "id" INTEGER NOT NULL,
  "order_no" INTEGER NOT NULL,
  "line_no" SMALLINT NOT NULL
);
INSERT INTO "godwit_rebuild_shipments" ("_rowid_", "id", "order_no", "line_no")
SELECT "id", "shipments"."id", "shipments"."order_no", "shipments"."line_no" FROM "shipments";
-- checked: rebuilding table "shipments" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "shipments";
ALTER TABLE "godwit_rebuild_shipments" RENAME TO "shipments";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterPrimaryKey: the key of a table that refers to another
-- checked: table "posts" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER,
  PRIMARY KEY ("id", "user_id"),
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", "posts"."user_id", "posts"."title", "posts"."status", "posts"."views" FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "posts";
ALTER TABLE "godwit_rebuild_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # alterSequence: other options, no owner any more
-- refused (unsupported): migration "golden", operation 1 (alter sequence "counter"): SQLite cannot alter sequence: the database has no sequences; use type serial

-- # alterSequence: a description
-- refused (unsupported): migration "golden", operation 1 (alter sequence "free"): SQLite cannot alter sequence: the database has no sequences; use type serial

-- # attachPartition: a table with the same fields
-- refused (unsupported): migration "golden", operation 1 (attach partition "readings_old" to "readings"): SQLite cannot attach partition on table "readings_old": godwit keeps partitions and inheritance on PostgreSQL only

-- # attachPartition: for all that no other partition takes
-- refused (unsupported): migration "golden", operation 1 (attach partition "readings_old" to "readings"): SQLite cannot attach partition on table "readings_old": godwit keeps partitions and inheritance on PostgreSQL only

-- # attachSequence: one that numbers a table
-- refused (unsupported): migration "golden", operation 1 (attach sequence "counter" to field "id" of "invoices"): SQLite cannot attach sequence on table "invoices": the database has no sequences; use type serial

-- # attachSequence: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (attach sequence "notes_place_seq" to field "place" of "notes"): SQLite cannot attach sequence on table "notes": the database has no sequences; use type serial

-- # createDomain: a type under another name
-- refused (unsupported): migration "golden", operation 1 (create domain "Label"): SQLite cannot create domain: the database has no domains; give the fields the type itself, and checks

-- # createDomain: with all that it may have
-- refused (unsupported): migration "golden", operation 1 (create domain "email"): SQLite cannot create domain: the database has no domains; give the fields the type itself, and checks

-- # createEnum: some values
-- nothing to do

-- # createEnum: described
-- nothing to do

-- # createEnum: odd values
-- nothing to do

-- # createExtension: one that comes with PostgreSQL
-- refused (unsupported): migration "golden", operation 1 (create extension "citext"): SQLite cannot create extension: the database has no extensions

-- # createExtension: in a namespace of its own
-- refused (unsupported): migration "golden", operation 1 (create extension "uuid-ossp"): SQLite cannot create extension: the database has no extensions

-- # createNamespace: a plain name
-- refused (unsupported): migration "golden", operation 1 (create namespace "audit"): SQLite cannot create namespace "audit": all names of a database are in one place there; leave it out, and name things without it

-- # createNamespace: an odd name
-- refused (unsupported): migration "golden", operation 1 (create namespace "a"b; drop table x"): SQLite cannot create namespace "a"b; drop table x": all names of a database are in one place there; leave it out, and name things without it

-- # createObject: a function
-- refused (unsupported): migration "golden", operation 1 (create function "half(integer)"): SQLite has no function: function "half(integer)"

-- # createObject: a trigger, as SQLite writes it
CREATE TRIGGER "no titles" BEFORE DELETE ON books BEGIN SELECT RAISE(ABORT, 'kept'); END;

-- # createObject: a policy
-- refused (unsupported): migration "golden", operation 1 (create policy "all_books" of "books"): SQLite has no policy: policy "all_books" of "books"

-- # createObject: a virtual table
CREATE VIRTUAL TABLE words USING fts5(title);

-- # createSequence: without options
-- refused (unsupported): migration "golden", operation 1 (create sequence "invoice numbers"): SQLite cannot create sequence: the database has no sequences; use type serial

-- # createSequence: with all of them
-- refused (unsupported): migration "golden", operation 1 (create sequence "counter"): SQLite cannot create sequence: the database has no sequences; use type serial

-- # createTable: a table with a key and an index
CREATE TABLE "users" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "email" VARCHAR(255) NOT NULL,
  "bio" TEXT
);
CREATE UNIQUE INDEX "idx_users_email" ON "users" (`email`);

-- # createTable: every field type
CREATE TABLE "everything" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "a_varchar" VARCHAR(40) NOT NULL,
  "a_char" CHAR(2) NOT NULL,
  "a_text" TEXT NOT NULL,
  "a_smallint" SMALLINT NOT NULL,
  "an_integer" INTEGER NOT NULL,
  "a_bigint" BIGINT NOT NULL,
  "a_float" REAL NOT NULL,
  "a_double" DOUBLE NOT NULL,
  "a_decimal" DECIMAL(12,4) NOT NULL,
  "a_boolean" BOOLEAN NOT NULL,
  "a_date" DATE NOT NULL,
  "a_time" TIME NOT NULL,
  "a_timestamp" TIMESTAMP NOT NULL,
  "a_timestamptz" TIMESTAMPTZ NOT NULL,
  "a_uuid" UUID TEXT NOT NULL,
  "a_json" JSON TEXT NOT NULL,
  "a_jsonb" JSONB TEXT NOT NULL,
  "some_bytes" BLOB NOT NULL,
  "a_list" TEXT ARRAY
);

-- # createTable: defaults of every kind
CREATE TABLE "accounts" (
  "id" INTEGER PRIMARY KEY,
  "tier" VARCHAR(10) NOT NULL DEFAULT 'gold',
  "word" TEXT NOT NULL DEFAULT 'it''s ACTIVE (or not)',
  "literal" TEXT NOT NULL DEFAULT 'now()',
  "expression" INTEGER NOT NULL DEFAULT (1 + 2),
  "digits" DECIMAL(5,2) NOT NULL DEFAULT 0.10,
  "zero_padded" VARCHAR(3) NOT NULL DEFAULT '007',
  "count" INTEGER NOT NULL DEFAULT 0,
  "open" BOOLEAN NOT NULL DEFAULT 0,
  "quoted" TEXT NOT NULL DEFAULT 'a''b',
  "created_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE TRIGGER IF NOT EXISTS "godwit_auto_update:accounts:updated_at" AFTER UPDATE ON "accounts"
FOR EACH ROW WHEN NEW."updated_at" IS OLD."updated_at" AND NEW."updated_at" IS NOT CURRENT_TIMESTAMP
BEGIN
  UPDATE "accounts" SET "updated_at" = CURRENT_TIMESTAMP WHERE _rowid_ = NEW._rowid_;
END;

-- # createTable: a composite key in an order of its own
CREATE TABLE "prices" (
  "valid_from" DATE NOT NULL,
  "product" VARCHAR(20) NOT NULL,
  "amount" DECIMAL(10,2) NOT NULL,
  PRIMARY KEY ("product", "valid_from")
);

-- # createTable: a table that refers to others and to itself
CREATE TABLE "comments" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "post_id" UUID TEXT NOT NULL,
  "author_id" INTEGER,
  "parent_id" INTEGER,
  FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE,
  FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "comment_thread" FOREIGN KEY ("parent_id") REFERENCES "comments" ("id") ON DELETE RESTRICT
);
CREATE INDEX "idx_comments_recent" ON "comments" (`post_id`, `id`) WHERE parent_id IS NULL;

-- # createTable: a partition with something of its own
-- refused (unsupported): migration "golden", operation 1 (create table "readings_1999"): SQLite cannot create tree table on table "readings_1999": godwit keeps partitions and inheritance on PostgreSQL only

-- # createTable: a partitioned table
-- refused (unsupported): migration "golden", operation 1 (create table "names"): SQLite cannot create tree table on table "names": godwit keeps partitions and inheritance on PostgreSQL only

-- # createTable: a table that inherits
-- refused (unsupported): migration "golden", operation 1 (create table "birds"): SQLite cannot create tree table on table "birds": godwit keeps partitions and inheritance on PostgreSQL only

-- # createTable: names that need quoting
CREATE TABLE "o'brien" (
  "select" INTEGER PRIMARY KEY,
  "a""b" TEXT NOT NULL DEFAULT 'x; drop table y',
  "😀" TEXT DEFAULT 'say "hi"'
);
CREATE INDEX "x; drop table y" ON "o'brien" (`a"b`, `😀`);

-- # createView: over a table
CREATE VIEW "emails" AS
SELECT id, email FROM users;

-- # createView: with names for its columns and a description
CREATE VIEW "live" ("number", "heading") AS
SELECT id, title FROM posts WHERE status = 'live';

-- # createView: over another view
CREATE VIEW "late_titles" AS
SELECT title FROM lent WHERE day < '2024-01-01';

-- # createView: whose rows are kept
-- refused (unsupported): migration "golden", operation 1 (create materialized view "kept_titles"): SQLite cannot create view "kept_titles": it has no views whose rows are kept

-- # deleteData: rows by their key
DELETE FROM "posts" WHERE "title" IN ('First', 'o''brien');

-- # deleteData: a row by a composite key
DELETE FROM "order_lines" WHERE
  ("order_no" = 1 AND "line_no" = 1);

-- # detachPartition: a partition with rows
-- refused (unsupported): migration "golden", operation 1 (detach partition "readings_2024"): SQLite cannot name part indexes on table "readings_2024": godwit keeps partitions and inheritance on PostgreSQL only

-- # detachPartition: a partition with a default and an index of its own
-- refused (unsupported): migration "golden", operation 1 (detach partition "readings_rest"): SQLite cannot name part indexes on table "readings_rest": godwit keeps partitions and inheritance on PostgreSQL only

-- # detachSequence: of a key
-- refused (unsupported): migration "golden", operation 1 (detach the sequence of field "id" of "tickets"): SQLite cannot detach sequence: the database has no sequences; use type serial

-- # detachSequence: one that has a name and counts in its own way
-- refused (unsupported): migration "golden", operation 1 (detach the sequence of field "place" of "seats"): SQLite cannot detach sequence: the database has no sequences; use type serial

-- # dropConstraint: a check
-- checked: table "visits" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "visits" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "visits" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_visits" (
  "id" INTEGER PRIMARY KEY,
  "patient_id" INTEGER NOT NULL,
  "day" DATE NOT NULL,
  "fee" INTEGER,
  CONSTRAINT "one_visit" UNIQUE ("patient_id", "day"),
  CONSTRAINT "visit_patient" FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE RESTRICT
);
INSERT INTO "godwit_rebuild_visits" ("id", "patient_id", "day", "fee")
SELECT "visits"."id", "visits"."patient_id", "visits"."day", "visits"."fee" FROM "visits";
-- checked: rebuilding table "visits" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "visits";
ALTER TABLE "godwit_rebuild_visits" RENAME TO "visits";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "visits_by_day" ON "visits" (`day` DESC, `patient_id`);
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # dropConstraint: a unique constraint
-- checked: table "visits" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "visits" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "visits" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_visits" (
  "id" INTEGER PRIMARY KEY,
  "patient_id" INTEGER NOT NULL,
  "day" DATE NOT NULL,
  "fee" INTEGER,
  CONSTRAINT "paid_or_free" CHECK (fee IS NULL OR fee > 0),
  CONSTRAINT "visit_patient" FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE RESTRICT
);
INSERT INTO "godwit_rebuild_visits" ("id", "patient_id", "day", "fee")
SELECT "visits"."id", "visits"."patient_id", "visits"."day", "visits"."fee" FROM "visits";
-- checked: rebuilding table "visits" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "visits";
ALTER TABLE "godwit_rebuild_visits" RENAME TO "visits";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "visits_by_day" ON "visits" (`day` DESC, `patient_id`);
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # dropDomain: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (drop domain "Unused"): SQLite cannot drop domain: the database has no domains; give the fields the type itself, and checks

-- # dropDomain: one with rules
-- refused (unsupported): migration "golden", operation 1 (drop domain "year"): SQLite cannot drop domain: the database has no domains; give the fields the type itself, and checks

-- # dropEnum: one that nobody uses
-- nothing to do

-- # dropEnum: one of several
-- nothing to do

-- # dropExtension: one with an odd name
-- refused (unsupported): migration "golden", operation 1 (drop extension "uuid-ossp"): SQLite cannot drop extension: the database has no extensions

-- # dropExtension: one that nothing needs
-- refused (unsupported): migration "golden", operation 1 (drop extension "citext"): SQLite cannot drop extension: the database has no extensions

-- # dropField: a nullable field
ALTER TABLE "users" DROP COLUMN "bio";

-- # dropField: a field with a default, between others
ALTER TABLE "posts" DROP COLUMN "views";

-- # dropField: a field that the database updates
DROP TRIGGER IF EXISTS "godwit_auto_update:users:updated_at";
ALTER TABLE "users" DROP COLUMN "updated_at";

-- # dropField: a field of a table that refers to others
ALTER TABLE "products" DROP COLUMN "price";

-- # dropField: an odd name
ALTER TABLE "o'brien" DROP COLUMN "😀";

-- # dropField: a field that a partition has in another way
ALTER TABLE "readings" DROP COLUMN "value";

-- # dropField: only in the state
-- nothing to do

-- # dropForeignKey: of a foreign_key field
-- checked: table "posts" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
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
PRAGMA legacy_alter_table = ON;
DROP TABLE "posts";
ALTER TABLE "godwit_rebuild_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # dropForeignKey: to its own table
-- checked: table "categories" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "categories" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "categories" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_categories" (
  "code" VARCHAR(8) NOT NULL PRIMARY KEY,
  "parent" VARCHAR(8),
  "label" TEXT NOT NULL DEFAULT 'unnamed'
);
INSERT INTO "godwit_rebuild_categories" ("_rowid_", "code", "parent", "label")
SELECT _rowid_, "categories"."code", "categories"."parent", "categories"."label" FROM "categories";
-- checked: rebuilding table "categories" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "categories";
ALTER TABLE "godwit_rebuild_categories" RENAME TO "categories";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # dropForeignKey: over several fields
-- checked: table "shipments" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "shipments" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "shipments" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_shipments" (
  "id" INTEGER PRIMARY KEY,
  "order_no" INTEGER NOT NULL,
  "line_no" SMALLINT NOT NULL
);
INSERT INTO "godwit_rebuild_shipments" ("id", "order_no", "line_no")
SELECT "shipments"."id", "shipments"."order_no", "shipments"."line_no" FROM "shipments";
-- checked: rebuilding table "shipments" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "shipments";
ALTER TABLE "godwit_rebuild_shipments" RENAME TO "shipments";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # dropForeignKey: in a cycle
-- checked: table "departments" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "departments" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "departments" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_departments" (
  "id" INTEGER PRIMARY KEY,
  "head_id" INTEGER
);
INSERT INTO "godwit_rebuild_departments" ("id", "head_id")
SELECT "departments"."id", "departments"."head_id" FROM "departments";
-- checked: rebuilding table "departments" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "departments";
ALTER TABLE "godwit_rebuild_departments" RENAME TO "departments";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # dropIndex: an index
DROP INDEX "idx_posts_title";

-- # dropIndex: a unique partial index
DROP INDEX "idx_posts_live";

-- # dropIndex: concurrently
DROP INDEX "idx_posts_title";

-- # dropIndex: odd names
DROP INDEX "x; drop table y";

-- # dropNamespace: one of several
-- refused (unsupported): migration "golden", operation 1 (drop namespace "audit"): SQLite cannot drop namespace "audit": all names of a database are in one place there; leave it out, and name things without it

-- # dropNamespace: beside one in which something is
-- refused (unsupported): migration "golden", operation 1 (drop namespace "mood"): SQLite cannot drop namespace "mood": all names of a database are in one place there; leave it out, and name things without it

-- # dropObject: a function
-- refused (unsupported): migration "golden", operation 1 (drop function "half(integer)"): SQLite has no function: function "half(integer)"

-- # dropObject: a trigger, as SQLite writes it
DROP TRIGGER "counted";

-- # dropSequence: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (drop sequence "free"): SQLite cannot drop sequence: the database has no sequences; use type serial

-- # dropSequence: the only one
-- refused (unsupported): migration "golden", operation 1 (drop sequence "invoice numbers"): SQLite cannot drop sequence: the database has no sequences; use type serial

-- # dropTable: a table with a foreign key, a default and a partial index
DROP TABLE "posts";

-- # dropTable: a table with a composite foreign key
DROP TABLE "shipments";

-- # dropTable: a table that refers to itself
DROP TABLE "categories";

-- # dropTable: a partition
DROP TABLE "readings_rest";

-- # dropTable: a table that inherits
DROP TABLE "dogs";

-- # dropTable: a table with odd names
DROP TABLE "o'brien";

-- # dropTable: only in the state
-- nothing to do

-- # dropView: a view
DROP VIEW "lent";

-- # dropView: only in the state
-- nothing to do

-- # moveRows: into a partitioned table
-- refused (unsupported): migration "golden", operation 1 (move rows of "readings_old" to "readings"): SQLite cannot move rows: godwit moves rows to partitions only, which it keeps on PostgreSQL

-- # moveRows: out of one
-- refused (unsupported): migration "golden", operation 1 (move rows of "readings" to "readings_old"): SQLite cannot move rows: godwit moves rows to partitions only, which it keeps on PostgreSQL

-- # renameConstraint: a check
-- checked: table "visits" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "visits" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "visits" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_visits" (
  "id" INTEGER PRIMARY KEY,
  "patient_id" INTEGER NOT NULL,
  "day" DATE NOT NULL,
  "fee" INTEGER,
  CONSTRAINT "x; drop table y" CHECK (fee IS NULL OR fee > 0),
  CONSTRAINT "one_visit" UNIQUE ("patient_id", "day"),
  CONSTRAINT "visit_patient" FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE RESTRICT
);
INSERT INTO "godwit_rebuild_visits" ("id", "patient_id", "day", "fee")
SELECT "visits"."id", "visits"."patient_id", "visits"."day", "visits"."fee" FROM "visits";
-- checked: rebuilding table "visits" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "visits";
ALTER TABLE "godwit_rebuild_visits" RENAME TO "visits";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "visits_by_day" ON "visits" (`day` DESC, `patient_id`);
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # renameConstraint: a foreign key
-- checked: table "visits" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "visits" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "visits" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_visits" (
  "id" INTEGER PRIMARY KEY,
  "patient_id" INTEGER NOT NULL,
  "day" DATE NOT NULL,
  "fee" INTEGER,
  CONSTRAINT "paid_or_free" CHECK (fee IS NULL OR fee > 0),
  CONSTRAINT "one_visit" UNIQUE ("patient_id", "day"),
  CONSTRAINT "visitor" FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE RESTRICT
);
INSERT INTO "godwit_rebuild_visits" ("id", "patient_id", "day", "fee")
SELECT "visits"."id", "visits"."patient_id", "visits"."day", "visits"."fee" FROM "visits";
-- checked: rebuilding table "visits" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "visits";
ALTER TABLE "godwit_rebuild_visits" RENAME TO "visits";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "visits_by_day" ON "visits" (`day` DESC, `patient_id`);
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # renameDomain: a domain of fields
-- refused (unsupported): migration "golden", operation 1 (rename domain "price" to "Amount"): SQLite cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameDomain: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (rename domain "Unused" to "spare"): SQLite cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameEnum: an enum of fields
-- nothing to do

-- # renameEnum: one that nobody uses
-- nothing to do

-- # renameField: a field that an index and its predicate use
ALTER TABLE "posts" RENAME COLUMN "status" TO "state";

-- # renameField: a key that another table refers to
ALTER TABLE "users" RENAME COLUMN "id" TO "user";

-- # renameField: a field that refers to another table
ALTER TABLE "posts" RENAME COLUMN "user_id" TO "author_id";

-- # renameField: a key that its own table refers to
ALTER TABLE "categories" RENAME COLUMN "code" TO "Code";

-- # renameField: part of a composite key
ALTER TABLE "order_lines" RENAME COLUMN "line_no" TO "line";

-- # renameField: part of a composite foreign key
ALTER TABLE "shipments" RENAME COLUMN "order_no" TO "order";

-- # renameField: a field that the database updates
DROP TRIGGER IF EXISTS "godwit_auto_update:users:updated_at";
ALTER TABLE "users" RENAME COLUMN "updated_at" TO "changed_at";
CREATE TRIGGER IF NOT EXISTS "godwit_auto_update:users:changed_at" AFTER UPDATE ON "users"
FOR EACH ROW WHEN NEW."changed_at" IS OLD."changed_at" AND NEW."changed_at" IS NOT CURRENT_TIMESTAMP
BEGIN
  UPDATE "users" SET "changed_at" = CURRENT_TIMESTAMP WHERE _rowid_ = NEW._rowid_;
END;

-- # renameField: part of a partition key
ALTER TABLE "readings" RENAME COLUMN "at" TO "day";

-- # renameField: to and from odd names
ALTER TABLE "o'brien" RENAME COLUMN "a""b" TO "group";

-- # renameIndex: an index
DROP INDEX "idx_posts_title";
CREATE INDEX "posts_by_title" ON "posts" (`title`);

-- # renameIndex: a unique partial index
DROP INDEX "idx_posts_live";
CREATE UNIQUE INDEX "live" ON "posts" (`user_id`, `title`) WHERE status = 'live';

-- # renameIndex: from an odd name
DROP INDEX "x; drop table y";
CREATE INDEX "select" ON "o'brien" (`a"b`) WHERE "a""b" IS NOT NULL;

-- # renameNamespace: one with tables
-- refused (unsupported): migration "golden", operation 1 (rename namespace "audit" to "audit_log"): SQLite cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameNamespace: one with nothing in it
-- refused (unsupported): migration "golden", operation 1 (rename namespace "A b" to "c"): SQLite cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameSequence: a sequence that numbers a table
-- refused (unsupported): migration "golden", operation 1 (rename sequence "counter" to "Invoice numbers"): SQLite cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameSequence: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (rename sequence "free" to "spare"): SQLite cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameTable: a table that another refers to
DROP TRIGGER IF EXISTS "godwit_auto_update:users:updated_at";
ALTER TABLE "users" RENAME TO "people";
CREATE TRIGGER IF NOT EXISTS "godwit_auto_update:people:updated_at" AFTER UPDATE ON "people"
FOR EACH ROW WHEN NEW."updated_at" IS OLD."updated_at" AND NEW."updated_at" IS NOT CURRENT_TIMESTAMP
BEGIN
  UPDATE "people" SET "updated_at" = CURRENT_TIMESTAMP WHERE _rowid_ = NEW._rowid_;
END;

-- # renameTable: a table that refers to itself
ALTER TABLE "categories" RENAME TO "Groups";

-- # renameTable: to and from odd names
ALTER TABLE "o'brien" RENAME TO "x""; drop table y";

-- # renameTable: a table with partitions
ALTER TABLE "readings" RENAME TO "values";

-- # renameTable: to a reserved word
ALTER TABLE "posts" RENAME TO "order";

-- # replaceObject: what a function computes
-- refused (unsupported): migration "golden", operation 1 (replace function "half(integer)"): SQLite has no function: function "half(integer)"

-- # replaceObject: what a function gives
-- refused (unsupported): migration "golden", operation 1 (replace function "half(integer)"): SQLite has no function: function "half(integer)"

-- # replaceObject: a trigger, as SQLite writes it
DROP TRIGGER "counted";
CREATE TRIGGER counted AFTER DELETE ON books BEGIN UPDATE totals SET books = books - 2; END;

-- # replaceObject: only its description
-- nothing to do

-- # replaceView: fewer rows
DROP VIEW "lent";
CREATE VIEW "lent" AS
SELECT id, title, day FROM books WHERE day IS NOT NULL AND id > 1;

-- # replaceView: another column behind the others
DROP VIEW "lent";
CREATE VIEW "lent" AS
SELECT id, title, day, id + 1 AS next FROM books WHERE day IS NOT NULL;

-- # replaceView: other columns
DROP VIEW "lent";
CREATE VIEW "lent" AS
SELECT title FROM books;

-- # replaceView: only its description
-- nothing to do

-- # runCode: both ways
-- runs code: forward of operation 1 (SHA-256 0000000000000000); its statements are known only when it runs

-- # runCode: nothing to undo
-- runs code: forward of operation 1 (SHA-256 0000000000000000); its statements are known only when it runs

-- # runCode: no way back, and why
-- runs code: forward of operation 1 (SHA-256 0000000000000000); its statements are known only when it runs

-- # runCode: no way back
-- runs code: forward of operation 1 (SHA-256 0000000000000000); its statements are known only when it runs

-- # runSQL: both ways
UPDATE posts SET views = 1 WHERE views IS NULL;

-- # runSQL: nothing to undo
DELETE FROM posts WHERE title = 'none; -- such';

-- # runSQL: no way back
UPDATE users SET bio = NULL;

-- # runSQL: no way back, and why
UPDATE users SET bio = NULL;

-- # runSQL: for each database its own
UPDATE users SET bio = hex(email);

-- # runSQL: several statements
UPDATE posts SET views = 2;
UPDATE posts SET views = 3;

-- # setComment: a table
-- nothing to do

-- # setComment: no longer
-- nothing to do

-- # setComment: an index
-- nothing to do

-- # setComment: a constraint
-- nothing to do

-- # setDatabases: on one alone
DROP TABLE "posts";

-- # setDatabases: on all but one
-- nothing to do

-- # setDatabases: on all
CREATE TABLE "posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'draft',
  "views" INTEGER,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';

-- # setDefaults: a first default, which a field names already
-- checked: table "posts" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "posts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "posts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_posts" (
  "id" UUID TEXT NOT NULL PRIMARY KEY,
  "user_id" INTEGER NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "status" VARCHAR(20) NOT NULL DEFAULT 'in progress',
  "views" INTEGER,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "godwit_rebuild_posts" ("_rowid_", "id", "user_id", "title", "status", "views")
SELECT _rowid_, "posts"."id", "posts"."user_id", "posts"."title", "posts"."status", "posts"."views" FROM "posts";
-- checked: rebuilding table "posts" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "posts";
ALTER TABLE "godwit_rebuild_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "idx_posts_title" ON "posts" (`title`);
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" (`user_id`, `title`) WHERE status = 'live';
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # setDefaults: another value, and one that goes
-- checked: table "accounts" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "accounts" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "accounts" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_accounts" (
  "id" INTEGER PRIMARY KEY,
  "tier" TEXT NOT NULL DEFAULT 'silver',
  "note" TEXT NOT NULL DEFAULT 'note'
);
INSERT INTO "godwit_rebuild_accounts" ("id", "tier", "note")
SELECT "accounts"."id", "accounts"."tier", "accounts"."note" FROM "accounts";
-- checked: rebuilding table "accounts" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "accounts";
ALTER TABLE "godwit_rebuild_accounts" RENAME TO "accounts";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # setInherits: no longer
-- refused (unsupported): migration "golden", operation 1 (let "dogs" inherit from no table): SQLite cannot alter inherits on table "dogs": godwit keeps partitions and inheritance on PostgreSQL only

-- # setInherits: a table with the same fields
-- refused (unsupported): migration "golden", operation 1 (let "cats" inherit from "animals"): SQLite cannot alter inherits on table "cats": godwit keeps partitions and inheritance on PostgreSQL only

-- # setRowSecurity: for all but the owner
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to enabled): SQLite cannot set row security on table "visits": the database does not decide by the row who may see it

-- # setRowSecurity: for the owner too
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to forced): SQLite cannot set row security on table "visits": the database does not decide by the row who may see it

-- # setRowSecurity: no longer
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to disabled): SQLite cannot set row security on table "visits": the database does not decide by the row who may see it

-- # setTableOptions: how often parts are looked through
-- nothing to do

-- # setTableOptions: pages that are not full
-- nothing to do

-- # setTableOptions: nothing is said any more
-- nothing to do

-- # setTypeMappings: a type with a length
-- checked: table "users" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "users" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "users" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_users" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "email" VARCHAR(255) NOT NULL,
  "bio" CLOB,
  "updated_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO "godwit_rebuild_users" ("id", "email", "bio", "updated_at")
SELECT "users"."id", "users"."email", "users"."bio", "users"."updated_at" FROM "users";
DELETE FROM sqlite_sequence WHERE name = 'godwit_rebuild_users';
INSERT INTO sqlite_sequence (name, seq) SELECT 'godwit_rebuild_users', seq FROM sqlite_sequence WHERE name = 'users' COLLATE NOCASE;
-- checked: rebuilding table "users" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "users";
ALTER TABLE "godwit_rebuild_users" RENAME TO "users";
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX "idx_users_email" ON "users" (`email`);
-- as kept: indexes
CREATE TRIGGER IF NOT EXISTS "godwit_auto_update:users:updated_at" AFTER UPDATE ON "users"
FOR EACH ROW WHEN NEW."updated_at" IS OLD."updated_at" AND NEW."updated_at" IS NOT CURRENT_TIMESTAMP
BEGIN
  UPDATE "users" SET "updated_at" = CURRENT_TIMESTAMP WHERE _rowid_ = NEW._rowid_;
END;
-- as kept: triggers
-- as kept: dependents

-- # setTypeMappings: the type of a key that other fields borrow
-- checked: table "categories" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "categories" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "categories" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_categories" (
  "code" CLOB NOT NULL PRIMARY KEY,
  "parent" CLOB,
  "label" TEXT NOT NULL DEFAULT 'unnamed',
  FOREIGN KEY ("parent") REFERENCES "categories" ("code") ON DELETE CASCADE
);
INSERT INTO "godwit_rebuild_categories" ("_rowid_", "code", "parent", "label")
SELECT _rowid_, "categories"."code", "categories"."parent", "categories"."label" FROM "categories";
-- checked: rebuilding table "categories" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "categories";
ALTER TABLE "godwit_rebuild_categories" RENAME TO "categories";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents
-- checked: table "products" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction
-- checked: table "products" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first
-- checked: table "products" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL
-- kept: indexes
-- kept: triggers
-- kept: dependents
CREATE TABLE "godwit_rebuild_products" (
  "sku" CHAR(4) NOT NULL PRIMARY KEY,
  "category" CLOB NOT NULL,
  "price" DECIMAL(10,2),
  FOREIGN KEY ("category") REFERENCES "categories" ("code") ON DELETE RESTRICT
);
INSERT INTO "godwit_rebuild_products" ("_rowid_", "sku", "category", "price")
SELECT _rowid_, "products"."sku", "products"."category", "products"."price" FROM "products";
-- checked: rebuilding table "products" did not copy every row; nothing was changed
PRAGMA legacy_alter_table = ON;
DROP TABLE "products";
ALTER TABLE "godwit_rebuild_products" RENAME TO "products";
PRAGMA legacy_alter_table = OFF;
-- as kept: indexes
-- as kept: triggers
-- as kept: dependents

-- # upsertData: new and known rows, not all with the same fields
INSERT INTO "users" ("email", "id") VALUES
  ('o''brien@example.com', 1)
ON CONFLICT ("id") DO UPDATE SET "email" = EXCLUDED."email";
INSERT INTO "users" ("bio", "email", "id", "updated_at") VALUES
  ('a\b ''c'' "d"
😀', 'new@example.com', 3, '2024-01-02 03:04:05.678901'),
  (NULL, 'null@example.com', 4, CURRENT_TIMESTAMP)
ON CONFLICT ("id") DO UPDATE SET "bio" = EXCLUDED."bio", "email" = EXCLUDED."email", "updated_at" = EXCLUDED."updated_at";

-- # upsertData: a composite key
INSERT INTO "order_lines" ("article", "line_no", "order_no") VALUES
  ('Saw', 1, 7),
  ('Axe', 2, 7)
ON CONFLICT ("order_no", "line_no") DO UPDATE SET "article" = EXCLUDED."article";

-- # upsertData: nothing but keys
INSERT INTO "words" ("word") VALUES
  ('new'),
  ('newer')
ON CONFLICT ("word") DO NOTHING;

-- # upsertData: values of every kind
INSERT INTO "samples" ("data", "doc", "flag", "id", "ratio") VALUES
  (X'00275cff', '{"it''s": [1, null]}', 1, 9007199254740993, -0.1),
  (NULL, NULL, 0, -1, 1e+21)
ON CONFLICT ("id") DO UPDATE SET "data" = EXCLUDED."data", "doc" = EXCLUDED."doc", "flag" = EXCLUDED."flag", "ratio" = EXCLUDED."ratio";

-- # upsertData: a key that a named default gives
INSERT INTO "settings" ("name", "value") VALUES
  ('main', upper('x'))
ON CONFLICT ("name") DO UPDATE SET "value" = EXCLUDED."value";

-- # upsertData: odd names and values
INSERT INTO "o'brien" ("a""b", "select", "😀") VALUES
  ('''; drop table y; --', 3, '	')
ON CONFLICT ("select") DO UPDATE SET "a""b" = EXCLUDED."a""b", "😀" = EXCLUDED."😀";

-- # upsertData: a key that nothing makes unique
UPDATE "notes" SET
  "body" = 'it''s new'
WHERE "topic" = 'known';
INSERT INTO "notes" ("body", "topic")
SELECT 'it''s new', 'known'
WHERE NOT EXISTS (SELECT 1 FROM "notes" WHERE "topic" = 'known');
UPDATE "notes" SET
  "body" = NULL
WHERE "topic" = 'unknown';
INSERT INTO "notes" ("body", "topic")
SELECT NULL, 'unknown'
WHERE NOT EXISTS (SELECT 1 FROM "notes" WHERE "topic" = 'unknown');

-- # upsertData: rows that refer to each other
INSERT INTO "people" ("friend", "id") VALUES
  (2, 1),
  (1, 2)
ON CONFLICT ("id") DO UPDATE SET "friend" = EXCLUDED."friend";

-- # upsertData: no rows
-- nothing to do

-- # validateConstraint: a check
-- nothing to do

-- # validateConstraint: a foreign key
-- nothing to do
