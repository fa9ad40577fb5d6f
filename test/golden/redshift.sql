-- What Redshift is sent for the examples of the operations, where it is not what PostgreSQL is sent.
-- Read by the Redshift dialect of sqlfluff (test/dialects/redshift-text.test.ts).
-- Written by GODWIT_TEST_UPDATE=1 bun test test/golden.test.ts; read what has changed.

-- # addConstraint: a check
-- refused (unsupported): migration "golden", operation 1 (add constraint "views_counted" to "posts"): Redshift cannot have the constraint "views_counted" of table "posts": it has no checks, so no enums either; map the enum to a type (type_mappings), and let what writes see to it

-- # addConstraint: odd names
-- refused (unsupported): migration "golden", operation 1 (add constraint "x; drop table y" to "o'brien"): Redshift cannot have the constraint "x; drop table y" of table "o'brien": it has no checks, so no enums either; map the enum to a type (type_mappings), and let what writes see to it

-- # addField: a field with a default
ALTER TABLE "users" ADD COLUMN "plan" VARCHAR(65535) DEFAULT 'it''s free' NOT NULL;

-- # addField: a field that existing rows are filled in
-- refused (unsupported): migration "golden", operation 1 (add field "nick" to "users"): Redshift cannot change the column "nick" of table "users": NOT NULL and defaults come with a column there, and NOT NULL needs a default, which stays; give it one, or make the field nullable

-- # addField: a filled field that also has a default
ALTER TABLE "posts" ADD COLUMN "score" DECIMAL(6,2) DEFAULT 0.50 NOT NULL;
UPDATE "posts" SET "score" = 1.25;

-- # addField: times that the database keeps
-- refused (unsupported): migration "golden", operation 1 (add field "changed_at" to "products"): Redshift cannot have the column "changed_at" of table "products": it has no triggers, so no column sets itself when its row is updated

-- # addField: a foreign key to a uuid key
-- refused (unsupported): migration "golden", operation 1 (add field "pinned_post" to "users"): Redshift cannot have the foreign key "fk_users_pinned_post" of table "users": foreign keys are told to the planner there, and nobody carries out SET NULL; say NO ACTION for this database

-- # addField: a foreign key to its own table, by a varchar key
ALTER TABLE "categories" ADD COLUMN "see_also" VARCHAR(8);
ALTER TABLE "categories" ADD CONSTRAINT "see also" FOREIGN KEY ("see_also") REFERENCES "categories" ("code");

-- # addField: a field of a concrete type with a foreign key
-- refused (unsupported): migration "golden", operation 1 (add field "fallback" to "products"): Redshift cannot have the foreign key "fk_products_fallback" of table "products": foreign keys are told to the planner there, and nobody carries out CASCADE; say NO ACTION for this database

-- # addField: a primary key, numbered by the database
-- refused (unsupported): migration "golden", operation 1 (add field "id" to "log"): Redshift cannot add the column "id" to table "log": a column that numbers itself comes with its table there

-- # addField: a field that partitions have too
ALTER TABLE "readings" ADD COLUMN "unit" VARCHAR(65535) DEFAULT 'K' NOT NULL;

-- # addField: an odd name
ALTER TABLE "o'brien" ADD COLUMN "x; drop table y" BOOLEAN DEFAULT TRUE NOT NULL;

-- # addForeignKey: to a composite primary key
-- refused (unsupported): migration "golden", operation 1 (add foreign key "fk_shipments_order_no_line_no" to "shipments"): Redshift cannot have the foreign key "fk_shipments_order_no_line_no" of table "shipments": foreign keys are told to the planner there, and nobody carries out CASCADE; say NO ACTION for this database

-- # addForeignKey: checked when the transaction ends
-- refused (unsupported): migration "golden", operation 1 (add foreign key "fk_shipments_order_no_line_no" to "shipments"): Redshift cannot have the foreign key "fk_shipments_order_no_line_no" of table "shipments": foreign keys are told to the planner there, and nobody carries out CASCADE; say NO ACTION for this database

-- # addForeignKey: to fields under a unique index
-- refused (unsupported): migration "golden", operation 1 (add foreign key "returned" to "returns"): Redshift cannot have the foreign key "returned" of table "returns": foreign keys are told to the planner there, and nobody carries out SET NULL; say NO ACTION for this database

-- # addForeignKey: closing a cycle
-- refused (unsupported): migration "golden", operation 1 (add foreign key "fk_departments_head_id" to "departments"): Redshift cannot have the foreign key "fk_departments_head_id" of table "departments": foreign keys are told to the planner there, and nobody carries out SET NULL; say NO ACTION for this database

