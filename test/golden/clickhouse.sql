-- What ClickHouse is sent for the examples of the operations.
-- Written by GODWIT_TEST_UPDATE=1 bun test test/golden.test.ts; read what has changed.

-- # addConstraint: a check
-- refused (unsupported): migration "golden", operation 1 (add constraint "views_counted" to "posts"): ClickHouse cannot add constraint on table "posts": nothing keeps two rows there from having the same values, and its checks hold for inserted rows only and cannot be read back; add a check with runSQL

-- # addConstraint: a unique constraint over several fields
-- refused (unsupported): migration "golden", operation 1 (add constraint "one_line" to "order_lines"): ClickHouse cannot add constraint on table "order_lines": nothing keeps two rows there from having the same values, and its checks hold for inserted rows only and cannot be read back; add a check with runSQL

-- # addConstraint: odd names
-- refused (unsupported): migration "golden", operation 1 (add constraint "x; drop table y" to "o'brien"): ClickHouse cannot add constraint on table "o'brien": nothing keeps two rows there from having the same values, and its checks hold for inserted rows only and cannot be read back; add a check with runSQL

-- # addField: a nullable field
-- outside a transaction
ALTER TABLE `users` ADD COLUMN `phone` Nullable(String);

-- # addField: a field with a default
-- outside a transaction
ALTER TABLE `users` ADD COLUMN `plan` String DEFAULT 'it''s free';

-- # addField: a field that existing rows are filled in
-- outside a transaction
ALTER TABLE `users` ADD COLUMN `nick` Nullable(String);
-- outside a transaction
ALTER TABLE `users` UPDATE `nick` = lower(email) WHERE true SETTINGS mutations_sync = 1;
-- checked: table "users" has rows in which "nick" is NULL, and it is to be NOT NULL: say what to fill it with
-- outside a transaction
ALTER TABLE `users` MODIFY COLUMN `nick` String DEFAULT defaultValueOfTypeName('String');
-- outside a transaction
ALTER TABLE `users` MODIFY COLUMN `nick` REMOVE DEFAULT;

-- # addField: a filled field that also has a default
-- outside a transaction
ALTER TABLE `posts` ADD COLUMN `score` Decimal(6, 2) DEFAULT '0.50';
-- outside a transaction
ALTER TABLE `posts` UPDATE `score` = 1.25 WHERE true SETTINGS mutations_sync = 1;

-- # addField: times that the database keeps
-- refused (unsupported): migration "golden", operation 1 (add field "changed_at" to "products"): ClickHouse cannot have the column "changed_at" of table "products": no column there sets itself when its row is updated

-- # addField: a foreign key to a uuid key
-- refused (unsupported): migration "golden", operation 1 (add field "pinned_post" to "users"): ClickHouse cannot add foreign key on table "users": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # addField: a foreign key to its own table, by a varchar key
-- refused (unsupported): migration "golden", operation 1 (add field "see_also" to "categories"): ClickHouse cannot add foreign key on table "categories": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # addField: a field of a concrete type with a foreign key
-- refused (unsupported): migration "golden", operation 1 (add field "fallback" to "products"): ClickHouse cannot add foreign key on table "products": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # addField: a primary key, numbered by the database
-- refused (unsupported): migration "golden", operation 1 (add field "id" to "log"): ClickHouse cannot have the column "id" of table "log": it numbers no rows; use a uuid with the default "new_uuid", or a bigint with the default { sql: "generateSnowflakeID()" }

-- # addField: a field that partitions have too
-- outside a transaction
ALTER TABLE `readings` ADD COLUMN `unit` String DEFAULT 'K';

-- # addField: an odd name
-- outside a transaction
ALTER TABLE `o'brien` ADD COLUMN `x; drop table y` Bool DEFAULT true;

-- # addField: only in the state
-- nothing to do

-- # addForeignKey: to a composite primary key
-- refused (unsupported): migration "golden", operation 1 (add foreign key "fk_shipments_order_no_line_no" to "shipments"): ClickHouse cannot add foreign key on table "shipments": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # addForeignKey: checked when the transaction ends
-- refused (unsupported): migration "golden", operation 1 (add foreign key "fk_shipments_order_no_line_no" to "shipments"): ClickHouse cannot add foreign key on table "shipments": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # addForeignKey: to fields under a unique index
-- refused (unsupported): migration "golden", operation 1 (add foreign key "returned" to "returns"): ClickHouse cannot add foreign key on table "returns": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # addForeignKey: closing a cycle
-- refused (unsupported): migration "golden", operation 1 (add foreign key "fk_departments_head_id" to "departments"): ClickHouse cannot add foreign key on table "departments": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # addForeignKey: with odd names
-- refused (unsupported): migration "golden", operation 1 (add foreign key "x; drop table y" to "o'brien"): ClickHouse cannot add foreign key on table "o'brien": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # addIndex: one field
-- outside a transaction
ALTER TABLE `posts` ADD INDEX `idx_posts_views` `views` TYPE minmax GRANULARITY 1;
-- outside a transaction
ALTER TABLE `posts` MATERIALIZE INDEX `idx_posts_views` SETTINGS mutations_sync = 1;

-- # addIndex: on the field of a foreign key, by the name the predecessor kept for itself
-- outside a transaction
ALTER TABLE `posts` ADD INDEX `idx_posts_user_id` `user_id` TYPE minmax GRANULARITY 1;
-- outside a transaction
ALTER TABLE `posts` MATERIALIZE INDEX `idx_posts_user_id` SETTINGS mutations_sync = 1;

-- # addIndex: unique, over several fields
-- refused (unsupported): migration "golden", operation 1 (add index "uq_lines" to "order_lines"): ClickHouse cannot make the index "uq_lines" of table "order_lines": nothing there keeps two rows from having the same values, the primary key neither; look for a ReplacingMergeTree, or make the index without unique

-- # addIndex: partial
-- refused (unsupported): migration "golden", operation 1 (add index "idx_posts_drafts" to "posts"): ClickHouse cannot make the index "idx_posts_drafts" of table "posts": an index covers all rows there; leave its predicate out

