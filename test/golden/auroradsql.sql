-- What Aurora DSQL is sent for the examples of the operations, where it is not what PostgreSQL is sent.
-- Read by PostgreSQL, which runs them but for ASYNC (test/dialects/dsql.test.ts).
-- Written by GODWIT_TEST_UPDATE=1 bun test test/golden.test.ts; read what has changed.

-- # addConstraint: a check
-- outside a transaction
ALTER TABLE "posts" ADD CONSTRAINT "views_counted" CHECK (views >= 0 OR views IS NULL) NOT VALID;
-- outside a transaction
ALTER TABLE ASYNC "posts" VALIDATE CONSTRAINT "views_counted";

-- # addConstraint: a unique constraint over several fields
-- outside a transaction
CREATE UNIQUE INDEX ASYNC "one_line" ON "order_lines" ("article", "order_no");
-- outside a transaction
ALTER TABLE "order_lines" ADD CONSTRAINT "one_line" UNIQUE USING INDEX "one_line";

-- # addConstraint: odd names
-- outside a transaction
ALTER TABLE "o'brien" ADD CONSTRAINT "x; drop table y" CHECK (1 = 1 OR 'it''s' = '') NOT VALID;
-- outside a transaction
ALTER TABLE ASYNC "o'brien" VALIDATE CONSTRAINT "x; drop table y";

-- # addField: a nullable field
-- outside a transaction
ALTER TABLE "users" ADD COLUMN "phone" VARCHAR(30);

-- # addField: a field with a default
-- refused (unsupported): migration "golden", operation 1 (add field "plan" to "users"): Aurora DSQL cannot add the column "plan" to table "users": ADD COLUMN there takes no NOT NULL, and ALTER TABLE cannot set it; make the field nullable, with a check that says IS NOT NULL, or make a new table

-- # addField: a field that existing rows are filled in
-- refused (unsupported): migration "golden", operation 1 (add field "nick" to "users"): Aurora DSQL cannot take away the NULLs of column "nick" of table "users": ALTER TABLE there has no SET NOT NULL; leave it nullable and add a check that says IS NOT NULL, or make a new table

-- # addField: a filled field that also has a default
-- refused (unsupported): migration "golden", operation 1 (add field "score" to "posts"): Aurora DSQL cannot add the column "score" to table "posts": ADD COLUMN there takes no NOT NULL, and ALTER TABLE cannot set it; make the field nullable, with a check that says IS NOT NULL, or make a new table

-- # addField: times that the database keeps
-- refused (unsupported): migration "golden", operation 1 (add field "changed_at" to "products"): Aurora DSQL cannot add the column "changed_at" to table "products": ADD COLUMN there takes no NOT NULL, and ALTER TABLE cannot set it; make the field nullable, with a check that says IS NOT NULL, or make a new table

-- # addField: a foreign key to a uuid key
-- outside a transaction
ALTER TABLE "users" ADD COLUMN "pinned_post" UUID;
-- outside a transaction
ALTER TABLE "users" ADD CONSTRAINT "fk_users_pinned_post" FOREIGN KEY ("pinned_post") REFERENCES "posts" ("id") ON DELETE SET NULL NOT VALID;
-- outside a transaction
ALTER TABLE ASYNC "users" VALIDATE CONSTRAINT "fk_users_pinned_post";

-- # addField: a foreign key to its own table, by a varchar key
-- outside a transaction
ALTER TABLE "categories" ADD COLUMN "see_also" VARCHAR(8);
-- outside a transaction
ALTER TABLE "categories" ADD CONSTRAINT "see also" FOREIGN KEY ("see_also") REFERENCES "categories" ("code") ON DELETE RESTRICT NOT VALID;
-- outside a transaction
ALTER TABLE ASYNC "categories" VALIDATE CONSTRAINT "see also";

-- # addField: a field of a concrete type with a foreign key
-- outside a transaction
ALTER TABLE "products" ADD COLUMN "fallback" VARCHAR(8);
-- outside a transaction
ALTER TABLE "products" ADD CONSTRAINT "fk_products_fallback" FOREIGN KEY ("fallback") REFERENCES "categories" ("code") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
-- outside a transaction
ALTER TABLE ASYNC "products" VALIDATE CONSTRAINT "fk_products_fallback";

-- # addField: a primary key, numbered by the database
-- refused (unsupported): migration "golden", operation 1 (add field "id" to "log"): Aurora DSQL cannot add the column "id" to table "log": a column that is numbered or computed comes with its table there; make a new table

-- # addField: a field that partitions have too
-- refused (unsupported): migration "golden", operation 1 (add field "unit" to "readings"): Aurora DSQL cannot add the column "unit" to table "readings": ADD COLUMN there takes no NOT NULL, and ALTER TABLE cannot set it; make the field nullable, with a check that says IS NOT NULL, or make a new table

-- # addField: an odd name
-- refused (unsupported): migration "golden", operation 1 (add field "x; drop table y" to "o'brien"): Aurora DSQL cannot add the column "x; drop table y" to table "o'brien": ADD COLUMN there takes no NOT NULL, and ALTER TABLE cannot set it; make the field nullable, with a check that says IS NOT NULL, or make a new table

-- # addForeignKey: to a composite primary key
-- outside a transaction
ALTER TABLE "shipments" ADD CONSTRAINT "fk_shipments_order_no_line_no" FOREIGN KEY ("order_no", "line_no") REFERENCES "order_lines" ("order_no", "line_no") ON DELETE CASCADE NOT VALID;
-- outside a transaction
ALTER TABLE ASYNC "shipments" VALIDATE CONSTRAINT "fk_shipments_order_no_line_no";