-- # addForeignKey: with odd names
-- refused (unsupported): migration "golden", operation 1 (add foreign key "x; drop table y" to "o'brien"): Redshift cannot have the foreign key "x; drop table y" of table "o'brien": foreign keys are told to the planner there, and nobody carries out SET DEFAULT; say NO ACTION for this database

-- # addIndex: one field
-- refused (unsupported): migration "golden", operation 1 (add index "idx_posts_views" to "posts"): Redshift cannot create index on table "posts": it has no indexes (https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html); say sortkey among the options of the table, and unique constraints for the planner

-- # addIndex: on the field of a foreign key, by the name the predecessor kept for itself
-- refused (unsupported): migration "golden", operation 1 (add index "idx_posts_user_id" to "posts"): Redshift cannot create index on table "posts": it has no indexes (https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html); say sortkey among the options of the table, and unique constraints for the planner

-- # addIndex: unique, over several fields
-- refused (unsupported): migration "golden", operation 1 (add index "uq_lines" to "order_lines"): Redshift cannot create index on table "order_lines": it has no indexes (https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html); say sortkey among the options of the table, and unique constraints for the planner

-- # addIndex: partial
-- refused (unsupported): migration "golden", operation 1 (add index "idx_posts_drafts" to "posts"): Redshift cannot create index on table "posts": it has no indexes (https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html); say sortkey among the options of the table, and unique constraints for the planner

-- # addIndex: by the method that goes without saying
-- refused (unsupported): migration "golden", operation 1 (add index "idx_posts_views" to "posts"): Redshift cannot create index on table "posts": it has no indexes (https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html); say sortkey among the options of the table, and unique constraints for the planner

-- # addIndex: by a method
-- refused (unsupported): migration "golden", operation 1 (add index "idx_users_bio" to "users"): Redshift cannot create index on table "users": it has no indexes (https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html); say sortkey among the options of the table, and unique constraints for the planner

-- # addIndex: concurrently
-- refused (unsupported): migration "golden", operation 1 (add index "idx_posts_views" to "posts"): Redshift cannot create index on table "posts": it has no indexes (https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html); say sortkey among the options of the table, and unique constraints for the planner

-- # addIndex: odd names
-- refused (unsupported): migration "golden", operation 1 (add index "select" to "o'brien"): Redshift cannot create index on table "o'brien": it has no indexes (https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html); say sortkey among the options of the table, and unique constraints for the planner

-- # alterDomain: other rules
-- refused (unsupported): migration "golden", operation 1 (alter domain "price"): Redshift cannot remake domain: the database has no domains; give the fields the type itself, and checks

-- # alterDomain: another type
-- refused (unsupported): migration "golden", operation 1 (alter domain "price"): Redshift cannot remake domain: the database has no domains; give the fields the type itself, and checks

-- # alterEnum: a value between others
-- refused (unsupported): migration "golden", operation 1 (alter enum "ticket_state"): Redshift cannot have the constraint "tickets_state_enum" of table "tickets": it has no checks, so no enums either; map the enum to a type (type_mappings), and let what writes see to it

-- # alterEnum: a description
-- refused (unsupported): migration "golden", operation 1 (alter enum "ticket_state"): Redshift cannot have the constraint "tickets_state_enum" of table "tickets": it has no checks, so no enums either; map the enum to a type (type_mappings), and let what writes see to it

-- # alterEnum: a value under another name
-- refused (unsupported): migration "golden", operation 1 (alter enum "ticket_state"): Redshift cannot change the column "state" of table "tickets": NOT NULL and defaults come with a column there, and NOT NULL needs a default, which stays; give it one, or make the field nullable

-- # alterEnum: a value goes, and rows with it get another
-- refused (unsupported): migration "golden", operation 1 (alter enum "ticket_state"): Redshift cannot have the constraint "tickets_state_enum" of table "tickets": it has no checks, so no enums either; map the enum to a type (type_mappings), and let what writes see to it

-- # alterExtension: in a namespace of its own
-- refused (unsupported): migration "golden", operation 1 (alter extension "citext"): Redshift cannot alter extension: the database has no extensions

-- # alterExtension: back to where the rest is
-- refused (unsupported): migration "golden", operation 1 (alter extension "citext"): Redshift cannot alter extension: the database has no extensions

-- # alterField: a longer varchar
-- outside a transaction
ALTER TABLE "posts" ALTER COLUMN "title" TYPE VARCHAR(400);

-- # alterField: text in place of varchar
-- outside a transaction
ALTER TABLE "posts" ALTER COLUMN "title" TYPE VARCHAR(65535);

-- # alterField: NOT NULL, existing rows filled in
ALTER TABLE "posts" ADD COLUMN "godwit_converted" INTEGER DEFAULT 0 NOT NULL;
UPDATE "posts" SET "godwit_converted" = COALESCE("views", 0);
ALTER TABLE "posts" DROP COLUMN "views";
ALTER TABLE "posts" RENAME COLUMN "godwit_converted" TO "views";

