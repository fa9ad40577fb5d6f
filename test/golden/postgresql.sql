-- What PostgreSQL is sent for the examples of the operations.
-- Written by GODWIT_TEST_UPDATE=1 bun test test/golden.test.ts; read what has changed.

-- # addConstraint: a check
ALTER TABLE "posts" ADD CONSTRAINT "views_counted" CHECK (views >= 0 OR views IS NULL);

-- # addConstraint: a unique constraint over several fields
ALTER TABLE "order_lines" ADD CONSTRAINT "one_line" UNIQUE ("article", "order_no");

-- # addConstraint: odd names
ALTER TABLE "o'brien" ADD CONSTRAINT "x; drop table y" CHECK (1 = 1 OR 'it''s' = '');

-- # addField: a nullable field
ALTER TABLE "users" ADD COLUMN "phone" VARCHAR(30);

-- # addField: a field with a default
ALTER TABLE "users" ADD COLUMN "plan" TEXT NOT NULL DEFAULT 'it''s free';

-- # addField: a field that existing rows are filled in
ALTER TABLE "users" ADD COLUMN "nick" VARCHAR(255);
UPDATE "users" SET "nick" = lower(email);
ALTER TABLE "users"
  ALTER COLUMN "nick" SET NOT NULL;

-- # addField: a filled field that also has a default
ALTER TABLE "posts" ADD COLUMN "score" DECIMAL(6,2) NOT NULL DEFAULT 0.50;
UPDATE "posts" SET "score" = 1.25;

-- # addField: times that the database keeps
ALTER TABLE "products" ADD COLUMN "changed_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP;
CREATE OR REPLACE FUNCTION "godwit_auto_update"() RETURNS TRIGGER LANGUAGE plpgsql AS $godwit$
BEGIN
  NEW := jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], CURRENT_TIMESTAMP));
  RETURN NEW;
END
$godwit$;
CREATE TRIGGER "godwit_auto_update_changed_at"
  BEFORE UPDATE ON "products"
  FOR EACH ROW EXECUTE FUNCTION "godwit_auto_update"('changed_at');

-- # addField: a foreign key to a uuid key
ALTER TABLE "users" ADD COLUMN "pinned_post" UUID;
ALTER TABLE "users" ADD CONSTRAINT "fk_users_pinned_post" FOREIGN KEY ("pinned_post") REFERENCES "posts" ("id") ON DELETE SET NULL;

-- # addField: a foreign key to its own table, by a varchar key
ALTER TABLE "categories" ADD COLUMN "see_also" VARCHAR(8);
ALTER TABLE "categories" ADD CONSTRAINT "see also" FOREIGN KEY ("see_also") REFERENCES "categories" ("code") ON DELETE RESTRICT;

-- # addField: a field of a concrete type with a foreign key
ALTER TABLE "products" ADD COLUMN "fallback" VARCHAR(8);
ALTER TABLE "products" ADD CONSTRAINT "fk_products_fallback" FOREIGN KEY ("fallback") REFERENCES "categories" ("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- # addField: a primary key, numbered by the database
ALTER TABLE "log" ADD COLUMN "id" SERIAL NOT NULL;
ALTER TABLE "log" ADD PRIMARY KEY ("id");

-- # addField: a field that partitions have too
ALTER TABLE "readings" ADD COLUMN "unit" TEXT NOT NULL DEFAULT 'K';

-- # addField: an odd name
ALTER TABLE "o'brien" ADD COLUMN "x; drop table y" BOOLEAN NOT NULL DEFAULT TRUE;

-- # addField: only in the state
-- nothing to do

-- # addForeignKey: to a composite primary key
ALTER TABLE "shipments" ADD CONSTRAINT "fk_shipments_order_no_line_no" FOREIGN KEY ("order_no", "line_no") REFERENCES "order_lines" ("order_no", "line_no") ON DELETE CASCADE;

-- # addForeignKey: checked when the transaction ends
ALTER TABLE "shipments" ADD CONSTRAINT "fk_shipments_order_no_line_no" FOREIGN KEY ("order_no", "line_no") REFERENCES "order_lines" ("order_no", "line_no") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;

-- # addForeignKey: to fields under a unique index
ALTER TABLE "returns" ADD CONSTRAINT "returned" FOREIGN KEY ("no", "article") REFERENCES "order_lines" ("order_no", "article") ON DELETE SET NULL ON UPDATE CASCADE;

-- # addForeignKey: closing a cycle
ALTER TABLE "departments" ADD CONSTRAINT "fk_departments_head_id" FOREIGN KEY ("head_id") REFERENCES "employees" ("id") ON DELETE SET NULL;

-- # addForeignKey: with odd names
ALTER TABLE "o'brien" ADD CONSTRAINT "x; drop table y" FOREIGN KEY ("select") REFERENCES "a""b" ("😀") ON DELETE SET DEFAULT;

-- # addIndex: one field
CREATE INDEX "idx_posts_views" ON "posts" ("views");

-- # addIndex: on the field of a foreign key, by the name the predecessor kept for itself
CREATE INDEX "idx_posts_user_id" ON "posts" ("user_id");

-- # addIndex: unique, over several fields
CREATE UNIQUE INDEX "uq_lines" ON "order_lines" ("article", "order_no");

-- # addIndex: partial
CREATE INDEX "idx_posts_drafts" ON "posts" ("title") WHERE status = 'draft' AND views IS NULL;

-- # addIndex: by the method that goes without saying
CREATE INDEX "idx_posts_views" ON "posts" USING btree ("views");

-- # addIndex: by a method
CREATE INDEX "idx_users_bio" ON "users" USING hash ("bio");

-- # addIndex: concurrently
-- outside a transaction
CREATE INDEX CONCURRENTLY "idx_posts_views" ON "posts" ("views");

-- # addIndex: odd names
CREATE INDEX "select" ON "o'brien" ("😀", "select");

-- # alterDomain: other rules
ALTER DOMAIN "price" RENAME TO "godwit_old_price";
CREATE DOMAIN "price" AS DECIMAL(10,2) DEFAULT 1 CONSTRAINT "not_much" CHECK (VALUE < 1000);
COMMENT ON DOMAIN "price" IS 'what it''s worth';
ALTER TABLE "articles" ALTER COLUMN "price" DROP DEFAULT, ALTER COLUMN "price" TYPE price USING "price"::price, ALTER COLUMN "price" SET DEFAULT 1;
ALTER TABLE "articles" ALTER COLUMN "discounts" TYPE price[] USING "discounts"::price[];
DROP DOMAIN "godwit_old_price";

-- # alterDomain: another type
ALTER DOMAIN "price" RENAME TO "godwit_old_price";
CREATE DOMAIN "price" AS INTEGER CONSTRAINT "price_check" CHECK (VALUE >= 0);
ALTER TABLE "articles" ALTER COLUMN "price" DROP DEFAULT, ALTER COLUMN "price" TYPE price USING "price"::price, ALTER COLUMN "price" SET DEFAULT 1;
ALTER TABLE "articles" ALTER COLUMN "discounts" TYPE price[] USING "discounts"::price[];
DROP DOMAIN "godwit_old_price";

-- # alterEnum: a value between others
-- outside a transaction
ALTER TYPE "ticket_state" ADD VALUE 'waiting' AFTER 'open';

-- # alterEnum: a description
COMMENT ON TYPE "ticket_state" IS 'where it''s at';

-- # alterEnum: a value under another name
ALTER TYPE "ticket_state" RENAME VALUE 'open' TO 'new';

-- # alterEnum: a value goes, and rows with it get another
ALTER TYPE "ticket_state" RENAME TO "godwit_old_ticket_state";
CREATE TYPE "ticket_state" AS ENUM ('open', 'closed');
ALTER TABLE "tickets" ALTER COLUMN "state" DROP DEFAULT, ALTER COLUMN "state" TYPE ticket_state USING (CASE "state"::TEXT WHEN 'it''s done' THEN 'closed' ELSE "state"::TEXT END)::ticket_state, ALTER COLUMN "state" SET DEFAULT 'open';
ALTER TABLE "tickets" ALTER COLUMN "was" TYPE ticket_state USING (CASE "was"::TEXT WHEN 'it''s done' THEN 'closed' ELSE "was"::TEXT END)::ticket_state;
DROP TYPE "godwit_old_ticket_state";

-- # alterExtension: in a namespace of its own
ALTER EXTENSION "citext" SET SCHEMA "extensions";

-- # alterExtension: back to where the rest is
DO $godwit$
BEGIN
  EXECUTE format('ALTER EXTENSION %I SET SCHEMA %I', 'citext', current_schema());
END
$godwit$;

-- # alterField: a longer varchar
ALTER TABLE "posts"
  ALTER COLUMN "title" TYPE VARCHAR(400);

-- # alterField: text in place of varchar
ALTER TABLE "posts"
  ALTER COLUMN "title" TYPE TEXT;

-- # alterField: NOT NULL, existing rows filled in
ALTER TABLE "posts"
  ALTER COLUMN "views" SET DEFAULT 0;
UPDATE "posts" SET "views" = 0 WHERE "views" IS NULL;
ALTER TABLE "posts"
  ALTER COLUMN "views" SET NOT NULL;

-- # alterField: type, nullability and default at once
ALTER TABLE "posts"
  ALTER COLUMN "views" TYPE BIGINT,
  ALTER COLUMN "views" SET DEFAULT 1;
UPDATE "posts" SET "views" = -1 WHERE "views" IS NULL;
ALTER TABLE "posts"
  ALTER COLUMN "views" SET NOT NULL;

-- # alterField: nullable, without default
ALTER TABLE "posts"
  ALTER COLUMN "status" DROP DEFAULT,
  ALTER COLUMN "status" DROP NOT NULL;

-- # alterField: a conversion of its own
ALTER TABLE "sizes"
  ALTER COLUMN "size" TYPE INTEGER USING CAST(replace(size, ' cm', '') AS INTEGER);

-- # alterField: a cast from text to integer
ALTER TABLE "sizes"
  ALTER COLUMN "size" TYPE INTEGER USING "size"::INTEGER;

-- # alterField: a key that another table refers to
ALTER TABLE "posts" DROP CONSTRAINT "fk_posts_user_id";
DO $godwit$
DECLARE
  sequence CONSTANT TEXT := pg_get_serial_sequence('"users"', 'id');
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = '"users"'::REGCLASS AND attname = 'id' AND attidentity <> '') THEN
    ALTER TABLE "users" ALTER COLUMN "id" DROP IDENTITY;
  ELSE
    ALTER TABLE "users" ALTER COLUMN "id" DROP DEFAULT;
    IF sequence IS NOT NULL THEN
      EXECUTE 'DROP SEQUENCE ' || sequence;
    END IF;
  END IF;
