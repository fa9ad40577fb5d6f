-- What StarRocks is sent for the examples of the operations.
-- Read by nobody but people: no package of npm or Debian holds its grammar; what is there for many dialects (sqlfluff, sqlglot, polyglot) refuses half of its documentation, or takes anything.
-- Written by GODWIT_TEST_UPDATE=1 bun test test/golden.test.ts; read what has changed.

-- # addConstraint: a check
-- refused (unsupported): migration "golden", operation 1 (add constraint "views_counted" to "posts"): StarRocks cannot add constraint on table "posts": it has no checks and unique constraints; the primary key is all that keeps rows apart

-- # addConstraint: a unique constraint over several fields
-- refused (unsupported): migration "golden", operation 1 (add constraint "one_line" to "order_lines"): StarRocks cannot add constraint on table "order_lines": it has no checks and unique constraints; the primary key is all that keeps rows apart

-- # addConstraint: odd names
-- refused (unsupported): migration "golden", operation 1 (add constraint "x; drop table y" to "o'brien"): StarRocks cannot add constraint on table "o'brien": it has no checks and unique constraints; the primary key is all that keeps rows apart

-- # addField: a nullable field
-- outside a transaction
ALTER TABLE `users` ADD COLUMN `phone` VARCHAR(30) NULL;

-- # addField: a field with a default
-- outside a transaction
ALTER TABLE `users` ADD COLUMN `plan` STRING NOT NULL DEFAULT 'it''s free';

-- # addField: a field that existing rows are filled in
-- refused (unsupported): migration "golden", operation 1 (add field "nick" to "users"): StarRocks cannot change the column "nick" of table "users": a column that may be NULL stays so there

-- # addField: a filled field that also has a default
-- outside a transaction
ALTER TABLE `posts` ADD COLUMN `score` DECIMAL(6,2) NOT NULL DEFAULT '0.5';
-- outside a transaction
UPDATE `posts` SET `score` = 1.25 WHERE true;

-- # addField: times that the database keeps
-- refused (unsupported): migration "golden", operation 1 (add field "changed_at" to "products"): StarRocks cannot have the column "changed_at" of table "products": no column there sets itself when its row is updated

-- # addField: a foreign key to a uuid key
-- refused (unsupported): migration "golden", operation 1 (add field "pinned_post" to "users"): StarRocks cannot add foreign key on table "users": it has no foreign keys; leave the constraint out and keep the field as a plain one (foreign_key_constraints among the properties of a table is advice to the optimizer)

-- # addField: a foreign key to its own table, by a varchar key
-- refused (unsupported): migration "golden", operation 1 (add field "see_also" to "categories"): StarRocks cannot add foreign key on table "categories": it has no foreign keys; leave the constraint out and keep the field as a plain one (foreign_key_constraints among the properties of a table is advice to the optimizer)

-- # addField: a field of a concrete type with a foreign key
-- refused (unsupported): migration "golden", operation 1 (add field "fallback" to "products"): StarRocks cannot add foreign key on table "products": it has no foreign keys; leave the constraint out and keep the field as a plain one (foreign_key_constraints among the properties of a table is advice to the optimizer)

-- # addField: a primary key, numbered by the database
-- refused (unsupported): migration "golden", operation 1 (add field "id" to "log"): StarRocks cannot add the column "id" of table "log": it numbers only columns that a table was made with; make a new table, copy the rows and exchange the two

-- # addField: a field that partitions have too
-- outside a transaction
ALTER TABLE `readings` ADD COLUMN `unit` STRING NOT NULL DEFAULT 'K';

-- # addField: an odd name
-- refused (params): migration "golden", operation 1 (add field "x; drop table y" to "o'brien"): the name "o'brien" is none that StarRocks allows: it begins with a letter or an underscore, and letters, digits and underscores follow; choose another one

-- # addField: only in the state
-- nothing to do

-- # addForeignKey: to a composite primary key
-- refused (unsupported): migration "golden", operation 1 (add foreign key "fk_shipments_order_no_line_no" to "shipments"): StarRocks cannot add foreign key on table "shipments": it has no foreign keys; leave the constraint out and keep the field as a plain one (foreign_key_constraints among the properties of a table is advice to the optimizer)

-- # addForeignKey: checked when the transaction ends
-- refused (unsupported): migration "golden", operation 1 (add foreign key "fk_shipments_order_no_line_no" to "shipments"): StarRocks cannot add foreign key on table "shipments": it has no foreign keys; leave the constraint out and keep the field as a plain one (foreign_key_constraints among the properties of a table is advice to the optimizer)

-- # addForeignKey: to fields under a unique index
-- refused (unsupported): migration "golden", operation 1 (add foreign key "returned" to "returns"): StarRocks cannot add foreign key on table "returns": it has no foreign keys; leave the constraint out and keep the field as a plain one (foreign_key_constraints among the properties of a table is advice to the optimizer)

-- # addForeignKey: closing a cycle
-- refused (unsupported): migration "golden", operation 1 (add foreign key "fk_departments_head_id" to "departments"): StarRocks cannot add foreign key on table "departments": it has no foreign keys; leave the constraint out and keep the field as a plain one (foreign_key_constraints among the properties of a table is advice to the optimizer)

-- # addForeignKey: with odd names
-- refused (unsupported): migration "golden", operation 1 (add foreign key "x; drop table y" to "o'brien"): StarRocks cannot add foreign key on table "o'brien": it has no foreign keys; leave the constraint out and keep the field as a plain one (foreign_key_constraints among the properties of a table is advice to the optimizer)

-- # addIndex: one field
-- outside a transaction
CREATE INDEX `idx_posts_views` ON `posts` (`views`) USING BITMAP;