-- # alterField: type, nullability and default at once
ALTER TABLE "posts" ADD COLUMN "godwit_converted" BIGINT DEFAULT 1 NOT NULL;
UPDATE "posts" SET "godwit_converted" = COALESCE(CAST("views" AS BIGINT), -1);
ALTER TABLE "posts" DROP COLUMN "views";
ALTER TABLE "posts" RENAME COLUMN "godwit_converted" TO "views";

-- # alterField: nullable, without default
-- refused (unsupported): migration "golden", operation 1 (alter field "status" of "posts"): Redshift cannot drop index on table "posts": it has no indexes (https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html); say sortkey among the options of the table, and unique constraints for the planner

-- # alterField: a conversion of its own
-- refused (unsupported): migration "golden", operation 1 (alter field "size" of "sizes"): Redshift cannot put another column in the place of one of table "sizes": NOT NULL there needs a default, which stays; give it one, or make the field nullable

-- # alterField: a cast from text to integer
-- refused (unsupported): migration "golden", operation 1 (alter field "size" of "sizes"): Redshift cannot put another column in the place of one of table "sizes": NOT NULL there needs a default, which stays; give it one, or make the field nullable

-- # alterField: a key that another table refers to
-- refused (unsupported): migration "golden", operation 1 (alter field "id" of "users"): Redshift cannot put another column in the place of one of table "users": NOT NULL there needs a default, which stays; give it one, or make the field nullable

-- # alterField: a key that is numbered no longer
-- refused (unsupported): migration "golden", operation 1 (alter field "id" of "users"): Redshift cannot put another column in the place of one of table "users": NOT NULL there needs a default, which stays; give it one, or make the field nullable

-- # alterField: a key that its own and another table refer to
-- refused (unsupported): migration "golden", operation 1 (alter field "code" of "categories"): Redshift cannot change the column "code" of table "categories": a column of a key keeps its size there; drop the key, change it, and add the key again

-- # alterField: a key in a cycle
-- refused (unsupported): migration "golden", operation 1 (alter field "id" of "employees"): Redshift cannot put another column in the place of one of table "employees": NOT NULL there needs a default, which stays; give it one, or make the field nullable

-- # alterField: part of a composite key
-- refused (unsupported): migration "golden", operation 1 (alter field "line_no" of "order_lines"): Redshift cannot put another column in the place of one of table "order_lines": NOT NULL there needs a default, which stays; give it one, or make the field nullable

-- # alterField: a field that refers to another table, nullable
-- refused (unsupported): migration "golden", operation 1 (alter field "user_id" of "posts"): Redshift cannot drop index on table "posts": it has no indexes (https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html); say sortkey among the options of the table, and unique constraints for the planner

-- # alterField: a time that the database updates no longer
-- refused (unsupported): migration "golden", operation 1 (alter field "updated_at" of "users"): Redshift cannot drop auto update on table "users": it has no triggers, so no column sets itself when its row is updated

-- # alterField: a time that the database updates from now on
-- refused (unsupported): migration "golden", operation 1 (alter field "at" of "notes"): Redshift cannot create auto update on table "notes": it has no triggers, so no column sets itself when its row is updated