END
$godwit$;
ALTER TABLE "users"
  ALTER COLUMN "id" TYPE BIGINT;
ALTER TABLE "posts"
  ALTER COLUMN "user_id" TYPE BIGINT;
ALTER TABLE "posts" ADD CONSTRAINT "fk_posts_user_id" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE;

-- # alterField: a key that is numbered no longer
DO $godwit$
DECLARE
  sequence CONSTANT TEXT := pg_get_serial_sequence('"users"', 'id');
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = '"users"'::REGCLASS AND attname = 'id' AND attidentity <> '') THEN
    ALTER TABLE "users" ALTER COLUMN "id" DROP IDENTITY;
  ELSE
    ALTER TABLE "users" ALTER COLUMN "id" DROP DEFAULT;
    IF sequence IS NOT NULL THEN
      EXECUTE 'DROP SEQUENCE ' || sequence;
    END IF;
  END IF;
END
$godwit$;

-- # alterField: a key that its own and another table refer to
ALTER TABLE "categories" DROP CONSTRAINT "fk_categories_parent";
ALTER TABLE "products" DROP CONSTRAINT "fk_products_category";
ALTER TABLE "categories"
  ALTER COLUMN "code" TYPE VARCHAR(40);
ALTER TABLE "categories"
  ALTER COLUMN "parent" TYPE VARCHAR(40);
ALTER TABLE "products"
  ALTER COLUMN "category" TYPE VARCHAR(40);
ALTER TABLE "categories" ADD CONSTRAINT "fk_categories_parent" FOREIGN KEY ("parent") REFERENCES "categories" ("code") ON DELETE CASCADE;
ALTER TABLE "products" ADD CONSTRAINT "fk_products_category" FOREIGN KEY ("category") REFERENCES "categories" ("code") ON DELETE RESTRICT;

-- # alterField: a key in a cycle
ALTER TABLE "departments" DROP CONSTRAINT "fk_departments_head_id";
ALTER TABLE "employees"
  ALTER COLUMN "id" TYPE BIGINT;
ALTER TABLE "departments"
  ALTER COLUMN "head_id" TYPE BIGINT;
ALTER TABLE "departments" ADD CONSTRAINT "fk_departments_head_id" FOREIGN KEY ("head_id") REFERENCES "employees" ("id") ON DELETE SET NULL;

-- # alterField: part of a composite key
ALTER TABLE "shipments" DROP CONSTRAINT "fk_shipments_line";
ALTER TABLE "order_lines"
  ALTER COLUMN "line_no" TYPE INTEGER;
ALTER TABLE "shipments"
  ALTER COLUMN "line_no" TYPE INTEGER;
ALTER TABLE "shipments" ADD CONSTRAINT "fk_shipments_line" FOREIGN KEY ("order_no", "line_no") REFERENCES "order_lines" ("order_no", "line_no") ON DELETE CASCADE;

-- # alterField: a field that refers to another table, nullable
ALTER TABLE "posts"
  ALTER COLUMN "user_id" DROP NOT NULL;

-- # alterField: a time that the database updates no longer
DROP TRIGGER "godwit_auto_update_updated_at" ON "users";
DO $godwit$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_trigger WHERE tgfoid = to_regproc('"godwit_auto_update"')) THEN
    DROP FUNCTION IF EXISTS "godwit_auto_update"();
  END IF;
END
$godwit$;
ALTER TABLE "users"
  ALTER COLUMN "updated_at" DROP DEFAULT,
  ALTER COLUMN "updated_at" DROP NOT NULL;

-- # alterField: a time that the database updates from now on
CREATE OR REPLACE FUNCTION "godwit_auto_update"() RETURNS TRIGGER LANGUAGE plpgsql AS $godwit$
BEGIN
  NEW := jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], CURRENT_TIMESTAMP));
  RETURN NEW;
END
$godwit$;
CREATE TRIGGER "godwit_auto_update_at"
  BEFORE UPDATE ON "notes"
  FOR EACH ROW EXECUTE FUNCTION "godwit_auto_update"('at');

-- # alterField: an odd name and default
ALTER TABLE "o'brien"
  ALTER COLUMN "a""b" DROP DEFAULT,
  ALTER COLUMN "a""b" TYPE TEXT,
  ALTER COLUMN "a""b" SET DEFAULT 'o''brien "''; --';

-- # alterField: a field that a partition has in another way
ALTER TABLE "readings"
  ALTER COLUMN "value" DROP DEFAULT,
  ALTER COLUMN "value" TYPE TEXT,
  ALTER COLUMN "value" SET DEFAULT '2';

-- # alterField: a new column in its place
ALTER TABLE "posts" ADD COLUMN "godwit_converted" VARCHAR(400);
UPDATE "posts" SET "godwit_converted" = "title";
DROP INDEX "idx_posts_title";
DO $godwit$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE contype = 'u' AND conrelid = '"posts"'::REGCLASS AND conname = 'idx_posts_live') THEN
    ALTER TABLE "posts" DROP CONSTRAINT "idx_posts_live";
  ELSE
    DROP INDEX "idx_posts_live";
  END IF;
END
$godwit$;
-- kept: column "posts"."title"
ALTER TABLE "posts" DROP COLUMN "title";
ALTER TABLE "posts" RENAME COLUMN "godwit_converted" TO "title";
ALTER TABLE "posts"
  ALTER COLUMN "title" SET NOT NULL;