-- # addForeignKey: checked when the transaction ends
-- outside a transaction
ALTER TABLE "shipments" ADD CONSTRAINT "fk_shipments_order_no_line_no" FOREIGN KEY ("order_no", "line_no") REFERENCES "order_lines" ("order_no", "line_no") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED NOT VALID;
-- outside a transaction
ALTER TABLE ASYNC "shipments" VALIDATE CONSTRAINT "fk_shipments_order_no_line_no";

-- # addForeignKey: to fields under a unique index
-- outside a transaction
ALTER TABLE "returns" ADD CONSTRAINT "returned" FOREIGN KEY ("no", "article") REFERENCES "order_lines" ("order_no", "article") ON DELETE SET NULL ON UPDATE CASCADE NOT VALID;
-- outside a transaction
ALTER TABLE ASYNC "returns" VALIDATE CONSTRAINT "returned";

-- # addForeignKey: closing a cycle
-- outside a transaction
ALTER TABLE "departments" ADD CONSTRAINT "fk_departments_head_id" FOREIGN KEY ("head_id") REFERENCES "employees" ("id") ON DELETE SET NULL NOT VALID;
-- outside a transaction
ALTER TABLE ASYNC "departments" VALIDATE CONSTRAINT "fk_departments_head_id";

-- # addForeignKey: with odd names
-- outside a transaction
ALTER TABLE "o'brien" ADD CONSTRAINT "x; drop table y" FOREIGN KEY ("select") REFERENCES "a""b" ("😀") ON DELETE SET DEFAULT NOT VALID;
-- outside a transaction
ALTER TABLE ASYNC "o'brien" VALIDATE CONSTRAINT "x; drop table y";

-- # addIndex: one field
-- outside a transaction
CREATE INDEX ASYNC "idx_posts_views" ON "posts" ("views");

-- # addIndex: on the field of a foreign key, by the name the predecessor kept for itself
-- outside a transaction
CREATE INDEX ASYNC "idx_posts_user_id" ON "posts" ("user_id");

-- # addIndex: unique, over several fields
-- outside a transaction
CREATE UNIQUE INDEX ASYNC "uq_lines" ON "order_lines" ("article", "order_no");

-- # addIndex: partial
-- outside a transaction
CREATE INDEX ASYNC "idx_posts_drafts" ON "posts" ("title") WHERE status = 'draft' AND views IS NULL;

-- # addIndex: by the method that goes without saying
-- outside a transaction
CREATE INDEX ASYNC "idx_posts_views" ON "posts" ("views");

-- # addIndex: by a method
-- refused (unsupported): migration "golden", operation 1 (add index "idx_users_bio" to "users"): Aurora DSQL cannot make the index "idx_users_bio" of table "users": it has one kind of index, and no hash; leave the method out

-- # addIndex: concurrently
-- outside a transaction
CREATE INDEX ASYNC "idx_posts_views" ON "posts" ("views");

-- # addIndex: odd names
-- outside a transaction
CREATE INDEX ASYNC "select" ON "o'brien" ("😀", "select");

-- # alterDomain: other rules
-- refused (unsupported): migration "golden", operation 1 (alter domain "price"): Aurora DSQL cannot remake domain: no column there changes its type; make another domain, and fields of it

-- # alterDomain: another type
-- refused (unsupported): migration "golden", operation 1 (alter domain "price"): Aurora DSQL cannot remake domain: no column there changes its type; make another domain, and fields of it

-- # alterEnum: a value between others
-- outside a transaction
ALTER TABLE "tickets" DROP CONSTRAINT "tickets_state_enum";
-- outside a transaction
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_state_enum" CHECK ("state" IN ('open', 'waiting', 'it''s done')) NOT VALID;
-- outside a transaction
ALTER TABLE ASYNC "tickets" VALIDATE CONSTRAINT "tickets_state_enum";
-- outside a transaction
ALTER TABLE "tickets" DROP CONSTRAINT "tickets_was_enum";
-- outside a transaction
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_was_enum" CHECK ("was" IN ('open', 'waiting', 'it''s done')) NOT VALID;
-- outside a transaction
ALTER TABLE ASYNC "tickets" VALIDATE CONSTRAINT "tickets_was_enum";

-- # alterEnum: a description
-- outside a transaction
ALTER TABLE "tickets" DROP CONSTRAINT "tickets_state_enum";
-- outside a transaction
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_state_enum" CHECK ("state" IN ('open', 'it''s done')) NOT VALID;
-- outside a transaction
ALTER TABLE ASYNC "tickets" VALIDATE CONSTRAINT "tickets_state_enum";
-- outside a transaction
ALTER TABLE "tickets" DROP CONSTRAINT "tickets_was_enum";
-- outside a transaction
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_was_enum" CHECK ("was" IN ('open', 'it''s done')) NOT VALID;
-- outside a transaction
ALTER TABLE ASYNC "tickets" VALIDATE CONSTRAINT "tickets_was_enum";

-- # alterEnum: a value under another name
-- outside a transaction
ALTER TABLE "tickets" DROP CONSTRAINT "tickets_state_enum";
UPDATE "tickets" SET "state" = CASE "state" WHEN 'open' THEN 'new' ELSE "state" END;
-- outside a transaction
ALTER TABLE "tickets"
  ALTER COLUMN "state" SET DEFAULT 'new';