-- # alterField: an odd name and default
-- refused (unsupported): migration "golden", operation 1 (alter field "a"b" of "o'brien"): Redshift cannot drop index on table "o'brien": it has no indexes (https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html); say sortkey among the options of the table, and unique constraints for the planner

-- # alterField: a field that a partition has in another way
-- refused (unsupported): migration "golden", operation 1 (alter field "value" of "readings"): Redshift cannot change the column "value" of table "readings": NOT NULL and defaults come with a column there, and NOT NULL needs a default, which stays; give it one, or make the field nullable

-- # alterField: a new column in its place
-- refused (unsupported): migration "golden", operation 1 (alter field "title" of "posts"): Redshift cannot put another column in the place of one of table "posts": NOT NULL there needs a default, which stays; give it one, or make the field nullable

-- # alterField: a new column in the place of a key that another table refers to
-- refused (unsupported): migration "golden", operation 1 (alter field "code" of "categories"): Redshift cannot put another column in the place of one of table "categories": NOT NULL there needs a default, which stays; give it one, or make the field nullable

-- # alterField: a new column in the place of a part of a composite key
-- refused (unsupported): migration "golden", operation 1 (alter field "line_no" of "order_lines"): Redshift cannot put another column in the place of one of table "order_lines": NOT NULL there needs a default, which stays; give it one, or make the field nullable

-- # alterField: a new column, NOT NULL and filled
ALTER TABLE "posts" ADD COLUMN "godwit_converted" BIGINT DEFAULT 1 NOT NULL;
UPDATE "posts" SET "godwit_converted" = COALESCE(CAST("views" AS BIGINT), -1);
ALTER TABLE "posts" DROP COLUMN "views";
ALTER TABLE "posts" RENAME COLUMN "godwit_converted" TO "views";

-- # alterNamespace: a comment comes
-- refused (unsupported): migration "golden", operation 1 (alter namespace "audit"): Redshift cannot describe the namespace "audit": COMMENT there knows tables, columns, constraints, views and the database

-- # alterNamespace: a comment goes
-- refused (unsupported): migration "golden", operation 1 (alter namespace "audit"): Redshift cannot describe the namespace "audit": COMMENT there knows tables, columns, constraints, views and the database

-- # alterPrimaryKey: a key where there was none
-- refused (unsupported): migration "golden", operation 1 (set primary key of "tags" to "word"): Redshift cannot put another column in the place of one of table "tags": NOT NULL there needs a default, which stays; give it one, or make the field nullable

-- # alterPrimaryKey: a longer key
-- kept: primary key
-- as kept: primary key
ALTER TABLE "order_lines" ADD PRIMARY KEY ("order_no", "line_no", "article");

-- # alterPrimaryKey: another order
-- kept: primary key
-- as kept: primary key
ALTER TABLE "order_lines" ADD PRIMARY KEY ("line_no", "order_no");

-- # alterPrimaryKey: no key
-- kept: primary key
-- as kept: primary key

-- # alterPrimaryKey: the key of a table that refers to another
-- kept: primary key
-- as kept: primary key
ALTER TABLE "posts" ADD PRIMARY KEY ("id", "user_id");

-- # alterSequence: other options, no owner any more
-- refused (unsupported): migration "golden", operation 1 (alter sequence "counter"): Redshift cannot alter sequence: the database has no sequences; use type serial

-- # alterSequence: a description
-- refused (unsupported): migration "golden", operation 1 (alter sequence "free"): Redshift cannot alter sequence: the database has no sequences; use type serial

-- # attachPartition: a table with the same fields
-- refused (unsupported): migration "golden", operation 1 (attach partition "readings_old" to "readings"): Redshift cannot attach partition on table "readings_old": godwit keeps partitions and inheritance on PostgreSQL only

-- # attachPartition: for all that no other partition takes
-- refused (unsupported): migration "golden", operation 1 (attach partition "readings_old" to "readings"): Redshift cannot attach partition on table "readings_old": godwit keeps partitions and inheritance on PostgreSQL only

-- # attachSequence: one that numbers a table
-- refused (unsupported): migration "golden", operation 1 (attach sequence "counter" to field "id" of "invoices"): Redshift cannot attach sequence on table "invoices": the database has no sequences; use type serial

-- # attachSequence: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (attach sequence "notes_place_seq" to field "place" of "notes"): Redshift cannot attach sequence on table "notes": the database has no sequences; use type serial

-- # createDomain: a type under another name
-- refused (unsupported): migration "golden", operation 1 (create domain "Label"): Redshift cannot create domain: the database has no domains; give the fields the type itself, and checks

-- # createDomain: with all that it may have
-- refused (unsupported): migration "golden", operation 1 (create domain "email"): Redshift cannot create domain: the database has no domains; give the fields the type itself, and checks

-- # createEnum: some values
-- nothing to do

-- # createEnum: described
-- nothing to do

-- # createEnum: odd values
-- nothing to do

-- # createExtension: one that comes with PostgreSQL
-- refused (unsupported): migration "golden", operation 1 (create extension "citext"): Redshift cannot create extension: the database has no extensions

-- # createExtension: in a namespace of its own
-- refused (unsupported): migration "golden", operation 1 (create extension "uuid-ossp"): Redshift cannot create extension: the database has no extensions

-- # createNamespace: a plain name
-- refused (unsupported): migration "golden", operation 1 (create namespace "audit"): Redshift cannot describe the namespace "audit": COMMENT there knows tables, columns, constraints, views and the database

-- # createObject: a function
-- refused (unsupported): migration "golden", operation 1 (create function "half(integer)"): Redshift cannot create object (function "half(integer)"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # createObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (create trigger "no titles" of "books"): Redshift cannot create object (trigger "no titles" of "books"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # createObject: a policy
-- refused (unsupported): migration "golden", operation 1 (create policy "all_books" of "books"): Redshift cannot create object (policy "all_books" of "books"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # createObject: a virtual table
-- refused (unsupported): migration "golden", operation 1 (create virtual table "words"): Redshift cannot create object (virtual table "words"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # createSequence: without options
-- refused (unsupported): migration "golden", operation 1 (create sequence "invoice numbers"): Redshift cannot create sequence: the database has no sequences; use type serial

-- # createSequence: with all of them
-- refused (unsupported): migration "golden", operation 1 (create sequence "counter"): Redshift cannot create sequence: the database has no sequences; use type serial

-- # createTable: a table with a key and an index
-- refused (unsupported): migration "golden", operation 1 (create table "users"): Redshift cannot create index on table "users": it has no indexes (https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html); say sortkey among the options of the table, and unique constraints for the planner

-- # createTable: every field type
CREATE TABLE "everything" (
  "id" BIGINT GENERATED BY DEFAULT AS IDENTITY(1,1) NOT NULL,
  "a_varchar" VARCHAR(40) NOT NULL,
  "a_char" CHAR(2) NOT NULL,
  "a_text" VARCHAR(65535) NOT NULL,
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
  "a_uuid" VARCHAR(36) NOT NULL,
  "a_json" SUPER NOT NULL,
  "a_jsonb" SUPER NOT NULL,
  "some_bytes" VARBYTE(1024000) NOT NULL,
  "a_list" SUPER,
  PRIMARY KEY ("id")
);

-- # createTable: defaults of every kind
-- refused (unsupported): migration "golden", operation 1 (create table "accounts"): Redshift cannot have the column "updated_at" of table "accounts": it has no triggers, so no column sets itself when its row is updated

-- # createTable: a table that refers to others and to itself
-- refused (unsupported): migration "golden", operation 1 (create table "comments"): Redshift cannot have the foreign key "fk_comments_post_id" of table "comments": foreign keys are told to the planner there, and nobody carries out CASCADE; say NO ACTION for this database

-- # createTable: a partition with something of its own
-- refused (unsupported): migration "golden", operation 1 (create table "readings_1999"): Redshift cannot create tree table on table "readings_1999": godwit keeps partitions and inheritance on PostgreSQL only

-- # createTable: a partitioned table
-- refused (unsupported): migration "golden", operation 1 (create table "names"): Redshift cannot create tree table on table "names": godwit keeps partitions and inheritance on PostgreSQL only

-- # createTable: a table that inherits
-- refused (unsupported): migration "golden", operation 1 (create table "birds"): Redshift cannot create tree table on table "birds": godwit keeps partitions and inheritance on PostgreSQL only

-- # createTable: names that need quoting
-- refused (unsupported): migration "golden", operation 1 (create table "o'brien"): Redshift cannot create index on table "o'brien": it has no indexes (https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html); say sortkey among the options of the table, and unique constraints for the planner

-- # createView: whose rows are kept
-- refused (unsupported): migration "golden", operation 1 (create materialized view "kept_titles"): Redshift cannot make the view "kept_titles": it has no indexes

-- # detachPartition: a partition with rows
-- refused (unsupported): migration "golden", operation 1 (detach partition "readings_2024"): Redshift cannot name part indexes on table "readings_2024": godwit keeps partitions and inheritance on PostgreSQL only

-- # detachPartition: a partition with a default and an index of its own
-- refused (unsupported): migration "golden", operation 1 (detach partition "readings_rest"): Redshift cannot name part indexes on table "readings_rest": godwit keeps partitions and inheritance on PostgreSQL only

-- # detachSequence: of a key
-- refused (unsupported): migration "golden", operation 1 (detach the sequence of field "id" of "tickets"): Redshift cannot detach sequence: the database has no sequences; use type serial

-- # detachSequence: one that has a name and counts in its own way
-- refused (unsupported): migration "golden", operation 1 (detach the sequence of field "place" of "seats"): Redshift cannot detach sequence: the database has no sequences; use type serial

-- # dropDomain: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (drop domain "Unused"): Redshift cannot drop domain: the database has no domains; give the fields the type itself, and checks

-- # dropDomain: one with rules
-- refused (unsupported): migration "golden", operation 1 (drop domain "year"): Redshift cannot drop domain: the database has no domains; give the fields the type itself, and checks

-- # dropEnum: one that nobody uses
-- nothing to do

-- # dropEnum: one of several
-- nothing to do

-- # dropExtension: one with an odd name
-- refused (unsupported): migration "golden", operation 1 (drop extension "uuid-ossp"): Redshift cannot drop extension: the database has no extensions

-- # dropExtension: one that nothing needs
-- refused (unsupported): migration "golden", operation 1 (drop extension "citext"): Redshift cannot drop extension: the database has no extensions

-- # dropField: a field that the database updates
-- refused (unsupported): migration "golden", operation 1 (drop field "updated_at" of "users"): Redshift cannot drop auto update on table "users": it has no triggers, so no column sets itself when its row is updated

-- # dropIndex: an index
-- refused (unsupported): migration "golden", operation 1 (drop index "idx_posts_title" of "posts"): Redshift cannot drop index on table "posts": it has no indexes (https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html); say sortkey among the options of the table, and unique constraints for the planner

-- # dropIndex: a unique partial index
-- refused (unsupported): migration "golden", operation 1 (drop index "idx_posts_live" of "posts"): Redshift cannot drop index on table "posts": it has no indexes (https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html); say sortkey among the options of the table, and unique constraints for the planner

-- # dropIndex: concurrently
-- refused (unsupported): migration "golden", operation 1 (drop index "idx_posts_title" of "posts"): Redshift cannot drop index on table "posts": it has no indexes (https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html); say sortkey among the options of the table, and unique constraints for the planner

-- # dropIndex: odd names
-- refused (unsupported): migration "golden", operation 1 (drop index "x; drop table y" of "o'brien"): Redshift cannot drop index on table "o'brien": it has no indexes (https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html); say sortkey among the options of the table, and unique constraints for the planner

-- # dropObject: a function
-- refused (unsupported): migration "golden", operation 1 (drop function "half(integer)"): Redshift cannot drop object (function "half(integer)"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # dropObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (drop trigger "counted" of "books"): Redshift cannot drop object (trigger "counted" of "books"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # dropSequence: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (drop sequence "free"): Redshift cannot drop sequence: the database has no sequences; use type serial

-- # dropSequence: the only one
-- refused (unsupported): migration "golden", operation 1 (drop sequence "invoice numbers"): Redshift cannot drop sequence: the database has no sequences; use type serial

-- # moveRows: into a partitioned table
-- refused (unsupported): migration "golden", operation 1 (move rows of "readings_old" to "readings"): Redshift cannot move rows: godwit moves rows to partitions only, which it keeps on PostgreSQL

-- # moveRows: out of one
-- refused (unsupported): migration "golden", operation 1 (move rows of "readings" to "readings_old"): Redshift cannot move rows: godwit moves rows to partitions only, which it keeps on PostgreSQL

-- # renameConstraint: a check
-- refused (unsupported): migration "golden", operation 1 (rename constraint "paid_or_free" of "visits" to "x; drop table y"): Redshift cannot have the constraint "x; drop table y" of table "visits": it has no checks, so no enums either; map the enum to a type (type_mappings), and let what writes see to it

-- # renameConstraint: a foreign key
ALTER TABLE "visits" DROP CONSTRAINT "visit_patient";
ALTER TABLE "visits" ADD CONSTRAINT "visitor" FOREIGN KEY ("patient_id") REFERENCES "patients" ("id");

-- # renameDomain: a domain of fields
-- refused (unsupported): migration "golden", operation 1 (rename domain "price" to "Amount"): Redshift cannot rename the domain "price": it has neither types of its own nor domains and sequences

-- # renameDomain: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (rename domain "Unused" to "spare"): Redshift cannot rename the domain "Unused": it has neither types of its own nor domains and sequences

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
-- refused (params): migration "golden", operation 1 (rename field "code" of "categories" to "Code"): the name "Code" has capital letters, which Redshift folds to small ones even in quotes; use small ones

-- # renameField: part of a composite key
ALTER TABLE "order_lines" RENAME COLUMN "line_no" TO "line";

-- # renameField: part of a composite foreign key
ALTER TABLE "shipments" RENAME COLUMN "order_no" TO "order";

-- # renameField: a field that the database updates
-- refused (unsupported): migration "golden", operation 1 (rename field "updated_at" of "users" to "changed_at"): Redshift cannot drop auto update on table "users": it has no triggers, so no column sets itself when its row is updated

-- # renameField: part of a partition key
ALTER TABLE "readings" RENAME COLUMN "at" TO "day";

-- # renameField: to and from odd names
ALTER TABLE "o'brien" RENAME COLUMN "a""b" TO "group";

-- # renameIndex: an index
-- refused (unsupported): migration "golden", operation 1 (rename index "idx_posts_title" of "posts" to "posts_by_title"): Redshift cannot rename index on table "posts": it has no indexes (https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html); say sortkey among the options of the table, and unique constraints for the planner

-- # renameIndex: a unique partial index
-- refused (unsupported): migration "golden", operation 1 (rename index "idx_posts_live" of "posts" to "live"): Redshift cannot rename index on table "posts": it has no indexes (https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html); say sortkey among the options of the table, and unique constraints for the planner

-- # renameIndex: from an odd name
-- refused (unsupported): migration "golden", operation 1 (rename index "x; drop table y" of "o'brien" to "select"): Redshift cannot rename index on table "o'brien": it has no indexes (https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html); say sortkey among the options of the table, and unique constraints for the planner

-- # renameNamespace: one with nothing in it
-- refused (params): migration "golden", operation 1 (rename namespace "A b" to "c"): the name "A b" has capital letters, which Redshift folds to small ones even in quotes; use small ones

-- # renameSequence: a sequence that numbers a table
-- refused (unsupported): migration "golden", operation 1 (rename sequence "counter" to "Invoice numbers"): Redshift cannot rename the sequence "counter": it has neither types of its own nor domains and sequences

-- # renameSequence: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (rename sequence "free" to "spare"): Redshift cannot rename the sequence "free": it has neither types of its own nor domains and sequences

-- # renameTable: a table that another refers to
-- refused (unsupported): migration "golden", operation 1 (rename table "users" to "people"): Redshift cannot drop auto update on table "users": it has no triggers, so no column sets itself when its row is updated

-- # renameTable: a table that refers to itself
-- refused (params): migration "golden", operation 1 (rename table "categories" to "Groups"): the name "Groups" has capital letters, which Redshift folds to small ones even in quotes; use small ones

-- # renameTable: to and from odd names
ALTER TABLE "o'brien" RENAME TO "x""; drop table y";

-- # renameTable: a table with partitions
ALTER TABLE "readings" RENAME TO "values";

-- # renameTable: to a reserved word
ALTER TABLE "posts" RENAME TO "order";

-- # replaceObject: what a function computes
-- refused (unsupported): migration "golden", operation 1 (replace function "half(integer)"): Redshift cannot replace object (function "half(integer)"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # replaceObject: what a function gives
-- refused (unsupported): migration "golden", operation 1 (replace function "half(integer)"): Redshift cannot drop object (function "half(integer)"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # replaceObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (replace trigger "counted" of "books"): Redshift cannot drop object (trigger "counted" of "books"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # replaceObject: only its description
-- refused (unsupported): migration "golden", operation 1 (replace function "half(integer)"): Redshift cannot comment object (function "half(integer)"): the database keeps no comments

-- # replaceView: other columns
DROP VIEW "lent";
CREATE VIEW "lent" AS
SELECT title FROM books;

-- # setComment: an index
-- refused (unsupported): migration "golden", operation 1 (set comment of index "visits_by_day" of "visits"): Redshift cannot describe the index "visits_by_day": it has no indexes (https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html); say sortkey among the options of the table, and unique constraints for the planner

-- # setDefaults: a first default, which a field names already
-- refused (unsupported): migration "golden", operation 1 (set named defaults): Redshift cannot drop index on table "posts": it has no indexes (https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html); say sortkey among the options of the table, and unique constraints for the planner

-- # setDefaults: another value, and one that goes
ALTER TABLE "accounts" ADD COLUMN "godwit_converted" VARCHAR(65535) DEFAULT 'silver' NOT NULL;
UPDATE "accounts" SET "godwit_converted" = "tier";
ALTER TABLE "accounts" DROP COLUMN "tier";
ALTER TABLE "accounts" RENAME COLUMN "godwit_converted" TO "tier";
ALTER TABLE "accounts" ADD COLUMN "godwit_converted" VARCHAR(65535) DEFAULT 'note' NOT NULL;
UPDATE "accounts" SET "godwit_converted" = "note";
ALTER TABLE "accounts" DROP COLUMN "note";
ALTER TABLE "accounts" RENAME COLUMN "godwit_converted" TO "note";

-- # setInherits: no longer
-- refused (unsupported): migration "golden", operation 1 (let "dogs" inherit from no table): Redshift cannot alter inherits on table "dogs": godwit keeps partitions and inheritance on PostgreSQL only

-- # setInherits: a table with the same fields
-- refused (unsupported): migration "golden", operation 1 (let "cats" inherit from "animals"): Redshift cannot alter inherits on table "cats": godwit keeps partitions and inheritance on PostgreSQL only

-- # setRowSecurity: for all but the owner
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to enabled): Redshift cannot set row security on table "visits": the database does not decide by the row who may see it

-- # setRowSecurity: for the owner too
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to forced): Redshift cannot set row security on table "visits": the database does not decide by the row who may see it

-- # setRowSecurity: no longer
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to disabled): Redshift cannot set row security on table "visits": the database does not decide by the row who may see it

-- # setTableOptions: pages that are not full
-- nothing to do

-- # setTableOptions: nothing is said any more
-- nothing to do

-- # setTypeMappings: a type with a length
ALTER TABLE "users" ADD COLUMN "godwit_converted" VARCHAR(500);
UPDATE "users" SET "godwit_converted" = CAST("bio" AS VARCHAR(500));
ALTER TABLE "users" DROP COLUMN "bio";
ALTER TABLE "users" RENAME COLUMN "godwit_converted" TO "bio";

-- # setTypeMappings: the type of a key that other fields borrow
-- refused (unsupported): migration "golden", operation 1 (set type mappings): Redshift cannot change the column "code" of table "categories": a column of a key keeps its size there; drop the key, change it, and add the key again

-- # upsertData: new and known rows, not all with the same fields
UPDATE "users" SET
  "email" = 'o''brien@example.com'
WHERE "id" = 1;
INSERT INTO "users" ("email", "id")
SELECT 'o''brien@example.com', 1
WHERE NOT EXISTS (SELECT 1 FROM "users" WHERE "id" = 1);
UPDATE "users" SET
  "bio" = 'a\\b ''c'' "d"
😀',
  "email" = 'new@example.com',
  "updated_at" = '2024-01-02 03:04:05.678901'
WHERE "id" = 3;
INSERT INTO "users" ("bio", "email", "id", "updated_at")
SELECT 'a\\b ''c'' "d"
😀', 'new@example.com', 3, '2024-01-02 03:04:05.678901'
WHERE NOT EXISTS (SELECT 1 FROM "users" WHERE "id" = 3);
UPDATE "users" SET
  "bio" = NULL,
  "email" = 'null@example.com',
  "updated_at" = GETDATE()
WHERE "id" = 4;
INSERT INTO "users" ("bio", "email", "id", "updated_at")
SELECT NULL, 'null@example.com', 4, GETDATE()
WHERE NOT EXISTS (SELECT 1 FROM "users" WHERE "id" = 4);

-- # upsertData: a composite key
UPDATE "order_lines" SET
  "article" = 'Saw'
WHERE "order_no" = 7 AND "line_no" = 1;
INSERT INTO "order_lines" ("article", "line_no", "order_no")
SELECT 'Saw', 1, 7
WHERE NOT EXISTS (SELECT 1 FROM "order_lines" WHERE "order_no" = 7 AND "line_no" = 1);
UPDATE "order_lines" SET
  "article" = 'Axe'
WHERE "order_no" = 7 AND "line_no" = 2;
INSERT INTO "order_lines" ("article", "line_no", "order_no")
SELECT 'Axe', 2, 7
WHERE NOT EXISTS (SELECT 1 FROM "order_lines" WHERE "order_no" = 7 AND "line_no" = 2);

-- # upsertData: nothing but keys
INSERT INTO "words" ("word")
SELECT 'new'
WHERE NOT EXISTS (SELECT 1 FROM "words" WHERE "word" = 'new');
INSERT INTO "words" ("word")
SELECT 'newer'
WHERE NOT EXISTS (SELECT 1 FROM "words" WHERE "word" = 'newer');

-- # upsertData: values of every kind
UPDATE "samples" SET
  "data" = FROM_HEX('00275cff'),
  "doc" = JSON_PARSE('{"it''s": [1, null]}'),
  "flag" = TRUE,
  "ratio" = -0.1
WHERE "id" = 9007199254740993;
INSERT INTO "samples" ("data", "doc", "flag", "id", "ratio")
SELECT FROM_HEX('00275cff'), JSON_PARSE('{"it''s": [1, null]}'), TRUE, 9007199254740993, -0.1
WHERE NOT EXISTS (SELECT 1 FROM "samples" WHERE "id" = 9007199254740993);
UPDATE "samples" SET
  "data" = NULL,
  "doc" = NULL,
  "flag" = FALSE,
  "ratio" = 1e+21
WHERE "id" = -1;
INSERT INTO "samples" ("data", "doc", "flag", "id", "ratio")
SELECT NULL, NULL, FALSE, -1, 1e+21
WHERE NOT EXISTS (SELECT 1 FROM "samples" WHERE "id" = -1);

-- # upsertData: a key that a named default gives
UPDATE "settings" SET
  "value" = upper('x')
WHERE "name" = 'main';
INSERT INTO "settings" ("name", "value")
SELECT 'main', upper('x')
WHERE NOT EXISTS (SELECT 1 FROM "settings" WHERE "name" = 'main');

-- # upsertData: odd names and values
UPDATE "o'brien" SET
  "a""b" = '''; drop table y; --',
  "😀" = '	'
WHERE "select" = 3;
INSERT INTO "o'brien" ("a""b", "select", "😀")
SELECT '''; drop table y; --', 3, '	'
WHERE NOT EXISTS (SELECT 1 FROM "o'brien" WHERE "select" = 3);

-- # upsertData: rows that refer to each other
UPDATE "people" SET
  "friend" = 2
WHERE "id" = 1;
INSERT INTO "people" ("friend", "id")
SELECT 2, 1
WHERE NOT EXISTS (SELECT 1 FROM "people" WHERE "id" = 1);
UPDATE "people" SET
  "friend" = 1
WHERE "id" = 2;
INSERT INTO "people" ("friend", "id")
SELECT 1, 2
WHERE NOT EXISTS (SELECT 1 FROM "people" WHERE "id" = 2);

-- # validateConstraint: a check
-- nothing to do

-- # validateConstraint: a foreign key
-- nothing to do