-- # addIndex: on the field of a foreign key, by the name the predecessor kept for itself
-- outside a transaction
CREATE INDEX `idx_posts_user_id` ON `posts` (`user_id`) USING BITMAP;

-- # addIndex: unique, over several fields
-- refused (unsupported): migration "golden", operation 1 (add index "uq_lines" to "order_lines"): StarRocks cannot make the index "uq_lines" of table "order_lines": only the primary key keeps two rows from having the same values

-- # addIndex: partial
-- refused (unsupported): migration "golden", operation 1 (add index "idx_posts_drafts" to "posts"): StarRocks cannot make the index "idx_posts_drafts" of table "posts": an index covers all rows there; leave its predicate out

-- # addIndex: by the method that goes without saying
-- outside a transaction
CREATE INDEX `idx_posts_views` ON `posts` (`views`) USING BITMAP;

-- # addIndex: by a method
-- outside a transaction
CREATE INDEX `idx_users_bio` ON `users` (`bio`) USING BITMAP;

-- # addIndex: concurrently
-- outside a transaction
CREATE INDEX `idx_posts_views` ON `posts` (`views`) USING BITMAP;

-- # addIndex: odd names
-- refused (unsupported): migration "golden", operation 1 (add index "select" to "o'brien"): StarRocks cannot make the index "select" of table "o'brien": an index covers one column there; make one for each, or sort the rows by the option order_by

-- # alterDomain: other rules
-- refused (unsupported): migration "golden", operation 1 (alter domain "price"): StarRocks cannot remake domain: the database has no domains; give the fields the type itself, and checks

-- # alterDomain: another type
-- refused (unsupported): migration "golden", operation 1 (alter domain "price"): StarRocks cannot remake domain: the database has no domains; give the fields the type itself, and checks

-- # alterEnum: a value between others
-- refused (unsupported): migration "golden", operation 1 (alter enum "ticket_state"): StarRocks cannot drop constraint on table "tickets": it has no checks and unique constraints; the primary key is all that keeps rows apart

-- # alterEnum: a description
-- refused (unsupported): migration "golden", operation 1 (alter enum "ticket_state"): StarRocks cannot drop constraint on table "tickets": it has no checks and unique constraints; the primary key is all that keeps rows apart

-- # alterEnum: a value under another name
-- refused (unsupported): migration "golden", operation 1 (alter enum "ticket_state"): StarRocks cannot drop constraint on table "tickets": it has no checks and unique constraints; the primary key is all that keeps rows apart

-- # alterEnum: a value goes, and rows with it get another
-- refused (unsupported): migration "golden", operation 1 (alter enum "ticket_state"): StarRocks cannot drop constraint on table "tickets": it has no checks and unique constraints; the primary key is all that keeps rows apart

-- # alterExtension: in a namespace of its own
-- refused (unsupported): migration "golden", operation 1 (alter extension "citext"): StarRocks cannot alter extension: the database has no extensions

-- # alterExtension: back to where the rest is
-- refused (unsupported): migration "golden", operation 1 (alter extension "citext"): StarRocks cannot alter extension: the database has no extensions

-- # alterField: a longer varchar
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `title` VARCHAR(400) NOT NULL;

-- # alterField: text in place of varchar
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `title` STRING NOT NULL;

-- # alterField: NOT NULL, existing rows filled in
-- refused (unsupported): migration "golden", operation 1 (alter field "views" of "posts"): StarRocks cannot change the column "views" of table "posts": the default of a column stays as it is there

-- # alterField: type, nullability and default at once
-- refused (unsupported): migration "golden", operation 1 (alter field "views" of "posts"): StarRocks cannot change the column "views" of table "posts": the default of a column stays as it is there

-- # alterField: nullable, without default
-- refused (unsupported): migration "golden", operation 1 (alter field "status" of "posts"): StarRocks cannot change the column "status" of table "posts": the default of a column stays as it is there

-- # alterField: a conversion of its own
-- refused (unsupported): migration "golden", operation 1 (alter field "size" of "sizes"): StarRocks cannot change the column "size" of table "sizes": values can be converted there only as the database does it; add a field, fill it, and drop this one

-- # alterField: a cast from text to integer
-- outside a transaction
ALTER TABLE `sizes` MODIFY COLUMN `size` INT NOT NULL;

-- # alterField: a key that another table refers to
-- refused (unsupported): migration "golden", operation 1 (alter field "id" of "users"): StarRocks cannot change the column "id" of table "users": whether a column numbers itself is settled when the table is made

-- # alterField: a key that is numbered no longer
-- refused (unsupported): migration "golden", operation 1 (alter field "id" of "users"): StarRocks cannot drop foreign key on table "posts": it has no foreign keys; leave the constraint out and keep the field as a plain one (foreign_key_constraints among the properties of a table is advice to the optimizer)

-- # alterField: a key that its own and another table refer to
-- refused (unsupported): migration "golden", operation 1 (alter field "code" of "categories"): StarRocks cannot drop foreign key on table "categories": it has no foreign keys; leave the constraint out and keep the field as a plain one (foreign_key_constraints among the properties of a table is advice to the optimizer)

-- # alterField: a key in a cycle
-- refused (unsupported): migration "golden", operation 1 (alter field "id" of "employees"): StarRocks cannot drop foreign key on table "departments": it has no foreign keys; leave the constraint out and keep the field as a plain one (foreign_key_constraints among the properties of a table is advice to the optimizer)