-- outside a transaction
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_state_enum" CHECK ("state" IN ('new', 'it''s done')) NOT VALID;
-- outside a transaction
ALTER TABLE ASYNC "tickets" VALIDATE CONSTRAINT "tickets_state_enum";
-- outside a transaction
ALTER TABLE "tickets" DROP CONSTRAINT "tickets_was_enum";
UPDATE "tickets" SET "was" = CASE "was" WHEN 'open' THEN 'new' ELSE "was" END;
-- outside a transaction
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_was_enum" CHECK ("was" IN ('new', 'it''s done')) NOT VALID;
-- outside a transaction
ALTER TABLE ASYNC "tickets" VALIDATE CONSTRAINT "tickets_was_enum";

-- # alterEnum: a value goes, and rows with it get another
-- outside a transaction
ALTER TABLE "tickets" DROP CONSTRAINT "tickets_state_enum";
UPDATE "tickets" SET "state" = CASE "state" WHEN 'it''s done' THEN 'closed' ELSE "state" END;
-- outside a transaction
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_state_enum" CHECK ("state" IN ('open', 'closed')) NOT VALID;
-- outside a transaction
ALTER TABLE ASYNC "tickets" VALIDATE CONSTRAINT "tickets_state_enum";
-- outside a transaction
ALTER TABLE "tickets" DROP CONSTRAINT "tickets_was_enum";
UPDATE "tickets" SET "was" = CASE "was" WHEN 'it''s done' THEN 'closed' ELSE "was" END;
-- outside a transaction
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_was_enum" CHECK ("was" IN ('open', 'closed')) NOT VALID;
-- outside a transaction
ALTER TABLE ASYNC "tickets" VALIDATE CONSTRAINT "tickets_was_enum";

-- # alterExtension: in a namespace of its own
-- refused (unsupported): migration "golden", operation 1 (alter extension "citext"): Aurora DSQL cannot alter extension: it has no extensions

-- # alterExtension: back to where the rest is
-- refused (unsupported): migration "golden", operation 1 (alter extension "citext"): Aurora DSQL cannot alter extension: it has no extensions

-- # alterField: a longer varchar
-- refused (unsupported): migration "golden", operation 1 (alter field "title" of "posts"): Aurora DSQL cannot change column "title" of table "posts" from "VARCHAR(200)" to "VARCHAR(400)": ALTER TABLE there has no SET DATA TYPE; add a field of the new type, fill it, drop this one and rename, which method: new_column of alterField does where it may be NULL

-- # alterField: text in place of varchar
-- refused (unsupported): migration "golden", operation 1 (alter field "title" of "posts"): Aurora DSQL cannot change column "title" of table "posts" from "VARCHAR(200)" to "TEXT": ALTER TABLE there has no SET DATA TYPE; add a field of the new type, fill it, drop this one and rename, which method: new_column of alterField does where it may be NULL

-- # alterField: NOT NULL, existing rows filled in
-- refused (unsupported): migration "golden", operation 1 (alter field "views" of "posts"): Aurora DSQL cannot take away the NULLs of column "views" of table "posts": ALTER TABLE there has no SET NOT NULL; leave it nullable and add a check that says IS NOT NULL, or make a new table

-- # alterField: type, nullability and default at once
-- refused (unsupported): migration "golden", operation 1 (alter field "views" of "posts"): Aurora DSQL cannot change column "views" of table "posts" from "INTEGER" to "BIGINT": ALTER TABLE there has no SET DATA TYPE; add a field of the new type, fill it, drop this one and rename, which method: new_column of alterField does where it may be NULL

-- # alterField: nullable, without default
-- outside a transaction
ALTER TABLE "posts"
  ALTER COLUMN "status" DROP DEFAULT,
  ALTER COLUMN "status" DROP NOT NULL;

-- # alterField: a conversion of its own
-- refused (unsupported): migration "golden", operation 1 (alter field "size" of "sizes"): Aurora DSQL cannot change column "size" of table "sizes" from "TEXT" to "INTEGER": ALTER TABLE there has no SET DATA TYPE; add a field of the new type, fill it, drop this one and rename, which method: new_column of alterField does where it may be NULL

-- # alterField: a cast from text to integer
-- refused (unsupported): migration "golden", operation 1 (alter field "size" of "sizes"): Aurora DSQL cannot change column "size" of table "sizes" from "VARCHAR(10)" to "INTEGER": ALTER TABLE there has no SET DATA TYPE; add a field of the new type, fill it, drop this one and rename, which method: new_column of alterField does where it may be NULL

-- # alterField: a key that another table refers to
-- outside a transaction
ALTER TABLE "users"
  ALTER COLUMN "id" DROP IDENTITY;

-- # alterField: a key that is numbered no longer
-- refused (unsupported): migration "golden", operation 1 (alter field "id" of "users"): Aurora DSQL cannot change column "id" of table "users" from "BIGINT" to "INTEGER": ALTER TABLE there has no SET DATA TYPE; add a field of the new type, fill it, drop this one and rename, which method: new_column of alterField does where it may be NULL

-- # alterField: a key that its own and another table refer to
-- refused (unsupported): migration "golden", operation 1 (alter field "code" of "categories"): Aurora DSQL cannot change column "code" of table "categories" from "VARCHAR(8)" to "VARCHAR(40)": ALTER TABLE there has no SET DATA TYPE; add a field of the new type, fill it, drop this one and rename, which method: new_column of alterField does where it may be NULL