-- # addIndex: by the method that goes without saying
-- outside a transaction
ALTER TABLE `posts` ADD INDEX `idx_posts_views` `views` TYPE minmax GRANULARITY 1;
-- outside a transaction
ALTER TABLE `posts` MATERIALIZE INDEX `idx_posts_views` SETTINGS mutations_sync = 1;

-- # addIndex: by a method
-- outside a transaction
ALTER TABLE `users` ADD INDEX `idx_users_bio` `bio` TYPE bloom_filter GRANULARITY 1;
-- outside a transaction
ALTER TABLE `users` MATERIALIZE INDEX `idx_users_bio` SETTINGS mutations_sync = 1;

-- # addIndex: concurrently
-- outside a transaction
ALTER TABLE `posts` ADD INDEX `idx_posts_views` `views` TYPE minmax GRANULARITY 1;
-- outside a transaction
ALTER TABLE `posts` MATERIALIZE INDEX `idx_posts_views` SETTINGS mutations_sync = 1;

-- # addIndex: odd names
-- outside a transaction
ALTER TABLE `o'brien` ADD INDEX `select` (`😀`, `select`) TYPE minmax GRANULARITY 1;
-- outside a transaction
ALTER TABLE `o'brien` MATERIALIZE INDEX `select` SETTINGS mutations_sync = 1;

-- # alterDomain: other rules
-- refused (unsupported): migration "golden", operation 1 (alter domain "price"): ClickHouse cannot remake domain: the database has no domains; give the fields the type itself, and checks

-- # alterDomain: another type
-- refused (unsupported): migration "golden", operation 1 (alter domain "price"): ClickHouse cannot remake domain: the database has no domains; give the fields the type itself, and checks

-- # alterEnum: a value between others
-- checked: table "tickets" has rows in which "state" has no value of type String: correct them, or say how to convert them
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `state` String DEFAULT 'open';
-- checked: table "tickets" has rows in which "state" has no value of type Enum8('open' = 1, 'waiting' = 2, 'it''s done' = 3): correct them, or say how to convert them
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `state` Enum8('open' = 1, 'waiting' = 2, 'it''s done' = 3) DEFAULT 'open';
-- checked: table "tickets" has rows in which "was" has no value of type String: correct them, or say how to convert them
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `was` Nullable(String);
-- checked: table "tickets" has rows in which "was" has no value of type Enum8('open' = 1, 'waiting' = 2, 'it''s done' = 3): correct them, or say how to convert them
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `was` Nullable(Enum8('open' = 1, 'waiting' = 2, 'it''s done' = 3));

-- # alterEnum: a description
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `state` Enum8('open' = 1, 'it''s done' = 2) DEFAULT 'open';
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `was` Nullable(Enum8('open' = 1, 'it''s done' = 2));

-- # alterEnum: a value under another name
-- checked: table "tickets" has rows in which "state" has no value of type String: correct them, or say how to convert them
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `state` String DEFAULT 'open';
-- outside a transaction
ALTER TABLE `tickets` UPDATE `state` = CASE `state` WHEN 'open' THEN 'new' ELSE `state` END WHERE true SETTINGS mutations_sync = 1;
-- checked: table "tickets" has rows in which "state" has no value of type Enum8('new' = 1, 'it''s done' = 2): correct them, or say how to convert them
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `state` Enum8('new' = 1, 'it''s done' = 2) DEFAULT 'new';
-- checked: table "tickets" has rows in which "was" has no value of type String: correct them, or say how to convert them
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `was` Nullable(String);
-- outside a transaction
ALTER TABLE `tickets` UPDATE `was` = CASE `was` WHEN 'open' THEN 'new' ELSE `was` END WHERE true SETTINGS mutations_sync = 1;
-- checked: table "tickets" has rows in which "was" has no value of type Enum8('new' = 1, 'it''s done' = 2): correct them, or say how to convert them
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `was` Nullable(Enum8('new' = 1, 'it''s done' = 2));

-- # alterEnum: a value goes, and rows with it get another
-- checked: table "tickets" has rows in which "state" has no value of type String: correct them, or say how to convert them
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `state` String DEFAULT 'open';
-- outside a transaction
ALTER TABLE `tickets` UPDATE `state` = CASE `state` WHEN 'it''s done' THEN 'closed' ELSE `state` END WHERE true SETTINGS mutations_sync = 1;
-- checked: table "tickets" has rows in which "state" has no value of type Enum8('open' = 1, 'closed' = 2): correct them, or say how to convert them
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `state` Enum8('open' = 1, 'closed' = 2) DEFAULT 'open';
-- checked: table "tickets" has rows in which "was" has no value of type String: correct them, or say how to convert them
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `was` Nullable(String);
-- outside a transaction
ALTER TABLE `tickets` UPDATE `was` = CASE `was` WHEN 'it''s done' THEN 'closed' ELSE `was` END WHERE true SETTINGS mutations_sync = 1;
-- checked: table "tickets" has rows in which "was" has no value of type Enum8('open' = 1, 'closed' = 2): correct them, or say how to convert them
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `was` Nullable(Enum8('open' = 1, 'closed' = 2));

-- # alterExtension: in a namespace of its own
-- refused (unsupported): migration "golden", operation 1 (alter extension "citext"): ClickHouse cannot alter extension: the database has no extensions

-- # alterExtension: back to where the rest is
-- refused (unsupported): migration "golden", operation 1 (alter extension "citext"): ClickHouse cannot alter extension: the database has no extensions

-- # alterField: a longer varchar
-- nothing to do

-- # alterField: text in place of varchar
-- nothing to do

-- # alterField: NOT NULL, existing rows filled in
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `views` Nullable(Int32) DEFAULT 0;
-- outside a transaction
ALTER TABLE `posts` UPDATE `views` = 0 WHERE `views` IS NULL SETTINGS mutations_sync = 1;
-- checked: table "posts" has rows in which "views" is NULL, and it is to be NOT NULL: say what to fill it with
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `views` Int32 DEFAULT 0;