-- # alterField: part of a composite key
-- refused (unsupported): migration "golden", operation 1 (alter field "line_no" of "order_lines"): StarRocks cannot drop foreign key on table "shipments": it has no foreign keys; leave the constraint out and keep the field as a plain one (foreign_key_constraints among the properties of a table is advice to the optimizer)

-- # alterField: a field that refers to another table, nullable
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `user_id` BIGINT NULL;

-- # alterField: a time that the database updates no longer
-- refused (unsupported): migration "golden", operation 1 (alter field "updated_at" of "users"): StarRocks cannot drop auto update on table "users": no column there sets itself when its row is updated

-- # alterField: a time that the database updates from now on
-- refused (unsupported): migration "golden", operation 1 (alter field "at" of "notes"): StarRocks cannot create auto update on table "notes": no column there sets itself when its row is updated

-- # alterField: an odd name and default
-- refused (params): migration "golden", operation 1 (alter field "a"b" of "o'brien"): the name "o'brien" is none that StarRocks allows: it begins with a letter or an underscore, and letters, digits and underscores follow; choose another one

-- # alterField: a field that a partition has in another way
-- refused (unsupported): migration "golden", operation 1 (alter field "value" of "readings"): StarRocks cannot change the column "value" of table "readings": the default of a column stays as it is there

-- # alterField: a new column in its place
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `title` VARCHAR(400) NOT NULL;

-- # alterField: a new column in the place of a key that another table refers to
-- refused (unsupported): migration "golden", operation 1 (alter field "code" of "categories"): StarRocks cannot drop foreign key on table "categories": it has no foreign keys; leave the constraint out and keep the field as a plain one (foreign_key_constraints among the properties of a table is advice to the optimizer)

-- # alterField: a new column in the place of a part of a composite key
-- refused (unsupported): migration "golden", operation 1 (alter field "line_no" of "order_lines"): StarRocks cannot drop foreign key on table "shipments": it has no foreign keys; leave the constraint out and keep the field as a plain one (foreign_key_constraints among the properties of a table is advice to the optimizer)

-- # alterField: a new column, NOT NULL and filled
-- refused (unsupported): migration "golden", operation 1 (alter field "views" of "posts"): StarRocks cannot change the column "views" of table "posts": the default of a column stays as it is there

-- # alterField: no change at all
-- nothing to do

-- # alterNamespace: a comment comes
-- refused (unsupported): migration "golden", operation 1 (alter namespace "audit"): StarRocks cannot comment namespace "audit": all names of a database are in one place there; leave it out, and name things without it

-- # alterNamespace: a comment goes
-- refused (unsupported): migration "golden", operation 1 (alter namespace "audit"): StarRocks cannot comment namespace "audit": all names of a database are in one place there; leave it out, and name things without it

-- # alterPrimaryKey: a key where there was none
-- refused (unsupported): migration "golden", operation 1 (set primary key of "tags" to "word"): StarRocks cannot change the column "word" of table "tags": a column that may be NULL stays so there

-- # alterPrimaryKey: a longer key
-- refused (unsupported): migration "golden", operation 1 (set primary key of "order_lines" to "order_no", "line_no", "article"): StarRocks cannot drop primary key on table "order_lines": what tells rows apart is settled when a table is made; make a new table, copy the rows and exchange the two

-- # alterPrimaryKey: another order
-- refused (unsupported): migration "golden", operation 1 (set primary key of "order_lines" to "line_no", "order_no"): StarRocks cannot drop primary key on table "order_lines": what tells rows apart is settled when a table is made; make a new table, copy the rows and exchange the two

-- # alterPrimaryKey: no key
-- refused (unsupported): migration "golden", operation 1 (drop primary key of "shipments"): StarRocks cannot drop primary key on table "shipments": what tells rows apart is settled when a table is made; make a new table, copy the rows and exchange the two

-- # alterPrimaryKey: the key of a table that refers to another
-- refused (unsupported): migration "golden", operation 1 (set primary key of "posts" to "id", "user_id"): StarRocks cannot drop primary key on table "posts": what tells rows apart is settled when a table is made; make a new table, copy the rows and exchange the two

-- # alterSequence: other options, no owner any more
-- refused (unsupported): migration "golden", operation 1 (alter sequence "counter"): StarRocks cannot alter sequence: the database has no sequences; use type serial

-- # alterSequence: a description
-- refused (unsupported): migration "golden", operation 1 (alter sequence "free"): StarRocks cannot alter sequence: the database has no sequences; use type serial

-- # attachPartition: a table with the same fields
-- refused (unsupported): migration "golden", operation 1 (attach partition "readings_old" to "readings"): StarRocks cannot attach partition on table "readings_old": godwit keeps partitions and inheritance on PostgreSQL only

-- # attachPartition: for all that no other partition takes
-- refused (unsupported): migration "golden", operation 1 (attach partition "readings_old" to "readings"): StarRocks cannot attach partition on table "readings_old": godwit keeps partitions and inheritance on PostgreSQL only

-- # attachSequence: one that numbers a table
-- refused (unsupported): migration "golden", operation 1 (attach sequence "counter" to field "id" of "invoices"): StarRocks cannot attach sequence on table "invoices": the database has no sequences; use type serial

-- # attachSequence: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (attach sequence "notes_place_seq" to field "place" of "notes"): StarRocks cannot attach sequence on table "notes": the database has no sequences; use type serial

-- # createDomain: a type under another name
-- refused (unsupported): migration "golden", operation 1 (create domain "Label"): StarRocks cannot create domain: the database has no domains; give the fields the type itself, and checks

-- # createDomain: with all that it may have
-- refused (unsupported): migration "golden", operation 1 (create domain "email"): StarRocks cannot create domain: the database has no domains; give the fields the type itself, and checks

-- # createEnum: some values
-- nothing to do

-- # createEnum: described
-- nothing to do

-- # createEnum: odd values
-- nothing to do

-- # createExtension: one that comes with PostgreSQL
-- refused (unsupported): migration "golden", operation 1 (create extension "citext"): StarRocks cannot create extension: the database has no extensions

-- # createExtension: in a namespace of its own
-- refused (unsupported): migration "golden", operation 1 (create extension "uuid-ossp"): StarRocks cannot create extension: the database has no extensions

-- # createNamespace: a plain name
-- refused (unsupported): migration "golden", operation 1 (create namespace "audit"): StarRocks cannot create namespace "audit": all names of a database are in one place there; leave it out, and name things without it

-- # createNamespace: an odd name
-- refused (unsupported): migration "golden", operation 1 (create namespace "a"b; drop table x"): StarRocks cannot create namespace "a"b; drop table x": all names of a database are in one place there; leave it out, and name things without it

-- # createObject: a function
-- refused (unsupported): migration "golden", operation 1 (create function "half(integer)"): StarRocks cannot create object (function "half(integer)"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # createObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (create trigger "no titles" of "books"): StarRocks cannot create object (trigger "no titles" of "books"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # createObject: a policy
-- refused (unsupported): migration "golden", operation 1 (create policy "all_books" of "books"): StarRocks cannot create object (policy "all_books" of "books"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # createObject: a virtual table
-- refused (unsupported): migration "golden", operation 1 (create virtual table "words"): StarRocks cannot create object (virtual table "words"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # createSequence: without options
-- refused (unsupported): migration "golden", operation 1 (create sequence "invoice numbers"): StarRocks cannot create sequence: the database has no sequences; use type serial

-- # createSequence: with all of them
-- refused (unsupported): migration "golden", operation 1 (create sequence "counter"): StarRocks cannot create sequence: the database has no sequences; use type serial

-- # createTable: a table with a key and an index
-- refused (unsupported): migration "golden", operation 1 (create table "users"): StarRocks cannot make the index "idx_users_email" of table "users": only the primary key keeps two rows from having the same values

-- # createTable: every field type
-- refused (unsupported): migration "golden", operation 1 (create table "everything"): StarRocks cannot have the column "a_time" of table "everything": it has no columns of times without a day; use varchar, or map the type time to another one

-- # createTable: defaults of every kind
-- refused (unsupported): migration "golden", operation 1 (create table "accounts"): StarRocks cannot have the default 1 + 2 of column "expression" of table "accounts": a default there is a literal, CURRENT_TIMESTAMP of a DATETIME, uuid() of a VARCHAR, or uuid_numeric()

-- # createTable: a composite key in an order of its own
-- outside a transaction
CREATE TABLE `prices` (
  `product` VARCHAR(20) NOT NULL,
  `valid_from` DATE NOT NULL,
  `amount` DECIMAL(10,2) NOT NULL
)
PRIMARY KEY (`product`, `valid_from`)
DISTRIBUTED BY HASH(`product`, `valid_from`);

-- # createTable: a table that refers to others and to itself
-- refused (unsupported): migration "golden", operation 1 (create table "comments"): StarRocks cannot make the foreign key "fk_comments_post_id" of table "comments": it has no foreign keys; leave the constraint out and keep the field as a plain one (foreign_key_constraints among the properties of a table is advice to the optimizer)

-- # createTable: a partition with something of its own
-- refused (unsupported): migration "golden", operation 1 (create table "readings_1999"): StarRocks cannot create tree table on table "readings_1999": godwit keeps partitions and inheritance on PostgreSQL only

-- # createTable: a partitioned table
-- refused (unsupported): migration "golden", operation 1 (create table "names"): StarRocks cannot create tree table on table "names": godwit keeps partitions and inheritance on PostgreSQL only

-- # createTable: a table that inherits
-- refused (unsupported): migration "golden", operation 1 (create table "birds"): StarRocks cannot create tree table on table "birds": godwit keeps partitions and inheritance on PostgreSQL only

-- # createTable: names that need quoting
-- refused (unsupported): migration "golden", operation 1 (create table "o'brien"): StarRocks cannot make the index "x; drop table y" of table "o'brien": an index covers one column there; make one for each, or sort the rows by the option order_by

-- # createView: over a table
-- refused (unsupported): migration "golden", operation 1 (create view "emails"): StarRocks cannot create view "emails": godwit keeps no views there; make views and materialized views with runSQL

-- # createView: with names for its columns and a description
-- refused (unsupported): migration "golden", operation 1 (create view "live"): StarRocks cannot create view "live": godwit keeps no views there; make views and materialized views with runSQL

-- # createView: over another view
-- refused (unsupported): migration "golden", operation 1 (create view "late_titles"): StarRocks cannot create view "late_titles": godwit keeps no views there; make views and materialized views with runSQL

-- # createView: whose rows are kept
-- refused (unsupported): migration "golden", operation 1 (create materialized view "kept_titles"): StarRocks cannot create view "kept_titles": godwit keeps no views there; make views and materialized views with runSQL

-- # deleteData: rows by their key
-- outside a transaction
DELETE FROM `posts` WHERE `title` = 'First';
-- outside a transaction
DELETE FROM `posts` WHERE `title` = 'o''brien';

-- # deleteData: a row by a composite key
-- outside a transaction
DELETE FROM `order_lines` WHERE `order_no` = 1 AND `line_no` = 1;

-- # detachPartition: a partition with rows
-- refused (unsupported): migration "golden", operation 1 (detach partition "readings_2024"): StarRocks cannot name part indexes on table "readings_2024": godwit keeps partitions and inheritance on PostgreSQL only

-- # detachPartition: a partition with a default and an index of its own
-- refused (unsupported): migration "golden", operation 1 (detach partition "readings_rest"): StarRocks cannot name part indexes on table "readings_rest": godwit keeps partitions and inheritance on PostgreSQL only

-- # detachSequence: of a key
-- refused (unsupported): migration "golden", operation 1 (detach the sequence of field "id" of "tickets"): StarRocks cannot detach sequence: the database has no sequences; use type serial

-- # detachSequence: one that has a name and counts in its own way
-- refused (unsupported): migration "golden", operation 1 (detach the sequence of field "place" of "seats"): StarRocks cannot detach sequence: the database has no sequences; use type serial

-- # dropConstraint: a check
-- refused (unsupported): migration "golden", operation 1 (drop constraint "paid_or_free" of "visits"): StarRocks cannot drop constraint on table "visits": it has no checks and unique constraints; the primary key is all that keeps rows apart

-- # dropConstraint: a unique constraint
-- refused (unsupported): migration "golden", operation 1 (drop constraint "one_visit" of "visits"): StarRocks cannot drop constraint on table "visits": it has no checks and unique constraints; the primary key is all that keeps rows apart

-- # dropDomain: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (drop domain "Unused"): StarRocks cannot drop domain: the database has no domains; give the fields the type itself, and checks

-- # dropDomain: one with rules
-- refused (unsupported): migration "golden", operation 1 (drop domain "year"): StarRocks cannot drop domain: the database has no domains; give the fields the type itself, and checks

-- # dropEnum: one that nobody uses
-- nothing to do

-- # dropEnum: one of several
-- nothing to do

-- # dropExtension: one with an odd name
-- refused (unsupported): migration "golden", operation 1 (drop extension "uuid-ossp"): StarRocks cannot drop extension: the database has no extensions

-- # dropExtension: one that nothing needs
-- refused (unsupported): migration "golden", operation 1 (drop extension "citext"): StarRocks cannot drop extension: the database has no extensions

-- # dropField: a nullable field
-- outside a transaction
ALTER TABLE `users` DROP COLUMN `bio`;

-- # dropField: a field with a default, between others
-- outside a transaction
ALTER TABLE `posts` DROP COLUMN `views`;

-- # dropField: a field that the database updates
-- refused (unsupported): migration "golden", operation 1 (drop field "updated_at" of "users"): StarRocks cannot drop auto update on table "users": no column there sets itself when its row is updated

-- # dropField: a field of a table that refers to others
-- outside a transaction
ALTER TABLE `products` DROP COLUMN `price`;

-- # dropField: an odd name
-- refused (params): migration "golden", operation 1 (drop field "😀" of "o'brien"): the name "😀" is none that StarRocks allows: it begins with a letter or an underscore, and letters, digits and underscores follow; choose another one

-- # dropField: a field that a partition has in another way
-- outside a transaction
ALTER TABLE `readings` DROP COLUMN `value`;

-- # dropField: only in the state
-- nothing to do

-- # dropForeignKey: of a foreign_key field
-- refused (unsupported): migration "golden", operation 1 (drop foreign key "fk_posts_user_id" of "posts"): StarRocks cannot drop foreign key on table "posts": it has no foreign keys; leave the constraint out and keep the field as a plain one (foreign_key_constraints among the properties of a table is advice to the optimizer)

-- # dropForeignKey: to its own table
-- refused (unsupported): migration "golden", operation 1 (drop foreign key "fk_categories_parent" of "categories"): StarRocks cannot drop foreign key on table "categories": it has no foreign keys; leave the constraint out and keep the field as a plain one (foreign_key_constraints among the properties of a table is advice to the optimizer)

-- # dropForeignKey: over several fields
-- refused (unsupported): migration "golden", operation 1 (drop foreign key "fk_shipments_line" of "shipments"): StarRocks cannot drop foreign key on table "shipments": it has no foreign keys; leave the constraint out and keep the field as a plain one (foreign_key_constraints among the properties of a table is advice to the optimizer)

-- # dropForeignKey: in a cycle
-- refused (unsupported): migration "golden", operation 1 (drop foreign key "fk_departments_head_id" of "departments"): StarRocks cannot drop foreign key on table "departments": it has no foreign keys; leave the constraint out and keep the field as a plain one (foreign_key_constraints among the properties of a table is advice to the optimizer)

-- # dropIndex: an index
-- outside a transaction
DROP INDEX `idx_posts_title` ON `posts`;

-- # dropIndex: a unique partial index
-- outside a transaction
DROP INDEX `idx_posts_live` ON `posts`;

-- # dropIndex: concurrently
-- outside a transaction
DROP INDEX `idx_posts_title` ON `posts`;

-- # dropIndex: odd names
-- refused (params): migration "golden", operation 1 (drop index "x; drop table y" of "o'brien"): the name "x; drop table y" is none that StarRocks allows: it begins with a letter or an underscore, and letters, digits and underscores follow; choose another one

-- # dropNamespace: one of several
-- refused (unsupported): migration "golden", operation 1 (drop namespace "audit"): StarRocks cannot drop namespace "audit": all names of a database are in one place there; leave it out, and name things without it

-- # dropNamespace: beside one in which something is
-- refused (unsupported): migration "golden", operation 1 (drop namespace "mood"): StarRocks cannot drop namespace "mood": all names of a database are in one place there; leave it out, and name things without it

-- # dropObject: a function
-- refused (unsupported): migration "golden", operation 1 (drop function "half(integer)"): StarRocks cannot drop object (function "half(integer)"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # dropObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (drop trigger "counted" of "books"): StarRocks cannot drop object (trigger "counted" of "books"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # dropSequence: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (drop sequence "free"): StarRocks cannot drop sequence: the database has no sequences; use type serial

-- # dropSequence: the only one
-- refused (unsupported): migration "golden", operation 1 (drop sequence "invoice numbers"): StarRocks cannot drop sequence: the database has no sequences; use type serial

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
-- refused (params): migration "golden", operation 1 (drop table "o'brien"): the name "o'brien" is none that StarRocks allows: it begins with a letter or an underscore, and letters, digits and underscores follow; choose another one

-- # dropTable: only in the state
-- nothing to do

-- # dropView: a view
-- refused (unsupported): migration "golden", operation 1 (drop view "lent"): StarRocks cannot drop view "lent": godwit keeps no views there; make views and materialized views with runSQL

-- # dropView: only in the state
-- nothing to do

-- # moveRows: into a partitioned table
-- refused (unsupported): migration "golden", operation 1 (move rows of "readings_old" to "readings"): StarRocks cannot move rows: godwit moves rows to partitions only, which it keeps on PostgreSQL

-- # moveRows: out of one
-- refused (unsupported): migration "golden", operation 1 (move rows of "readings" to "readings_old"): StarRocks cannot move rows: godwit moves rows to partitions only, which it keeps on PostgreSQL

-- # renameConstraint: a check
-- refused (unsupported): migration "golden", operation 1 (rename constraint "paid_or_free" of "visits" to "x; drop table y"): StarRocks cannot rename constraint on table "visits": it has no checks and unique constraints; the primary key is all that keeps rows apart

-- # renameConstraint: a foreign key
-- refused (unsupported): migration "golden", operation 1 (rename constraint "visit_patient" of "visits" to "visitor"): StarRocks cannot rename constraint on table "visits": it has no checks and unique constraints; the primary key is all that keeps rows apart

-- # renameDomain: a domain of fields
-- refused (unsupported): migration "golden", operation 1 (rename domain "price" to "Amount"): StarRocks cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameDomain: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (rename domain "Unused" to "spare"): StarRocks cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameEnum: an enum of fields
-- nothing to do

-- # renameEnum: one that nobody uses
-- nothing to do

-- # renameField: a field that an index and its predicate use
-- outside a transaction
ALTER TABLE `posts` RENAME COLUMN `status` TO `state`;

-- # renameField: a key that another table refers to
-- outside a transaction
ALTER TABLE `users` RENAME COLUMN `id` TO `user`;

-- # renameField: a field that refers to another table
-- outside a transaction
ALTER TABLE `posts` RENAME COLUMN `user_id` TO `author_id`;

-- # renameField: a key that its own table refers to
-- refused (unsupported): migration "golden", operation 1 (rename field "code" of "categories" to "Code"): StarRocks cannot rename column "code" of table "categories" to "Code": names of columns that differ in case only are the same there

-- # renameField: part of a composite key
-- outside a transaction
ALTER TABLE `order_lines` RENAME COLUMN `line_no` TO `line`;

-- # renameField: part of a composite foreign key
-- outside a transaction
ALTER TABLE `shipments` RENAME COLUMN `order_no` TO `order`;

-- # renameField: a field that the database updates
-- refused (unsupported): migration "golden", operation 1 (rename field "updated_at" of "users" to "changed_at"): StarRocks cannot drop auto update on table "users": no column there sets itself when its row is updated

-- # renameField: part of a partition key
-- outside a transaction
ALTER TABLE `readings` RENAME COLUMN `at` TO `day`;

-- # renameField: to and from odd names
-- refused (params): migration "golden", operation 1 (rename field "a"b" of "o'brien" to "group"): the name "o'brien" is none that StarRocks allows: it begins with a letter or an underscore, and letters, digits and underscores follow; choose another one

-- # renameIndex: an index
-- outside a transaction
DROP INDEX `idx_posts_title` ON `posts`;
-- outside a transaction
CREATE INDEX `posts_by_title` ON `posts` (`title`) USING BITMAP;

-- # renameIndex: a unique partial index
-- refused (unsupported): migration "golden", operation 1 (rename index "idx_posts_live" of "posts" to "live"): StarRocks cannot make the index "live" of table "posts": only the primary key keeps two rows from having the same values

-- # renameIndex: from an odd name
-- refused (params): migration "golden", operation 1 (rename index "x; drop table y" of "o'brien" to "select"): the name "x; drop table y" is none that StarRocks allows: it begins with a letter or an underscore, and letters, digits and underscores follow; choose another one

-- # renameNamespace: one with tables
-- refused (unsupported): migration "golden", operation 1 (rename namespace "audit" to "audit_log"): StarRocks cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameNamespace: one with nothing in it
-- refused (unsupported): migration "golden", operation 1 (rename namespace "A b" to "c"): StarRocks cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameSequence: a sequence that numbers a table
-- refused (unsupported): migration "golden", operation 1 (rename sequence "counter" to "Invoice numbers"): StarRocks cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameSequence: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (rename sequence "free" to "spare"): StarRocks cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameTable: a table that another refers to
-- refused (unsupported): migration "golden", operation 1 (rename table "users" to "people"): StarRocks cannot drop auto update on table "users": no column there sets itself when its row is updated

-- # renameTable: a table that refers to itself
-- outside a transaction
ALTER TABLE `categories` RENAME `Groups`;

-- # renameTable: to and from odd names
-- refused (params): migration "golden", operation 1 (rename table "o'brien" to "x"; drop table y"): the name "o'brien" is none that StarRocks allows: it begins with a letter or an underscore, and letters, digits and underscores follow; choose another one

-- # renameTable: a table with partitions
-- outside a transaction
ALTER TABLE `readings` RENAME `values`;

-- # renameTable: to a reserved word
-- outside a transaction
ALTER TABLE `posts` RENAME `order`;

-- # replaceObject: what a function computes
-- refused (unsupported): migration "golden", operation 1 (replace function "half(integer)"): StarRocks cannot replace object (function "half(integer)"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # replaceObject: what a function gives
-- refused (unsupported): migration "golden", operation 1 (replace function "half(integer)"): StarRocks cannot drop object (function "half(integer)"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # replaceObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (replace trigger "counted" of "books"): StarRocks cannot drop object (trigger "counted" of "books"): godwit keeps no functions, triggers and the like there; make them with runSQL

-- # replaceObject: only its description
-- refused (unsupported): migration "golden", operation 1 (replace function "half(integer)"): StarRocks cannot comment object (function "half(integer)"): the database keeps no comments

-- # replaceView: fewer rows
-- refused (unsupported): migration "golden", operation 1 (replace view "lent"): StarRocks cannot replace view "lent": godwit keeps no views there; make views and materialized views with runSQL

-- # replaceView: another column behind the others
-- refused (unsupported): migration "golden", operation 1 (replace view "lent"): StarRocks cannot replace view "lent": godwit keeps no views there; make views and materialized views with runSQL

-- # replaceView: other columns
-- refused (unsupported): migration "golden", operation 1 (replace view "lent"): StarRocks cannot drop view "lent": godwit keeps no views there; make views and materialized views with runSQL

-- # replaceView: only its description
-- nothing to do

-- # runCode: both ways
-- refused (unsupported): migration "golden", operation 1 (run code: initials of users): StarRocks cannot run code: it has no transactions over several statements, so that of a function that fails half-way nobody could tell what is done; write its work as statements, with runSQL

-- # runCode: nothing to undo
-- refused (unsupported): migration "golden", operation 1 (run code): StarRocks cannot run code: it has no transactions over several statements, so that of a function that fails half-way nobody could tell what is done; write its work as statements, with runSQL

-- # runCode: no way back, and why
-- refused (unsupported): migration "golden", operation 1 (run code): StarRocks cannot run code: it has no transactions over several statements, so that of a function that fails half-way nobody could tell what is done; write its work as statements, with runSQL

-- # runCode: no way back
-- refused (unsupported): migration "golden", operation 1 (run code): StarRocks cannot run code: it has no transactions over several statements, so that of a function that fails half-way nobody could tell what is done; write its work as statements, with runSQL

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
UPDATE users SET bio = hex(email) WHERE true;

-- # runSQL: several statements
-- outside a transaction
UPDATE posts SET views = 2;
-- outside a transaction
UPDATE posts SET views = 3;

-- # setComment: a table
-- outside a transaction
ALTER TABLE `visits` COMMENT = 'Who came; it''s "theirs"';

-- # setComment: no longer
-- outside a transaction
ALTER TABLE `patients` COMMENT = '';

-- # setComment: an index
-- refused (unsupported): migration "golden", operation 1 (set comment of index "visits_by_day" of "visits"): StarRocks cannot make the index "visits_by_day" of table "visits": an index covers one column there; make one for each, or sort the rows by the option order_by

-- # setComment: a constraint
-- nothing to do

-- # setDatabases: on one alone
-- outside a transaction
DROP TABLE `posts`;

-- # setDatabases: on all but one
-- nothing to do

-- # setDatabases: on all
-- refused (unsupported): migration "golden", operation 1 (keep "posts" on all databases): StarRocks cannot make the foreign key "fk_posts_user_id" of table "posts": it has no foreign keys; leave the constraint out and keep the field as a plain one (foreign_key_constraints among the properties of a table is advice to the optimizer)

-- # setDefaults: a first default, which a field names already
-- nothing to do

-- # setDefaults: another value, and one that goes
-- nothing to do

-- # setInherits: no longer
-- refused (unsupported): migration "golden", operation 1 (let "dogs" inherit from no table): StarRocks cannot alter inherits on table "dogs": godwit keeps partitions and inheritance on PostgreSQL only

-- # setInherits: a table with the same fields
-- refused (unsupported): migration "golden", operation 1 (let "cats" inherit from "animals"): StarRocks cannot alter inherits on table "cats": godwit keeps partitions and inheritance on PostgreSQL only

-- # setRowSecurity: for all but the owner
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to enabled): StarRocks cannot set row security on table "visits": the database does not decide by the row who may see it

-- # setRowSecurity: for the owner too
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to forced): StarRocks cannot set row security on table "visits": the database does not decide by the row who may see it

-- # setRowSecurity: no longer
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to disabled): StarRocks cannot set row security on table "visits": the database does not decide by the row who may see it

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
-- outside a transaction
UPDATE `users` SET
  `email` = 'o''brien@example.com'
WHERE `id` = 1;
-- outside a transaction
INSERT INTO `users` (`email`, `id`)
SELECT 'o''brien@example.com', 1 FROM (SELECT 1) AS `one`
WHERE NOT EXISTS (SELECT 1 FROM `users` WHERE `id` = 1);
-- outside a transaction
UPDATE `users` SET
  `bio` = 'a\\b ''c'' "d"
😀',
  `email` = 'new@example.com',
  `updated_at` = '2024-01-02 03:04:05.678901'
WHERE `id` = 3;
-- outside a transaction
INSERT INTO `users` (`bio`, `email`, `id`, `updated_at`)
SELECT 'a\\b ''c'' "d"
😀', 'new@example.com', 3, '2024-01-02 03:04:05.678901' FROM (SELECT 1) AS `one`
WHERE NOT EXISTS (SELECT 1 FROM `users` WHERE `id` = 3);
-- outside a transaction
UPDATE `users` SET
  `bio` = NULL,
  `email` = 'null@example.com',
  `updated_at` = CURRENT_TIMESTAMP
WHERE `id` = 4;
-- outside a transaction
INSERT INTO `users` (`bio`, `email`, `id`, `updated_at`)
SELECT NULL, 'null@example.com', 4, CURRENT_TIMESTAMP FROM (SELECT 1) AS `one`
WHERE NOT EXISTS (SELECT 1 FROM `users` WHERE `id` = 4);

-- # upsertData: a composite key
-- outside a transaction
UPDATE `order_lines` SET
  `article` = 'Saw'
WHERE `order_no` = 7 AND `line_no` = 1;
-- outside a transaction
INSERT INTO `order_lines` (`article`, `line_no`, `order_no`)
SELECT 'Saw', 1, 7 FROM (SELECT 1) AS `one`
WHERE NOT EXISTS (SELECT 1 FROM `order_lines` WHERE `order_no` = 7 AND `line_no` = 1);
-- outside a transaction
UPDATE `order_lines` SET
  `article` = 'Axe'
WHERE `order_no` = 7 AND `line_no` = 2;
-- outside a transaction
INSERT INTO `order_lines` (`article`, `line_no`, `order_no`)
SELECT 'Axe', 2, 7 FROM (SELECT 1) AS `one`
WHERE NOT EXISTS (SELECT 1 FROM `order_lines` WHERE `order_no` = 7 AND `line_no` = 2);

-- # upsertData: nothing but keys
-- outside a transaction
INSERT INTO `words` (`word`)
SELECT 'new' FROM (SELECT 1) AS `one`
WHERE NOT EXISTS (SELECT 1 FROM `words` WHERE `word` = 'new');
-- outside a transaction
INSERT INTO `words` (`word`)
SELECT 'newer' FROM (SELECT 1) AS `one`
WHERE NOT EXISTS (SELECT 1 FROM `words` WHERE `word` = 'newer');

-- # upsertData: values of every kind
-- outside a transaction
UPDATE `samples` SET
  `data` = x'00275cff',
  `doc` = '{"it''s": [1, null]}',
  `flag` = true,
  `ratio` = -0.1
WHERE `id` = 9007199254740993;
-- outside a transaction
INSERT INTO `samples` (`data`, `doc`, `flag`, `id`, `ratio`)
SELECT x'00275cff', '{"it''s": [1, null]}', true, 9007199254740993, -0.1 FROM (SELECT 1) AS `one`
WHERE NOT EXISTS (SELECT 1 FROM `samples` WHERE `id` = 9007199254740993);
-- outside a transaction
UPDATE `samples` SET
  `data` = NULL,
  `doc` = NULL,
  `flag` = false,
  `ratio` = 1e+21
WHERE `id` = -1;
-- outside a transaction
INSERT INTO `samples` (`data`, `doc`, `flag`, `id`, `ratio`)
SELECT NULL, NULL, false, -1, 1e+21 FROM (SELECT 1) AS `one`
WHERE NOT EXISTS (SELECT 1 FROM `samples` WHERE `id` = -1);

-- # upsertData: a key that a named default gives
-- outside a transaction
UPDATE `settings` SET
  `value` = upper('x')
WHERE `name` = main;
-- outside a transaction
INSERT INTO `settings` (`name`, `value`)
SELECT main, upper('x') FROM (SELECT 1) AS `one`
WHERE NOT EXISTS (SELECT 1 FROM `settings` WHERE `name` = main);

-- # upsertData: odd names and values
-- refused (params): migration "golden", operation 1 (upsert 1 row of "o'brien"): the name "o'brien" is none that StarRocks allows: it begins with a letter or an underscore, and letters, digits and underscores follow; choose another one

-- # upsertData: a key that nothing makes unique
-- outside a transaction
UPDATE `notes` SET
  `body` = 'it''s new'
WHERE `topic` = 'known';
-- outside a transaction
INSERT INTO `notes` (`body`, `topic`)
SELECT 'it''s new', 'known' FROM (SELECT 1) AS `one`
WHERE NOT EXISTS (SELECT 1 FROM `notes` WHERE `topic` = 'known');
-- outside a transaction
UPDATE `notes` SET
  `body` = NULL
WHERE `topic` = 'unknown';
-- outside a transaction
INSERT INTO `notes` (`body`, `topic`)
SELECT NULL, 'unknown' FROM (SELECT 1) AS `one`
WHERE NOT EXISTS (SELECT 1 FROM `notes` WHERE `topic` = 'unknown');

-- # upsertData: rows that refer to each other
-- outside a transaction
UPDATE `people` SET
  `friend` = 2
WHERE `id` = 1;
-- outside a transaction
INSERT INTO `people` (`friend`, `id`)
SELECT 2, 1 FROM (SELECT 1) AS `one`
WHERE NOT EXISTS (SELECT 1 FROM `people` WHERE `id` = 1);
-- outside a transaction
UPDATE `people` SET
  `friend` = 1
WHERE `id` = 2;
-- outside a transaction
INSERT INTO `people` (`friend`, `id`)
SELECT 1, 2 FROM (SELECT 1) AS `one`
WHERE NOT EXISTS (SELECT 1 FROM `people` WHERE `id` = 2);

-- # upsertData: no rows
-- nothing to do

-- # validateConstraint: a check
-- nothing to do

-- # validateConstraint: a foreign key
-- nothing to do
