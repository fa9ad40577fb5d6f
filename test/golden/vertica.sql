-- What Vertica is sent for the examples of the operations.
-- Read by nobody but people: no package of npm or Debian 12 holds its grammar, which newer versions of sqlfluff do.
-- Written by GODWIT_TEST_UPDATE=1 bun test test/golden.test.ts; read what has changed.

-- # addConstraint: a check
-- outside a transaction
ALTER TABLE "posts" ADD CONSTRAINT "views_counted" CHECK (views >= 0 OR views IS NULL) ENABLED;

-- # addConstraint: a unique constraint over several fields
-- outside a transaction
ALTER TABLE "order_lines" ADD CONSTRAINT "one_line" UNIQUE ("article", "order_no") ENABLED;

-- # addConstraint: odd names
-- outside a transaction
ALTER TABLE "o'brien" ADD CONSTRAINT "x; drop table y" CHECK (1 = 1 OR 'it''s' = '') ENABLED;

-- # addField: a nullable field
-- outside a transaction
ALTER TABLE "users" ADD COLUMN "phone" VARCHAR(30);

-- # addField: a field with a default
-- outside a transaction
ALTER TABLE "users" ADD COLUMN "plan" LONG VARCHAR(32000000) DEFAULT 'it''s free' NOT NULL;

-- # addField: a field that existing rows are filled in
-- outside a transaction
ALTER TABLE "users" ADD COLUMN "nick" VARCHAR(255);
UPDATE "users" SET "nick" = lower(email);
-- outside a transaction
ALTER TABLE "users" ALTER COLUMN "nick" SET NOT NULL;

-- # addField: a filled field that also has a default
-- outside a transaction
ALTER TABLE "posts" ADD COLUMN "score" NUMERIC(6,2) DEFAULT 0.50 NOT NULL;
UPDATE "posts" SET "score" = 1.25;

-- # addField: times that the database keeps
-- refused (unsupported): migration "golden", operation 1 (add field "changed_at" to "products"): Vertica cannot have the column "changed_at" of table "products": it has no triggers, so no column sets itself when its row is updated

-- # addField: a foreign key to a uuid key
-- refused (unsupported): migration "golden", operation 1 (add field "pinned_post" to "users"): Vertica cannot have the foreign key "fk_users_pinned_post" of table "users": foreign keys are told to the optimizer there, and nobody carries out SET NULL; say NO ACTION for this database

-- # addField: a foreign key to its own table, by a varchar key
-- outside a transaction
ALTER TABLE "categories" ADD COLUMN "see_also" VARCHAR(8);
-- outside a transaction
ALTER TABLE "categories" ADD CONSTRAINT "see also" FOREIGN KEY ("see_also") REFERENCES "categories" ("code");

-- # addField: a field of a concrete type with a foreign key
-- refused (unsupported): migration "golden", operation 1 (add field "fallback" to "products"): Vertica cannot have the foreign key "fk_products_fallback" of table "products": foreign keys are told to the optimizer there, and nobody carries out CASCADE; say NO ACTION for this database

-- # addField: a primary key, numbered by the database
-- refused (unsupported): migration "golden", operation 1 (add field "id" to "log"): Vertica cannot add the column "id" to table "log": a column that numbers itself comes with its table there; make a new table and copy the rows

-- # addField: a field that partitions have too
-- outside a transaction
ALTER TABLE "readings" ADD COLUMN "unit" LONG VARCHAR(32000000) DEFAULT 'K' NOT NULL;

-- # addField: an odd name
-- outside a transaction
ALTER TABLE "o'brien" ADD COLUMN "x; drop table y" BOOLEAN DEFAULT TRUE NOT NULL;

-- # addField: only in the state
-- nothing to do

-- # addForeignKey: to a composite primary key
-- refused (unsupported): migration "golden", operation 1 (add foreign key "fk_shipments_order_no_line_no" to "shipments"): Vertica cannot have the foreign key "fk_shipments_order_no_line_no" of table "shipments": foreign keys are told to the optimizer there, and nobody carries out CASCADE; say NO ACTION for this database

-- # addForeignKey: checked when the transaction ends
-- refused (unsupported): migration "golden", operation 1 (add foreign key "fk_shipments_order_no_line_no" to "shipments"): Vertica cannot have the foreign key "fk_shipments_order_no_line_no" of table "shipments": foreign keys are told to the optimizer there, and nobody carries out CASCADE; say NO ACTION for this database

-- # addForeignKey: to fields under a unique index
-- refused (unsupported): migration "golden", operation 1 (add foreign key "returned" to "returns"): Vertica cannot have the foreign key "returned" of table "returns": foreign keys are told to the optimizer there, and nobody carries out SET NULL; say NO ACTION for this database

-- # addForeignKey: closing a cycle
-- refused (unsupported): migration "golden", operation 1 (add foreign key "fk_departments_head_id" to "departments"): Vertica cannot have the foreign key "fk_departments_head_id" of table "departments": foreign keys are told to the optimizer there, and nobody carries out SET NULL; say NO ACTION for this database

-- # addForeignKey: with odd names
-- refused (unsupported): migration "golden", operation 1 (add foreign key "x; drop table y" to "o'brien"): Vertica cannot have the foreign key "x; drop table y" of table "o'brien": foreign keys are told to the optimizer there, and nobody carries out SET DEFAULT; say NO ACTION for this database