-- # alterField: type, nullability and default at once
-- checked: table "posts" has rows in which "views" has no value of type Int64: correct them, or say how to convert them
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `views` Nullable(Int64) DEFAULT 1;
-- outside a transaction
ALTER TABLE `posts` UPDATE `views` = -1 WHERE `views` IS NULL SETTINGS mutations_sync = 1;
-- checked: table "posts" has rows in which "views" is NULL, and it is to be NOT NULL: say what to fill it with
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `views` Int64 DEFAULT 1;

-- # alterField: nullable, without default
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `status` REMOVE DEFAULT;
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `status` Nullable(String);

-- # alterField: a conversion of its own
-- outside a transaction
ALTER TABLE `sizes` ADD COLUMN `size (new)` Nullable(Int32) AFTER `size`;
-- outside a transaction
ALTER TABLE `sizes` UPDATE `size (new)` = CAST(replace(size, ' cm', '') AS INTEGER) WHERE true SETTINGS mutations_sync = 1;
-- outside a transaction
ALTER TABLE `sizes` DROP COLUMN `size`;
-- outside a transaction
ALTER TABLE `sizes` RENAME COLUMN `size (new)` TO `size`;
-- checked: table "sizes" has rows in which "size" is NULL, and it is to be NOT NULL: say what to fill it with
-- outside a transaction
ALTER TABLE `sizes` MODIFY COLUMN `size` Int32 DEFAULT defaultValueOfTypeName('Int32');
-- outside a transaction
ALTER TABLE `sizes` MODIFY COLUMN `size` REMOVE DEFAULT;

-- # alterField: a cast from text to integer
-- checked: table "sizes" has rows in which "size" has no value of type Int32: correct them, or say how to convert them
-- outside a transaction
ALTER TABLE `sizes` MODIFY COLUMN `size` Int32;

-- # alterField: a key that another table refers to
-- refused (unsupported): migration "golden", operation 1 (alter field "id" of "users"): ClickHouse cannot drop foreign key on table "posts": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # alterField: a key that is numbered no longer
-- outside a transaction
ALTER TABLE `users` MODIFY COLUMN `id` Int32;

-- # alterField: a key that its own and another table refer to
-- nothing to do

-- # alterField: a key in a cycle
-- refused (unsupported): migration "golden", operation 1 (alter field "id" of "employees"): ClickHouse cannot drop foreign key on table "departments": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # alterField: part of a composite key
-- refused (unsupported): migration "golden", operation 1 (alter field "line_no" of "order_lines"): ClickHouse cannot drop foreign key on table "shipments": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # alterField: a field that refers to another table, nullable
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `user_id` Nullable(Int32);

-- # alterField: a time that the database updates no longer
-- refused (unsupported): migration "golden", operation 1 (alter field "updated_at" of "users"): ClickHouse cannot drop auto update on table "users": no column there sets itself when its row is updated

-- # alterField: a time that the database updates from now on
-- refused (unsupported): migration "golden", operation 1 (alter field "at" of "notes"): ClickHouse cannot create auto update on table "notes": no column there sets itself when its row is updated

-- # alterField: an odd name and default
-- outside a transaction
ALTER TABLE `o'brien` MODIFY COLUMN `a"b` String DEFAULT 'o''brien "''; --';

-- # alterField: a field that a partition has in another way
-- checked: table "readings" has rows in which "value" has no value of type String: correct them, or say how to convert them
-- outside a transaction
ALTER TABLE `readings` MODIFY COLUMN `value` Nullable(String) DEFAULT '2';

-- # alterField: a new column in its place
-- nothing to do

-- # alterField: a new column in the place of a key that another table refers to
-- nothing to do

-- # alterField: a new column in the place of a part of a composite key
-- refused (unsupported): migration "golden", operation 1 (alter field "line_no" of "order_lines"): ClickHouse cannot drop foreign key on table "shipments": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # alterField: a new column, NOT NULL and filled
-- checked: table "posts" has rows in which "views" has no value of type Int64: correct them, or say how to convert them
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `views` Nullable(Int64) DEFAULT 1;
-- outside a transaction
ALTER TABLE `posts` UPDATE `views` = -1 WHERE `views` IS NULL SETTINGS mutations_sync = 1;
-- checked: table "posts" has rows in which "views" is NULL, and it is to be NOT NULL: say what to fill it with
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `views` Int64 DEFAULT 1;

-- # alterField: no change at all
-- nothing to do

-- # alterNamespace: a comment comes
-- refused (unsupported): migration "golden", operation 1 (alter namespace "audit"): ClickHouse cannot comment namespace "audit": all names of a database are in one place there; leave it out, and name things without it

-- # alterNamespace: a comment goes
-- refused (unsupported): migration "golden", operation 1 (alter namespace "audit"): ClickHouse cannot comment namespace "audit": all names of a database are in one place there; leave it out, and name things without it

-- # alterPrimaryKey: a key where there was none
-- refused (unsupported): migration "golden", operation 1 (set primary key of "tags" to "word"): ClickHouse cannot add primary key on table "tags": the primary key of a table is the order of its rows on disk, settled when it is made; make a new table, copy the rows and exchange the two

-- # alterPrimaryKey: a longer key
-- refused (unsupported): migration "golden", operation 1 (set primary key of "order_lines" to "order_no", "line_no", "article"): ClickHouse cannot drop primary key on table "order_lines": the primary key of a table is the order of its rows on disk, settled when it is made; make a new table, copy the rows and exchange the two

-- # alterPrimaryKey: another order
-- refused (unsupported): migration "golden", operation 1 (set primary key of "order_lines" to "line_no", "order_no"): ClickHouse cannot drop primary key on table "order_lines": the primary key of a table is the order of its rows on disk, settled when it is made; make a new table, copy the rows and exchange the two

-- # alterPrimaryKey: no key
-- refused (unsupported): migration "golden", operation 1 (drop primary key of "shipments"): ClickHouse cannot drop primary key on table "shipments": the primary key of a table is the order of its rows on disk, settled when it is made; make a new table, copy the rows and exchange the two