-- as kept: column "posts"."title"
CREATE INDEX "idx_posts_title" ON "posts" ("title");
CREATE UNIQUE INDEX "idx_posts_live" ON "posts" ("user_id", "title") WHERE status = 'live';

-- # alterField: a new column in the place of a key that another table refers to
ALTER TABLE "categories" DROP CONSTRAINT "fk_categories_parent";
ALTER TABLE "products" DROP CONSTRAINT "fk_products_category";
ALTER TABLE "categories" ADD COLUMN "godwit_converted" VARCHAR(40);
UPDATE "categories" SET "godwit_converted" = "code";
DO $godwit$
BEGIN
  EXECUTE (
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::REGCLASS, conname)
    FROM pg_catalog.pg_constraint
    WHERE contype = 'p' AND conrelid = '"categories"'::REGCLASS
  );
END
$godwit$;
-- kept: column "categories"."code"
ALTER TABLE "categories" DROP COLUMN "code";
ALTER TABLE "categories" RENAME COLUMN "godwit_converted" TO "code";
ALTER TABLE "categories"
  ALTER COLUMN "code" SET NOT NULL;
-- as kept: column "categories"."code"
ALTER TABLE "categories" ADD PRIMARY KEY ("code");
ALTER TABLE "categories"
  ALTER COLUMN "parent" TYPE VARCHAR(40);
ALTER TABLE "products"
  ALTER COLUMN "category" TYPE VARCHAR(40);
ALTER TABLE "categories" ADD CONSTRAINT "fk_categories_parent" FOREIGN KEY ("parent") REFERENCES "categories" ("code") ON DELETE CASCADE;
ALTER TABLE "products" ADD CONSTRAINT "fk_products_category" FOREIGN KEY ("category") REFERENCES "categories" ("code") ON DELETE RESTRICT;

-- # alterField: a new column in the place of a part of a composite key
ALTER TABLE "shipments" DROP CONSTRAINT "fk_shipments_line";
ALTER TABLE "order_lines" ADD COLUMN "godwit_converted" INTEGER;
UPDATE "order_lines" SET "godwit_converted" = "line_no";
DO $godwit$
BEGIN
  EXECUTE (
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::REGCLASS, conname)
    FROM pg_catalog.pg_constraint
    WHERE contype = 'p' AND conrelid = '"order_lines"'::REGCLASS
  );
END
$godwit$;
-- kept: column "order_lines"."line_no"
ALTER TABLE "order_lines" DROP COLUMN "line_no";
ALTER TABLE "order_lines" RENAME COLUMN "godwit_converted" TO "line_no";
ALTER TABLE "order_lines"
  ALTER COLUMN "line_no" SET NOT NULL;
-- as kept: column "order_lines"."line_no"
ALTER TABLE "order_lines" ADD PRIMARY KEY ("order_no", "line_no");
ALTER TABLE "shipments"
  ALTER COLUMN "line_no" TYPE INTEGER;
ALTER TABLE "shipments" ADD CONSTRAINT "fk_shipments_line" FOREIGN KEY ("order_no", "line_no") REFERENCES "order_lines" ("order_no", "line_no") ON DELETE CASCADE;

-- # alterField: a new column, NOT NULL and filled
ALTER TABLE "posts" ADD COLUMN "godwit_converted" BIGINT;
UPDATE "posts" SET "godwit_converted" = "views";
UPDATE "posts" SET "godwit_converted" = -1 WHERE "godwit_converted" IS NULL;
-- kept: column "posts"."views"
ALTER TABLE "posts" DROP COLUMN "views";
ALTER TABLE "posts" RENAME COLUMN "godwit_converted" TO "views";
ALTER TABLE "posts"
  ALTER COLUMN "views" SET DEFAULT 1,
  ALTER COLUMN "views" SET NOT NULL;
-- as kept: column "posts"."views"

-- # alterField: no change at all
-- nothing to do

-- # alterNamespace: a comment comes
COMMENT ON SCHEMA "audit" IS 'it''s kept';

-- # alterNamespace: a comment goes
COMMENT ON SCHEMA "audit" IS NULL;

-- # alterPrimaryKey: a key where there was none
ALTER TABLE "tags"
  ALTER COLUMN "word" SET NOT NULL;
ALTER TABLE "tags" ADD PRIMARY KEY ("word");

-- # alterPrimaryKey: a longer key
DO $godwit$
BEGIN
  EXECUTE (
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::REGCLASS, conname)
    FROM pg_catalog.pg_constraint
    WHERE contype = 'p' AND conrelid = '"order_lines"'::REGCLASS
  );
END
$godwit$;
ALTER TABLE "order_lines" ADD PRIMARY KEY ("order_no", "line_no", "article");

-- # alterPrimaryKey: another order
DO $godwit$
BEGIN
  EXECUTE (
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::REGCLASS, conname)
    FROM pg_catalog.pg_constraint
    WHERE contype = 'p' AND conrelid = '"order_lines"'::REGCLASS
  );
END
$godwit$;
ALTER TABLE "order_lines" ADD PRIMARY KEY ("line_no", "order_no");

-- # alterPrimaryKey: no key
DO $godwit$
BEGIN
  EXECUTE (
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::REGCLASS, conname)
    FROM pg_catalog.pg_constraint
    WHERE contype = 'p' AND conrelid = '"shipments"'::REGCLASS
  );
END
$godwit$;

-- # alterPrimaryKey: the key of a table that refers to another
DO $godwit$
BEGIN
  EXECUTE (
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::REGCLASS, conname)
    FROM pg_catalog.pg_constraint
    WHERE contype = 'p' AND conrelid = '"posts"'::REGCLASS
  );
END
$godwit$;
ALTER TABLE "posts" ADD PRIMARY KEY ("id", "user_id");

-- # alterSequence: other options, no owner any more
ALTER SEQUENCE "counter" AS integer INCREMENT BY 2 MAXVALUE 1000 START WITH 1 CYCLE OWNED BY NONE;

-- # alterSequence: a description
COMMENT ON SEQUENCE "free" IS 'it''s free';

-- # attachPartition: a table with the same fields
DO $godwit$
DECLARE
  found RECORD;
BEGIN
  FOR found IN
    SELECT k.conname AS former, above.conname AS name
    FROM (VALUES ('at', 'readings_old_at_not_null'), ('sensor', 'readings_old_sensor_not_null')) w ("column", name)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = '"readings"'::REGCLASS AND a.attname = w."column"
    JOIN pg_catalog.pg_constraint above ON above.conrelid = a.attrelid AND above.contype = 'n' AND above.conkey = ARRAY[a.attnum]
    JOIN pg_catalog.pg_constraint k ON k.conname = w.name AND k.conname <> above.conname AND k.contype = 'n'
    WHERE k.conrelid = '"readings_old"'::REGCLASS AND k.coninhcount = 0
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', '"readings_old"'::REGCLASS, found.former, found.name);
    EXCEPTION WHEN undefined_object OR duplicate_object THEN
      NULL;
    END;
  END LOOP;
END
$godwit$;
ALTER TABLE "readings" ATTACH PARTITION "readings_old" FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
DO $godwit$
DECLARE
  found RECORD;
BEGIN
  FOR found IN
    SELECT i.indexrelid::REGCLASS AS index, w.name
    FROM (VALUES ('"readings_pkey"', 'readings_old_pkey'), ('"readings_by_sensor"', 'readings_old_sensor_idx')) w (above, name)
    JOIN pg_catalog.pg_inherits h ON h.inhparent = to_regclass(w.above)
    JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid AND c.relname <> w.name
    JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid AND i.indrelid = '"readings_old"'::REGCLASS
  LOOP
    EXECUTE format('ALTER INDEX %s RENAME TO %I', found.index, found.name);
  END LOOP;
END
$godwit$;

-- # attachPartition: for all that no other partition takes
DO $godwit$
DECLARE
  found RECORD;