-- # alterField: a key in a cycle
-- refused (unsupported): migration "golden", operation 1 (alter field "id" of "employees"): Aurora DSQL cannot change column "id" of table "employees" from "INTEGER" to "BIGINT": ALTER TABLE there has no SET DATA TYPE; add a field of the new type, fill it, drop this one and rename, which method: new_column of alterField does where it may be NULL

-- # alterField: part of a composite key
-- refused (unsupported): migration "golden", operation 1 (alter field "line_no" of "order_lines"): Aurora DSQL cannot change column "line_no" of table "order_lines" from "SMALLINT" to "INTEGER": ALTER TABLE there has no SET DATA TYPE; add a field of the new type, fill it, drop this one and rename, which method: new_column of alterField does where it may be NULL

-- # alterField: a field that refers to another table, nullable
-- outside a transaction
ALTER TABLE "posts"
  ALTER COLUMN "user_id" DROP NOT NULL;

-- # alterField: a time that the database updates no longer
-- refused (unsupported): migration "golden", operation 1 (alter field "updated_at" of "users"): Aurora DSQL cannot drop auto update on table "users": it has no triggers, so no column sets itself when its row is updated; set it in the statement that updates

-- # alterField: a time that the database updates from now on
-- refused (unsupported): migration "golden", operation 1 (alter field "at" of "notes"): Aurora DSQL cannot create auto update on table "notes": it has no triggers, so no column sets itself when its row is updated; set it in the statement that updates

