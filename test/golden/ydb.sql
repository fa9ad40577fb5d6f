-- What YDB is sent for the examples of the operations.
-- Read by nobody but people: no package of npm or Debian holds a parser of YQL.
-- Written by GODWIT_TEST_UPDATE=1 bun test test/golden.test.ts; read what has changed.

-- # addConstraint: a check
-- refused (unsupported): migration "golden", operation 1 (add constraint "views_counted" to "posts"): YDB cannot add constraint on table "posts": it has no checks; have the program look at the values

-- # addConstraint: a unique constraint over several fields
-- outside a transaction
ALTER TABLE `order_lines` ADD INDEX `one_line` GLOBAL UNIQUE SYNC ON (`article`, `order_no`);
-- checked: this YDB has made the index "one_line" of table "order_lines" without making it unique, as versions do that add no unique index to a table that is there: drop it, and make a new table with it, or leave unique out

-- # addConstraint: odd names
-- refused (unsupported): migration "golden", operation 1 (add constraint "x; drop table y" to "o'brien"): YDB cannot add constraint on table "o'brien": it has no checks; have the program look at the values

-- # addField: a nullable field
-- outside a transaction
ALTER TABLE `users` ADD COLUMN `phone` Utf8;

-- # addField: a field with a default
-- outside a transaction
ALTER TABLE `users` ADD COLUMN `plan` Utf8 NOT NULL DEFAULT 'it\'s free'u;

-- # addField: a field that existing rows are filled in
-- outside a transaction
ALTER TABLE `users` ADD COLUMN `nick` Utf8;
UPDATE `users` SET `nick` = lower(email);
-- checked: table "users" has rows in which "nick" is NULL, and it is to be NOT NULL: say what to fill it with
-- outside a transaction
ALTER TABLE `users` ADD COLUMN `godwit_of_nick` Utf8;
UPDATE `users` SET `godwit_of_nick` = `nick`;
-- outside a transaction
ALTER TABLE `users` DROP COLUMN `nick`;
-- outside a transaction
ALTER TABLE `users` ADD COLUMN `nick` Utf8 NOT NULL DEFAULT ''u;
-- outside a transaction
ALTER TABLE `users` ALTER COLUMN `nick` DROP DEFAULT;
UPDATE `users` SET `nick` = Unwrap(`godwit_of_nick`);
-- outside a transaction
ALTER TABLE `users` DROP COLUMN `godwit_of_nick`;

-- # addField: a filled field that also has a default
-- outside a transaction
ALTER TABLE `posts` ADD COLUMN `score` Decimal(6,2) NOT NULL DEFAULT Decimal('0.50', 6, 2);
UPDATE `posts` SET `score` = 1.25;

-- # addField: times that the database keeps
-- refused (unsupported): migration "golden", operation 1 (add field "changed_at" to "products"): YDB cannot have the default now of column "changed_at" of table "products": a default there is a literal; have the program say the value, and leave the default out, for this database alone with defaults: { ydb: { now: "" } } in the schema

-- # addField: a foreign key to a uuid key
-- refused (unsupported): migration "golden", operation 1 (add field "pinned_post" to "users"): YDB cannot add foreign key on table "users": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # addField: a foreign key to its own table, by a varchar key
-- refused (unsupported): migration "golden", operation 1 (add field "see_also" to "categories"): YDB cannot add foreign key on table "categories": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # addField: a field of a concrete type with a foreign key
-- refused (unsupported): migration "golden", operation 1 (add field "fallback" to "products"): YDB cannot add foreign key on table "products": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # addField: a primary key, numbered by the database
-- refused (unsupported): migration "golden", operation 1 (add field "id" to "log"): YDB cannot add the column "id" to table "log": a column that numbers itself comes with its table there; make a new table and copy the rows

-- # addField: a field that partitions have too
-- outside a transaction
ALTER TABLE `readings` ADD COLUMN `unit` Utf8 NOT NULL DEFAULT 'K'u;

-- # addField: an odd name
-- refused (params): migration "golden", operation 1 (add field "x; drop table y" to "o'brien"): the name "o'brien" is none that YDB allows: names there are of Latin letters, digits, "_", "-" and "."; choose another one

-- # addField: only in the state
-- nothing to do

-- # addForeignKey: to a composite primary key
-- refused (unsupported): migration "golden", operation 1 (add foreign key "fk_shipments_order_no_line_no" to "shipments"): YDB cannot add foreign key on table "shipments": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # addForeignKey: checked when the transaction ends
-- refused (unsupported): migration "golden", operation 1 (add foreign key "fk_shipments_order_no_line_no" to "shipments"): YDB cannot add foreign key on table "shipments": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # addForeignKey: to fields under a unique index
-- refused (unsupported): migration "golden", operation 1 (add foreign key "returned" to "returns"): YDB cannot add foreign key on table "returns": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # addForeignKey: closing a cycle
-- refused (unsupported): migration "golden", operation 1 (add foreign key "fk_departments_head_id" to "departments"): YDB cannot add foreign key on table "departments": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # addForeignKey: with odd names
-- refused (unsupported): migration "golden", operation 1 (add foreign key "x; drop table y" to "o'brien"): YDB cannot add foreign key on table "o'brien": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # addIndex: one field
-- outside a transaction
ALTER TABLE `posts` ADD INDEX `idx_posts_views` GLOBAL SYNC ON (`views`);

-- # addIndex: on the field of a foreign key, by the name the predecessor kept for itself
-- outside a transaction
ALTER TABLE `posts` ADD INDEX `idx_posts_user_id` GLOBAL SYNC ON (`user_id`);

-- # addIndex: unique, over several fields
-- outside a transaction
ALTER TABLE `order_lines` ADD INDEX `uq_lines` GLOBAL UNIQUE SYNC ON (`article`, `order_no`);
-- checked: this YDB has made the index "uq_lines" of table "order_lines" without making it unique, as versions do that add no unique index to a table that is there: drop it, and make a new table with it, or leave unique out

-- # addIndex: partial
-- refused (unsupported): migration "golden", operation 1 (add index "idx_posts_drafts" to "posts"): YDB cannot make the index "idx_posts_drafts" of table "posts": an index covers all rows there; leave its predicate out