BEGIN
  FOR found IN
    SELECT k.conname AS former, above.conname AS name
    FROM (VALUES ('at', 'readings_old_at_not_null'), ('sensor', 'readings_old_sensor_not_null')) w ("column", name)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = '"readings"'::REGCLASS AND a.attname = w."column"
    JOIN pg_catalog.pg_constraint above ON above.conrelid = a.attrelid AND above.contype = 'n' AND above.conkey = ARRAY[a.attnum]
    JOIN pg_catalog.pg_constraint k ON k.conname = w.name AND k.conname <> above.conname AND k.contype = 'n'
    WHERE k.conrelid = '"readings_old"'::REGCLASS AND k.coninhcount = 0
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', '"readings_old"'::REGCLASS, found.former, found.name);
    EXCEPTION WHEN undefined_object OR duplicate_object THEN
      NULL;
    END;
  END LOOP;
END
$godwit$;
ALTER TABLE "readings" ATTACH PARTITION "readings_old" DEFAULT;
DO $godwit$
DECLARE
  found RECORD;
BEGIN
  FOR found IN
    SELECT i.indexrelid::REGCLASS AS index, w.name
    FROM (VALUES ('"readings_pkey"', 'readings_old_pkey'), ('"readings_by_sensor"', 'readings_old_sensor_idx')) w (above, name)
    JOIN pg_catalog.pg_inherits h ON h.inhparent = to_regclass(w.above)
    JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid AND c.relname <> w.name
    JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid AND i.indrelid = '"readings_old"'::REGCLASS
  LOOP
    EXECUTE format('ALTER INDEX %s RENAME TO %I', found.index, found.name);
  END LOOP;
END
$godwit$;

-- # attachSequence: one that numbers a table
ALTER SEQUENCE "counter" OWNED BY "invoices"."id";
ALTER TABLE "invoices" ALTER COLUMN "id" SET DEFAULT nextval('"counter"');
SELECT setval(sequence, largest) FROM (SELECT pg_get_serial_sequence('"invoices"', 'id') AS sequence, max("id") AS largest FROM "invoices") AS numbers
WHERE largest > COALESCE(pg_sequence_last_value(sequence::REGCLASS), 0);

-- # attachSequence: one that nobody uses
ALTER SEQUENCE "notes_place_seq" OWNED BY "notes"."place";
ALTER TABLE "notes" ALTER COLUMN "place" SET DEFAULT nextval('"notes_place_seq"');
SELECT setval(sequence, largest) FROM (SELECT pg_get_serial_sequence('"notes"', 'place') AS sequence, max("place") AS largest FROM "notes") AS numbers
WHERE largest > COALESCE(pg_sequence_last_value(sequence::REGCLASS), 0);

-- # createDomain: a type under another name
CREATE DOMAIN "Label" AS VARCHAR(20);

-- # createDomain: with all that it may have
CREATE DOMAIN "email" AS TEXT COLLATE "C" DEFAULT 'nobody@example.org' NOT NULL CONSTRAINT "email_check" CHECK (VALUE LIKE '%@%');
ALTER DOMAIN "email" ADD CONSTRAINT "not empty" CHECK (VALUE <> '') NOT VALID;
COMMENT ON DOMAIN "email" IS 'it''s an address';

-- # createEnum: some values
CREATE TYPE "mood" AS ENUM ('sad', 'ok', 'happy');

-- # createEnum: described
CREATE TYPE "mood" AS ENUM ('sad', 'ok');
COMMENT ON TYPE "mood" IS 'how it''s going';

-- # createEnum: odd values
CREATE TYPE "Mood" AS ENUM ('it''s', 'a"b', '', 'x; drop table y');

-- # createExtension: one that comes with PostgreSQL
CREATE EXTENSION "citext";

-- # createExtension: in a namespace of its own
CREATE EXTENSION "uuid-ossp" SCHEMA "extensions";

-- # createNamespace: a plain name
CREATE SCHEMA "audit";
COMMENT ON SCHEMA "audit" IS 'Who did what; it''s kept';

-- # createNamespace: an odd name
CREATE SCHEMA "a""b; drop table x";

-- # createObject: a function
CREATE FUNCTION half(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT n / 2 $$;

-- # createObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (create trigger "no titles" of "books"): PostgreSQL cannot make trigger "no titles" of "books": a trigger there calls a function: EXECUTE FUNCTION name()

-- # createObject: a policy
CREATE POLICY all_books ON books USING (id > 0);

-- # createObject: a virtual table
-- refused (unsupported): migration "golden", operation 1 (create virtual table "words"): PostgreSQL has no virtual table: virtual table "words"

-- # createSequence: without options
CREATE SEQUENCE "invoice numbers";

-- # createSequence: with all of them
CREATE SEQUENCE "counter" AS integer START WITH 100 INCREMENT BY 10 MINVALUE 10 MAXVALUE 2000000000 CACHE 5 CYCLE OWNED BY "posts"."views";
COMMENT ON SEQUENCE "counter" IS 'it''s counting';

-- # createTable: a table with a key and an index
CREATE TABLE "users" (
  "id" SERIAL NOT NULL,
  "email" VARCHAR(255) NOT NULL,
  "bio" TEXT,
  PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "idx_users_email" ON "users" ("email");

-- # createTable: every field type
CREATE TABLE "everything" (
  "id" BIGSERIAL NOT NULL,
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
  "a_list" TEXT[],
  PRIMARY KEY ("id")
);

-- # createTable: defaults of every kind
CREATE TABLE "accounts" (
  "id" INTEGER NOT NULL,
  "tier" VARCHAR(10) NOT NULL DEFAULT 'gold',
  "word" TEXT NOT NULL DEFAULT 'it''s ACTIVE (or not)',
  "literal" TEXT NOT NULL DEFAULT 'now()',
  "expression" INTEGER NOT NULL DEFAULT 1 + 2,
  "digits" DECIMAL(5,2) NOT NULL DEFAULT 0.10,
  "zero_padded" VARCHAR(3) NOT NULL DEFAULT '007',
  "count" INTEGER NOT NULL DEFAULT 0,
  "open" BOOLEAN NOT NULL DEFAULT FALSE,
  "quoted" TEXT NOT NULL DEFAULT 'a''b',
  "created_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("id")
);
CREATE OR REPLACE FUNCTION "godwit_auto_update"() RETURNS TRIGGER LANGUAGE plpgsql AS $godwit$
BEGIN
  NEW := jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], CURRENT_TIMESTAMP));
  RETURN NEW;
END
$godwit$;
CREATE TRIGGER "godwit_auto_update_updated_at"
  BEFORE UPDATE ON "accounts"
  FOR EACH ROW EXECUTE FUNCTION "godwit_auto_update"('updated_at');

-- # createTable: a composite key in an order of its own
CREATE TABLE "prices" (
  "valid_from" DATE NOT NULL,
  "product" VARCHAR(20) NOT NULL,
  "amount" DECIMAL(10,2) NOT NULL,
  PRIMARY KEY ("product", "valid_from")
);

-- # createTable: a table that refers to others and to itself
CREATE TABLE "comments" (
  "id" SERIAL NOT NULL,
  "post_id" UUID NOT NULL,
  "author_id" INTEGER,
  "parent_id" INTEGER,
  PRIMARY KEY ("id"),
  CONSTRAINT "fk_comments_post_id" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE,
  CONSTRAINT "fk_comments_author_id" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "comment_thread" FOREIGN KEY ("parent_id") REFERENCES "comments" ("id") ON DELETE RESTRICT
);
CREATE INDEX "idx_comments_recent" ON "comments" ("post_id", "id") WHERE parent_id IS NULL;

-- # createTable: a partition with something of its own
CREATE TABLE "readings_1999" PARTITION OF "readings" (
  "value" DEFAULT 99
) FOR VALUES FROM ('1999-01-01') TO ('2000-01-01');
ALTER TABLE "readings_1999" ALTER COLUMN "value" SET NOT NULL;

-- # createTable: a partitioned table
CREATE TABLE "names" (
  "name" TEXT NOT NULL
) PARTITION BY LIST ((lower(name)));

-- # createTable: a table that inherits
CREATE TABLE "birds" (
  "wings" INTEGER NOT NULL DEFAULT 2
) INHERITS ("animals");
ALTER TABLE "birds" ALTER COLUMN "name" SET DEFAULT 'Tweety';
ALTER TABLE "birds" ALTER COLUMN "name" SET NOT NULL;