-- # addIndex: one field
-- refused (unsupported): migration "golden", operation 1 (add index "idx_posts_views" to "posts"): Vertica cannot create index on table "posts": it has no indexes but projections (https://docs.vertica.com/24.1.x/en/architecture/physical-schema/); say order_by among the options of the table, or make projections with runSQL

-- # addIndex: on the field of a foreign key, by the name the predecessor kept for itself
-- refused (unsupported): migration "golden", operation 1 (add index "idx_posts_user_id" to "posts"): Vertica cannot create index on table "posts": it has no indexes but projections (https://docs.vertica.com/24.1.x/en/architecture/physical-schema/); say order_by among the options of the table, or make projections with runSQL

-- # addIndex: unique, over several fields
-- refused (unsupported): migration "golden", operation 1 (add index "uq_lines" to "order_lines"): Vertica cannot create index on table "order_lines": it has no indexes but projections (https://docs.vertica.com/24.1.x/en/architecture/physical-schema/); say order_by among the options of the table, or make projections with runSQL

-- # addIndex: partial
-- refused (unsupported): migration "golden", operation 1 (add index "idx_posts_drafts" to "posts"): Vertica cannot create index on table "posts": it has no indexes but projections (https://docs.vertica.com/24.1.x/en/architecture/physical-schema/); say order_by among the options of the table, or make projections with runSQL

-- # addIndex: by the method that goes without saying
-- refused (unsupported): migration "golden", operation 1 (add index "idx_posts_views" to "posts"): Vertica cannot create index on table "posts": it has no indexes but projections (https://docs.vertica.com/24.1.x/en/architecture/physical-schema/); say order_by among the options of the table, or make projections with runSQL

-- # addIndex: by a method
-- refused (unsupported): migration "golden", operation 1 (add index "idx_users_bio" to "users"): Vertica cannot create index on table "users": it has no indexes but projections (https://docs.vertica.com/24.1.x/en/architecture/physical-schema/); say order_by among the options of the table, or make projections with runSQL

-- # addIndex: concurrently
-- refused (unsupported): migration "golden", operation 1 (add index "idx_posts_views" to "posts"): Vertica cannot create index on table "posts": it has no indexes but projections (https://docs.vertica.com/24.1.x/en/architecture/physical-schema/); say order_by among the options of the table, or make projections with runSQL

-- # addIndex: odd names
-- refused (unsupported): migration "golden", operation 1 (add index "select" to "o'brien"): Vertica cannot create index on table "o'brien": it has no indexes but projections (https://docs.vertica.com/24.1.x/en/architecture/physical-schema/); say order_by among the options of the table, or make projections with runSQL

-- # alterDomain: other rules
-- refused (unsupported): migration "golden", operation 1 (alter domain "price"): Vertica cannot remake domain: the database has no domains; give the fields the type itself, and checks

-- # alterDomain: another type
-- refused (unsupported): migration "golden", operation 1 (alter domain "price"): Vertica cannot remake domain: the database has no domains; give the fields the type itself, and checks

-- # alterEnum: a value between others
-- outside a transaction
ALTER TABLE "tickets" DROP CONSTRAINT "tickets_state_enum";
-- outside a transaction
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_state_enum" CHECK ("state" IN ('open', 'waiting', 'it''s done')) ENABLED;
-- outside a transaction
ALTER TABLE "tickets" DROP CONSTRAINT "tickets_was_enum";
-- outside a transaction
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_was_enum" CHECK ("was" IN ('open', 'waiting', 'it''s done')) ENABLED;

-- # alterEnum: a description
-- outside a transaction
ALTER TABLE "tickets" DROP CONSTRAINT "tickets_state_enum";
-- outside a transaction
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_state_enum" CHECK ("state" IN ('open', 'it''s done')) ENABLED;
-- outside a transaction
ALTER TABLE "tickets" DROP CONSTRAINT "tickets_was_enum";
-- outside a transaction
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_was_enum" CHECK ("was" IN ('open', 'it''s done')) ENABLED;

-- # alterEnum: a value under another name
-- outside a transaction
ALTER TABLE "tickets" DROP CONSTRAINT "tickets_state_enum";
UPDATE "tickets" SET "state" = CASE "state" WHEN 'open' THEN 'new' ELSE "state" END;
-- outside a transaction
ALTER TABLE "tickets" ALTER COLUMN "state" DROP DEFAULT;
-- outside a transaction
ALTER TABLE "tickets" ALTER COLUMN "state" SET DEFAULT 'new';
-- outside a transaction
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_state_enum" CHECK ("state" IN ('new', 'it''s done')) ENABLED;
-- outside a transaction
ALTER TABLE "tickets" DROP CONSTRAINT "tickets_was_enum";
UPDATE "tickets" SET "was" = CASE "was" WHEN 'open' THEN 'new' ELSE "was" END;
-- outside a transaction
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_was_enum" CHECK ("was" IN ('new', 'it''s done')) ENABLED;

-- # alterEnum: a value goes, and rows with it get another
-- outside a transaction
ALTER TABLE "tickets" DROP CONSTRAINT "tickets_state_enum";
UPDATE "tickets" SET "state" = CASE "state" WHEN 'it''s done' THEN 'closed' ELSE "state" END;
-- outside a transaction
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_state_enum" CHECK ("state" IN ('open', 'closed')) ENABLED;
-- outside a transaction
ALTER TABLE "tickets" DROP CONSTRAINT "tickets_was_enum";
UPDATE "tickets" SET "was" = CASE "was" WHEN 'it''s done' THEN 'closed' ELSE "was" END;
-- outside a transaction
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_was_enum" CHECK ("was" IN ('open', 'closed')) ENABLED;

-- # alterExtension: in a namespace of its own
-- refused (unsupported): migration "golden", operation 1 (alter extension "citext"): Vertica cannot alter extension: the database has no extensions

-- # alterExtension: back to where the rest is
-- refused (unsupported): migration "golden", operation 1 (alter extension "citext"): Vertica cannot alter extension: the database has no extensions

-- # alterField: a longer varchar
-- outside a transaction
ALTER TABLE "posts" ALTER COLUMN "title" SET DATA TYPE VARCHAR(400);

-- # alterField: text in place of varchar
-- outside a transaction
ALTER TABLE "posts" ALTER COLUMN "title" SET DATA TYPE LONG VARCHAR(32000000);

-- # alterField: NOT NULL, existing rows filled in
-- outside a transaction
ALTER TABLE "posts" ALTER COLUMN "views" SET DEFAULT 0;
UPDATE "posts" SET "views" = 0 WHERE "views" IS NULL;
-- outside a transaction
ALTER TABLE "posts" ALTER COLUMN "views" SET NOT NULL;

-- # alterField: type, nullability and default at once
-- outside a transaction
ALTER TABLE "posts" ALTER COLUMN "views" SET DEFAULT 1;
UPDATE "posts" SET "views" = -1 WHERE "views" IS NULL;
-- outside a transaction
ALTER TABLE "posts" ALTER COLUMN "views" SET NOT NULL;

-- # alterField: nullable, without default
-- outside a transaction
ALTER TABLE "posts" ALTER COLUMN "status" DROP DEFAULT;
-- outside a transaction
ALTER TABLE "posts" ALTER COLUMN "status" DROP NOT NULL;

-- # alterField: a conversion of its own
-- refused (unsupported): migration "golden", operation 1 (alter field "size" of "sizes"): Vertica cannot put another column in the place of one of table "sizes": NOT NULL there needs a default where there are rows; give it one, or make the field nullable first

-- # alterField: a cast from text to integer
-- refused (unsupported): migration "golden", operation 1 (alter field "size" of "sizes"): Vertica cannot put another column in the place of one of table "sizes": NOT NULL there needs a default where there are rows; give it one, or make the field nullable first

-- # alterField: a key that another table refers to
-- refused (unsupported): migration "golden", operation 1 (alter field "id" of "users"): Vertica cannot put another column in the place of one of table "users": NOT NULL there needs a default where there are rows; give it one, or make the field nullable first

-- # alterField: a key that is numbered no longer
-- refused (unsupported): migration "golden", operation 1 (alter field "id" of "users"): Vertica cannot put another column in the place of one of table "users": NOT NULL there needs a default where there are rows; give it one, or make the field nullable first

-- # alterField: a key that its own and another table refer to
-- refused (unsupported): migration "golden", operation 1 (alter field "code" of "categories"): Vertica cannot have the foreign key "fk_categories_parent" of table "categories": foreign keys are told to the optimizer there, and nobody carries out CASCADE; say NO ACTION for this database

-- # alterField: a key in a cycle
-- nothing to do

-- # alterField: part of a composite key
-- nothing to do

-- # alterField: a field that refers to another table, nullable
-- outside a transaction
ALTER TABLE "posts" ALTER COLUMN "user_id" DROP NOT NULL;

-- # alterField: a time that the database updates no longer
-- refused (unsupported): migration "golden", operation 1 (alter field "updated_at" of "users"): Vertica cannot drop auto update on table "users": it has no triggers, so no column sets itself when its row is updated

-- # alterField: a time that the database updates from now on
-- refused (unsupported): migration "golden", operation 1 (alter field "at" of "notes"): Vertica cannot create auto update on table "notes": it has no triggers, so no column sets itself when its row is updated

-- # alterField: an odd name and default
-- outside a transaction
ALTER TABLE "o'brien" ALTER COLUMN "a""b" DROP DEFAULT;
-- outside a transaction
ALTER TABLE "o'brien" ALTER COLUMN "a""b" SET DATA TYPE LONG VARCHAR(32000000);
-- outside a transaction
ALTER TABLE "o'brien" ALTER COLUMN "a""b" SET DEFAULT 'o''brien "''; --';

-- # alterField: a field that a partition has in another way
-- refused (unsupported): migration "golden", operation 1 (alter field "value" of "readings"): Vertica cannot change the column "value" of table "readings": its type is of another class, and whether a column numbers itself is settled with the table

-- # alterField: a new column in its place
-- refused (unsupported): migration "golden", operation 1 (alter field "title" of "posts"): Vertica cannot put another column in the place of one of table "posts": NOT NULL there needs a default where there are rows; give it one, or make the field nullable first

-- # alterField: a new column in the place of a key that another table refers to
-- refused (unsupported): migration "golden", operation 1 (alter field "code" of "categories"): Vertica cannot put another column in the place of one of table "categories": NOT NULL there needs a default where there are rows; give it one, or make the field nullable first

-- # alterField: a new column in the place of a part of a composite key
-- nothing to do

-- # alterField: a new column, NOT NULL and filled
-- outside a transaction
ALTER TABLE "posts" ADD COLUMN "godwit_converted" INTEGER DEFAULT 1 NOT NULL;
UPDATE "posts" SET "godwit_converted" = COALESCE("views", -1);
-- outside a transaction
ALTER TABLE "posts" DROP COLUMN "views" CASCADE;
-- outside a transaction
ALTER TABLE "posts" RENAME COLUMN "godwit_converted" TO "views";

-- # alterField: no change at all
-- nothing to do

-- # alterNamespace: a comment comes
-- outside a transaction
COMMENT ON SCHEMA "audit" IS 'it''s kept';

-- # alterNamespace: a comment goes
-- outside a transaction
COMMENT ON SCHEMA "audit" IS NULL;

-- # alterPrimaryKey: a key where there was none
-- outside a transaction
ALTER TABLE "tags" ALTER COLUMN "word" SET NOT NULL;
-- outside a transaction
ALTER TABLE "tags" ADD PRIMARY KEY ("word") ENABLED;

-- # alterPrimaryKey: a longer key
-- kept: primary key
-- as kept: primary key
-- outside a transaction
ALTER TABLE "order_lines" ADD PRIMARY KEY ("order_no", "line_no", "article") ENABLED;

-- # alterPrimaryKey: another order
-- kept: primary key
-- as kept: primary key
-- outside a transaction
ALTER TABLE "order_lines" ADD PRIMARY KEY ("line_no", "order_no") ENABLED;

-- # alterPrimaryKey: no key
-- kept: primary key
-- as kept: primary key

-- # alterPrimaryKey: the key of a table that refers to another
-- kept: primary key
-- as kept: primary key
-- outside a transaction
ALTER TABLE "posts" ADD PRIMARY KEY ("id", "user_id") ENABLED;

-- # alterSequence: other options, no owner any more
-- refused (unsupported): migration "golden", operation 1 (alter sequence "counter"): Vertica cannot alter sequence: godwit keeps no sequences there; use type serial, or make them with runSQL

-- # alterSequence: a description
-- refused (unsupported): migration "golden", operation 1 (alter sequence "free"): Vertica cannot alter sequence: godwit keeps no sequences there; use type serial, or make them with runSQL

-- # attachPartition: a table with the same fields
-- refused (unsupported): migration "golden", operation 1 (attach partition "readings_old" to "readings"): Vertica cannot attach partition on table "readings_old": godwit keeps partitions and inheritance on PostgreSQL only

-- # attachPartition: for all that no other partition takes
-- refused (unsupported): migration "golden", operation 1 (attach partition "readings_old" to "readings"): Vertica cannot attach partition on table "readings_old": godwit keeps partitions and inheritance on PostgreSQL only

-- # attachSequence: one that numbers a table
-- refused (unsupported): migration "golden", operation 1 (attach sequence "counter" to field "id" of "invoices"): Vertica cannot attach sequence on table "invoices": godwit keeps no sequences there; use type serial, or make them with runSQL

-- # attachSequence: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (attach sequence "notes_place_seq" to field "place" of "notes"): Vertica cannot attach sequence on table "notes": godwit keeps no sequences there; use type serial, or make them with runSQL

-- # createDomain: a type under another name
-- refused (unsupported): migration "golden", operation 1 (create domain "Label"): Vertica cannot create domain: the database has no domains; give the fields the type itself, and checks

-- # createDomain: with all that it may have
-- refused (unsupported): migration "golden", operation 1 (create domain "email"): Vertica cannot create domain: the database has no domains; give the fields the type itself, and checks

-- # createEnum: some values
-- nothing to do

-- # createEnum: described
-- nothing to do

-- # createEnum: odd values
-- nothing to do

-- # createExtension: one that comes with PostgreSQL
-- refused (unsupported): migration "golden", operation 1 (create extension "citext"): Vertica cannot create extension: the database has no extensions

-- # createExtension: in a namespace of its own
-- refused (unsupported): migration "golden", operation 1 (create extension "uuid-ossp"): Vertica cannot create extension: the database has no extensions

-- # createNamespace: a plain name
-- outside a transaction
CREATE SCHEMA "audit";
-- outside a transaction
COMMENT ON SCHEMA "audit" IS 'Who did what; it''s kept';

-- # createNamespace: an odd name
-- outside a transaction
CREATE SCHEMA "a""b; drop table x";

-- # createObject: a function
-- refused (unsupported): migration "golden", operation 1 (create function "half(integer)"): Vertica cannot create object (function "half(integer)"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # createObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (create trigger "no titles" of "books"): Vertica cannot create object (trigger "no titles" of "books"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # createObject: a policy
-- refused (unsupported): migration "golden", operation 1 (create policy "all_books" of "books"): Vertica cannot create object (policy "all_books" of "books"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # createObject: a virtual table
-- refused (unsupported): migration "golden", operation 1 (create virtual table "words"): Vertica cannot create object (virtual table "words"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # createSequence: without options
-- refused (unsupported): migration "golden", operation 1 (create sequence "invoice numbers"): Vertica cannot create sequence: godwit keeps no sequences there; use type serial, or make them with runSQL

-- # createSequence: with all of them
-- refused (unsupported): migration "golden", operation 1 (create sequence "counter"): Vertica cannot create sequence: godwit keeps no sequences there; use type serial, or make them with runSQL

-- # createTable: a table with a key and an index
-- refused (unsupported): migration "golden", operation 1 (create table "users"): Vertica cannot create index on table "users": it has no indexes but projections (https://docs.vertica.com/24.1.x/en/architecture/physical-schema/); say order_by among the options of the table, or make projections with runSQL

-- # createTable: every field type
-- outside a transaction
CREATE TABLE "everything" (
  "id" IDENTITY NOT NULL,
  "a_varchar" VARCHAR(40) NOT NULL,
  "a_char" CHAR(2) NOT NULL,
  "a_text" LONG VARCHAR(32000000) NOT NULL,
  "a_smallint" INTEGER NOT NULL,
  "an_integer" INTEGER NOT NULL,
  "a_bigint" INTEGER NOT NULL,
  "a_float" FLOAT NOT NULL,
  "a_double" FLOAT NOT NULL,
  "a_decimal" NUMERIC(12,4) NOT NULL,
  "a_boolean" BOOLEAN NOT NULL,
  "a_date" DATE NOT NULL,
  "a_time" TIME NOT NULL,
  "a_timestamp" TIMESTAMP NOT NULL,
  "a_timestamptz" TIMESTAMPTZ NOT NULL,
  "a_uuid" UUID NOT NULL,
  "a_json" LONG VARCHAR(32000000) NOT NULL,
  "a_jsonb" LONG VARCHAR(32000000) NOT NULL,
  "some_bytes" LONG VARBINARY(32000000) NOT NULL,
  "a_list" LONG VARCHAR(32000000),
  PRIMARY KEY ("id") ENABLED
);

-- # createTable: defaults of every kind
-- refused (unsupported): migration "golden", operation 1 (create table "accounts"): Vertica cannot have the column "updated_at" of table "accounts": it has no triggers, so no column sets itself when its row is updated

-- # createTable: a composite key in an order of its own
-- outside a transaction
CREATE TABLE "prices" (
  "valid_from" DATE NOT NULL,
  "product" VARCHAR(20) NOT NULL,
  "amount" NUMERIC(10,2) NOT NULL,
  PRIMARY KEY ("product", "valid_from") ENABLED
);

-- # createTable: a table that refers to others and to itself
-- refused (unsupported): migration "golden", operation 1 (create table "comments"): Vertica cannot have the foreign key "fk_comments_post_id" of table "comments": foreign keys are told to the optimizer there, and nobody carries out CASCADE; say NO ACTION for this database

-- # createTable: a partition with something of its own
-- refused (unsupported): migration "golden", operation 1 (create table "readings_1999"): Vertica cannot create tree table on table "readings_1999": godwit keeps partitions and inheritance on PostgreSQL only

-- # createTable: a partitioned table
-- refused (unsupported): migration "golden", operation 1 (create table "names"): Vertica cannot create tree table on table "names": godwit keeps partitions and inheritance on PostgreSQL only

-- # createTable: a table that inherits
-- refused (unsupported): migration "golden", operation 1 (create table "birds"): Vertica cannot create tree table on table "birds": godwit keeps partitions and inheritance on PostgreSQL only

-- # createTable: names that need quoting
-- refused (unsupported): migration "golden", operation 1 (create table "o'brien"): Vertica cannot create index on table "o'brien": it has no indexes but projections (https://docs.vertica.com/24.1.x/en/architecture/physical-schema/); say order_by among the options of the table, or make projections with runSQL

-- # createView: over a table
-- outside a transaction
CREATE VIEW "emails" AS
SELECT id, email FROM users;

-- # createView: with names for its columns and a description
-- outside a transaction
CREATE VIEW "live" ("number", "heading") AS
SELECT id, title FROM posts WHERE status = 'live';
-- outside a transaction
COMMENT ON VIEW "live" IS 'it''s on';

-- # createView: over another view
-- outside a transaction
CREATE VIEW "late_titles" AS
SELECT title FROM lent WHERE day < '2024-01-01';

-- # createView: whose rows are kept
-- refused (unsupported): migration "golden", operation 1 (create materialized view "kept_titles"): Vertica cannot make the view "kept_titles": it keeps the rows of no view; make a projection with runSQL

-- # deleteData: rows by their key
DELETE FROM "posts" WHERE "title" IN ('First', 'o''brien');

-- # deleteData: a row by a composite key
DELETE FROM "order_lines" WHERE
  ("order_no" = 1 AND "line_no" = 1);

-- # detachPartition: a partition with rows
-- refused (unsupported): migration "golden", operation 1 (detach partition "readings_2024"): Vertica cannot name part indexes on table "readings_2024": godwit keeps partitions and inheritance on PostgreSQL only

-- # detachPartition: a partition with a default and an index of its own
-- refused (unsupported): migration "golden", operation 1 (detach partition "readings_rest"): Vertica cannot name part indexes on table "readings_rest": godwit keeps partitions and inheritance on PostgreSQL only

-- # detachSequence: of a key
-- refused (unsupported): migration "golden", operation 1 (detach the sequence of field "id" of "tickets"): Vertica cannot detach sequence: godwit keeps no sequences there; use type serial, or make them with runSQL

-- # detachSequence: one that has a name and counts in its own way
-- refused (unsupported): migration "golden", operation 1 (detach the sequence of field "place" of "seats"): Vertica cannot detach sequence: godwit keeps no sequences there; use type serial, or make them with runSQL

-- # dropConstraint: a check
-- outside a transaction
ALTER TABLE "visits" DROP CONSTRAINT "paid_or_free";

-- # dropConstraint: a unique constraint
-- outside a transaction
ALTER TABLE "visits" DROP CONSTRAINT "one_visit";

-- # dropDomain: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (drop domain "Unused"): Vertica cannot drop domain: the database has no domains; give the fields the type itself, and checks

-- # dropDomain: one with rules
-- refused (unsupported): migration "golden", operation 1 (drop domain "year"): Vertica cannot drop domain: the database has no domains; give the fields the type itself, and checks

-- # dropEnum: one that nobody uses
-- nothing to do

-- # dropEnum: one of several
-- nothing to do

-- # dropExtension: one with an odd name
-- refused (unsupported): migration "golden", operation 1 (drop extension "uuid-ossp"): Vertica cannot drop extension: the database has no extensions

-- # dropExtension: one that nothing needs
-- refused (unsupported): migration "golden", operation 1 (drop extension "citext"): Vertica cannot drop extension: the database has no extensions

-- # dropField: a nullable field
-- outside a transaction
ALTER TABLE "users" DROP COLUMN "bio" CASCADE;

-- # dropField: a field with a default, between others
-- outside a transaction
ALTER TABLE "posts" DROP COLUMN "views" CASCADE;

-- # dropField: a field that the database updates
-- refused (unsupported): migration "golden", operation 1 (drop field "updated_at" of "users"): Vertica cannot drop auto update on table "users": it has no triggers, so no column sets itself when its row is updated

-- # dropField: a field of a table that refers to others
-- outside a transaction
ALTER TABLE "products" DROP COLUMN "price" CASCADE;

-- # dropField: an odd name
-- outside a transaction
ALTER TABLE "o'brien" DROP COLUMN "😀" CASCADE;

-- # dropField: a field that a partition has in another way
-- outside a transaction
ALTER TABLE "readings" DROP COLUMN "value" CASCADE;

-- # dropField: only in the state
-- nothing to do

-- # dropForeignKey: of a foreign_key field
-- outside a transaction
ALTER TABLE "posts" DROP CONSTRAINT "fk_posts_user_id";

-- # dropForeignKey: to its own table
-- outside a transaction
ALTER TABLE "categories" DROP CONSTRAINT "fk_categories_parent";

-- # dropForeignKey: over several fields
-- outside a transaction
ALTER TABLE "shipments" DROP CONSTRAINT "fk_shipments_line";

-- # dropForeignKey: in a cycle
-- outside a transaction
ALTER TABLE "departments" DROP CONSTRAINT "fk_departments_head_id";

-- # dropIndex: an index
-- refused (unsupported): migration "golden", operation 1 (drop index "idx_posts_title" of "posts"): Vertica cannot drop index on table "posts": it has no indexes but projections (https://docs.vertica.com/24.1.x/en/architecture/physical-schema/); say order_by among the options of the table, or make projections with runSQL

-- # dropIndex: a unique partial index
-- refused (unsupported): migration "golden", operation 1 (drop index "idx_posts_live" of "posts"): Vertica cannot drop index on table "posts": it has no indexes but projections (https://docs.vertica.com/24.1.x/en/architecture/physical-schema/); say order_by among the options of the table, or make projections with runSQL

-- # dropIndex: concurrently
-- refused (unsupported): migration "golden", operation 1 (drop index "idx_posts_title" of "posts"): Vertica cannot drop index on table "posts": it has no indexes but projections (https://docs.vertica.com/24.1.x/en/architecture/physical-schema/); say order_by among the options of the table, or make projections with runSQL

-- # dropIndex: odd names
-- refused (unsupported): migration "golden", operation 1 (drop index "x; drop table y" of "o'brien"): Vertica cannot drop index on table "o'brien": it has no indexes but projections (https://docs.vertica.com/24.1.x/en/architecture/physical-schema/); say order_by among the options of the table, or make projections with runSQL

-- # dropNamespace: one of several
-- outside a transaction
DROP SCHEMA "audit";

-- # dropNamespace: beside one in which something is
-- outside a transaction
DROP SCHEMA "mood";

-- # dropObject: a function
-- refused (unsupported): migration "golden", operation 1 (drop function "half(integer)"): Vertica cannot drop object (function "half(integer)"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # dropObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (drop trigger "counted" of "books"): Vertica cannot drop object (trigger "counted" of "books"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # dropSequence: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (drop sequence "free"): Vertica cannot drop sequence: godwit keeps no sequences there; use type serial, or make them with runSQL

-- # dropSequence: the only one
-- refused (unsupported): migration "golden", operation 1 (drop sequence "invoice numbers"): Vertica cannot drop sequence: godwit keeps no sequences there; use type serial, or make them with runSQL

-- # dropTable: a table with a foreign key, a default and a partial index
-- outside a transaction
DROP TABLE "posts" CASCADE;

-- # dropTable: a table with a composite foreign key
-- outside a transaction
DROP TABLE "shipments" CASCADE;

-- # dropTable: a table that refers to itself
-- outside a transaction
DROP TABLE "categories" CASCADE;

-- # dropTable: a partition
-- outside a transaction
DROP TABLE "readings_rest" CASCADE;

-- # dropTable: a table that inherits
-- outside a transaction
DROP TABLE "dogs" CASCADE;

-- # dropTable: a table with odd names
-- outside a transaction
DROP TABLE "o'brien" CASCADE;

-- # dropTable: only in the state
-- nothing to do

-- # dropView: a view
-- outside a transaction
DROP VIEW "lent";

-- # dropView: only in the state
-- nothing to do

-- # moveRows: into a partitioned table
-- refused (unsupported): migration "golden", operation 1 (move rows of "readings_old" to "readings"): Vertica cannot move rows: godwit moves rows to partitions only, which it keeps on PostgreSQL

-- # moveRows: out of one
-- refused (unsupported): migration "golden", operation 1 (move rows of "readings" to "readings_old"): Vertica cannot move rows: godwit moves rows to partitions only, which it keeps on PostgreSQL

-- # renameConstraint: a check
-- outside a transaction
ALTER TABLE "visits" DROP CONSTRAINT "paid_or_free";
-- outside a transaction
ALTER TABLE "visits" ADD CONSTRAINT "x; drop table y" CHECK (fee IS NULL OR fee > 0) ENABLED;

-- # renameConstraint: a foreign key
-- outside a transaction
ALTER TABLE "visits" DROP CONSTRAINT "visit_patient";
-- outside a transaction
ALTER TABLE "visits" ADD CONSTRAINT "visitor" FOREIGN KEY ("patient_id") REFERENCES "patients" ("id");

-- # renameDomain: a domain of fields
-- refused (unsupported): migration "golden", operation 1 (rename domain "price" to "Amount"): Vertica cannot rename the domain "price": godwit keeps neither types nor domains and sequences there

-- # renameDomain: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (rename domain "Unused" to "spare"): Vertica cannot rename the domain "Unused": godwit keeps neither types nor domains and sequences there

-- # renameEnum: an enum of fields
-- nothing to do

-- # renameEnum: one that nobody uses
-- nothing to do

-- # renameField: a field that an index and its predicate use
-- outside a transaction
ALTER TABLE "posts" RENAME COLUMN "status" TO "state";

-- # renameField: a key that another table refers to
-- outside a transaction
ALTER TABLE "users" RENAME COLUMN "id" TO "user";

-- # renameField: a field that refers to another table
-- outside a transaction
ALTER TABLE "posts" RENAME COLUMN "user_id" TO "author_id";

-- # renameField: a key that its own table refers to
-- outside a transaction
ALTER TABLE "categories" RENAME COLUMN "code" TO "Code";

-- # renameField: part of a composite key
-- outside a transaction
ALTER TABLE "order_lines" RENAME COLUMN "line_no" TO "line";

-- # renameField: part of a composite foreign key
-- outside a transaction
ALTER TABLE "shipments" RENAME COLUMN "order_no" TO "order";

-- # renameField: a field that the database updates
-- refused (unsupported): migration "golden", operation 1 (rename field "updated_at" of "users" to "changed_at"): Vertica cannot drop auto update on table "users": it has no triggers, so no column sets itself when its row is updated

-- # renameField: part of a partition key
-- outside a transaction
ALTER TABLE "readings" RENAME COLUMN "at" TO "day";

-- # renameField: to and from odd names
-- outside a transaction
ALTER TABLE "o'brien" RENAME COLUMN "a""b" TO "group";

-- # renameIndex: an index
-- refused (unsupported): migration "golden", operation 1 (rename index "idx_posts_title" of "posts" to "posts_by_title"): Vertica cannot rename index on table "posts": it has no indexes but projections (https://docs.vertica.com/24.1.x/en/architecture/physical-schema/); say order_by among the options of the table, or make projections with runSQL

-- # renameIndex: a unique partial index
-- refused (unsupported): migration "golden", operation 1 (rename index "idx_posts_live" of "posts" to "live"): Vertica cannot rename index on table "posts": it has no indexes but projections (https://docs.vertica.com/24.1.x/en/architecture/physical-schema/); say order_by among the options of the table, or make projections with runSQL

-- # renameIndex: from an odd name
-- refused (unsupported): migration "golden", operation 1 (rename index "x; drop table y" of "o'brien" to "select"): Vertica cannot rename index on table "o'brien": it has no indexes but projections (https://docs.vertica.com/24.1.x/en/architecture/physical-schema/); say order_by among the options of the table, or make projections with runSQL

-- # renameNamespace: one with tables
-- outside a transaction
ALTER SCHEMA "audit" RENAME TO "audit_log";

-- # renameNamespace: one with nothing in it
-- outside a transaction
ALTER SCHEMA "A b" RENAME TO "c";

-- # renameSequence: a sequence that numbers a table
-- refused (unsupported): migration "golden", operation 1 (rename sequence "counter" to "Invoice numbers"): Vertica cannot rename the sequence "counter": godwit keeps neither types nor domains and sequences there

-- # renameSequence: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (rename sequence "free" to "spare"): Vertica cannot rename the sequence "free": godwit keeps neither types nor domains and sequences there

-- # renameTable: a table that another refers to
-- refused (unsupported): migration "golden", operation 1 (rename table "users" to "people"): Vertica cannot drop auto update on table "users": it has no triggers, so no column sets itself when its row is updated

-- # renameTable: a table that refers to itself
-- outside a transaction
ALTER TABLE "categories" RENAME TO "Groups";

-- # renameTable: to and from odd names
-- outside a transaction
ALTER TABLE "o'brien" RENAME TO "x""; drop table y";

-- # renameTable: a table with partitions
-- outside a transaction
ALTER TABLE "readings" RENAME TO "values";

-- # renameTable: to a reserved word
-- outside a transaction
ALTER TABLE "posts" RENAME TO "order";

-- # replaceObject: what a function computes
-- refused (unsupported): migration "golden", operation 1 (replace function "half(integer)"): Vertica cannot replace object (function "half(integer)"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # replaceObject: what a function gives
-- refused (unsupported): migration "golden", operation 1 (replace function "half(integer)"): Vertica cannot drop object (function "half(integer)"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # replaceObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (replace trigger "counted" of "books"): Vertica cannot drop object (trigger "counted" of "books"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # replaceObject: only its description
-- refused (unsupported): migration "golden", operation 1 (replace function "half(integer)"): Vertica cannot comment object (function "half(integer)"): the database keeps no comments

-- # replaceView: fewer rows
-- outside a transaction
CREATE OR REPLACE VIEW "lent" AS
SELECT id, title, day FROM books WHERE day IS NOT NULL AND id > 1;

-- # replaceView: another column behind the others
-- outside a transaction
CREATE OR REPLACE VIEW "lent" AS
SELECT id, title, day, id + 1 AS next FROM books WHERE day IS NOT NULL;

-- # replaceView: other columns
-- outside a transaction
DROP VIEW "lent";
-- outside a transaction
CREATE VIEW "lent" AS
SELECT title FROM books;

-- # replaceView: only its description
-- outside a transaction
COMMENT ON VIEW "lent" IS 'not here';

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
UPDATE users SET bio = md5(email);

-- # runSQL: several statements
UPDATE posts SET views = 2;
UPDATE posts SET views = 3;

-- # setComment: a table
-- outside a transaction
COMMENT ON TABLE "visits" IS 'Who came; it''s "theirs"';

-- # setComment: no longer
-- outside a transaction
COMMENT ON TABLE "patients" IS NULL;

-- # setComment: an index
-- refused (unsupported): migration "golden", operation 1 (set comment of index "visits_by_day" of "visits"): Vertica cannot describe the index "visits_by_day": it has no indexes but projections (https://docs.vertica.com/24.1.x/en/architecture/physical-schema/); say order_by among the options of the table, or make projections with runSQL

-- # setComment: a constraint
-- outside a transaction
COMMENT ON CONSTRAINT "paid_or_free" ON "visits" IS 'nobody owes';

-- # setDatabases: on one alone
-- outside a transaction
DROP TABLE "posts" CASCADE;

-- # setDatabases: on all but one
-- nothing to do

-- # setDatabases: on all
-- refused (unsupported): migration "golden", operation 1 (keep "posts" on all databases): Vertica cannot have the foreign key "fk_posts_user_id" of table "posts": foreign keys are told to the optimizer there, and nobody carries out CASCADE; say NO ACTION for this database

-- # setDefaults: a first default, which a field names already
-- nothing to do

-- # setDefaults: another value, and one that goes
-- nothing to do

-- # setInherits: no longer
-- refused (unsupported): migration "golden", operation 1 (let "dogs" inherit from no table): Vertica cannot alter inherits on table "dogs": godwit keeps partitions and inheritance on PostgreSQL only

-- # setInherits: a table with the same fields
-- refused (unsupported): migration "golden", operation 1 (let "cats" inherit from "animals"): Vertica cannot alter inherits on table "cats": godwit keeps partitions and inheritance on PostgreSQL only

-- # setRowSecurity: for all but the owner
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to enabled): Vertica cannot set row security on table "visits": the database does not decide by the row who may see it

-- # setRowSecurity: for the owner too
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to forced): Vertica cannot set row security on table "visits": the database does not decide by the row who may see it

-- # setRowSecurity: no longer
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to disabled): Vertica cannot set row security on table "visits": the database does not decide by the row who may see it

-- # setTableOptions: how often parts are looked through
-- nothing to do

-- # setTableOptions: pages that are not full
-- nothing to do

-- # setTableOptions: nothing is said any more
-- nothing to do

-- # setTypeMappings: a type with a length
-- nothing to do

-- # setTypeMappings: the type of a key that other fields borrow
-- nothing to do

-- # upsertData: new and known rows, not all with the same fields
-- refused (unsupported): migration "golden", operation 1 (upsert 3 rows of "users"): Vertica cannot write the column "id" of table "users": a column that numbers itself takes no values there; use a field that is a plain integer

-- # upsertData: a composite key
UPDATE "order_lines" SET
  "article" = 'Saw'
WHERE "order_no" = 7 AND "line_no" = 1;
INSERT INTO "order_lines" ("article", "line_no", "order_no")
SELECT 'Saw', 1, 7 FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM "order_lines" WHERE "order_no" = 7 AND "line_no" = 1);
UPDATE "order_lines" SET
  "article" = 'Axe'
WHERE "order_no" = 7 AND "line_no" = 2;
INSERT INTO "order_lines" ("article", "line_no", "order_no")
SELECT 'Axe', 2, 7 FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM "order_lines" WHERE "order_no" = 7 AND "line_no" = 2);

-- # upsertData: nothing but keys
INSERT INTO "words" ("word")
SELECT 'new' FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM "words" WHERE "word" = 'new');
INSERT INTO "words" ("word")
SELECT 'newer' FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM "words" WHERE "word" = 'newer');

-- # upsertData: values of every kind
UPDATE "samples" SET
  "data" = X'00275cff',
  "doc" = '{"it''s": [1, null]}',
  "flag" = TRUE,
  "ratio" = -0.1
WHERE "id" = 9007199254740993;
INSERT INTO "samples" ("data", "doc", "flag", "id", "ratio")
SELECT X'00275cff', '{"it''s": [1, null]}', TRUE, 9007199254740993, -0.1 FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM "samples" WHERE "id" = 9007199254740993);
UPDATE "samples" SET
  "data" = NULL,
  "doc" = NULL,
  "flag" = FALSE,
  "ratio" = 1e+21
WHERE "id" = -1;
INSERT INTO "samples" ("data", "doc", "flag", "id", "ratio")
SELECT NULL, NULL, FALSE, -1, 1e+21 FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM "samples" WHERE "id" = -1);

-- # upsertData: a key that a named default gives
UPDATE "settings" SET
  "value" = upper('x')
WHERE "name" = main;
INSERT INTO "settings" ("name", "value")
SELECT main, upper('x') FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM "settings" WHERE "name" = main);

-- # upsertData: odd names and values
UPDATE "o'brien" SET
  "a""b" = '''; drop table y; --',
  "😀" = '	'
WHERE "select" = 3;
INSERT INTO "o'brien" ("a""b", "select", "😀")
SELECT '''; drop table y; --', 3, '	' FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM "o'brien" WHERE "select" = 3);

-- # upsertData: a key that nothing makes unique
UPDATE "notes" SET
  "body" = 'it''s new'
WHERE "topic" = 'known';
INSERT INTO "notes" ("body", "topic")
SELECT 'it''s new', 'known' FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM "notes" WHERE "topic" = 'known');
UPDATE "notes" SET
  "body" = NULL
WHERE "topic" = 'unknown';
INSERT INTO "notes" ("body", "topic")
SELECT NULL, 'unknown' FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM "notes" WHERE "topic" = 'unknown');

-- # upsertData: rows that refer to each other
UPDATE "people" SET
  "friend" = 2
WHERE "id" = 1;
INSERT INTO "people" ("friend", "id")
SELECT 2, 1 FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM "people" WHERE "id" = 1);
UPDATE "people" SET
  "friend" = 1
WHERE "id" = 2;
INSERT INTO "people" ("friend", "id")
SELECT 1, 2 FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM "people" WHERE "id" = 2);

-- # upsertData: no rows
-- nothing to do

-- # validateConstraint: a check
-- nothing to do

-- # validateConstraint: a foreign key
-- nothing to do