-- # addIndex: by the method that goes without saying
-- outside a transaction
ALTER TABLE `posts` ADD INDEX `idx_posts_views` GLOBAL SYNC ON (`views`);

-- # addIndex: by a method
-- refused (unsupported): migration "golden", operation 1 (add index "idx_users_bio" to "users"): YDB cannot make the index "idx_users_bio" of table "users": it has no index method "hash"; godwit makes sync and async ones, and others with runSQL

-- # addIndex: concurrently
-- outside a transaction
ALTER TABLE `posts` ADD INDEX `idx_posts_views` GLOBAL SYNC ON (`views`);

-- # addIndex: odd names
-- refused (params): migration "golden", operation 1 (add index "select" to "o'brien"): the name "o'brien" is none that YDB allows: names there are of Latin letters, digits, "_", "-" and "."; choose another one

-- # alterDomain: other rules
-- refused (unsupported): migration "golden", operation 1 (alter domain "price"): YDB cannot remake domain: the database has no domains; give the fields the type itself, and checks

-- # alterDomain: another type
-- refused (unsupported): migration "golden", operation 1 (alter domain "price"): YDB cannot remake domain: the database has no domains; give the fields the type itself, and checks

-- # alterEnum: a value between others
-- refused (unsupported): migration "golden", operation 1 (alter enum "ticket_state"): YDB cannot drop constraint on table "tickets": it has no checks; have the program look at the values

-- # alterEnum: a description
-- refused (unsupported): migration "golden", operation 1 (alter enum "ticket_state"): YDB cannot drop constraint on table "tickets": it has no checks; have the program look at the values

-- # alterEnum: a value under another name
-- refused (unsupported): migration "golden", operation 1 (alter enum "ticket_state"): YDB cannot drop constraint on table "tickets": it has no checks; have the program look at the values

-- # alterEnum: a value goes, and rows with it get another
-- refused (unsupported): migration "golden", operation 1 (alter enum "ticket_state"): YDB cannot drop constraint on table "tickets": it has no checks; have the program look at the values

-- # alterExtension: in a namespace of its own
-- refused (unsupported): migration "golden", operation 1 (alter extension "citext"): YDB cannot alter extension: the database has no extensions

-- # alterExtension: back to where the rest is
-- refused (unsupported): migration "golden", operation 1 (alter extension "citext"): YDB cannot alter extension: the database has no extensions

-- # alterField: a longer varchar
-- nothing to do

-- # alterField: text in place of varchar
-- nothing to do

-- # alterField: NOT NULL, existing rows filled in
-- outside a transaction
ALTER TABLE `posts` ALTER COLUMN `views` SET DEFAULT 0;
UPDATE `posts` SET `views` = 0 WHERE `views` IS NULL;
-- checked: table "posts" has rows in which "views" is NULL, and it is to be NOT NULL: say what to fill it with
-- outside a transaction
ALTER TABLE `posts` ADD COLUMN `godwit_of_views` Int32;
UPDATE `posts` SET `godwit_of_views` = `views`;
-- outside a transaction
ALTER TABLE `posts` DROP COLUMN `views`;
-- outside a transaction
ALTER TABLE `posts` ADD COLUMN `views` Int32 NOT NULL DEFAULT 0;
UPDATE `posts` SET `views` = Unwrap(`godwit_of_views`);
-- outside a transaction
ALTER TABLE `posts` DROP COLUMN `godwit_of_views`;

-- # alterField: type, nullability and default at once
-- checked: table "posts" has rows in which "views" has no value of type Int64: correct them, or say how to convert them
-- outside a transaction
ALTER TABLE `posts` ADD COLUMN `godwit_of_views` Int64;
UPDATE `posts` SET `godwit_of_views` = CAST(`views` AS Int64);
-- outside a transaction
ALTER TABLE `posts` DROP COLUMN `views`;
-- outside a transaction
ALTER TABLE `posts` ADD COLUMN `views` Int64 DEFAULT 1l;
UPDATE `posts` SET `views` = `godwit_of_views`;
-- outside a transaction
ALTER TABLE `posts` DROP COLUMN `godwit_of_views`;
UPDATE `posts` SET `views` = -1 WHERE `views` IS NULL;
-- checked: table "posts" has rows in which "views" is NULL, and it is to be NOT NULL: say what to fill it with
-- outside a transaction
ALTER TABLE `posts` ADD COLUMN `godwit_of_views` Int64;
UPDATE `posts` SET `godwit_of_views` = `views`;
-- outside a transaction
ALTER TABLE `posts` DROP COLUMN `views`;
-- outside a transaction
ALTER TABLE `posts` ADD COLUMN `views` Int64 NOT NULL DEFAULT 1l;
UPDATE `posts` SET `views` = Unwrap(`godwit_of_views`);
-- outside a transaction
ALTER TABLE `posts` DROP COLUMN `godwit_of_views`;

-- # alterField: nullable, without default
-- outside a transaction
ALTER TABLE `posts` ALTER COLUMN `status` DROP NOT NULL;
-- outside a transaction
ALTER TABLE `posts` ALTER COLUMN `status` DROP DEFAULT;

-- # alterField: a conversion of its own
-- outside a transaction
ALTER TABLE `sizes` ADD COLUMN `godwit_of_size` Int32;
UPDATE `sizes` SET `godwit_of_size` = CAST(replace(size, ' cm', '') AS INTEGER);
-- outside a transaction
ALTER TABLE `sizes` DROP COLUMN `size`;
-- outside a transaction
ALTER TABLE `sizes` ADD COLUMN `size` Int32 NOT NULL DEFAULT 0;
-- outside a transaction
ALTER TABLE `sizes` ALTER COLUMN `size` DROP DEFAULT;
UPDATE `sizes` SET `size` = Unwrap(`godwit_of_size`);
-- outside a transaction
ALTER TABLE `sizes` DROP COLUMN `godwit_of_size`;

-- # alterField: a cast from text to integer
-- checked: table "sizes" has rows in which "size" has no value of type Int32: correct them, or say how to convert them
-- outside a transaction
ALTER TABLE `sizes` ADD COLUMN `godwit_of_size` Int32;
UPDATE `sizes` SET `godwit_of_size` = CAST(`size` AS Int32);
-- outside a transaction
ALTER TABLE `sizes` DROP COLUMN `size`;
-- outside a transaction
ALTER TABLE `sizes` ADD COLUMN `size` Int32 NOT NULL DEFAULT 0;
-- outside a transaction
ALTER TABLE `sizes` ALTER COLUMN `size` DROP DEFAULT;
UPDATE `sizes` SET `size` = Unwrap(`godwit_of_size`);
-- outside a transaction
ALTER TABLE `sizes` DROP COLUMN `godwit_of_size`;