-- # createTable: names that need quoting
CREATE TABLE "o'brien" (
  "select" INTEGER NOT NULL,
  "a""b" TEXT NOT NULL DEFAULT 'x; drop table y',
  "😀" TEXT DEFAULT 'say "hi"',
  PRIMARY KEY ("select")
);
CREATE INDEX "x; drop table y" ON "o'brien" ("a""b", "😀");

-- # createView: over a table
CREATE VIEW "emails" AS
SELECT id, email FROM users;

-- # createView: with names for its columns and a description
CREATE VIEW "live" ("number", "heading") AS
SELECT id, title FROM posts WHERE status = 'live';
COMMENT ON VIEW "live" IS 'it''s on';

-- # createView: over another view
CREATE VIEW "late_titles" AS
SELECT title FROM lent WHERE day < '2024-01-01';

-- # createView: whose rows are kept
CREATE MATERIALIZED VIEW "kept_titles" AS
SELECT id, title FROM books;
CREATE UNIQUE INDEX "kept_titles_id" ON "kept_titles" ("id");

-- # deleteData: rows by their key
DELETE FROM "posts" WHERE "title" IN ('First', 'o''brien');

-- # deleteData: a row by a composite key
DELETE FROM "order_lines" WHERE
  ("order_no" = 1 AND "line_no" = 1);

-- # detachPartition: a partition with rows
DO $godwit$
DECLARE
  found RECORD;
BEGIN
  FOR found IN
    SELECT i.indexrelid::REGCLASS AS index, w.name
    FROM (VALUES ('"readings_pkey"', 'readings_2024_pkey'), ('"readings_by_sensor"', 'readings_2024_sensor_idx')) w (above, name)
    JOIN pg_catalog.pg_inherits h ON h.inhparent = to_regclass(w.above)
    JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid AND c.relname <> w.name
    JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid AND i.indrelid = '"readings_2024"'::REGCLASS
  LOOP
    EXECUTE format('ALTER INDEX %s RENAME TO %I', found.index, found.name);
  END LOOP;
END
$godwit$;
ALTER TABLE "readings" DETACH PARTITION "readings_2024";
DO $godwit$
DECLARE
  found RECORD;
BEGIN
  FOR found IN
    SELECT k.conname AS former, w.name AS name
    FROM (VALUES ('at', 'readings_2024_at_not_null'), ('sensor', 'readings_2024_sensor_not_null')) w ("column", name)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = '"readings"'::REGCLASS AND a.attname = w."column"
    JOIN pg_catalog.pg_constraint above ON above.conrelid = a.attrelid AND above.contype = 'n' AND above.conkey = ARRAY[a.attnum]
    JOIN pg_catalog.pg_constraint k ON k.conname = above.conname AND k.conname <> w.name AND k.contype = 'n'
    WHERE k.conrelid = '"readings_2024"'::REGCLASS AND k.coninhcount = 0
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', '"readings_2024"'::REGCLASS, found.former, found.name);
    EXCEPTION WHEN undefined_object OR duplicate_object THEN
      NULL;
    END;
  END LOOP;
END
$godwit$;

-- # detachPartition: a partition with a default and an index of its own
DO $godwit$
DECLARE
  found RECORD;
BEGIN
  FOR found IN
    SELECT i.indexrelid::REGCLASS AS index, w.name
    FROM (VALUES ('"readings_pkey"', 'readings_rest_pkey'), ('"readings_by_sensor"', 'readings_rest_sensor_idx')) w (above, name)
    JOIN pg_catalog.pg_inherits h ON h.inhparent = to_regclass(w.above)
    JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid AND c.relname <> w.name
    JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid AND i.indrelid = '"readings_rest"'::REGCLASS
  LOOP
    EXECUTE format('ALTER INDEX %s RENAME TO %I', found.index, found.name);
  END LOOP;
END
$godwit$;
ALTER TABLE "readings" DETACH PARTITION "readings_rest";
DO $godwit$
DECLARE
  found RECORD;
BEGIN
  FOR found IN
    SELECT k.conname AS former, w.name AS name
    FROM (VALUES ('at', 'readings_rest_at_not_null'), ('sensor', 'readings_rest_sensor_not_null')) w ("column", name)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = '"readings"'::REGCLASS AND a.attname = w."column"
    JOIN pg_catalog.pg_constraint above ON above.conrelid = a.attrelid AND above.contype = 'n' AND above.conkey = ARRAY[a.attnum]
    JOIN pg_catalog.pg_constraint k ON k.conname = above.conname AND k.conname <> w.name AND k.contype = 'n'
    WHERE k.conrelid = '"readings_rest"'::REGCLASS AND k.coninhcount = 0
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', '"readings_rest"'::REGCLASS, found.former, found.name);
    EXCEPTION WHEN undefined_object OR duplicate_object THEN
      NULL;
    END;
  END LOOP;
END
$godwit$;

-- # detachSequence: of a key
ALTER SEQUENCE "tickets_id_seq" OWNED BY NONE;

-- # detachSequence: one that has a name and counts in its own way
ALTER SEQUENCE "odd" OWNED BY NONE;

-- # dropConstraint: a check
ALTER TABLE "visits" DROP CONSTRAINT "paid_or_free";

-- # dropConstraint: a unique constraint
ALTER TABLE "visits" DROP CONSTRAINT "one_visit";

-- # dropDomain: one that nobody uses
DROP DOMAIN "Unused";

-- # dropDomain: one with rules
DROP DOMAIN "year";

-- # dropEnum: one that nobody uses
DROP TYPE "mood";

-- # dropEnum: one of several
DROP TYPE "Unused";

-- # dropExtension: one with an odd name
DROP EXTENSION "uuid-ossp";

-- # dropExtension: one that nothing needs
DROP EXTENSION "citext";

-- # dropField: a nullable field
ALTER TABLE "users" DROP COLUMN "bio";

-- # dropField: a field with a default, between others
ALTER TABLE "posts" DROP COLUMN "views";

-- # dropField: a field that the database updates
DROP TRIGGER "godwit_auto_update_updated_at" ON "users";
DO $godwit$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_trigger WHERE tgfoid = to_regproc('"godwit_auto_update"')) THEN
    DROP FUNCTION IF EXISTS "godwit_auto_update"();
  END IF;
END
$godwit$;
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
ALTER TABLE "posts" DROP CONSTRAINT "fk_posts_user_id";

-- # dropForeignKey: to its own table
ALTER TABLE "categories" DROP CONSTRAINT "fk_categories_parent";

-- # dropForeignKey: over several fields
ALTER TABLE "shipments" DROP CONSTRAINT "fk_shipments_line";

-- # dropForeignKey: in a cycle
ALTER TABLE "departments" DROP CONSTRAINT "fk_departments_head_id";

-- # dropIndex: an index
DROP INDEX "idx_posts_title";

-- # dropIndex: a unique partial index
DO $godwit$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE contype = 'u' AND conrelid = '"posts"'::REGCLASS AND conname = 'idx_posts_live') THEN
    ALTER TABLE "posts" DROP CONSTRAINT "idx_posts_live";
  ELSE
    DROP INDEX "idx_posts_live";
  END IF;
END
$godwit$;

-- # dropIndex: concurrently
-- outside a transaction
DROP INDEX CONCURRENTLY "idx_posts_title";

-- # dropIndex: odd names
DROP INDEX "x; drop table y";

-- # dropNamespace: one of several
DROP SCHEMA "audit";

-- # dropNamespace: beside one in which something is
DROP SCHEMA "mood";

-- # dropObject: a function
DROP FUNCTION "half"(integer);

-- # dropObject: a trigger, as SQLite writes it
DROP TRIGGER "counted" ON "books";

-- # dropSequence: one that nobody uses
DROP SEQUENCE "free";

-- # dropSequence: the only one
DROP SEQUENCE "invoice numbers";

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
-- checked: table "readings" has rows already
INSERT INTO "readings" ("at", "sensor", "value")
SELECT "at", "sensor", "value" FROM "readings_old";
TRUNCATE "readings_old";