-- # alterField: an odd name and default
-- refused (unsupported): migration "golden", operation 1 (alter field "a"b" of "o'brien"): Aurora DSQL cannot change column "a"b" of table "o'brien" from "VARCHAR(40)" to "TEXT": ALTER TABLE there has no SET DATA TYPE; add a field of the new type, fill it, drop this one and rename, which method: new_column of alterField does where it may be NULL

-- # alterField: a field that a partition has in another way
-- refused (unsupported): migration "golden", operation 1 (alter field "value" of "readings"): Aurora DSQL cannot change column "value" of table "readings" from "DOUBLE PRECISION" to "TEXT": ALTER TABLE there has no SET DATA TYPE; add a field of the new type, fill it, drop this one and rename, which method: new_column of alterField does where it may be NULL

-- # alterField: a new column in its place
-- refused (unsupported): migration "golden", operation 1 (alter field "title" of "posts"): Aurora DSQL cannot take away the NULLs of column "title" of table "posts": ALTER TABLE there has no SET NOT NULL; leave it nullable and add a check that says IS NOT NULL, or make a new table

-- # alterField: a new column in the place of a key that another table refers to
-- refused (unsupported): migration "golden", operation 1 (alter field "code" of "categories"): Aurora DSQL cannot drop primary key on table "categories": the primary key is settled when a table is made, because rows are kept in its order; make a new table, copy the rows, and let it take the name

-- # alterField: a new column in the place of a part of a composite key
-- refused (unsupported): migration "golden", operation 1 (alter field "line_no" of "order_lines"): Aurora DSQL cannot drop primary key on table "order_lines": the primary key is settled when a table is made, because rows are kept in its order; make a new table, copy the rows, and let it take the name

-- # alterField: a new column, NOT NULL and filled
-- refused (unsupported): migration "golden", operation 1 (alter field "views" of "posts"): Aurora DSQL cannot take away the NULLs of column "views" of table "posts": ALTER TABLE there has no SET NOT NULL; leave it nullable and add a check that says IS NOT NULL, or make a new table

-- # alterNamespace: a comment comes
-- outside a transaction
COMMENT ON SCHEMA "audit" IS 'it''s kept';

-- # alterNamespace: a comment goes
-- outside a transaction
COMMENT ON SCHEMA "audit" IS NULL;

-- # alterPrimaryKey: a key where there was none
-- refused (unsupported): migration "golden", operation 1 (set primary key of "tags" to "word"): Aurora DSQL cannot take away the NULLs of column "word" of table "tags": ALTER TABLE there has no SET NOT NULL; leave it nullable and add a check that says IS NOT NULL, or make a new table

-- # alterPrimaryKey: a longer key
-- refused (unsupported): migration "golden", operation 1 (set primary key of "order_lines" to "order_no", "line_no", "article"): Aurora DSQL cannot drop primary key on table "order_lines": the primary key is settled when a table is made, because rows are kept in its order; make a new table, copy the rows, and let it take the name

-- # alterPrimaryKey: another order
-- refused (unsupported): migration "golden", operation 1 (set primary key of "order_lines" to "line_no", "order_no"): Aurora DSQL cannot drop primary key on table "order_lines": the primary key is settled when a table is made, because rows are kept in its order; make a new table, copy the rows, and let it take the name

-- # alterPrimaryKey: no key
-- refused (unsupported): migration "golden", operation 1 (drop primary key of "shipments"): Aurora DSQL cannot drop primary key on table "shipments": the primary key is settled when a table is made, because rows are kept in its order; make a new table, copy the rows, and let it take the name

-- # alterPrimaryKey: the key of a table that refers to another
-- refused (unsupported): migration "golden", operation 1 (set primary key of "posts" to "id", "user_id"): Aurora DSQL cannot drop primary key on table "posts": the primary key is settled when a table is made, because rows are kept in its order; make a new table, copy the rows, and let it take the name

-- # alterSequence: other options, no owner any more
-- refused (unsupported): migration "golden", operation 1 (alter sequence "counter"): Aurora DSQL cannot have the sequence "counter": sequences there count in bigint; leave the type out

-- # alterSequence: a description
-- outside a transaction
COMMENT ON SEQUENCE "free" IS 'it''s free';

-- # attachPartition: a table with the same fields
-- refused (unsupported): migration "golden", operation 1 (attach partition "readings_old" to "readings"): Aurora DSQL cannot attach partition on table "readings_old": it has neither partitions nor inheritance; it divides tables by their keys itself

-- # attachPartition: for all that no other partition takes
-- refused (unsupported): migration "golden", operation 1 (attach partition "readings_old" to "readings"): Aurora DSQL cannot attach partition on table "readings_old": it has neither partitions nor inheritance; it divides tables by their keys itself

-- # attachSequence: one that numbers a table
-- refused (unsupported): migration "golden", operation 1 (attach sequence "counter" to field "id" of "invoices"): Aurora DSQL cannot attach sequence on table "invoices": what numbers a column there is part of the column, and no sequence of the schema

-- # attachSequence: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (attach sequence "notes_place_seq" to field "place" of "notes"): Aurora DSQL cannot attach sequence on table "notes": what numbers a column there is part of the column, and no sequence of the schema

-- # createDomain: a type under another name
-- outside a transaction
CREATE DOMAIN "Label" AS VARCHAR(20);

-- # createDomain: with all that it may have
-- refused (unsupported): migration "golden", operation 1 (create domain "email"): Aurora DSQL cannot make the domain "email": a domain there gets no further checks, and "not empty" is not to be validated

-- # createEnum: some values
-- nothing to do

-- # createEnum: described
-- nothing to do

-- # createEnum: odd values
-- nothing to do

-- # createExtension: one that comes with PostgreSQL
-- refused (unsupported): migration "golden", operation 1 (create extension "citext"): Aurora DSQL cannot create extension: it has no extensions

-- # createExtension: in a namespace of its own
-- refused (unsupported): migration "golden", operation 1 (create extension "uuid-ossp"): Aurora DSQL cannot create extension: it has no extensions

-- # createNamespace: a plain name
-- outside a transaction
CREATE SCHEMA "audit";
-- outside a transaction
COMMENT ON SCHEMA "audit" IS 'Who did what; it''s kept';

-- # createNamespace: an odd name
-- outside a transaction
CREATE SCHEMA "a""b; drop table x";

-- # createObject: a function
-- outside a transaction
CREATE FUNCTION half(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT n / 2 $$;

-- # createObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (create trigger "no titles" of "books"): Aurora DSQL has no trigger: trigger "no titles" of "books"

-- # createObject: a policy
-- refused (unsupported): migration "golden", operation 1 (create policy "all_books" of "books"): Aurora DSQL has no policy: policy "all_books" of "books"

-- # createObject: a virtual table
-- refused (unsupported): migration "golden", operation 1 (create virtual table "words"): Aurora DSQL has no virtual table: virtual table "words"

-- # createSequence: without options
-- outside a transaction
CREATE SEQUENCE "invoice numbers" CACHE 1;

-- # createSequence: with all of them
-- refused (unsupported): migration "golden", operation 1 (create sequence "counter"): Aurora DSQL cannot have the sequence "counter": sequences there count in bigint; leave the type out

-- # createTable: a table with a key and an index
-- outside a transaction
CREATE TABLE "users" (
  "id" BIGINT NOT NULL GENERATED BY DEFAULT AS IDENTITY (CACHE 1),
  "email" VARCHAR(255) NOT NULL,
  "bio" TEXT,
  PRIMARY KEY ("id")
);
-- outside a transaction
CREATE UNIQUE INDEX ASYNC "idx_users_email" ON "users" ("email");

-- # createTable: every field type
-- outside a transaction
CREATE TABLE "everything" (
  "id" BIGINT NOT NULL GENERATED BY DEFAULT AS IDENTITY (CACHE 1),
  "a_varchar" VARCHAR(40) NOT NULL,
  "a_char" CHAR(2) NOT NULL,
  "a_text" TEXT NOT NULL,
  "a_smallint" SMALLINT NOT NULL,
  "an_integer" INTEGER NOT NULL,
  "a_bigint" BIGINT NOT NULL,
  "a_float" REAL NOT NULL,
  "a_double" DOUBLE PRECISION NOT NULL,
  "a_decimal" DECIMAL(12,4) NOT NULL,
  "a_boolean" BOOLEAN NOT NULL,
  "a_date" DATE NOT NULL,
  "a_time" TIME NOT NULL,
  "a_timestamp" TIMESTAMP NOT NULL,
  "a_timestamptz" TIMESTAMPTZ NOT NULL,
  "a_uuid" UUID NOT NULL,
  "a_json" JSONB NOT NULL,
  "a_jsonb" JSONB NOT NULL,
  "some_bytes" BYTEA NOT NULL,
  "a_list" TEXT,
  PRIMARY KEY ("id")
);

-- # createTable: defaults of every kind
-- refused (unsupported): migration "golden", operation 1 (create table "accounts"): Aurora DSQL cannot create auto update on table "accounts": it has no triggers, so no column sets itself when its row is updated; set it in the statement that updates

-- # createTable: a composite key in an order of its own
-- outside a transaction
CREATE TABLE "prices" (
  "valid_from" DATE NOT NULL,
  "product" VARCHAR(20) NOT NULL,
  "amount" DECIMAL(10,2) NOT NULL,
  PRIMARY KEY ("product", "valid_from")
);

-- # createTable: a table that refers to others and to itself
-- outside a transaction
CREATE TABLE "comments" (
  "id" BIGINT NOT NULL GENERATED BY DEFAULT AS IDENTITY (CACHE 1),
  "post_id" UUID NOT NULL,
  "author_id" BIGINT,
  "parent_id" BIGINT,
  PRIMARY KEY ("id"),
  CONSTRAINT "fk_comments_post_id" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE,
  CONSTRAINT "fk_comments_author_id" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "comment_thread" FOREIGN KEY ("parent_id") REFERENCES "comments" ("id") ON DELETE RESTRICT
);
-- outside a transaction
CREATE INDEX ASYNC "idx_comments_recent" ON "comments" ("post_id", "id") WHERE parent_id IS NULL;

-- # createTable: a partition with something of its own
-- refused (unsupported): migration "golden", operation 1 (create table "readings_1999"): Aurora DSQL cannot create tree table on table "readings_1999": it has neither partitions nor inheritance; it divides tables by their keys itself

-- # createTable: a partitioned table
-- refused (unsupported): migration "golden", operation 1 (create table "names"): Aurora DSQL cannot create tree table on table "names": it has neither partitions nor inheritance; it divides tables by their keys itself

-- # createTable: a table that inherits
-- refused (unsupported): migration "golden", operation 1 (create table "birds"): Aurora DSQL cannot create tree table on table "birds": it has neither partitions nor inheritance; it divides tables by their keys itself

-- # createTable: names that need quoting
-- outside a transaction
CREATE TABLE "o'brien" (
  "select" INTEGER NOT NULL,
  "a""b" TEXT NOT NULL DEFAULT 'x; drop table y',
  "😀" TEXT DEFAULT 'say "hi"',
  PRIMARY KEY ("select")
);
-- outside a transaction
CREATE INDEX ASYNC "x; drop table y" ON "o'brien" ("a""b", "😀");

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
-- refused (unsupported): migration "golden", operation 1 (create materialized view "kept_titles"): Aurora DSQL cannot make the view "kept_titles": it has no materialized views; make a table

-- # detachPartition: a partition with rows
-- refused (unsupported): migration "golden", operation 1 (detach partition "readings_2024"): Aurora DSQL cannot name part indexes on table "readings_2024": it has neither partitions nor inheritance; it divides tables by their keys itself

-- # detachPartition: a partition with a default and an index of its own
-- refused (unsupported): migration "golden", operation 1 (detach partition "readings_rest"): Aurora DSQL cannot name part indexes on table "readings_rest": it has neither partitions nor inheritance; it divides tables by their keys itself

-- # detachSequence: of a key
-- refused (unsupported): migration "golden", operation 1 (detach the sequence of field "id" of "tickets"): Aurora DSQL cannot detach sequence: what numbers a column there is part of the column, and no sequence of the schema

-- # detachSequence: one that has a name and counts in its own way
-- refused (unsupported): migration "golden", operation 1 (detach the sequence of field "place" of "seats"): Aurora DSQL cannot detach sequence: what numbers a column there is part of the column, and no sequence of the schema

-- # dropConstraint: a check
-- outside a transaction
ALTER TABLE "visits" DROP CONSTRAINT "paid_or_free";

-- # dropConstraint: a unique constraint
-- outside a transaction
ALTER TABLE "visits" DROP CONSTRAINT "one_visit";

-- # dropDomain: one that nobody uses
-- outside a transaction
DROP DOMAIN "Unused";

-- # dropDomain: one with rules
-- outside a transaction
DROP DOMAIN "year";

-- # dropEnum: one that nobody uses
-- nothing to do

-- # dropEnum: one of several
-- nothing to do

-- # dropExtension: one with an odd name
-- refused (unsupported): migration "golden", operation 1 (drop extension "uuid-ossp"): Aurora DSQL cannot drop extension: it has no extensions

-- # dropExtension: one that nothing needs
-- refused (unsupported): migration "golden", operation 1 (drop extension "citext"): Aurora DSQL cannot drop extension: it has no extensions

-- # dropField: a nullable field
-- outside a transaction
ALTER TABLE "users" DROP COLUMN "bio";

-- # dropField: a field with a default, between others
-- outside a transaction
ALTER TABLE "posts" DROP COLUMN "views";

-- # dropField: a field that the database updates
-- refused (unsupported): migration "golden", operation 1 (drop field "updated_at" of "users"): Aurora DSQL cannot drop auto update on table "users": it has no triggers, so no column sets itself when its row is updated; set it in the statement that updates

-- # dropField: a field of a table that refers to others
-- outside a transaction
ALTER TABLE "products" DROP COLUMN "price";

-- # dropField: an odd name
-- outside a transaction
ALTER TABLE "o'brien" DROP COLUMN "😀";

-- # dropField: a field that a partition has in another way
-- outside a transaction
ALTER TABLE "readings" DROP COLUMN "value";

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
-- outside a transaction
DROP INDEX "idx_posts_title";

-- # dropIndex: a unique partial index
-- outside a transaction
DROP INDEX "idx_posts_live";

-- # dropIndex: concurrently
-- outside a transaction
DROP INDEX "idx_posts_title";

-- # dropIndex: odd names
-- outside a transaction
DROP INDEX "x; drop table y";

-- # dropNamespace: one of several
-- outside a transaction
DROP SCHEMA "audit";

-- # dropNamespace: beside one in which something is
-- outside a transaction
DROP SCHEMA "mood";

-- # dropObject: a function
-- outside a transaction
DROP FUNCTION "half"(integer);

-- # dropObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (drop trigger "counted" of "books"): Aurora DSQL has no trigger: trigger "counted" of "books"

-- # dropSequence: one that nobody uses
-- outside a transaction
DROP SEQUENCE "free";

-- # dropSequence: the only one
-- outside a transaction
DROP SEQUENCE "invoice numbers";

-- # dropTable: a table with a foreign key, a default and a partial index
-- outside a transaction
DROP TABLE "posts";

-- # dropTable: a table with a composite foreign key
-- outside a transaction
DROP TABLE "shipments";

-- # dropTable: a table that refers to itself
-- outside a transaction
DROP TABLE "categories";

-- # dropTable: a partition
-- outside a transaction
DROP TABLE "readings_rest";

-- # dropTable: a table that inherits
-- outside a transaction
DROP TABLE "dogs";

-- # dropTable: a table with odd names
-- outside a transaction
DROP TABLE "o'brien";

-- # dropView: a view
-- outside a transaction
DROP VIEW "lent";

-- # moveRows: into a partitioned table
-- refused (unsupported): migration "golden", operation 1 (move rows of "readings_old" to "readings"): Aurora DSQL cannot move rows: it has neither partitions nor inheritance; it divides tables by their keys itself

-- # moveRows: out of one
-- refused (unsupported): migration "golden", operation 1 (move rows of "readings" to "readings_old"): Aurora DSQL cannot move rows: it has neither partitions nor inheritance; it divides tables by their keys itself

-- # renameConstraint: a check
-- outside a transaction
ALTER TABLE "visits" RENAME CONSTRAINT "paid_or_free" TO "x; drop table y";

-- # renameConstraint: a foreign key
-- outside a transaction
ALTER TABLE "visits" RENAME CONSTRAINT "visit_patient" TO "visitor";

-- # renameDomain: a domain of fields
-- outside a transaction
ALTER DOMAIN "price" RENAME TO "Amount";

-- # renameDomain: one that nobody uses
-- outside a transaction
ALTER DOMAIN "Unused" RENAME TO "spare";

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
-- refused (unsupported): migration "golden", operation 1 (rename field "updated_at" of "users" to "changed_at"): Aurora DSQL cannot drop auto update on table "users": it has no triggers, so no column sets itself when its row is updated; set it in the statement that updates

-- # renameField: part of a partition key
-- outside a transaction
ALTER TABLE "readings" RENAME COLUMN "at" TO "day";

-- # renameField: to and from odd names
-- outside a transaction
ALTER TABLE "o'brien" RENAME COLUMN "a""b" TO "group";

-- # renameIndex: an index
-- outside a transaction
ALTER INDEX "idx_posts_title" RENAME TO "posts_by_title";

-- # renameIndex: a unique partial index
-- outside a transaction
ALTER INDEX "idx_posts_live" RENAME TO "live";

-- # renameIndex: from an odd name
-- outside a transaction
ALTER INDEX "x; drop table y" RENAME TO "select";

-- # renameNamespace: one with tables
-- refused (unsupported): migration "golden", operation 1 (rename namespace "audit" to "audit_log"): Aurora DSQL cannot rename the namespace "audit": its documentation has no ALTER SCHEMA; make another one and move the tables there

-- # renameNamespace: one with nothing in it
-- refused (unsupported): migration "golden", operation 1 (rename namespace "A b" to "c"): Aurora DSQL cannot rename the namespace "A b": its documentation has no ALTER SCHEMA; make another one and move the tables there

-- # renameSequence: a sequence that numbers a table
-- outside a transaction
ALTER SEQUENCE "counter" RENAME TO "Invoice numbers";

-- # renameSequence: one that nobody uses
-- outside a transaction
ALTER SEQUENCE "free" RENAME TO "spare";

-- # renameTable: a table that another refers to
-- refused (unsupported): migration "golden", operation 1 (rename table "users" to "people"): Aurora DSQL cannot drop auto update on table "users": it has no triggers, so no column sets itself when its row is updated; set it in the statement that updates

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
-- outside a transaction
CREATE OR REPLACE FUNCTION half(n integer) RETURNS integer LANGUAGE sql AS $$ SELECT n / 2 + n % 2 $$;

-- # replaceObject: what a function gives
-- outside a transaction
DROP FUNCTION "half"(integer);
-- outside a transaction
CREATE FUNCTION half(n integer) RETURNS numeric LANGUAGE sql AS $$ SELECT n / 2.0 $$;

-- # replaceObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (replace trigger "counted" of "books"): Aurora DSQL has no trigger: trigger "counted" of "books"

-- # replaceObject: only its description
-- outside a transaction
COMMENT ON FUNCTION "half"(integer) IS 'rounded down';

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

-- # setComment: a table
-- outside a transaction
COMMENT ON TABLE "visits" IS 'Who came; it''s "theirs"';

-- # setComment: no longer
-- outside a transaction
COMMENT ON TABLE "patients" IS NULL;

-- # setComment: an index
-- refused (unsupported): migration "golden", operation 1 (set comment of index "visits_by_day" of "visits"): Aurora DSQL cannot describe the index "visits_by_day": godwit keeps comments of tables, columns and what stands beside them there

-- # setComment: a constraint
-- refused (unsupported): migration "golden", operation 1 (set comment of constraint "paid_or_free" of "visits"): Aurora DSQL cannot describe the constraint "paid_or_free": godwit keeps comments of tables, columns and what stands beside them there

-- # setDefaults: a first default, which a field names already
-- outside a transaction
ALTER TABLE "posts"
  ALTER COLUMN "status" SET DEFAULT 'in ' || 'progress';

-- # setDefaults: another value, and one that goes
-- outside a transaction
ALTER TABLE "accounts"
  ALTER COLUMN "tier" SET DEFAULT 'silver';
-- outside a transaction
ALTER TABLE "accounts"
  ALTER COLUMN "note" SET DEFAULT 'note';

-- # setInherits: no longer
-- refused (unsupported): migration "golden", operation 1 (let "dogs" inherit from no table): Aurora DSQL cannot alter inherits on table "dogs": it has neither partitions nor inheritance; it divides tables by their keys itself

-- # setInherits: a table with the same fields
-- refused (unsupported): migration "golden", operation 1 (let "cats" inherit from "animals"): Aurora DSQL cannot alter inherits on table "cats": it has neither partitions nor inheritance; it divides tables by their keys itself

-- # setRowSecurity: for all but the owner
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to enabled): Aurora DSQL cannot set row security on table "visits": it does not decide by the row who may see it (ROW LEVEL SECURITY)

-- # setRowSecurity: for the owner too
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to forced): Aurora DSQL cannot set row security on table "visits": it does not decide by the row who may see it (ROW LEVEL SECURITY)