-- # alterField: a key that another table refers to
-- refused (unsupported): migration "golden", operation 1 (alter field "id" of "users"): YDB cannot drop foreign key on table "posts": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # alterField: a key that is numbered no longer
-- refused (unsupported): migration "golden", operation 1 (alter field "id" of "users"): YDB cannot change the column "id" of table "users": whether a column numbers itself is settled with its table

-- # alterField: a key that its own and another table refer to
-- nothing to do

-- # alterField: a key in a cycle
-- refused (unsupported): migration "golden", operation 1 (alter field "id" of "employees"): YDB cannot drop foreign key on table "departments": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # alterField: part of a composite key
-- refused (unsupported): migration "golden", operation 1 (alter field "line_no" of "order_lines"): YDB cannot drop foreign key on table "shipments": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # alterField: a field that refers to another table, nullable
-- outside a transaction
ALTER TABLE `posts` ALTER COLUMN `user_id` DROP NOT NULL;

-- # alterField: a time that the database updates no longer
-- refused (unsupported): migration "golden", operation 1 (alter field "updated_at" of "users"): YDB cannot drop auto update on table "users": it has no triggers, so no column sets itself when its row is updated

-- # alterField: a time that the database updates from now on
-- refused (unsupported): migration "golden", operation 1 (alter field "at" of "notes"): YDB cannot create auto update on table "notes": it has no triggers, so no column sets itself when its row is updated