-- # moveRows: out of one
-- checked: table "readings_old" has rows already
INSERT INTO "readings_old" ("at", "sensor", "value")
SELECT "at", "sensor", "value" FROM "readings";
TRUNCATE "readings";

-- # renameConstraint: a check
ALTER TABLE "visits" RENAME CONSTRAINT "paid_or_free" TO "x; drop table y";

-- # renameConstraint: a foreign key
ALTER TABLE "visits" RENAME CONSTRAINT "visit_patient" TO "visitor";

-- # renameDomain: a domain of fields
ALTER DOMAIN "price" RENAME TO "Amount";
DO $godwit$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE contypid = '"Amount"'::REGTYPE AND contype = 'n' AND conname = 'price_not_null') THEN
    ALTER DOMAIN "Amount" RENAME CONSTRAINT "price_not_null" TO "Amount_not_null";
  END IF;
END
$godwit$;

-- # renameDomain: one that nobody uses
ALTER DOMAIN "Unused" RENAME TO "spare";
DO $godwit$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE contypid = '"spare"'::REGTYPE AND contype = 'n' AND conname = 'Unused_not_null') THEN
    ALTER DOMAIN "spare" RENAME CONSTRAINT "Unused_not_null" TO "spare_not_null";
  END IF;
END
$godwit$;

-- # renameEnum: an enum of fields
ALTER TYPE "ticket_state" RENAME TO "State";

-- # renameEnum: one that nobody uses
ALTER TYPE "Unused" RENAME TO "spare";

-- # renameField: a field that an index and its predicate use
ALTER TABLE "posts" RENAME COLUMN "status" TO "state";
DO $godwit$
DECLARE
  found RECORD;
BEGIN
  FOR found IN
    SELECT k.conname AS former, w.name AS name
    FROM (VALUES ('posts_status_not_null', 'posts_state_not_null')) w (former, name)
    JOIN pg_catalog.pg_constraint k ON k.conname = w.former AND k.conname <> w.name AND k.contype = 'n'
    WHERE k.conrelid = '"posts"'::REGCLASS AND k.coninhcount = 0
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', '"posts"'::REGCLASS, found.former, found.name);
    EXCEPTION WHEN undefined_object OR duplicate_object THEN
      NULL;
    END;
  END LOOP;
END
$godwit$;

-- # renameField: a key that another table refers to
ALTER TABLE "users" RENAME COLUMN "id" TO "user";
DO $godwit$
BEGIN
  IF pg_get_serial_sequence('"users"', 'user')::REGCLASS = to_regclass('"users_id_seq"') AND to_regclass('"users_user_seq"') IS NULL THEN
    ALTER SEQUENCE "users_id_seq" RENAME TO "users_user_seq";
  END IF;
END
$godwit$;
DO $godwit$
DECLARE
  found RECORD;
BEGIN
  FOR found IN
    SELECT k.conname AS former, w.name AS name
    FROM (VALUES ('users_id_not_null', 'users_user_not_null')) w (former, name)
    JOIN pg_catalog.pg_constraint k ON k.conname = w.former AND k.conname <> w.name AND k.contype = 'n'
    WHERE k.conrelid = '"users"'::REGCLASS AND k.coninhcount = 0
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', '"users"'::REGCLASS, found.former, found.name);
    EXCEPTION WHEN undefined_object OR duplicate_object THEN
      NULL;
    END;
  END LOOP;
END
$godwit$;

-- # renameField: a field that refers to another table
ALTER TABLE "posts" RENAME COLUMN "user_id" TO "author_id";
DO $godwit$
DECLARE
  found RECORD;
BEGIN
  FOR found IN
    SELECT k.conname AS former, w.name AS name
    FROM (VALUES ('posts_user_id_not_null', 'posts_author_id_not_null')) w (former, name)
    JOIN pg_catalog.pg_constraint k ON k.conname = w.former AND k.conname <> w.name AND k.contype = 'n'
    WHERE k.conrelid = '"posts"'::REGCLASS AND k.coninhcount = 0
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', '"posts"'::REGCLASS, found.former, found.name);
    EXCEPTION WHEN undefined_object OR duplicate_object THEN
      NULL;
    END;
  END LOOP;
END
$godwit$;

-- # renameField: a key that its own table refers to
ALTER TABLE "categories" RENAME COLUMN "code" TO "Code";
DO $godwit$
DECLARE
  found RECORD;
BEGIN
  FOR found IN
    SELECT k.conname AS former, w.name AS name
    FROM (VALUES ('categories_code_not_null', 'categories_Code_not_null')) w (former, name)
    JOIN pg_catalog.pg_constraint k ON k.conname = w.former AND k.conname <> w.name AND k.contype = 'n'
    WHERE k.conrelid = '"categories"'::REGCLASS AND k.coninhcount = 0
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', '"categories"'::REGCLASS, found.former, found.name);
    EXCEPTION WHEN undefined_object OR duplicate_object THEN
      NULL;
    END;
  END LOOP;
END
$godwit$;

-- # renameField: part of a composite key
ALTER TABLE "order_lines" RENAME COLUMN "line_no" TO "line";
DO $godwit$
DECLARE
  found RECORD;
BEGIN
  FOR found IN
    SELECT k.conname AS former, w.name AS name
    FROM (VALUES ('order_lines_line_no_not_null', 'order_lines_line_not_null')) w (former, name)
    JOIN pg_catalog.pg_constraint k ON k.conname = w.former AND k.conname <> w.name AND k.contype = 'n'
    WHERE k.conrelid = '"order_lines"'::REGCLASS AND k.coninhcount = 0
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', '"order_lines"'::REGCLASS, found.former, found.name);
    EXCEPTION WHEN undefined_object OR duplicate_object THEN
      NULL;
    END;
  END LOOP;
END
$godwit$;

-- # renameField: part of a composite foreign key
ALTER TABLE "shipments" RENAME COLUMN "order_no" TO "order";
DO $godwit$
DECLARE
  found RECORD;
BEGIN
  FOR found IN
    SELECT k.conname AS former, w.name AS name
    FROM (VALUES ('shipments_order_no_not_null', 'shipments_order_not_null')) w (former, name)
    JOIN pg_catalog.pg_constraint k ON k.conname = w.former AND k.conname <> w.name AND k.contype = 'n'
    WHERE k.conrelid = '"shipments"'::REGCLASS AND k.coninhcount = 0
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', '"shipments"'::REGCLASS, found.former, found.name);
    EXCEPTION WHEN undefined_object OR duplicate_object THEN
      NULL;
    END;
  END LOOP;
END
$godwit$;

-- # renameField: a field that the database updates
DROP TRIGGER "godwit_auto_update_updated_at" ON "users";
DO $godwit$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_trigger WHERE tgfoid = to_regproc('"godwit_auto_update"')) THEN
    DROP FUNCTION IF EXISTS "godwit_auto_update"();
  END IF;
END
$godwit$;
ALTER TABLE "users" RENAME COLUMN "updated_at" TO "changed_at";
DO $godwit$
DECLARE
  found RECORD;
BEGIN
  FOR found IN
    SELECT k.conname AS former, w.name AS name
    FROM (VALUES ('users_updated_at_not_null', 'users_changed_at_not_null')) w (former, name)
    JOIN pg_catalog.pg_constraint k ON k.conname = w.former AND k.conname <> w.name AND k.contype = 'n'
    WHERE k.conrelid = '"users"'::REGCLASS AND k.coninhcount = 0
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', '"users"'::REGCLASS, found.former, found.name);
    EXCEPTION WHEN undefined_object OR duplicate_object THEN
      NULL;
    END;
  END LOOP;
END
$godwit$;
CREATE OR REPLACE FUNCTION "godwit_auto_update"() RETURNS TRIGGER LANGUAGE plpgsql AS $godwit$
BEGIN
  NEW := jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], CURRENT_TIMESTAMP));
  RETURN NEW;
END
$godwit$;
CREATE TRIGGER "godwit_auto_update_changed_at"
  BEFORE UPDATE ON "users"
  FOR EACH ROW EXECUTE FUNCTION "godwit_auto_update"('changed_at');