-- # alterPrimaryKey: the key of a table that refers to another
-- refused (unsupported): migration "golden", operation 1 (set primary key of "posts" to "id", "user_id"): ClickHouse cannot drop primary key on table "posts": the primary key of a table is the order of its rows on disk, settled when it is made; make a new table, copy the rows and exchange the two

-- # alterSequence: other options, no owner any more
-- refused (unsupported): migration "golden", operation 1 (alter sequence "counter"): ClickHouse cannot alter sequence: the database has no sequences; use type serial

-- # alterSequence: a description
-- refused (unsupported): migration "golden", operation 1 (alter sequence "free"): ClickHouse cannot alter sequence: the database has no sequences; use type serial

-- # attachPartition: a table with the same fields
-- refused (unsupported): migration "golden", operation 1 (attach partition "readings_old" to "readings"): ClickHouse cannot attach partition on table "readings_old": godwit keeps partitions and inheritance on PostgreSQL only

-- # attachPartition: for all that no other partition takes
-- refused (unsupported): migration "golden", operation 1 (attach partition "readings_old" to "readings"): ClickHouse cannot attach partition on table "readings_old": godwit keeps partitions and inheritance on PostgreSQL only

-- # attachSequence: one that numbers a table
-- refused (unsupported): migration "golden", operation 1 (attach sequence "counter" to field "id" of "invoices"): ClickHouse cannot attach sequence on table "invoices": the database has no sequences; use type serial

-- # attachSequence: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (attach sequence "notes_place_seq" to field "place" of "notes"): ClickHouse cannot attach sequence on table "notes": the database has no sequences; use type serial

-- # createDomain: a type under another name
-- refused (unsupported): migration "golden", operation 1 (create domain "Label"): ClickHouse cannot create domain: the database has no domains; give the fields the type itself, and checks

-- # createDomain: with all that it may have
-- refused (unsupported): migration "golden", operation 1 (create domain "email"): ClickHouse cannot create domain: the database has no domains; give the fields the type itself, and checks

-- # createEnum: some values
-- nothing to do

-- # createEnum: described
-- nothing to do

-- # createEnum: odd values
-- nothing to do

-- # createExtension: one that comes with PostgreSQL
-- refused (unsupported): migration "golden", operation 1 (create extension "citext"): ClickHouse cannot create extension: the database has no extensions

-- # createExtension: in a namespace of its own
-- refused (unsupported): migration "golden", operation 1 (create extension "uuid-ossp"): ClickHouse cannot create extension: the database has no extensions

-- # createNamespace: a plain name
-- refused (unsupported): migration "golden", operation 1 (create namespace "audit"): ClickHouse cannot create namespace "audit": all names of a database are in one place there; leave it out, and name things without it