-- # alterField: an odd name and default
-- refused (params): migration "golden", operation 1 (alter field "a"b" of "o'brien"): the name "a\"b" of a column of table "o'brien" is none that YDB allows: they are of Latin letters, digits, "_" and "-", and do not begin with "__ydb_"; choose another one

-- # alterField: a field that a partition has in another way
-- checked: table "readings" has rows in which "value" has no value of type Utf8: correct them, or say how to convert them
-- outside a transaction
ALTER TABLE `readings` ADD COLUMN `godwit_of_value` Utf8;
UPDATE `readings` SET `godwit_of_value` = CAST(`value` AS Utf8);
-- outside a transaction
ALTER TABLE `readings` DROP COLUMN `value`;
-- outside a transaction
ALTER TABLE `readings` ADD COLUMN `value` Utf8 DEFAULT '2'u;
UPDATE `readings` SET `value` = `godwit_of_value`;
-- outside a transaction
ALTER TABLE `readings` DROP COLUMN `godwit_of_value`;

-- # alterField: a new column in its place
-- nothing to do

-- # alterField: a new column in the place of a key that another table refers to
-- nothing to do

-- # alterField: a new column in the place of a part of a composite key
-- refused (unsupported): migration "golden", operation 1 (alter field "line_no" of "order_lines"): YDB cannot drop foreign key on table "shipments": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # alterField: a new column, NOT NULL and filled
-- checked: table "posts" has rows in which "views" has no value of type Int64: correct them, or say how to convert them
-- outside a transaction
ALTER TABLE `posts` ADD COLUMN `godwit_of_views` Int64;
UPDATE `posts` SET `godwit_of_views` = CAST(`views` AS Int64);
-- outside a transaction
ALTER TABLE `posts` DROP COLUMN `views`;
-- outside a transaction
ALTER TABLE `posts` ADD COLUMN `views` Int64 DEFAULT 1l;
UPDATE `posts` SET `views` = `godwit_of_views`;
-- outside a transaction
ALTER TABLE `posts` DROP COLUMN `godwit_of_views`;
UPDATE `posts` SET `views` = -1 WHERE `views` IS NULL;
-- checked: table "posts" has rows in which "views" is NULL, and it is to be NOT NULL: say what to fill it with
-- outside a transaction
ALTER TABLE `posts` ADD COLUMN `godwit_of_views` Int64;
UPDATE `posts` SET `godwit_of_views` = `views`;
-- outside a transaction
ALTER TABLE `posts` DROP COLUMN `views`;
-- outside a transaction
ALTER TABLE `posts` ADD COLUMN `views` Int64 NOT NULL DEFAULT 1l;
UPDATE `posts` SET `views` = Unwrap(`godwit_of_views`);
-- outside a transaction
ALTER TABLE `posts` DROP COLUMN `godwit_of_views`;

-- # alterField: no change at all
-- nothing to do

-- # alterNamespace: a comment comes
-- refused (unsupported): migration "golden", operation 1 (alter namespace "audit"): YDB cannot comment namespace "audit": all names of a database are in one place there; leave it out, and name things without it

-- # alterNamespace: a comment goes
-- refused (unsupported): migration "golden", operation 1 (alter namespace "audit"): YDB cannot comment namespace "audit": all names of a database are in one place there; leave it out, and name things without it

-- # alterPrimaryKey: a key where there was none
-- refused (unsupported): migration "golden", operation 1 (set primary key of "tags" to "word"): YDB cannot add primary key on table "tags": the primary key of a table is the order of its rows, settled when it is made (https://ydb.tech/docs/en/dev/primary-key/row-oriented); make a new table and copy the rows

-- # alterPrimaryKey: a longer key
-- refused (unsupported): migration "golden", operation 1 (set primary key of "order_lines" to "order_no", "line_no", "article"): YDB cannot drop primary key on table "order_lines": the primary key of a table is the order of its rows, settled when it is made (https://ydb.tech/docs/en/dev/primary-key/row-oriented); make a new table and copy the rows

-- # alterPrimaryKey: another order
-- refused (unsupported): migration "golden", operation 1 (set primary key of "order_lines" to "line_no", "order_no"): YDB cannot drop primary key on table "order_lines": the primary key of a table is the order of its rows, settled when it is made (https://ydb.tech/docs/en/dev/primary-key/row-oriented); make a new table and copy the rows

-- # alterPrimaryKey: no key
-- refused (unsupported): migration "golden", operation 1 (drop primary key of "shipments"): YDB cannot drop primary key on table "shipments": the primary key of a table is the order of its rows, settled when it is made (https://ydb.tech/docs/en/dev/primary-key/row-oriented); make a new table and copy the rows

-- # alterPrimaryKey: the key of a table that refers to another
-- refused (unsupported): migration "golden", operation 1 (set primary key of "posts" to "id", "user_id"): YDB cannot drop primary key on table "posts": the primary key of a table is the order of its rows, settled when it is made (https://ydb.tech/docs/en/dev/primary-key/row-oriented); make a new table and copy the rows

-- # alterSequence: other options, no owner any more
-- refused (unsupported): migration "golden", operation 1 (alter sequence "counter"): YDB cannot alter sequence: the database has no sequences; use type serial

-- # alterSequence: a description
-- refused (unsupported): migration "golden", operation 1 (alter sequence "free"): YDB cannot alter sequence: the database has no sequences; use type serial

-- # attachPartition: a table with the same fields
-- refused (unsupported): migration "golden", operation 1 (attach partition "readings_old" to "readings"): YDB cannot attach partition on table "readings_old": godwit keeps partitions and inheritance on PostgreSQL only

-- # attachPartition: for all that no other partition takes
-- refused (unsupported): migration "golden", operation 1 (attach partition "readings_old" to "readings"): YDB cannot attach partition on table "readings_old": godwit keeps partitions and inheritance on PostgreSQL only

-- # attachSequence: one that numbers a table
-- refused (unsupported): migration "golden", operation 1 (attach sequence "counter" to field "id" of "invoices"): YDB cannot attach sequence on table "invoices": the database has no sequences; use type serial

-- # attachSequence: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (attach sequence "notes_place_seq" to field "place" of "notes"): YDB cannot attach sequence on table "notes": the database has no sequences; use type serial

-- # createDomain: a type under another name
-- refused (unsupported): migration "golden", operation 1 (create domain "Label"): YDB cannot create domain: the database has no domains; give the fields the type itself, and checks

-- # createDomain: with all that it may have
-- refused (unsupported): migration "golden", operation 1 (create domain "email"): YDB cannot create domain: the database has no domains; give the fields the type itself, and checks

-- # createEnum: some values
-- nothing to do

-- # createEnum: described
-- nothing to do

-- # createEnum: odd values
-- nothing to do

-- # createExtension: one that comes with PostgreSQL
-- refused (unsupported): migration "golden", operation 1 (create extension "citext"): YDB cannot create extension: the database has no extensions

-- # createExtension: in a namespace of its own
-- refused (unsupported): migration "golden", operation 1 (create extension "uuid-ossp"): YDB cannot create extension: the database has no extensions

-- # createNamespace: a plain name
-- refused (unsupported): migration "golden", operation 1 (create namespace "audit"): YDB cannot create namespace "audit": all names of a database are in one place there; leave it out, and name things without it

-- # createNamespace: an odd name
-- refused (unsupported): migration "golden", operation 1 (create namespace "a"b; drop table x"): YDB cannot create namespace "a"b; drop table x": all names of a database are in one place there; leave it out, and name things without it

-- # createObject: a function
-- refused (unsupported): migration "golden", operation 1 (create function "half(integer)"): YDB cannot create object (function "half(integer)"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # createObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (create trigger "no titles" of "books"): YDB cannot create object (trigger "no titles" of "books"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # createObject: a policy
-- refused (unsupported): migration "golden", operation 1 (create policy "all_books" of "books"): YDB cannot create object (policy "all_books" of "books"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # createObject: a virtual table
-- refused (unsupported): migration "golden", operation 1 (create virtual table "words"): YDB cannot create object (virtual table "words"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # createSequence: without options
-- refused (unsupported): migration "golden", operation 1 (create sequence "invoice numbers"): YDB cannot create sequence: the database has no sequences; use type serial

-- # createSequence: with all of them
-- refused (unsupported): migration "golden", operation 1 (create sequence "counter"): YDB cannot create sequence: the database has no sequences; use type serial

-- # createTable: a table with a key and an index
-- outside a transaction
CREATE TABLE `users` (
  `id` Serial,
  `email` Utf8 NOT NULL,
  `bio` Utf8,
  INDEX `idx_users_email` GLOBAL UNIQUE SYNC ON (`email`),
  PRIMARY KEY (`id`)
);

-- # createTable: every field type
-- outside a transaction
CREATE TABLE `everything` (
  `id` BigSerial,
  `a_varchar` Utf8 NOT NULL,
  `a_char` Utf8 NOT NULL,
  `a_text` Utf8 NOT NULL,
  `a_smallint` Int16 NOT NULL,
  `an_integer` Int32 NOT NULL,
  `a_bigint` Int64 NOT NULL,
  `a_float` Float NOT NULL,
  `a_double` Double NOT NULL,
  `a_decimal` Decimal(12,4) NOT NULL,
  `a_boolean` Bool NOT NULL,
  `a_date` Date32 NOT NULL,
  `a_time` Utf8 NOT NULL,
  `a_timestamp` Timestamp64 NOT NULL,
  `a_timestamptz` Timestamp64 NOT NULL,
  `a_uuid` Uuid NOT NULL,
  `a_json` Json NOT NULL,
  `a_jsonb` JsonDocument NOT NULL,
  `some_bytes` String NOT NULL,
  `a_list` Utf8,
  PRIMARY KEY (`id`)
);

-- # createTable: defaults of every kind
-- refused (unsupported): migration "golden", operation 1 (create table "accounts"): YDB cannot have the default 1 + 2 of column "expression" of table "accounts": a default there is a literal; have the program say the value, and leave the default out

-- # createTable: a composite key in an order of its own
-- outside a transaction
CREATE TABLE `prices` (
  `valid_from` Date32 NOT NULL,
  `product` Utf8 NOT NULL,
  `amount` Decimal(10,2) NOT NULL,
  PRIMARY KEY (`product`, `valid_from`)
);

-- # createTable: a table that refers to others and to itself
-- refused (unsupported): migration "golden", operation 1 (create table "comments"): YDB cannot make the index "idx_comments_recent" of table "comments": an index covers all rows there; leave its predicate out

-- # createTable: a partition with something of its own
-- refused (unsupported): migration "golden", operation 1 (create table "readings_1999"): YDB cannot create tree table on table "readings_1999": godwit keeps partitions and inheritance on PostgreSQL only

-- # createTable: a partitioned table
-- refused (unsupported): migration "golden", operation 1 (create table "names"): YDB cannot create tree table on table "names": godwit keeps partitions and inheritance on PostgreSQL only

-- # createTable: a table that inherits
-- refused (unsupported): migration "golden", operation 1 (create table "birds"): YDB cannot create tree table on table "birds": godwit keeps partitions and inheritance on PostgreSQL only

-- # createTable: names that need quoting
-- refused (params): migration "golden", operation 1 (create table "o'brien"): the name "o'brien" is none that YDB allows: names there are of Latin letters, digits, "_", "-" and "."; choose another one

-- # createView: over a table
-- refused (unsupported): migration "golden", operation 1 (create view "emails"): YDB cannot create view "emails": godwit keeps no views there, whose tables are named by the whole path of the database (https://ydb.tech/docs/en/yql/reference/syntax/create-view); make them with runSQL

-- # createView: with names for its columns and a description
-- refused (unsupported): migration "golden", operation 1 (create view "live"): YDB cannot create view "live": godwit keeps no views there, whose tables are named by the whole path of the database (https://ydb.tech/docs/en/yql/reference/syntax/create-view); make them with runSQL

-- # createView: over another view
-- refused (unsupported): migration "golden", operation 1 (create view "late_titles"): YDB cannot create view "late_titles": godwit keeps no views there, whose tables are named by the whole path of the database (https://ydb.tech/docs/en/yql/reference/syntax/create-view); make them with runSQL

-- # createView: whose rows are kept
-- refused (unsupported): migration "golden", operation 1 (create materialized view "kept_titles"): YDB cannot create view "kept_titles": godwit keeps no views there, whose tables are named by the whole path of the database (https://ydb.tech/docs/en/yql/reference/syntax/create-view); make them with runSQL

-- # deleteData: rows by their key
DELETE FROM `posts` WHERE `title` IN ('First'u, 'o\'brien'u);

-- # deleteData: a row by a composite key
DELETE FROM `order_lines` WHERE
  (`order_no` = 1 AND `line_no` = 1s);

-- # detachPartition: a partition with rows
-- refused (unsupported): migration "golden", operation 1 (detach partition "readings_2024"): YDB cannot name part indexes on table "readings_2024": godwit keeps partitions and inheritance on PostgreSQL only

-- # detachPartition: a partition with a default and an index of its own
-- refused (unsupported): migration "golden", operation 1 (detach partition "readings_rest"): YDB cannot name part indexes on table "readings_rest": godwit keeps partitions and inheritance on PostgreSQL only

-- # detachSequence: of a key
-- refused (unsupported): migration "golden", operation 1 (detach the sequence of field "id" of "tickets"): YDB cannot detach sequence: the database has no sequences; use type serial

-- # detachSequence: one that has a name and counts in its own way
-- refused (unsupported): migration "golden", operation 1 (detach the sequence of field "place" of "seats"): YDB cannot detach sequence: the database has no sequences; use type serial

-- # dropConstraint: a check
-- refused (unsupported): migration "golden", operation 1 (drop constraint "paid_or_free" of "visits"): YDB cannot drop constraint on table "visits": it has no checks; have the program look at the values

-- # dropConstraint: a unique constraint
-- outside a transaction
ALTER TABLE `visits` DROP INDEX `one_visit`;

-- # dropDomain: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (drop domain "Unused"): YDB cannot drop domain: the database has no domains; give the fields the type itself, and checks

-- # dropDomain: one with rules
-- refused (unsupported): migration "golden", operation 1 (drop domain "year"): YDB cannot drop domain: the database has no domains; give the fields the type itself, and checks

-- # dropEnum: one that nobody uses
-- nothing to do

-- # dropEnum: one of several
-- nothing to do

-- # dropExtension: one with an odd name
-- refused (unsupported): migration "golden", operation 1 (drop extension "uuid-ossp"): YDB cannot drop extension: the database has no extensions

-- # dropExtension: one that nothing needs
-- refused (unsupported): migration "golden", operation 1 (drop extension "citext"): YDB cannot drop extension: the database has no extensions

-- # dropField: a nullable field
-- outside a transaction
ALTER TABLE `users` DROP COLUMN `bio`;

-- # dropField: a field with a default, between others
-- outside a transaction
ALTER TABLE `posts` DROP COLUMN `views`;

-- # dropField: a field that the database updates
-- refused (unsupported): migration "golden", operation 1 (drop field "updated_at" of "users"): YDB cannot drop auto update on table "users": it has no triggers, so no column sets itself when its row is updated

-- # dropField: a field of a table that refers to others
-- outside a transaction
ALTER TABLE `products` DROP COLUMN `price`;

-- # dropField: an odd name
-- refused (params): migration "golden", operation 1 (drop field "😀" of "o'brien"): the name "😀" is none that YDB allows: names there are of Latin letters, digits, "_", "-" and "."; choose another one

-- # dropField: a field that a partition has in another way
-- outside a transaction
ALTER TABLE `readings` DROP COLUMN `value`;

-- # dropField: only in the state
-- nothing to do

-- # dropForeignKey: of a foreign_key field
-- refused (unsupported): migration "golden", operation 1 (drop foreign key "fk_posts_user_id" of "posts"): YDB cannot drop foreign key on table "posts": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # dropForeignKey: to its own table
-- refused (unsupported): migration "golden", operation 1 (drop foreign key "fk_categories_parent" of "categories"): YDB cannot drop foreign key on table "categories": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # dropForeignKey: over several fields
-- refused (unsupported): migration "golden", operation 1 (drop foreign key "fk_shipments_line" of "shipments"): YDB cannot drop foreign key on table "shipments": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # dropForeignKey: in a cycle
-- refused (unsupported): migration "golden", operation 1 (drop foreign key "fk_departments_head_id" of "departments"): YDB cannot drop foreign key on table "departments": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # dropIndex: an index
-- outside a transaction
ALTER TABLE `posts` DROP INDEX `idx_posts_title`;

-- # dropIndex: a unique partial index
-- outside a transaction
ALTER TABLE `posts` DROP INDEX `idx_posts_live`;

-- # dropIndex: concurrently
-- outside a transaction
ALTER TABLE `posts` DROP INDEX `idx_posts_title`;

-- # dropIndex: odd names
-- refused (params): migration "golden", operation 1 (drop index "x; drop table y" of "o'brien"): the name "o'brien" is none that YDB allows: names there are of Latin letters, digits, "_", "-" and "."; choose another one

-- # dropNamespace: one of several
-- refused (unsupported): migration "golden", operation 1 (drop namespace "audit"): YDB cannot drop namespace "audit": all names of a database are in one place there; leave it out, and name things without it

-- # dropNamespace: beside one in which something is
-- refused (unsupported): migration "golden", operation 1 (drop namespace "mood"): YDB cannot drop namespace "mood": all names of a database are in one place there; leave it out, and name things without it

-- # dropObject: a function
-- refused (unsupported): migration "golden", operation 1 (drop function "half(integer)"): YDB cannot drop object (function "half(integer)"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # dropObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (drop trigger "counted" of "books"): YDB cannot drop object (trigger "counted" of "books"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # dropSequence: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (drop sequence "free"): YDB cannot drop sequence: the database has no sequences; use type serial

-- # dropSequence: the only one
-- refused (unsupported): migration "golden", operation 1 (drop sequence "invoice numbers"): YDB cannot drop sequence: the database has no sequences; use type serial

-- # dropTable: a table with a foreign key, a default and a partial index
-- outside a transaction
DROP TABLE `posts`;

-- # dropTable: a table with a composite foreign key
-- outside a transaction
DROP TABLE `shipments`;

-- # dropTable: a table that refers to itself
-- outside a transaction
DROP TABLE `categories`;

-- # dropTable: a partition
-- outside a transaction
DROP TABLE `readings_rest`;

-- # dropTable: a table that inherits
-- outside a transaction
DROP TABLE `dogs`;

-- # dropTable: a table with odd names
-- refused (params): migration "golden", operation 1 (drop table "o'brien"): the name "o'brien" is none that YDB allows: names there are of Latin letters, digits, "_", "-" and "."; choose another one

-- # dropTable: only in the state
-- nothing to do

-- # dropView: a view
-- refused (unsupported): migration "golden", operation 1 (drop view "lent"): YDB cannot drop view "lent": godwit keeps no views there, whose tables are named by the whole path of the database (https://ydb.tech/docs/en/yql/reference/syntax/create-view); make them with runSQL

-- # dropView: only in the state
-- nothing to do

-- # moveRows: into a partitioned table
-- refused (unsupported): migration "golden", operation 1 (move rows of "readings_old" to "readings"): YDB cannot move rows: godwit moves rows to partitions only, which it keeps on PostgreSQL

-- # moveRows: out of one
-- refused (unsupported): migration "golden", operation 1 (move rows of "readings" to "readings_old"): YDB cannot move rows: godwit moves rows to partitions only, which it keeps on PostgreSQL

-- # renameConstraint: a check
-- refused (unsupported): migration "golden", operation 1 (rename constraint "paid_or_free" of "visits" to "x; drop table y"): YDB cannot rename constraint on table "visits": it has no checks; have the program look at the values

-- # renameConstraint: a foreign key
-- refused (unsupported): migration "golden", operation 1 (rename constraint "visit_patient" of "visits" to "visitor"): YDB cannot rename constraint on table "visits": it has no checks; have the program look at the values

-- # renameDomain: a domain of fields
-- refused (unsupported): migration "golden", operation 1 (rename domain "price" to "Amount"): YDB cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameDomain: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (rename domain "Unused" to "spare"): YDB cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameEnum: an enum of fields
-- nothing to do

-- # renameEnum: one that nobody uses
-- nothing to do

-- # renameField: a field that an index and its predicate use
-- refused (unsupported): migration "golden", operation 1 (rename field "status" of "posts" to "state"): YDB cannot rename column on table "posts": no statement renames a column there (https://ydb.tech/docs/en/yql/reference/syntax/alter_table/columns); add a field, fill it from the old one, and drop that

-- # renameField: a key that another table refers to
-- refused (unsupported): migration "golden", operation 1 (rename field "id" of "users" to "user"): YDB cannot rename column on table "users": no statement renames a column there (https://ydb.tech/docs/en/yql/reference/syntax/alter_table/columns); add a field, fill it from the old one, and drop that

-- # renameField: a field that refers to another table
-- refused (unsupported): migration "golden", operation 1 (rename field "user_id" of "posts" to "author_id"): YDB cannot rename column on table "posts": no statement renames a column there (https://ydb.tech/docs/en/yql/reference/syntax/alter_table/columns); add a field, fill it from the old one, and drop that

-- # renameField: a key that its own table refers to
-- refused (unsupported): migration "golden", operation 1 (rename field "code" of "categories" to "Code"): YDB cannot rename column on table "categories": no statement renames a column there (https://ydb.tech/docs/en/yql/reference/syntax/alter_table/columns); add a field, fill it from the old one, and drop that

-- # renameField: part of a composite key
-- refused (unsupported): migration "golden", operation 1 (rename field "line_no" of "order_lines" to "line"): YDB cannot rename column on table "order_lines": no statement renames a column there (https://ydb.tech/docs/en/yql/reference/syntax/alter_table/columns); add a field, fill it from the old one, and drop that

-- # renameField: part of a composite foreign key
-- refused (unsupported): migration "golden", operation 1 (rename field "order_no" of "shipments" to "order"): YDB cannot rename column on table "shipments": no statement renames a column there (https://ydb.tech/docs/en/yql/reference/syntax/alter_table/columns); add a field, fill it from the old one, and drop that

-- # renameField: a field that the database updates
-- refused (unsupported): migration "golden", operation 1 (rename field "updated_at" of "users" to "changed_at"): YDB cannot drop auto update on table "users": it has no triggers, so no column sets itself when its row is updated

-- # renameField: part of a partition key
-- refused (unsupported): migration "golden", operation 1 (rename field "at" of "readings" to "day"): YDB cannot rename column on table "readings": no statement renames a column there (https://ydb.tech/docs/en/yql/reference/syntax/alter_table/columns); add a field, fill it from the old one, and drop that

-- # renameField: to and from odd names
-- refused (unsupported): migration "golden", operation 1 (rename field "a"b" of "o'brien" to "group"): YDB cannot rename column on table "o'brien": no statement renames a column there (https://ydb.tech/docs/en/yql/reference/syntax/alter_table/columns); add a field, fill it from the old one, and drop that

-- # renameIndex: an index
-- outside a transaction
ALTER TABLE `posts` RENAME INDEX `idx_posts_title` TO `posts_by_title`;

-- # renameIndex: a unique partial index
-- outside a transaction
ALTER TABLE `posts` RENAME INDEX `idx_posts_live` TO `live`;

-- # renameIndex: from an odd name
-- refused (params): migration "golden", operation 1 (rename index "x; drop table y" of "o'brien" to "select"): the name "o'brien" is none that YDB allows: names there are of Latin letters, digits, "_", "-" and "."; choose another one

-- # renameNamespace: one with tables
-- refused (unsupported): migration "golden", operation 1 (rename namespace "audit" to "audit_log"): YDB cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameNamespace: one with nothing in it
-- refused (unsupported): migration "golden", operation 1 (rename namespace "A b" to "c"): YDB cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameSequence: a sequence that numbers a table
-- refused (unsupported): migration "golden", operation 1 (rename sequence "counter" to "Invoice numbers"): YDB cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameSequence: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (rename sequence "free" to "spare"): YDB cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameTable: a table that another refers to
-- refused (unsupported): migration "golden", operation 1 (rename table "users" to "people"): YDB cannot drop auto update on table "users": it has no triggers, so no column sets itself when its row is updated

-- # renameTable: a table that refers to itself
-- outside a transaction
ALTER TABLE `categories` RENAME TO `Groups`;

-- # renameTable: to and from odd names
-- refused (params): migration "golden", operation 1 (rename table "o'brien" to "x"; drop table y"): the name "o'brien" is none that YDB allows: names there are of Latin letters, digits, "_", "-" and "."; choose another one

-- # renameTable: a table with partitions
-- outside a transaction
ALTER TABLE `readings` RENAME TO `values`;

-- # renameTable: to a reserved word
-- outside a transaction
ALTER TABLE `posts` RENAME TO `order`;

-- # replaceObject: what a function computes
-- refused (unsupported): migration "golden", operation 1 (replace function "half(integer)"): YDB cannot replace object (function "half(integer)"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # replaceObject: what a function gives
-- refused (unsupported): migration "golden", operation 1 (replace function "half(integer)"): YDB cannot drop object (function "half(integer)"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # replaceObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (replace trigger "counted" of "books"): YDB cannot drop object (trigger "counted" of "books"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # replaceObject: only its description
-- nothing to do

-- # replaceView: fewer rows
-- refused (unsupported): migration "golden", operation 1 (replace view "lent"): YDB cannot replace view "lent": godwit keeps no views there, whose tables are named by the whole path of the database (https://ydb.tech/docs/en/yql/reference/syntax/create-view); make them with runSQL

-- # replaceView: another column behind the others
-- refused (unsupported): migration "golden", operation 1 (replace view "lent"): YDB cannot replace view "lent": godwit keeps no views there, whose tables are named by the whole path of the database (https://ydb.tech/docs/en/yql/reference/syntax/create-view); make them with runSQL

-- # replaceView: other columns
-- refused (unsupported): migration "golden", operation 1 (replace view "lent"): YDB cannot drop view "lent": godwit keeps no views there, whose tables are named by the whole path of the database (https://ydb.tech/docs/en/yql/reference/syntax/create-view); make them with runSQL

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
UPDATE users SET bio = CAST(Digest::Md5Hex(email) AS Utf8);

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
-- outside a transaction
DROP TABLE `posts`;

-- # setDatabases: on all but one
-- nothing to do

-- # setDatabases: on all
-- refused (unsupported): migration "golden", operation 1 (keep "posts" on all databases): YDB cannot make the index "idx_posts_live" of table "posts": an index covers all rows there; leave its predicate out

-- # setDefaults: a first default, which a field names already
-- nothing to do

-- # setDefaults: another value, and one that goes
-- nothing to do

-- # setInherits: no longer
-- refused (unsupported): migration "golden", operation 1 (let "dogs" inherit from no table): YDB cannot alter inherits on table "dogs": godwit keeps partitions and inheritance on PostgreSQL only

-- # setInherits: a table with the same fields
-- refused (unsupported): migration "golden", operation 1 (let "cats" inherit from "animals"): YDB cannot alter inherits on table "cats": godwit keeps partitions and inheritance on PostgreSQL only

-- # setRowSecurity: for all but the owner
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to enabled): YDB cannot set row security on table "visits": the database does not decide by the row who may see it

-- # setRowSecurity: for the owner too
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to forced): YDB cannot set row security on table "visits": the database does not decide by the row who may see it

-- # setRowSecurity: no longer
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to disabled): YDB cannot set row security on table "visits": the database does not decide by the row who may see it

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
UPDATE `users` SET
  `email` = 'o\'brien@example.com'u
WHERE `id` = 1;
INSERT INTO `users` (`email`, `id`)
SELECT given.`email` AS `email`, given.`id` AS `id`
FROM (SELECT 'o\'brien@example.com'u AS `email`, 1 AS `id`) AS given
LEFT ONLY JOIN `users` AS there ON given.`id` = there.`id`;
UPDATE `users` SET
  `bio` = 'a\\b \'c\' "d"\n😀'u,
  `email` = 'new@example.com'u,
  `updated_at` = Timestamp64('2024-01-02T03:04:05.678901Z')
WHERE `id` = 3;
INSERT INTO `users` (`bio`, `email`, `id`, `updated_at`)
SELECT given.`bio` AS `bio`, given.`email` AS `email`, given.`id` AS `id`, given.`updated_at` AS `updated_at`
FROM (SELECT 'a\\b \'c\' "d"\n😀'u AS `bio`, 'new@example.com'u AS `email`, 3 AS `id`, Timestamp64('2024-01-02T03:04:05.678901Z') AS `updated_at`) AS given
LEFT ONLY JOIN `users` AS there ON given.`id` = there.`id`;
UPDATE `users` SET
  `bio` = NULL,
  `email` = 'null@example.com'u,
  `updated_at` = CAST(CurrentUtcTimestamp() AS Timestamp64)
WHERE `id` = 4;
INSERT INTO `users` (`bio`, `email`, `id`, `updated_at`)
SELECT given.`bio` AS `bio`, given.`email` AS `email`, given.`id` AS `id`, given.`updated_at` AS `updated_at`
FROM (SELECT NULL AS `bio`, 'null@example.com'u AS `email`, 4 AS `id`, CAST(CurrentUtcTimestamp() AS Timestamp64) AS `updated_at`) AS given
LEFT ONLY JOIN `users` AS there ON given.`id` = there.`id`;

-- # upsertData: a composite key
UPDATE `order_lines` SET
  `article` = 'Saw'u
WHERE `order_no` = 7 AND `line_no` = 1s;
INSERT INTO `order_lines` (`article`, `line_no`, `order_no`)
SELECT given.`article` AS `article`, given.`line_no` AS `line_no`, given.`order_no` AS `order_no`
FROM (SELECT 'Saw'u AS `article`, 1s AS `line_no`, 7 AS `order_no`) AS given
LEFT ONLY JOIN `order_lines` AS there ON given.`order_no` = there.`order_no` AND given.`line_no` = there.`line_no`;
UPDATE `order_lines` SET
  `article` = 'Axe'u
WHERE `order_no` = 7 AND `line_no` = 2s;
INSERT INTO `order_lines` (`article`, `line_no`, `order_no`)
SELECT given.`article` AS `article`, given.`line_no` AS `line_no`, given.`order_no` AS `order_no`
FROM (SELECT 'Axe'u AS `article`, 2s AS `line_no`, 7 AS `order_no`) AS given
LEFT ONLY JOIN `order_lines` AS there ON given.`order_no` = there.`order_no` AND given.`line_no` = there.`line_no`;

-- # upsertData: nothing but keys
INSERT INTO `words` (`word`)
SELECT given.`word` AS `word`
FROM (SELECT 'new'u AS `word`) AS given
LEFT ONLY JOIN `words` AS there ON given.`word` = there.`word`;
INSERT INTO `words` (`word`)
SELECT given.`word` AS `word`
FROM (SELECT 'newer'u AS `word`) AS given
LEFT ONLY JOIN `words` AS there ON given.`word` = there.`word`;

-- # upsertData: values of every kind
UPDATE `samples` SET
  `data` = '\x00\x27\x5c\xff',
  `doc` = JsonDocument('{"it\'s": [1, null]}'),
  `flag` = true,
  `ratio` = -0.1
WHERE `id` = 9007199254740993l;
INSERT INTO `samples` (`data`, `doc`, `flag`, `id`, `ratio`)
SELECT given.`data` AS `data`, given.`doc` AS `doc`, given.`flag` AS `flag`, given.`id` AS `id`, given.`ratio` AS `ratio`
FROM (SELECT '\x00\x27\x5c\xff' AS `data`, JsonDocument('{"it\'s": [1, null]}') AS `doc`, true AS `flag`, 9007199254740993l AS `id`, -0.1 AS `ratio`) AS given
LEFT ONLY JOIN `samples` AS there ON given.`id` = there.`id`;
UPDATE `samples` SET
  `data` = NULL,
  `doc` = NULL,
  `flag` = false,
  `ratio` = 1.0e21
WHERE `id` = -1l;
INSERT INTO `samples` (`data`, `doc`, `flag`, `id`, `ratio`)
SELECT given.`data` AS `data`, given.`doc` AS `doc`, given.`flag` AS `flag`, given.`id` AS `id`, given.`ratio` AS `ratio`
FROM (SELECT NULL AS `data`, NULL AS `doc`, false AS `flag`, -1l AS `id`, 1.0e21 AS `ratio`) AS given
LEFT ONLY JOIN `samples` AS there ON given.`id` = there.`id`;

-- # upsertData: a key that a named default gives
UPDATE `settings` SET
  `value` = upper('x')
WHERE `name` = main;
INSERT INTO `settings` (`name`, `value`)
SELECT given.`name` AS `name`, given.`value` AS `value`
FROM (SELECT main AS `name`, upper('x') AS `value`) AS given
LEFT ONLY JOIN `settings` AS there ON given.`name` = there.`name`;

-- # upsertData: odd names and values
-- refused (params): migration "golden", operation 1 (upsert 1 row of "o'brien"): the name "o'brien" is none that YDB allows: names there are of Latin letters, digits, "_", "-" and "."; choose another one

-- # upsertData: a key that nothing makes unique
UPDATE `notes` SET
  `body` = 'it\'s new'u
WHERE `topic` = 'known'u;
INSERT INTO `notes` (`body`, `topic`)
SELECT given.`body` AS `body`, given.`topic` AS `topic`
FROM (SELECT 'it\'s new'u AS `body`, 'known'u AS `topic`) AS given
LEFT ONLY JOIN `notes` AS there ON given.`topic` = there.`topic`;
UPDATE `notes` SET
  `body` = NULL
WHERE `topic` = 'unknown'u;
INSERT INTO `notes` (`body`, `topic`)
SELECT given.`body` AS `body`, given.`topic` AS `topic`
FROM (SELECT NULL AS `body`, 'unknown'u AS `topic`) AS given
LEFT ONLY JOIN `notes` AS there ON given.`topic` = there.`topic`;

-- # upsertData: rows that refer to each other
UPDATE `people` SET
  `friend` = 2
WHERE `id` = 1;
INSERT INTO `people` (`friend`, `id`)
SELECT given.`friend` AS `friend`, given.`id` AS `id`
FROM (SELECT 2 AS `friend`, 1 AS `id`) AS given
LEFT ONLY JOIN `people` AS there ON given.`id` = there.`id`;
UPDATE `people` SET
  `friend` = 1
WHERE `id` = 2;
INSERT INTO `people` (`friend`, `id`)
SELECT given.`friend` AS `friend`, given.`id` AS `id`
FROM (SELECT 1 AS `friend`, 2 AS `id`) AS given
LEFT ONLY JOIN `people` AS there ON given.`id` = there.`id`;

-- # upsertData: no rows
-- nothing to do

-- # validateConstraint: a check
-- nothing to do

-- # validateConstraint: a foreign key
-- nothing to do