-- # renameField: part of a partition key
ALTER TABLE "readings" RENAME COLUMN "at" TO "day";
DO $godwit$
DECLARE
  found RECORD;
BEGIN
  FOR found IN
    SELECT k.conname AS former, w.name AS name
    FROM (VALUES ('readings_at_not_null', 'readings_day_not_null')) w (former, name)
    JOIN pg_catalog.pg_constraint k ON k.conname = w.former AND k.conname <> w.name AND k.contype = 'n'
    WHERE k.conrelid = '"readings"'::REGCLASS AND k.coninhcount = 0
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', '"readings"'::REGCLASS, found.former, found.name);
    EXCEPTION WHEN undefined_object OR duplicate_object THEN
      NULL;
    END;
  END LOOP;
END
$godwit$;

-- # renameField: to and from odd names
ALTER TABLE "o'brien" RENAME COLUMN "a""b" TO "group";
DO $godwit$
DECLARE
  found RECORD;
BEGIN
  FOR found IN
    SELECT k.conname AS former, w.name AS name
    FROM (VALUES ('o''brien_a"b_not_null', 'o''brien_group_not_null')) w (former, name)
    JOIN pg_catalog.pg_constraint k ON k.conname = w.former AND k.conname <> w.name AND k.contype = 'n'
    WHERE k.conrelid = '"o''brien"'::REGCLASS AND k.coninhcount = 0
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', '"o''brien"'::REGCLASS, found.former, found.name);
    EXCEPTION WHEN undefined_object OR duplicate_object THEN
      NULL;
    END;
  END LOOP;
END
$godwit$;

-- # renameIndex: an index
ALTER INDEX "idx_posts_title" RENAME TO "posts_by_title";

-- # renameIndex: a unique partial index
ALTER INDEX "idx_posts_live" RENAME TO "live";

-- # renameIndex: from an odd name
ALTER INDEX "x; drop table y" RENAME TO "select";

-- # renameNamespace: one with tables
ALTER SCHEMA "audit" RENAME TO "audit_log";

-- # renameNamespace: one with nothing in it
ALTER SCHEMA "A b" RENAME TO "c";

-- # renameSequence: a sequence that numbers a table
ALTER SEQUENCE "counter" RENAME TO "Invoice numbers";

-- # renameSequence: one that nobody uses
ALTER SEQUENCE "free" RENAME TO "spare";

-- # renameTable: a table that another refers to
DROP TRIGGER "godwit_auto_update_updated_at" ON "users";
DO $godwit$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_trigger WHERE tgfoid = to_regproc('"godwit_auto_update"')) THEN
    DROP FUNCTION IF EXISTS "godwit_auto_update"();
  END IF;
END
$godwit$;
ALTER TABLE "users" RENAME TO "people";
DO $godwit$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE contype = 'p' AND conrelid = '"people"'::REGCLASS AND conname = 'users_pkey') AND to_regclass('"people_pkey"') IS NULL THEN
    ALTER TABLE "people" RENAME CONSTRAINT "users_pkey" TO "people_pkey";
  END IF;
  IF pg_get_serial_sequence('"people"', 'id')::REGCLASS = to_regclass('"users_id_seq"') AND to_regclass('"people_id_seq"') IS NULL THEN
    ALTER SEQUENCE "users_id_seq" RENAME TO "people_id_seq";
  END IF;
END
$godwit$;
DO $godwit$
DECLARE
  found RECORD;
BEGIN
  FOR found IN
    SELECT k.conname AS former, w.name AS name
    FROM (VALUES ('users_id_not_null', 'people_id_not_null'), ('users_email_not_null', 'people_email_not_null'), ('users_updated_at_not_null', 'people_updated_at_not_null')) w (former, name)
    JOIN pg_catalog.pg_constraint k ON k.conname = w.former AND k.conname <> w.name AND k.contype = 'n'
    WHERE k.conrelid = '"people"'::REGCLASS AND k.coninhcount = 0
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', '"people"'::REGCLASS, found.former, found.name);
    EXCEPTION WHEN undefined_object OR duplicate_object THEN
      NULL;
    END;
  END LOOP;
END
$godwit$;
CREATE OR REPLACE FUNCTION "godwit_auto_update"() RETURNS TRIGGER LANGUAGE plpgsql AS $godwit$
BEGIN
  NEW := jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], CURRENT_TIMESTAMP));
  RETURN NEW;
END
$godwit$;
CREATE TRIGGER "godwit_auto_update_updated_at"
  BEFORE UPDATE ON "people"
  FOR EACH ROW EXECUTE FUNCTION "godwit_auto_update"('updated_at');

-- # renameTable: a table that refers to itself
ALTER TABLE "categories" RENAME TO "Groups";
DO $godwit$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE contype = 'p' AND conrelid = '"Groups"'::REGCLASS AND conname = 'categories_pkey') AND to_regclass('"Groups_pkey"') IS NULL THEN
    ALTER TABLE "Groups" RENAME CONSTRAINT "categories_pkey" TO "Groups_pkey";
  END IF;
END
$godwit$;
DO $godwit$
DECLARE
  found RECORD;
BEGIN
  FOR found IN
    SELECT k.conname AS former, w.name AS name
    FROM (VALUES ('categories_code_not_null', 'Groups_code_not_null'), ('categories_label_not_null', 'Groups_label_not_null')) w (former, name)
    JOIN pg_catalog.pg_constraint k ON k.conname = w.former AND k.conname <> w.name AND k.contype = 'n'
    WHERE k.conrelid = '"Groups"'::REGCLASS AND k.coninhcount = 0
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', '"Groups"'::REGCLASS, found.former, found.name);
    EXCEPTION WHEN undefined_object OR duplicate_object THEN
      NULL;
    END;
  END LOOP;
END
$godwit$;

-- # renameTable: to and from odd names
ALTER TABLE "o'brien" RENAME TO "x""; drop table y";
DO $godwit$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE contype = 'p' AND conrelid = '"x""; drop table y"'::REGCLASS AND conname = 'o''brien_pkey') AND to_regclass('"x""; drop table y_pkey"') IS NULL THEN
    ALTER TABLE "x""; drop table y" RENAME CONSTRAINT "o'brien_pkey" TO "x""; drop table y_pkey";
  END IF;
END
$godwit$;
DO $godwit$
DECLARE
  found RECORD;
BEGIN
  FOR found IN
    SELECT k.conname AS former, w.name AS name
    FROM (VALUES ('o''brien_select_not_null', 'x"; drop table y_select_not_null'), ('o''brien_a"b_not_null', 'x"; drop table y_a"b_not_null')) w (former, name)
    JOIN pg_catalog.pg_constraint k ON k.conname = w.former AND k.conname <> w.name AND k.contype = 'n'
    WHERE k.conrelid = '"x""; drop table y"'::REGCLASS AND k.coninhcount = 0
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', '"x""; drop table y"'::REGCLASS, found.former, found.name);
    EXCEPTION WHEN undefined_object OR duplicate_object THEN
      NULL;
    END;
  END LOOP;
END
$godwit$;

-- # renameTable: a table with partitions
ALTER TABLE "readings" RENAME TO "values";
DO $godwit$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE contype = 'p' AND conrelid = '"values"'::REGCLASS AND conname = 'readings_pkey') AND to_regclass('"values_pkey"') IS NULL THEN
    ALTER TABLE "values" RENAME CONSTRAINT "readings_pkey" TO "values_pkey";
  END IF;
END
$godwit$;
DO $godwit$
DECLARE
  found RECORD;
BEGIN
  FOR found IN
    SELECT k.conname AS former, w.name AS name
    FROM (VALUES ('readings_at_not_null', 'values_at_not_null'), ('readings_sensor_not_null', 'values_sensor_not_null')) w (former, name)
    JOIN pg_catalog.pg_constraint k ON k.conname = w.former AND k.conname <> w.name AND k.contype = 'n'
    WHERE k.conrelid = '"values"'::REGCLASS AND k.coninhcount = 0
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', '"values"'::REGCLASS, found.former, found.name);
    EXCEPTION WHEN undefined_object OR duplicate_object THEN
      NULL;
    END;
  END LOOP;