-- # setRowSecurity: no longer
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to disabled): Aurora DSQL cannot set row security on table "visits": it does not decide by the row who may see it (ROW LEVEL SECURITY)

-- # setTableOptions: pages that are not full
-- nothing to do

-- # setTableOptions: nothing is said any more
-- nothing to do

-- # setTypeMappings: a type with a length
-- refused (unsupported): migration "golden", operation 1 (set type mappings): Aurora DSQL cannot change column "bio" of table "users" from "TEXT" to "VARCHAR(500)": ALTER TABLE there has no SET DATA TYPE; add a field of the new type, fill it, drop this one and rename, which method: new_column of alterField does where it may be NULL

-- # setTypeMappings: the type of a key that other fields borrow
-- refused (unsupported): migration "golden", operation 1 (set type mappings): Aurora DSQL cannot change column "code" of table "categories" from "VARCHAR(8)" to "TEXT": ALTER TABLE there has no SET DATA TYPE; add a field of the new type, fill it, drop this one and rename, which method: new_column of alterField does where it may be NULL

-- # upsertData: new and known rows, not all with the same fields
-- outside a transaction
INSERT INTO "users" ("email", "id") VALUES
  ('o''brien@example.com', 1)
ON CONFLICT ("id") DO UPDATE SET "email" = EXCLUDED."email";
INSERT INTO "users" ("bio", "email", "id", "updated_at") VALUES
  ('a\b ''c'' "d"
😀', 'new@example.com', 3, '2024-01-02 03:04:05.678901'),
  (NULL, 'null@example.com', 4, CURRENT_TIMESTAMP)
ON CONFLICT ("id") DO UPDATE SET "bio" = EXCLUDED."bio", "email" = EXCLUDED."email", "updated_at" = EXCLUDED."updated_at";
SELECT setval(sequence, largest) FROM (SELECT pg_get_serial_sequence('"users"', 'id') AS sequence, max("id") AS largest FROM "users") AS numbers
WHERE largest > COALESCE(pg_sequence_last_value(sequence::REGCLASS), 0);

-- # upsertData: a composite key
-- outside a transaction
INSERT INTO "order_lines" ("article", "line_no", "order_no") VALUES
  ('Saw', 1, 7),
  ('Axe', 2, 7)
ON CONFLICT ("order_no", "line_no") DO UPDATE SET "article" = EXCLUDED."article";

-- # upsertData: nothing but keys
-- outside a transaction
INSERT INTO "words" ("word") VALUES
  ('new'),
  ('newer')
ON CONFLICT ("word") DO NOTHING;

-- # upsertData: values of every kind
-- outside a transaction
INSERT INTO "samples" ("data", "doc", "flag", "id", "ratio") VALUES
  ('\x00275cff'::BYTEA, '{"it''s": [1, null]}', TRUE, 9007199254740993, -0.1),
  (NULL, NULL, FALSE, -1, 1e+21)
ON CONFLICT ("id") DO UPDATE SET "data" = EXCLUDED."data", "doc" = EXCLUDED."doc", "flag" = EXCLUDED."flag", "ratio" = EXCLUDED."ratio";

-- # upsertData: a key that a named default gives
-- outside a transaction
INSERT INTO "settings" ("name", "value") VALUES
  ('main', upper('x'))
ON CONFLICT ("name") DO UPDATE SET "value" = EXCLUDED."value";

-- # upsertData: odd names and values
-- outside a transaction
INSERT INTO "o'brien" ("a""b", "select", "😀") VALUES
  ('''; drop table y; --', 3, '	')
ON CONFLICT ("select") DO UPDATE SET "a""b" = EXCLUDED."a""b", "😀" = EXCLUDED."😀";

-- # upsertData: rows that refer to each other
-- outside a transaction
INSERT INTO "people" ("friend", "id") VALUES
  (2, 1),
  (1, 2)
ON CONFLICT ("id") DO UPDATE SET "friend" = EXCLUDED."friend";

-- # validateConstraint: a check
-- outside a transaction
ALTER TABLE ASYNC "patients" VALIDATE CONSTRAINT "known_sex";

-- # validateConstraint: a foreign key
-- outside a transaction
ALTER TABLE ASYNC "visits" VALIDATE CONSTRAINT "visit_patient";