-- # createNamespace: an odd name
-- refused (unsupported): migration "golden", operation 1 (create namespace "a"b; drop table x"): ClickHouse cannot create namespace "a"b; drop table x": all names of a database are in one place there; leave it out, and name things without it

-- # createObject: a function
-- refused (unsupported): migration "golden", operation 1 (create function "half(integer)"): ClickHouse cannot create object (function "half(integer)"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # createObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (create trigger "no titles" of "books"): ClickHouse cannot create object (trigger "no titles" of "books"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # createObject: a policy
-- refused (unsupported): migration "golden", operation 1 (create policy "all_books" of "books"): ClickHouse cannot create object (policy "all_books" of "books"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # createObject: a virtual table
-- refused (unsupported): migration "golden", operation 1 (create virtual table "words"): ClickHouse cannot create object (virtual table "words"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # createSequence: without options
-- refused (unsupported): migration "golden", operation 1 (create sequence "invoice numbers"): ClickHouse cannot create sequence: the database has no sequences; use type serial

-- # createSequence: with all of them
-- refused (unsupported): migration "golden", operation 1 (create sequence "counter"): ClickHouse cannot create sequence: the database has no sequences; use type serial

-- # createTable: a table with a key and an index
-- refused (unsupported): migration "golden", operation 1 (create table "users"): ClickHouse cannot make the index "idx_users_email" of table "users": nothing there keeps two rows from having the same values, the primary key neither; look for a ReplacingMergeTree, or make the index without unique

-- # createTable: every field type
-- refused (unsupported): migration "golden", operation 1 (create table "everything"): ClickHouse cannot have the column "id" of table "everything": it numbers no rows; use a uuid with the default "new_uuid", or a bigint with the default { sql: "generateSnowflakeID()" }

-- # createTable: defaults of every kind
-- refused (unsupported): migration "golden", operation 1 (create table "accounts"): ClickHouse cannot have the column "updated_at" of table "accounts": no column there sets itself when its row is updated

-- # createTable: a composite key in an order of its own
-- outside a transaction
CREATE TABLE `prices` (
  `valid_from` Date32,
  `product` String,
  `amount` Decimal(10, 2)
)
ENGINE = MergeTree
PRIMARY KEY (`product`, `valid_from`)
ORDER BY (`product`, `valid_from`);

-- # createTable: a table that refers to others and to itself
-- refused (unsupported): migration "golden", operation 1 (create table "comments"): ClickHouse cannot make the foreign key "fk_comments_post_id" of table "comments": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # createTable: a partition with something of its own
-- refused (unsupported): migration "golden", operation 1 (create table "readings_1999"): ClickHouse cannot create tree table on table "readings_1999": godwit keeps partitions and inheritance on PostgreSQL only

-- # createTable: a partitioned table
-- refused (unsupported): migration "golden", operation 1 (create table "names"): ClickHouse cannot create tree table on table "names": godwit keeps partitions and inheritance on PostgreSQL only

-- # createTable: a table that inherits
-- refused (unsupported): migration "golden", operation 1 (create table "birds"): ClickHouse cannot create tree table on table "birds": godwit keeps partitions and inheritance on PostgreSQL only

-- # createTable: names that need quoting
-- outside a transaction
CREATE TABLE `o'brien` (
  `select` Int32,
  `a"b` String DEFAULT 'x; drop table y',
  `😀` Nullable(String) DEFAULT 'say "hi"'
)
ENGINE = MergeTree
PRIMARY KEY (`select`)
ORDER BY (`select`);
-- outside a transaction
ALTER TABLE `o'brien` ADD INDEX `x; drop table y` (`a"b`, `😀`) TYPE minmax GRANULARITY 1;
-- outside a transaction
ALTER TABLE `o'brien` MATERIALIZE INDEX `x; drop table y` SETTINGS mutations_sync = 1;

-- # createView: over a table
-- refused (unsupported): migration "golden", operation 1 (create view "emails"): ClickHouse cannot create view "emails": godwit keeps no views there; make them with runSQL

-- # createView: with names for its columns and a description
-- refused (unsupported): migration "golden", operation 1 (create view "live"): ClickHouse cannot create view "live": godwit keeps no views there; make them with runSQL

-- # createView: over another view
-- refused (unsupported): migration "golden", operation 1 (create view "late_titles"): ClickHouse cannot create view "late_titles": godwit keeps no views there; make them with runSQL

-- # createView: whose rows are kept
-- refused (unsupported): migration "golden", operation 1 (create materialized view "kept_titles"): ClickHouse cannot create view "kept_titles": godwit keeps no views there; make them with runSQL

-- # deleteData: rows by their key
-- outside a transaction
DELETE FROM `posts` WHERE `title` IN ('First', 'o''brien');

-- # deleteData: a row by a composite key
-- outside a transaction
DELETE FROM `order_lines` WHERE
  (`order_no` = 1 AND `line_no` = 1);

-- # detachPartition: a partition with rows
-- refused (unsupported): migration "golden", operation 1 (detach partition "readings_2024"): ClickHouse cannot name part indexes on table "readings_2024": godwit keeps partitions and inheritance on PostgreSQL only

-- # detachPartition: a partition with a default and an index of its own
-- refused (unsupported): migration "golden", operation 1 (detach partition "readings_rest"): ClickHouse cannot name part indexes on table "readings_rest": godwit keeps partitions and inheritance on PostgreSQL only

-- # detachSequence: of a key
-- refused (unsupported): migration "golden", operation 1 (detach the sequence of field "id" of "tickets"): ClickHouse cannot detach sequence: the database has no sequences; use type serial

-- # detachSequence: one that has a name and counts in its own way
-- refused (unsupported): migration "golden", operation 1 (detach the sequence of field "place" of "seats"): ClickHouse cannot detach sequence: the database has no sequences; use type serial

-- # dropConstraint: a check
-- refused (unsupported): migration "golden", operation 1 (drop constraint "paid_or_free" of "visits"): ClickHouse cannot drop constraint on table "visits": nothing keeps two rows there from having the same values, and its checks hold for inserted rows only and cannot be read back; add a check with runSQL

-- # dropConstraint: a unique constraint
-- refused (unsupported): migration "golden", operation 1 (drop constraint "one_visit" of "visits"): ClickHouse cannot drop constraint on table "visits": nothing keeps two rows there from having the same values, and its checks hold for inserted rows only and cannot be read back; add a check with runSQL

-- # dropDomain: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (drop domain "Unused"): ClickHouse cannot drop domain: the database has no domains; give the fields the type itself, and checks

-- # dropDomain: one with rules
-- refused (unsupported): migration "golden", operation 1 (drop domain "year"): ClickHouse cannot drop domain: the database has no domains; give the fields the type itself, and checks

-- # dropEnum: one that nobody uses
-- nothing to do

-- # dropEnum: one of several
-- nothing to do

-- # dropExtension: one with an odd name
-- refused (unsupported): migration "golden", operation 1 (drop extension "uuid-ossp"): ClickHouse cannot drop extension: the database has no extensions

-- # dropExtension: one that nothing needs
-- refused (unsupported): migration "golden", operation 1 (drop extension "citext"): ClickHouse cannot drop extension: the database has no extensions

-- # dropField: a nullable field
-- outside a transaction
ALTER TABLE `users` DROP COLUMN `bio`;

-- # dropField: a field with a default, between others
-- outside a transaction
ALTER TABLE `posts` DROP COLUMN `views`;

-- # dropField: a field that the database updates
-- refused (unsupported): migration "golden", operation 1 (drop field "updated_at" of "users"): ClickHouse cannot drop auto update on table "users": no column there sets itself when its row is updated

-- # dropField: a field of a table that refers to others
-- outside a transaction
ALTER TABLE `products` DROP COLUMN `price`;

-- # dropField: an odd name
-- outside a transaction
ALTER TABLE `o'brien` DROP COLUMN `😀`;

-- # dropField: a field that a partition has in another way
-- outside a transaction
ALTER TABLE `readings` DROP COLUMN `value`;

-- # dropField: only in the state
-- nothing to do

-- # dropForeignKey: of a foreign_key field
-- refused (unsupported): migration "golden", operation 1 (drop foreign key "fk_posts_user_id" of "posts"): ClickHouse cannot drop foreign key on table "posts": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # dropForeignKey: to its own table
-- refused (unsupported): migration "golden", operation 1 (drop foreign key "fk_categories_parent" of "categories"): ClickHouse cannot drop foreign key on table "categories": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # dropForeignKey: over several fields
-- refused (unsupported): migration "golden", operation 1 (drop foreign key "fk_shipments_line" of "shipments"): ClickHouse cannot drop foreign key on table "shipments": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # dropForeignKey: in a cycle
-- refused (unsupported): migration "golden", operation 1 (drop foreign key "fk_departments_head_id" of "departments"): ClickHouse cannot drop foreign key on table "departments": it has no foreign keys; leave the constraint out and keep the field as a plain one

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
-- outside a transaction
ALTER TABLE `o'brien` DROP INDEX `x; drop table y`;

-- # dropNamespace: one of several
-- refused (unsupported): migration "golden", operation 1 (drop namespace "audit"): ClickHouse cannot drop namespace "audit": all names of a database are in one place there; leave it out, and name things without it

-- # dropNamespace: beside one in which something is
-- refused (unsupported): migration "golden", operation 1 (drop namespace "mood"): ClickHouse cannot drop namespace "mood": all names of a database are in one place there; leave it out, and name things without it

-- # dropObject: a function
-- refused (unsupported): migration "golden", operation 1 (drop function "half(integer)"): ClickHouse cannot drop object (function "half(integer)"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # dropObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (drop trigger "counted" of "books"): ClickHouse cannot drop object (trigger "counted" of "books"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # dropSequence: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (drop sequence "free"): ClickHouse cannot drop sequence: the database has no sequences; use type serial

-- # dropSequence: the only one
-- refused (unsupported): migration "golden", operation 1 (drop sequence "invoice numbers"): ClickHouse cannot drop sequence: the database has no sequences; use type serial

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
-- outside a transaction
DROP TABLE `o'brien`;

-- # dropTable: only in the state
-- nothing to do

-- # dropView: a view
-- refused (unsupported): migration "golden", operation 1 (drop view "lent"): ClickHouse cannot drop view "lent": godwit keeps no views there; make them with runSQL

-- # dropView: only in the state
-- nothing to do

-- # moveRows: into a partitioned table
-- refused (unsupported): migration "golden", operation 1 (move rows of "readings_old" to "readings"): ClickHouse cannot move rows: godwit moves rows to partitions only, which it keeps on PostgreSQL

-- # moveRows: out of one
-- refused (unsupported): migration "golden", operation 1 (move rows of "readings" to "readings_old"): ClickHouse cannot move rows: godwit moves rows to partitions only, which it keeps on PostgreSQL

-- # renameConstraint: a check
-- refused (unsupported): migration "golden", operation 1 (rename constraint "paid_or_free" of "visits" to "x; drop table y"): ClickHouse cannot rename constraint on table "visits": nothing keeps two rows there from having the same values, and its checks hold for inserted rows only and cannot be read back; add a check with runSQL

-- # renameConstraint: a foreign key
-- refused (unsupported): migration "golden", operation 1 (rename constraint "visit_patient" of "visits" to "visitor"): ClickHouse cannot rename constraint on table "visits": nothing keeps two rows there from having the same values, and its checks hold for inserted rows only and cannot be read back; add a check with runSQL

-- # renameDomain: a domain of fields
-- refused (unsupported): migration "golden", operation 1 (rename domain "price" to "Amount"): ClickHouse cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameDomain: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (rename domain "Unused" to "spare"): ClickHouse cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameEnum: an enum of fields
-- nothing to do

-- # renameEnum: one that nobody uses
-- nothing to do

-- # renameField: a field that an index and its predicate use
-- outside a transaction
ALTER TABLE `posts` RENAME COLUMN `status` TO `state`;

-- # renameField: a key that another table refers to
-- refused (unsupported): migration "golden", operation 1 (rename field "id" of "users" to "user"): ClickHouse cannot change column "id" of table "users": the primary key or an option of the table holds on to it, and so the order of the rows on disk may; make a new table, copy the rows and exchange the two

-- # renameField: a field that refers to another table
-- outside a transaction
ALTER TABLE `posts` RENAME COLUMN `user_id` TO `author_id`;

-- # renameField: a key that its own table refers to
-- refused (unsupported): migration "golden", operation 1 (rename field "code" of "categories" to "Code"): ClickHouse cannot change column "code" of table "categories": the primary key or an option of the table holds on to it, and so the order of the rows on disk may; make a new table, copy the rows and exchange the two

-- # renameField: part of a composite key
-- refused (unsupported): migration "golden", operation 1 (rename field "line_no" of "order_lines" to "line"): ClickHouse cannot change column "line_no" of table "order_lines": the primary key or an option of the table holds on to it, and so the order of the rows on disk may; make a new table, copy the rows and exchange the two

-- # renameField: part of a composite foreign key
-- outside a transaction
ALTER TABLE `shipments` RENAME COLUMN `order_no` TO `order`;

-- # renameField: a field that the database updates
-- refused (unsupported): migration "golden", operation 1 (rename field "updated_at" of "users" to "changed_at"): ClickHouse cannot drop auto update on table "users": no column there sets itself when its row is updated

-- # renameField: part of a partition key
-- refused (unsupported): migration "golden", operation 1 (rename field "at" of "readings" to "day"): ClickHouse cannot change column "at" of table "readings": the primary key or an option of the table holds on to it, and so the order of the rows on disk may; make a new table, copy the rows and exchange the two

-- # renameField: to and from odd names
-- outside a transaction
ALTER TABLE `o'brien` RENAME COLUMN `a"b` TO `group`;

-- # renameIndex: an index
-- outside a transaction
ALTER TABLE `posts` DROP INDEX `idx_posts_title`;
-- outside a transaction
ALTER TABLE `posts` ADD INDEX `posts_by_title` `title` TYPE minmax GRANULARITY 1;
-- outside a transaction
ALTER TABLE `posts` MATERIALIZE INDEX `posts_by_title` SETTINGS mutations_sync = 1;

-- # renameIndex: a unique partial index
-- refused (unsupported): migration "golden", operation 1 (rename index "idx_posts_live" of "posts" to "live"): ClickHouse cannot make the index "live" of table "posts": nothing there keeps two rows from having the same values, the primary key neither; look for a ReplacingMergeTree, or make the index without unique

-- # renameIndex: from an odd name
-- refused (unsupported): migration "golden", operation 1 (rename index "x; drop table y" of "o'brien" to "select"): ClickHouse cannot make the index "select" of table "o'brien": an index covers all rows there; leave its predicate out

-- # renameNamespace: one with tables
-- refused (unsupported): migration "golden", operation 1 (rename namespace "audit" to "audit_log"): ClickHouse cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameNamespace: one with nothing in it
-- refused (unsupported): migration "golden", operation 1 (rename namespace "A b" to "c"): ClickHouse cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameSequence: a sequence that numbers a table
-- refused (unsupported): migration "golden", operation 1 (rename sequence "counter" to "Invoice numbers"): ClickHouse cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameSequence: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (rename sequence "free" to "spare"): ClickHouse cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameTable: a table that another refers to
-- refused (unsupported): migration "golden", operation 1 (rename table "users" to "people"): ClickHouse cannot drop auto update on table "users": no column there sets itself when its row is updated

-- # renameTable: a table that refers to itself
-- outside a transaction
RENAME TABLE `categories` TO `Groups`;

-- # renameTable: to and from odd names
-- outside a transaction
RENAME TABLE `o'brien` TO `x"; drop table y`;

-- # renameTable: a table with partitions
-- outside a transaction
RENAME TABLE `readings` TO `values`;

-- # renameTable: to a reserved word
-- outside a transaction
RENAME TABLE `posts` TO `order`;

-- # replaceObject: what a function computes
-- refused (unsupported): migration "golden", operation 1 (replace function "half(integer)"): ClickHouse cannot replace object (function "half(integer)"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # replaceObject: what a function gives
-- refused (unsupported): migration "golden", operation 1 (replace function "half(integer)"): ClickHouse cannot drop object (function "half(integer)"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # replaceObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (replace trigger "counted" of "books"): ClickHouse cannot drop object (trigger "counted" of "books"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # replaceObject: only its description
-- refused (unsupported): migration "golden", operation 1 (replace function "half(integer)"): ClickHouse cannot comment object (function "half(integer)"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # replaceView: fewer rows
-- refused (unsupported): migration "golden", operation 1 (replace view "lent"): ClickHouse cannot replace view "lent": godwit keeps no views there; make them with runSQL

-- # replaceView: another column behind the others
-- refused (unsupported): migration "golden", operation 1 (replace view "lent"): ClickHouse cannot replace view "lent": godwit keeps no views there; make them with runSQL

-- # replaceView: other columns
-- refused (unsupported): migration "golden", operation 1 (replace view "lent"): ClickHouse cannot drop view "lent": godwit keeps no views there; make them with runSQL

-- # replaceView: only its description
-- nothing to do

-- # runCode: both ways
-- refused (unsupported): migration "golden", operation 1 (run code: initials of users): ClickHouse cannot run code: it has no transactions, so that of a function that fails half-way nobody could tell what is done; write its work as statements, with runSQL

-- # runCode: nothing to undo
-- refused (unsupported): migration "golden", operation 1 (run code): ClickHouse cannot run code: it has no transactions, so that of a function that fails half-way nobody could tell what is done; write its work as statements, with runSQL

-- # runCode: no way back, and why
-- refused (unsupported): migration "golden", operation 1 (run code): ClickHouse cannot run code: it has no transactions, so that of a function that fails half-way nobody could tell what is done; write its work as statements, with runSQL

-- # runCode: no way back
-- refused (unsupported): migration "golden", operation 1 (run code): ClickHouse cannot run code: it has no transactions, so that of a function that fails half-way nobody could tell what is done; write its work as statements, with runSQL

-- # runSQL: both ways
-- outside a transaction
UPDATE posts SET views = 1 WHERE views IS NULL;

-- # runSQL: nothing to undo
-- outside a transaction
DELETE FROM posts WHERE title = 'none; -- such';

-- # runSQL: no way back
-- outside a transaction
UPDATE users SET bio = NULL;

-- # runSQL: no way back, and why
-- outside a transaction
UPDATE users SET bio = NULL;

-- # runSQL: for each database its own
-- outside a transaction
ALTER TABLE users UPDATE bio = hex(email) WHERE true;

-- # runSQL: several statements
-- outside a transaction
UPDATE posts SET views = 2;
-- outside a transaction
UPDATE posts SET views = 3;

-- # setComment: a table
-- outside a transaction
ALTER TABLE `visits` MODIFY COMMENT 'Who came; it''s "theirs"';

-- # setComment: no longer
-- outside a transaction
ALTER TABLE `patients` MODIFY COMMENT '';

-- # setComment: an index
-- nothing to do

-- # setComment: a constraint
-- nothing to do

-- # setDatabases: on one alone
-- outside a transaction
DROP TABLE `posts`;

-- # setDatabases: on all but one
-- outside a transaction
DROP TABLE `posts`;

-- # setDatabases: on all
-- refused (unsupported): migration "golden", operation 1 (keep "posts" on all databases): ClickHouse cannot make the foreign key "fk_posts_user_id" of table "posts": it has no foreign keys; leave the constraint out and keep the field as a plain one

-- # setDefaults: a first default, which a field names already
-- nothing to do

-- # setDefaults: another value, and one that goes
-- nothing to do

-- # setInherits: no longer
-- refused (unsupported): migration "golden", operation 1 (let "dogs" inherit from no table): ClickHouse cannot alter inherits on table "dogs": godwit keeps partitions and inheritance on PostgreSQL only

-- # setInherits: a table with the same fields
-- refused (unsupported): migration "golden", operation 1 (let "cats" inherit from "animals"): ClickHouse cannot alter inherits on table "cats": godwit keeps partitions and inheritance on PostgreSQL only

-- # setRowSecurity: for all but the owner
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to enabled): ClickHouse cannot set row security on table "visits": the database does not decide by the row who may see it

-- # setRowSecurity: for the owner too
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to forced): ClickHouse cannot set row security on table "visits": the database does not decide by the row who may see it

-- # setRowSecurity: no longer
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to disabled): ClickHouse cannot set row security on table "visits": the database does not decide by the row who may see it

-- # setTableOptions: how often parts are looked through
-- outside a transaction
ALTER TABLE `users` MODIFY SETTING merge_with_ttl_timeout = 3600;

-- # setTableOptions: pages that are not full
-- nothing to do

-- # setTableOptions: nothing is said any more
-- outside a transaction
ALTER TABLE `users` RESET SETTING merge_with_ttl_timeout;

-- # setTypeMappings: a type with a length
-- nothing to do

-- # setTypeMappings: the type of a key that other fields borrow
-- nothing to do

-- # upsertData: new and known rows, not all with the same fields
-- outside a transaction
ALTER TABLE `users`
  UPDATE `email` = 'o''brien@example.com' WHERE `id` = 1
SETTINGS mutations_sync = 1;
-- outside a transaction
INSERT INTO `users` (`email`, `id`)
SELECT 'o''brien@example.com', 1
WHERE NOT EXISTS (SELECT 1 FROM `users` WHERE `id` = 1);
-- outside a transaction
ALTER TABLE `users`
  UPDATE `bio` = 'a\\b ''c'' "d"
😀', `email` = 'new@example.com', `updated_at` = '2024-01-02 03:04:05.678901' WHERE `id` = 3,
  UPDATE `bio` = NULL, `email` = 'null@example.com', `updated_at` = now64(6) WHERE `id` = 4
SETTINGS mutations_sync = 1;
-- outside a transaction
INSERT INTO `users` (`bio`, `email`, `id`, `updated_at`)
SELECT 'a\\b ''c'' "d"
😀', 'new@example.com', 3, '2024-01-02 03:04:05.678901'
WHERE NOT EXISTS (SELECT 1 FROM `users` WHERE `id` = 3);
-- outside a transaction
INSERT INTO `users` (`bio`, `email`, `id`, `updated_at`)
SELECT NULL, 'null@example.com', 4, now64(6)
WHERE NOT EXISTS (SELECT 1 FROM `users` WHERE `id` = 4);

-- # upsertData: a composite key
-- outside a transaction
ALTER TABLE `order_lines`
  UPDATE `article` = 'Saw' WHERE `order_no` = 7 AND `line_no` = 1,
  UPDATE `article` = 'Axe' WHERE `order_no` = 7 AND `line_no` = 2
SETTINGS mutations_sync = 1;
-- outside a transaction
INSERT INTO `order_lines` (`article`, `line_no`, `order_no`)
SELECT 'Saw', 1, 7
WHERE NOT EXISTS (SELECT 1 FROM `order_lines` WHERE `order_no` = 7 AND `line_no` = 1);
-- outside a transaction
INSERT INTO `order_lines` (`article`, `line_no`, `order_no`)
SELECT 'Axe', 2, 7
WHERE NOT EXISTS (SELECT 1 FROM `order_lines` WHERE `order_no` = 7 AND `line_no` = 2);

-- # upsertData: nothing but keys
-- outside a transaction
INSERT INTO `words` (`word`)
SELECT 'new'
WHERE NOT EXISTS (SELECT 1 FROM `words` WHERE `word` = 'new');
-- outside a transaction
INSERT INTO `words` (`word`)
SELECT 'newer'
WHERE NOT EXISTS (SELECT 1 FROM `words` WHERE `word` = 'newer');

-- # upsertData: values of every kind
-- outside a transaction
ALTER TABLE `samples`
  UPDATE `data` = unhex('00275cff'), `doc` = '{"it''s": [1, null]}', `flag` = true, `ratio` = -0.1 WHERE `id` = 9007199254740993,
  UPDATE `data` = NULL, `doc` = NULL, `flag` = false, `ratio` = 1e+21 WHERE `id` = -1
SETTINGS mutations_sync = 1;
-- outside a transaction
INSERT INTO `samples` (`data`, `doc`, `flag`, `id`, `ratio`)
SELECT unhex('00275cff'), '{"it''s": [1, null]}', true, 9007199254740993, -0.1
WHERE NOT EXISTS (SELECT 1 FROM `samples` WHERE `id` = 9007199254740993);
-- outside a transaction
INSERT INTO `samples` (`data`, `doc`, `flag`, `id`, `ratio`)
SELECT NULL, NULL, false, -1, 1e+21
WHERE NOT EXISTS (SELECT 1 FROM `samples` WHERE `id` = -1);

-- # upsertData: a key that a named default gives
-- outside a transaction
ALTER TABLE `settings`
  UPDATE `value` = upper('x') WHERE `name` = main
SETTINGS mutations_sync = 1;
-- outside a transaction
INSERT INTO `settings` (`name`, `value`)
SELECT main, upper('x')
WHERE NOT EXISTS (SELECT 1 FROM `settings` WHERE `name` = main);

-- # upsertData: odd names and values
-- outside a transaction
ALTER TABLE `o'brien`
  UPDATE `a"b` = '''; drop table y; --', `😀` = '	' WHERE `select` = 3
SETTINGS mutations_sync = 1;
-- outside a transaction
INSERT INTO `o'brien` (`a"b`, `select`, `😀`)
SELECT '''; drop table y; --', 3, '	'
WHERE NOT EXISTS (SELECT 1 FROM `o'brien` WHERE `select` = 3);

-- # upsertData: a key that nothing makes unique
-- outside a transaction
ALTER TABLE `notes`
  UPDATE `body` = 'it''s new' WHERE `topic` = 'known',
  UPDATE `body` = NULL WHERE `topic` = 'unknown'
SETTINGS mutations_sync = 1;
-- outside a transaction
INSERT INTO `notes` (`body`, `topic`)
SELECT 'it''s new', 'known'
WHERE NOT EXISTS (SELECT 1 FROM `notes` WHERE `topic` = 'known');
-- outside a transaction
INSERT INTO `notes` (`body`, `topic`)
SELECT NULL, 'unknown'
WHERE NOT EXISTS (SELECT 1 FROM `notes` WHERE `topic` = 'unknown');

-- # upsertData: rows that refer to each other
-- outside a transaction
ALTER TABLE `people`
  UPDATE `friend` = 2 WHERE `id` = 1,
  UPDATE `friend` = 1 WHERE `id` = 2
SETTINGS mutations_sync = 1;
-- outside a transaction
INSERT INTO `people` (`friend`, `id`)
SELECT 2, 1
WHERE NOT EXISTS (SELECT 1 FROM `people` WHERE `id` = 1);
-- outside a transaction
INSERT INTO `people` (`friend`, `id`)
SELECT 1, 2
WHERE NOT EXISTS (SELECT 1 FROM `people` WHERE `id` = 2);

-- # upsertData: no rows
-- nothing to do

-- # validateConstraint: a check
-- nothing to do

-- # validateConstraint: a foreign key
-- nothing to do