END
$godwit$;

-- # renameTable: to a reserved word
ALTER TABLE "posts" RENAME TO "order";
DO $godwit$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE contype = 'p' AND conrelid = '"order"'::REGCLASS AND conname = 'posts_pkey') AND to_regclass('"order_pkey"') IS NULL THEN
    ALTER TABLE "order" RENAME CONSTRAINT "posts_pkey" TO "order_pkey";
  END IF;
END
$godwit$;
DO $godwit$
DECLARE
  found RECORD;
BEGIN
  FOR found IN
    SELECT k.conname AS former, w.name AS name
    FROM (VALUES ('posts_id_not_null', 'order_id_not_null'), ('posts_user_id_not_null', 'order_user_id_not_null'), ('posts_title_not_null', 'order_title_not_null'), ('posts_status_not_null', 'order_status_not_null')) w (former, name)
    JOIN pg_catalog.pg_constraint k ON k.conname = w.former AND k.conname <> w.name AND k.contype = 'n'
    WHERE k.conrelid = '"order"'::REGCLASS AND k.coninhcount = 0
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', '"order"'::REGCLASS, found.former, found.name);
    EXCEPTION WHEN undefined_object OR duplicate_object THEN
      NULL;
    END;
  END LOOP;
END
$godwit$;

-- # replaceObject: what a function computes
CREATE OR REPLACE FUNCTION half(n integer) RETURNS integer LANGUAGE sql AS $$ SELECT n / 2 + n % 2 $$;

-- # replaceObject: what a function gives
-- kept: function "half"(integer)
DROP FUNCTION "half"(integer);
CREATE FUNCTION half(n integer) RETURNS numeric LANGUAGE sql AS $$ SELECT n / 2.0 $$;
-- as kept: function "half"(integer)

-- # replaceObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (replace trigger "counted" of "books"): PostgreSQL cannot make trigger "counted" of "books": a trigger there calls a function: EXECUTE FUNCTION name()

-- # replaceObject: only its description
COMMENT ON FUNCTION "half"(integer) IS 'rounded down';

-- # replaceView: fewer rows
CREATE OR REPLACE VIEW "lent" AS
SELECT id, title, day FROM books WHERE day IS NOT NULL AND id > 1;

-- # replaceView: another column behind the others
CREATE OR REPLACE VIEW "lent" AS
SELECT id, title, day, id + 1 AS next FROM books WHERE day IS NOT NULL;

-- # replaceView: other columns
-- kept: view "lent"
DROP VIEW "lent";
CREATE VIEW "lent" AS
SELECT title FROM books;
-- as kept: view "lent"

-- # replaceView: only its description
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
COMMENT ON TABLE "visits" IS 'Who came; it''s "theirs"';

-- # setComment: no longer
COMMENT ON TABLE "patients" IS NULL;

-- # setComment: an index
COMMENT ON INDEX "visits_by_day" IS 'for the diary';

-- # setComment: a constraint
COMMENT ON CONSTRAINT "paid_or_free" ON "visits" IS 'nobody owes';

-- # setDatabases: on one alone
-- nothing to do

-- # setDatabases: on all but one
-- nothing to do

-- # setDatabases: on all
-- nothing to do

-- # setDefaults: a first default, which a field names already
ALTER TABLE "posts"
  ALTER COLUMN "status" DROP DEFAULT,
  ALTER COLUMN "status" SET DEFAULT 'in ' || 'progress';

-- # setDefaults: another value, and one that goes
ALTER TABLE "accounts"
  ALTER COLUMN "tier" DROP DEFAULT,
  ALTER COLUMN "tier" SET DEFAULT 'silver';
ALTER TABLE "accounts"
  ALTER COLUMN "note" DROP DEFAULT,
  ALTER COLUMN "note" SET DEFAULT 'note';

-- # setInherits: no longer
ALTER TABLE "dogs" NO INHERIT "animals";
DO $godwit$
DECLARE
  found RECORD;
BEGIN
  FOR found IN
    SELECT k.conname AS former, w.name AS name
    FROM (VALUES ('id', 'dogs_id_not_null')) w ("column", name)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = '"animals"'::REGCLASS AND a.attname = w."column"
    JOIN pg_catalog.pg_constraint above ON above.conrelid = a.attrelid AND above.contype = 'n' AND above.conkey = ARRAY[a.attnum]
    JOIN pg_catalog.pg_constraint k ON k.conname = above.conname AND k.conname <> w.name AND k.contype = 'n'
    WHERE k.conrelid = '"dogs"'::REGCLASS AND k.coninhcount = 0
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', '"dogs"'::REGCLASS, found.former, found.name);
    EXCEPTION WHEN undefined_object OR duplicate_object THEN
      NULL;
    END;
  END LOOP;
END
$godwit$;

-- # setInherits: a table with the same fields
DO $godwit$
DECLARE
  found RECORD;
BEGIN
  FOR found IN
    SELECT k.conname AS former, above.conname AS name
    FROM (VALUES ('id', 'cats_id_not_null'), ('lives', 'cats_lives_not_null')) w ("column", name)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = '"animals"'::REGCLASS AND a.attname = w."column"
    JOIN pg_catalog.pg_constraint above ON above.conrelid = a.attrelid AND above.contype = 'n' AND above.conkey = ARRAY[a.attnum]
    JOIN pg_catalog.pg_constraint k ON k.conname = w.name AND k.conname <> above.conname AND k.contype = 'n'
    WHERE k.conrelid = '"cats"'::REGCLASS AND k.coninhcount = 0
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', '"cats"'::REGCLASS, found.former, found.name);
    EXCEPTION WHEN undefined_object OR duplicate_object THEN
      NULL;
    END;
  END LOOP;
END
$godwit$;
ALTER TABLE "cats" INHERIT "animals";

-- # setRowSecurity: for all but the owner
ALTER TABLE "visits"
  ENABLE ROW LEVEL SECURITY,
  NO FORCE ROW LEVEL SECURITY;

-- # setRowSecurity: for the owner too
ALTER TABLE "visits"
  ENABLE ROW LEVEL SECURITY,
  FORCE ROW LEVEL SECURITY;

-- # setRowSecurity: no longer
ALTER TABLE "visits"
  DISABLE ROW LEVEL SECURITY,
  NO FORCE ROW LEVEL SECURITY;

-- # setTableOptions: how often parts are looked through
-- nothing to do

-- # setTableOptions: pages that are not full
ALTER TABLE "posts" SET UNLOGGED;
ALTER TABLE "posts" SET (fillfactor = 70);

-- # setTableOptions: nothing is said any more
ALTER TABLE "users" RESET (fillfactor, autovacuum_enabled);

-- # setTypeMappings: a type with a length
ALTER TABLE "users"
  ALTER COLUMN "bio" TYPE VARCHAR(500);

-- # setTypeMappings: the type of a key that other fields borrow
ALTER TABLE "categories" DROP CONSTRAINT "fk_categories_parent";
ALTER TABLE "products" DROP CONSTRAINT "fk_products_category";
ALTER TABLE "categories"
  ALTER COLUMN "code" TYPE TEXT;
ALTER TABLE "categories"
  ALTER COLUMN "parent" TYPE TEXT;
ALTER TABLE "products"
  ALTER COLUMN "category" TYPE TEXT;
ALTER TABLE "categories" ADD CONSTRAINT "fk_categories_parent" FOREIGN KEY ("parent") REFERENCES "categories" ("code") ON DELETE CASCADE;
ALTER TABLE "products" ADD CONSTRAINT "fk_products_category" FOREIGN KEY ("category") REFERENCES "categories" ("code") ON DELETE RESTRICT;

-- # upsertData: new and known rows, not all with the same fields
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
  ('\x00275cff'::BYTEA, '{"it''s": [1, null]}', TRUE, 9007199254740993, -0.1),
  (NULL, NULL, FALSE, -1, 1e+21)
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
ALTER TABLE "patients" VALIDATE CONSTRAINT "known_sex";

-- # validateConstraint: a foreign key
ALTER TABLE "visits" VALIDATE CONSTRAINT "visit_patient";
