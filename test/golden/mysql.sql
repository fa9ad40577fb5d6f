-- What MySQL is sent for the examples of the operations.
-- Written by GODWIT_TEST_UPDATE=1 bun test test/golden.test.ts; read what has changed.

-- # addConstraint: a check
-- outside a transaction
ALTER TABLE `posts` ADD CONSTRAINT `views_counted` CHECK (views >= 0 OR views IS NULL);

-- # addConstraint: a unique constraint over several fields
-- outside a transaction
CREATE UNIQUE INDEX `one_line` ON `order_lines` (`article`, `order_no`);

-- # addConstraint: odd names
-- outside a transaction
ALTER TABLE `o'brien` ADD CONSTRAINT `x; drop table y` CHECK (1 = 1 OR 'it''s' = '');

-- # addField: a nullable field
-- outside a transaction
ALTER TABLE `users` ADD COLUMN `phone` VARCHAR(30);

-- # addField: a field with a default
-- outside a transaction
ALTER TABLE `users` ADD COLUMN `plan` TEXT NOT NULL DEFAULT ('it''s free');

-- # addField: a field that existing rows are filled in
-- outside a transaction
ALTER TABLE `users` ADD COLUMN `nick` VARCHAR(255);
UPDATE `users` SET `nick` = lower(email);
-- outside a transaction
ALTER TABLE `users` MODIFY COLUMN `nick` VARCHAR(255) NOT NULL;

-- # addField: a filled field that also has a default
-- outside a transaction
ALTER TABLE `posts` ADD COLUMN `score` DECIMAL(6,2) NOT NULL DEFAULT 0.50;
UPDATE `posts` SET `score` = 1.25;

-- # addField: times that the database keeps
-- outside a transaction
ALTER TABLE `products` ADD COLUMN `changed_at` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP;
-- outside a transaction
ALTER TABLE `products` MODIFY COLUMN `changed_at` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP;

-- # addField: a foreign key to a uuid key
-- outside a transaction
ALTER TABLE `users` ADD COLUMN `pinned_post` CHAR(36);
-- outside a transaction
ALTER TABLE `users` 
  ADD KEY `fk_users_pinned_post` (`pinned_post`),
  ADD CONSTRAINT `fk_users_pinned_post` FOREIGN KEY (`pinned_post`) REFERENCES `posts` (`id`) ON DELETE SET NULL ON UPDATE NO ACTION;

-- # addField: a foreign key to its own table, by a varchar key
-- outside a transaction
ALTER TABLE `categories` ADD COLUMN `see_also` VARCHAR(8);
-- outside a transaction
ALTER TABLE `categories` 
  ADD KEY `see also` (`see_also`),
  ADD CONSTRAINT `see also` FOREIGN KEY (`see_also`) REFERENCES `categories` (`code`) ON DELETE RESTRICT ON UPDATE NO ACTION;

-- # addField: a field of a concrete type with a foreign key
-- outside a transaction
ALTER TABLE `products` ADD COLUMN `fallback` VARCHAR(8);
-- outside a transaction
ALTER TABLE `products` 
  ADD KEY `fk_products_fallback` (`fallback`),
  ADD CONSTRAINT `fk_products_fallback` FOREIGN KEY (`fallback`) REFERENCES `categories` (`code`) ON DELETE RESTRICT ON UPDATE CASCADE;

-- # addField: a primary key, numbered by the database
-- outside a transaction
ALTER TABLE `log` ADD COLUMN `id` INT NOT NULL AUTO_INCREMENT, ADD PRIMARY KEY (`id`);

-- # addField: a field that partitions have too
-- outside a transaction
ALTER TABLE `readings` ADD COLUMN `unit` TEXT NOT NULL DEFAULT ('K');

-- # addField: an odd name
-- outside a transaction
ALTER TABLE `o'brien` ADD COLUMN `x; drop table y` TINYINT(1) NOT NULL DEFAULT 1;

-- # addField: only in the state
-- nothing to do

-- # addForeignKey: to a composite primary key
-- outside a transaction
ALTER TABLE `shipments` 
  ADD KEY `fk_shipments_order_no_line_no` (`order_no`, `line_no`),
  ADD CONSTRAINT `fk_shipments_order_no_line_no` FOREIGN KEY (`order_no`, `line_no`) REFERENCES `order_lines` (`order_no`, `line_no`) ON DELETE CASCADE ON UPDATE NO ACTION;

-- # addForeignKey: checked when the transaction ends
-- refused (unsupported): migration "golden", operation 1 (add foreign key "fk_shipments_order_no_line_no" to "shipments"): InnoDB checks foreign keys by each statement, and for all of their columns; "fk_shipments_order_no_line_no" is to be deferrable, to match fully, or to change only some of them

-- # addForeignKey: to fields under a unique index
-- outside a transaction
ALTER TABLE `returns` 
  ADD KEY `returned` (`no`, `article`),
  ADD CONSTRAINT `returned` FOREIGN KEY (`no`, `article`) REFERENCES `order_lines` (`order_no`, `article`) ON DELETE SET NULL ON UPDATE CASCADE;

-- # addForeignKey: closing a cycle
-- outside a transaction
ALTER TABLE `departments` 
  ADD KEY `fk_departments_head_id` (`head_id`),
  ADD CONSTRAINT `fk_departments_head_id` FOREIGN KEY (`head_id`) REFERENCES `employees` (`id`) ON DELETE SET NULL ON UPDATE NO ACTION;

-- # addForeignKey: with odd names
-- refused (params): migration "golden", operation 1 (add foreign key "x; drop table y" to "o'brien"): the name "😀" contains a character beyond U+FFFF, such as an emoji, which MySQL and MariaDB cannot store in names; choose another one

-- # addIndex: one field
-- outside a transaction
CREATE INDEX `idx_posts_views` ON `posts` (`views`);

-- # addIndex: on the field of a foreign key, by the name the predecessor kept for itself
-- outside a transaction
CREATE INDEX `idx_posts_user_id` ON `posts` (`user_id`);

-- # addIndex: unique, over several fields
-- outside a transaction
CREATE UNIQUE INDEX `uq_lines` ON `order_lines` (`article`, `order_no`);

-- # addIndex: partial
-- refused (unsupported): migration "golden", operation 1 (add index "idx_posts_drafts" to "posts"): MySQL and MariaDB have no partial indexes; the index "idx_posts_drafts" on table "posts" must do without "where"

-- # addIndex: by the method that goes without saying
-- outside a transaction
CREATE INDEX `idx_posts_views` ON `posts` (`views`);

-- # addIndex: by a method
-- outside a transaction
CREATE INDEX `idx_users_bio` ON `users` (`bio`(255));

-- # addIndex: concurrently
-- outside a transaction
CREATE INDEX `idx_posts_views` ON `posts` (`views`);

-- # addIndex: odd names
-- refused (params): migration "golden", operation 1 (add index "select" to "o'brien"): the name "😀" contains a character beyond U+FFFF, such as an emoji, which MySQL and MariaDB cannot store in names; choose another one

-- # alterDomain: other rules
-- refused (unsupported): migration "golden", operation 1 (alter domain "price"): MySQL cannot remake domain: the database has no domains; give the fields the type itself, and checks

-- # alterDomain: another type
-- refused (unsupported): migration "golden", operation 1 (alter domain "price"): MySQL cannot remake domain: the database has no domains; give the fields the type itself, and checks

-- # alterEnum: a value between others
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `state` ENUM('open','waiting','it''s done') NOT NULL DEFAULT 'open';
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `was` ENUM('open','waiting','it''s done');

-- # alterEnum: a description
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `state` ENUM('open','it''s done') NOT NULL DEFAULT 'open';
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `was` ENUM('open','it''s done');

-- # alterEnum: a value under another name
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `state` ENUM('open','it''s done','new') NOT NULL DEFAULT 'open';
UPDATE `tickets` SET `state` = CASE `state` WHEN 'open' THEN 'new' ELSE `state` END;
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `state` ENUM('new','it''s done') NOT NULL DEFAULT 'new';
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `was` ENUM('open','it''s done','new');
UPDATE `tickets` SET `was` = CASE `was` WHEN 'open' THEN 'new' ELSE `was` END;
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `was` ENUM('new','it''s done');

-- # alterEnum: a value goes, and rows with it get another
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `state` ENUM('open','it''s done','closed') NOT NULL DEFAULT 'open';
UPDATE `tickets` SET `state` = CASE `state` WHEN 'it''s done' THEN 'closed' ELSE `state` END;
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `state` ENUM('open','closed') NOT NULL DEFAULT 'open';
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `was` ENUM('open','it''s done','closed');
UPDATE `tickets` SET `was` = CASE `was` WHEN 'it''s done' THEN 'closed' ELSE `was` END;
-- outside a transaction
ALTER TABLE `tickets` MODIFY COLUMN `was` ENUM('open','closed');

-- # alterExtension: in a namespace of its own
-- refused (unsupported): migration "golden", operation 1 (alter extension "citext"): MySQL cannot alter extension: the database has no extensions

-- # alterExtension: back to where the rest is
-- refused (unsupported): migration "golden", operation 1 (alter extension "citext"): MySQL cannot alter extension: the database has no extensions

-- # alterField: a longer varchar
-- kept: index fk_posts_user_id of posts
-- as kept: index fk_posts_user_id of posts
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `title` VARCHAR(400) NOT NULL;
-- kept: index fk_posts_user_id of posts
-- as kept: index fk_posts_user_id of posts

-- # alterField: text in place of varchar
-- refused (unsupported): migration "golden", operation 1 (alter field "title" of "posts"): MySQL and MariaDB have no partial indexes; the index "idx_posts_live" on table "posts" must do without "where"

-- # alterField: NOT NULL, existing rows filled in
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `views` INT DEFAULT 0;
UPDATE `posts` SET `views` = 0 WHERE `views` IS NULL;
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `views` INT NOT NULL DEFAULT 0;

-- # alterField: type, nullability and default at once
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `views` BIGINT DEFAULT 1;
UPDATE `posts` SET `views` = -1 WHERE `views` IS NULL;
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `views` BIGINT NOT NULL DEFAULT 1;

-- # alterField: nullable, without default
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `status` VARCHAR(20);

-- # alterField: a conversion of its own
-- outside a transaction
ALTER TABLE `sizes`
  ADD COLUMN `godwit_converted` INT,
  MODIFY COLUMN `size` TEXT;
UPDATE `sizes` SET `godwit_converted` = CAST(replace(size, ' cm', '') AS INTEGER);
UPDATE `sizes` SET `size` = NULL;
-- outside a transaction
ALTER TABLE `sizes` MODIFY COLUMN `size` INT;
UPDATE `sizes` SET `size` = `godwit_converted`;
-- outside a transaction
ALTER TABLE `sizes`
  MODIFY COLUMN `size` INT NOT NULL,
  DROP COLUMN `godwit_converted`;

-- # alterField: a cast from text to integer
-- outside a transaction
ALTER TABLE `sizes` MODIFY COLUMN `size` INT NOT NULL;

-- # alterField: a key that another table refers to
-- outside a transaction
ALTER TABLE `posts` DROP FOREIGN KEY `fk_posts_user_id`;
-- kept: index fk_posts_user_id of posts
-- as kept: index fk_posts_user_id of posts
-- outside a transaction
ALTER TABLE `users` MODIFY COLUMN `id` BIGINT NOT NULL;
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `user_id` BIGINT NOT NULL;
-- outside a transaction
ALTER TABLE `posts` 
  ADD CONSTRAINT `fk_posts_user_id` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE ON UPDATE NO ACTION;

-- # alterField: a key that is numbered no longer
-- outside a transaction
ALTER TABLE `posts` DROP FOREIGN KEY `fk_posts_user_id`;
-- kept: index fk_posts_user_id of posts
-- as kept: index fk_posts_user_id of posts
-- outside a transaction
ALTER TABLE `users` MODIFY COLUMN `id` INT NOT NULL;
-- outside a transaction
ALTER TABLE `posts` 
  ADD CONSTRAINT `fk_posts_user_id` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE ON UPDATE NO ACTION;

-- # alterField: a key that its own and another table refer to
-- outside a transaction
ALTER TABLE `categories` DROP FOREIGN KEY `fk_categories_parent`;
-- kept: index fk_categories_parent of categories
-- as kept: index fk_categories_parent of categories
-- outside a transaction
ALTER TABLE `products` DROP FOREIGN KEY `fk_products_category`;
-- kept: index fk_products_category of products
-- as kept: index fk_products_category of products
-- outside a transaction
ALTER TABLE `categories` MODIFY COLUMN `code` VARCHAR(40) NOT NULL;
-- outside a transaction
ALTER TABLE `categories` MODIFY COLUMN `parent` VARCHAR(40);
-- outside a transaction
ALTER TABLE `products` MODIFY COLUMN `category` VARCHAR(40) NOT NULL;
-- outside a transaction
ALTER TABLE `categories` 
  ADD KEY `fk_categories_parent` (`parent`),
  ADD CONSTRAINT `fk_categories_parent` FOREIGN KEY (`parent`) REFERENCES `categories` (`code`) ON DELETE CASCADE ON UPDATE NO ACTION;
-- outside a transaction
ALTER TABLE `products` 
  ADD KEY `fk_products_category` (`category`),
  ADD CONSTRAINT `fk_products_category` FOREIGN KEY (`category`) REFERENCES `categories` (`code`) ON DELETE RESTRICT ON UPDATE NO ACTION;

-- # alterField: a key in a cycle
-- outside a transaction
ALTER TABLE `departments` DROP FOREIGN KEY `fk_departments_head_id`;
-- kept: index fk_departments_head_id of departments
-- as kept: index fk_departments_head_id of departments
-- outside a transaction
ALTER TABLE `employees` MODIFY COLUMN `id` BIGINT NOT NULL;
-- outside a transaction
ALTER TABLE `departments` MODIFY COLUMN `head_id` BIGINT;
-- outside a transaction
ALTER TABLE `departments` 
  ADD KEY `fk_departments_head_id` (`head_id`),
  ADD CONSTRAINT `fk_departments_head_id` FOREIGN KEY (`head_id`) REFERENCES `employees` (`id`) ON DELETE SET NULL ON UPDATE NO ACTION;

-- # alterField: part of a composite key
-- outside a transaction
ALTER TABLE `shipments` DROP FOREIGN KEY `fk_shipments_line`;
-- kept: index fk_shipments_line of shipments
-- as kept: index fk_shipments_line of shipments
-- outside a transaction
ALTER TABLE `order_lines` MODIFY COLUMN `line_no` INT NOT NULL;
-- outside a transaction
ALTER TABLE `shipments` MODIFY COLUMN `line_no` INT NOT NULL;
-- outside a transaction
ALTER TABLE `shipments` 
  ADD KEY `fk_shipments_line` (`order_no`, `line_no`),
  ADD CONSTRAINT `fk_shipments_line` FOREIGN KEY (`order_no`, `line_no`) REFERENCES `order_lines` (`order_no`, `line_no`) ON DELETE CASCADE ON UPDATE NO ACTION;

-- # alterField: a field that refers to another table, nullable
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `user_id` INT;

-- # alterField: a time that the database updates no longer
-- outside a transaction
ALTER TABLE `users` MODIFY COLUMN `updated_at` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP;
-- outside a transaction
ALTER TABLE `users` MODIFY COLUMN `updated_at` TIMESTAMP NULL;

-- # alterField: a time that the database updates from now on
-- outside a transaction
ALTER TABLE `notes` MODIFY COLUMN `at` TIMESTAMP NULL ON UPDATE CURRENT_TIMESTAMP;

-- # alterField: an odd name and default
-- refused (unsupported): migration "golden", operation 1 (alter field "a"b" of "o'brien"): MySQL and MariaDB have no partial indexes; the index "x; drop table y" on table "o'brien" must do without "where"

-- # alterField: a field that a partition has in another way
-- outside a transaction
ALTER TABLE `readings` MODIFY COLUMN `value` TEXT DEFAULT ('2');

-- # alterField: a new column in its place
-- refused (unsupported): migration "golden", operation 1 (alter field "title" of "posts"): MySQL and MariaDB have no partial indexes; the index "idx_posts_live" on table "posts" must do without "where"

-- # alterField: a new column in the place of a key that another table refers to
-- outside a transaction
ALTER TABLE `categories` DROP FOREIGN KEY `fk_categories_parent`;
-- kept: index fk_categories_parent of categories
-- as kept: index fk_categories_parent of categories
-- outside a transaction
ALTER TABLE `products` DROP FOREIGN KEY `fk_products_category`;
-- kept: index fk_products_category of products
-- as kept: index fk_products_category of products
-- outside a transaction
ALTER TABLE `categories` ADD COLUMN `godwit_converted` VARCHAR(40);
UPDATE `categories` SET `godwit_converted` = `code`;
-- outside a transaction
ALTER TABLE `categories` DROP PRIMARY KEY;
-- outside a transaction
ALTER TABLE `categories` DROP COLUMN `code`;
-- outside a transaction
ALTER TABLE `categories` RENAME COLUMN `godwit_converted` TO `code`;
-- outside a transaction
ALTER TABLE `categories` MODIFY COLUMN `code` VARCHAR(40) NOT NULL;
-- outside a transaction
ALTER TABLE `categories` ADD PRIMARY KEY (`code`);
-- outside a transaction
ALTER TABLE `categories` MODIFY COLUMN `parent` VARCHAR(40);
-- outside a transaction
ALTER TABLE `products` MODIFY COLUMN `category` VARCHAR(40) NOT NULL;
-- outside a transaction
ALTER TABLE `categories` 
  ADD KEY `fk_categories_parent` (`parent`),
  ADD CONSTRAINT `fk_categories_parent` FOREIGN KEY (`parent`) REFERENCES `categories` (`code`) ON DELETE CASCADE ON UPDATE NO ACTION;
-- outside a transaction
ALTER TABLE `products` 
  ADD KEY `fk_products_category` (`category`),
  ADD CONSTRAINT `fk_products_category` FOREIGN KEY (`category`) REFERENCES `categories` (`code`) ON DELETE RESTRICT ON UPDATE NO ACTION;

-- # alterField: a new column in the place of a part of a composite key
-- outside a transaction
ALTER TABLE `shipments` DROP FOREIGN KEY `fk_shipments_line`;
-- kept: index fk_shipments_line of shipments
-- as kept: index fk_shipments_line of shipments
-- outside a transaction
ALTER TABLE `order_lines` ADD COLUMN `godwit_converted` INT;
UPDATE `order_lines` SET `godwit_converted` = `line_no`;
-- outside a transaction
ALTER TABLE `order_lines` DROP PRIMARY KEY;
-- outside a transaction
ALTER TABLE `order_lines` DROP COLUMN `line_no`;
-- outside a transaction
ALTER TABLE `order_lines` RENAME COLUMN `godwit_converted` TO `line_no`;
-- outside a transaction
ALTER TABLE `order_lines` MODIFY COLUMN `line_no` INT NOT NULL;
-- outside a transaction
ALTER TABLE `order_lines` ADD PRIMARY KEY (`order_no`, `line_no`);
-- outside a transaction
ALTER TABLE `shipments` MODIFY COLUMN `line_no` INT NOT NULL;
-- outside a transaction
ALTER TABLE `shipments` 
  ADD KEY `fk_shipments_line` (`order_no`, `line_no`),
  ADD CONSTRAINT `fk_shipments_line` FOREIGN KEY (`order_no`, `line_no`) REFERENCES `order_lines` (`order_no`, `line_no`) ON DELETE CASCADE ON UPDATE NO ACTION;

-- # alterField: a new column, NOT NULL and filled
-- outside a transaction
ALTER TABLE `posts` ADD COLUMN `godwit_converted` BIGINT;
UPDATE `posts` SET `godwit_converted` = `views`;
UPDATE `posts` SET `godwit_converted` = -1 WHERE `godwit_converted` IS NULL;
-- outside a transaction
ALTER TABLE `posts` DROP COLUMN `views`;
-- outside a transaction
ALTER TABLE `posts` RENAME COLUMN `godwit_converted` TO `views`;
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `views` BIGINT NOT NULL DEFAULT 1;

-- # alterField: no change at all
-- nothing to do

-- # alterNamespace: a comment comes
-- refused (unsupported): migration "golden", operation 1 (alter namespace "audit"): MySQL cannot comment namespace "audit": all names of a database are in one place there; leave it out, and name things without it

-- # alterNamespace: a comment goes
-- refused (unsupported): migration "golden", operation 1 (alter namespace "audit"): MySQL cannot comment namespace "audit": all names of a database are in one place there; leave it out, and name things without it

-- # alterPrimaryKey: a key where there was none
-- outside a transaction
ALTER TABLE `tags` MODIFY COLUMN `word` VARCHAR(30) NOT NULL;
-- outside a transaction
ALTER TABLE `tags` ADD PRIMARY KEY (`word`);

-- # alterPrimaryKey: a longer key
-- outside a transaction
ALTER TABLE `order_lines` DROP PRIMARY KEY;
-- outside a transaction
ALTER TABLE `order_lines` ADD PRIMARY KEY (`order_no`, `line_no`, `article`);

-- # alterPrimaryKey: another order
-- outside a transaction
ALTER TABLE `order_lines` DROP PRIMARY KEY;
-- outside a transaction
ALTER TABLE `order_lines` ADD PRIMARY KEY (`line_no`, `order_no`);

-- # alterPrimaryKey: no key
-- outside a transaction
ALTER TABLE `shipments` DROP PRIMARY KEY;

-- # alterPrimaryKey: the key of a table that refers to another
-- outside a transaction
ALTER TABLE `posts` DROP PRIMARY KEY;
-- outside a transaction
ALTER TABLE `posts` ADD PRIMARY KEY (`id`, `user_id`);

-- # alterSequence: other options, no owner any more
-- refused (unsupported): migration "golden", operation 1 (alter sequence "counter"): MySQL cannot alter sequence: the database has no sequences; use type serial

-- # alterSequence: a description
-- refused (unsupported): migration "golden", operation 1 (alter sequence "free"): MySQL cannot alter sequence: the database has no sequences; use type serial

-- # attachPartition: a table with the same fields
-- refused (unsupported): migration "golden", operation 1 (attach partition "readings_old" to "readings"): MySQL cannot attach partition on table "readings_old": godwit keeps partitions and inheritance on PostgreSQL only

-- # attachPartition: for all that no other partition takes
-- refused (unsupported): migration "golden", operation 1 (attach partition "readings_old" to "readings"): MySQL cannot attach partition on table "readings_old": godwit keeps partitions and inheritance on PostgreSQL only

-- # attachSequence: one that numbers a table
-- refused (unsupported): migration "golden", operation 1 (attach sequence "counter" to field "id" of "invoices"): MySQL cannot attach sequence on table "invoices": the database has no sequences; use type serial

-- # attachSequence: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (attach sequence "notes_place_seq" to field "place" of "notes"): MySQL cannot attach sequence on table "notes": the database has no sequences; use type serial

-- # createDomain: a type under another name
-- refused (unsupported): migration "golden", operation 1 (create domain "Label"): MySQL cannot create domain: the database has no domains; give the fields the type itself, and checks

-- # createDomain: with all that it may have
-- refused (unsupported): migration "golden", operation 1 (create domain "email"): MySQL cannot create domain: the database has no domains; give the fields the type itself, and checks

-- # createEnum: some values
-- nothing to do

-- # createEnum: described
-- nothing to do

-- # createEnum: odd values
-- nothing to do

-- # createExtension: one that comes with PostgreSQL
-- refused (unsupported): migration "golden", operation 1 (create extension "citext"): MySQL cannot create extension: the database has no extensions

-- # createExtension: in a namespace of its own
-- refused (unsupported): migration "golden", operation 1 (create extension "uuid-ossp"): MySQL cannot create extension: the database has no extensions

-- # createNamespace: a plain name
-- refused (unsupported): migration "golden", operation 1 (create namespace "audit"): MySQL cannot create namespace "audit": all names of a database are in one place there; leave it out, and name things without it

-- # createNamespace: an odd name
-- refused (unsupported): migration "golden", operation 1 (create namespace "a"b; drop table x"): MySQL cannot create namespace "a"b; drop table x": all names of a database are in one place there; leave it out, and name things without it

-- # createObject: a function
-- refused (unsupported): migration "golden", operation 1 (create function "half(integer)"): MySQL cannot make function "half(integer)": a body there is not a text between dollars

-- # createObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (create trigger "no titles" of "books"): MySQL cannot make trigger "no titles" of "books": a trigger there says FOR EACH ROW

-- # createObject: a policy
-- refused (unsupported): migration "golden", operation 1 (create policy "all_books" of "books"): MySQL has no policy: policy "all_books" of "books"

-- # createObject: a virtual table
-- refused (unsupported): migration "golden", operation 1 (create virtual table "words"): MySQL has no virtual table: virtual table "words"

-- # createSequence: without options
-- refused (unsupported): migration "golden", operation 1 (create sequence "invoice numbers"): MySQL cannot create sequence: the database has no sequences; use type serial

-- # createSequence: with all of them
-- refused (unsupported): migration "golden", operation 1 (create sequence "counter"): MySQL cannot create sequence: the database has no sequences; use type serial

-- # createTable: a table with a key and an index
-- outside a transaction
CREATE TABLE `users` (
  `id` INT NOT NULL AUTO_INCREMENT,
  `email` VARCHAR(255) NOT NULL,
  `bio` TEXT,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
-- outside a transaction
CREATE UNIQUE INDEX `idx_users_email` ON `users` (`email`);

-- # createTable: every field type
-- outside a transaction
CREATE TABLE `everything` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  `a_varchar` VARCHAR(40) NOT NULL,
  `a_char` CHAR(2) NOT NULL,
  `a_text` TEXT NOT NULL,
  `a_smallint` SMALLINT NOT NULL,
  `an_integer` INT NOT NULL,
  `a_bigint` BIGINT NOT NULL,
  `a_float` FLOAT NOT NULL,
  `a_double` DOUBLE NOT NULL,
  `a_decimal` DECIMAL(12,4) NOT NULL,
  `a_boolean` TINYINT(1) NOT NULL,
  `a_date` DATE NOT NULL,
  `a_time` TIME NOT NULL,
  `a_timestamp` TIMESTAMP NOT NULL,
  `a_timestamptz` TIMESTAMP(6) NOT NULL,
  `a_uuid` CHAR(36) NOT NULL,
  `a_json` JSON NOT NULL,
  `a_jsonb` JSON NOT NULL,
  `some_bytes` BLOB NOT NULL,
  `a_list` TEXT,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- # createTable: defaults of every kind
-- outside a transaction
CREATE TABLE `accounts` (
  `id` INT NOT NULL,
  `tier` VARCHAR(10) NOT NULL DEFAULT 'tier',
  `word` TEXT NOT NULL DEFAULT ('it''s ACTIVE (or not)'),
  `literal` TEXT NOT NULL DEFAULT ('now()'),
  `expression` INT NOT NULL DEFAULT (1 + 2),
  `digits` DECIMAL(5,2) NOT NULL DEFAULT 0.10,
  `zero_padded` VARCHAR(3) NOT NULL DEFAULT '007',
  `count` INT NOT NULL DEFAULT 0,
  `open` TINYINT(1) NOT NULL DEFAULT 0,
  `quoted` TEXT NOT NULL DEFAULT ('a''b'),
  `created_at` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  `updated_at` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
-- outside a transaction
ALTER TABLE `accounts` MODIFY COLUMN `updated_at` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP;

-- # createTable: a composite key in an order of its own
-- outside a transaction
CREATE TABLE `prices` (
  `valid_from` DATE NOT NULL,
  `product` VARCHAR(20) NOT NULL,
  `amount` DECIMAL(10,2) NOT NULL,
  PRIMARY KEY (`product`, `valid_from`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- # createTable: a table that refers to others and to itself
-- refused (unsupported): migration "golden", operation 1 (create table "comments"): MySQL and MariaDB have no partial indexes; the index "idx_comments_recent" on table "comments" must do without "where"

-- # createTable: a partition with something of its own
-- refused (unsupported): migration "golden", operation 1 (create table "readings_1999"): MySQL cannot create tree table on table "readings_1999": godwit keeps partitions and inheritance on PostgreSQL only

-- # createTable: a partitioned table
-- refused (unsupported): migration "golden", operation 1 (create table "names"): MySQL cannot create tree table on table "names": godwit keeps partitions and inheritance on PostgreSQL only

-- # createTable: a table that inherits
-- refused (unsupported): migration "golden", operation 1 (create table "birds"): MySQL cannot create tree table on table "birds": godwit keeps partitions and inheritance on PostgreSQL only

-- # createTable: names that need quoting
-- refused (params): migration "golden", operation 1 (create table "o'brien"): the name "😀" contains a character beyond U+FFFF, such as an emoji, which MySQL and MariaDB cannot store in names; choose another one

-- # createView: over a table
-- outside a transaction
CREATE VIEW `emails` AS
SELECT id, email FROM users;

-- # createView: with names for its columns and a description
-- outside a transaction
CREATE VIEW `live` (`number`, `heading`) AS
SELECT id, title FROM posts WHERE status = 'live';

-- # createView: over another view
-- outside a transaction
CREATE VIEW `late_titles` AS
SELECT title FROM lent WHERE day < '2024-01-01';

-- # createView: whose rows are kept
-- refused (unsupported): migration "golden", operation 1 (create materialized view "kept_titles"): MySQL and MariaDB have no materialized views; "kept_titles" is one

-- # deleteData: rows by their key
DELETE FROM `posts` WHERE `title` IN ('First', 'o''brien');

-- # deleteData: a row by a composite key
DELETE FROM `order_lines` WHERE
  (`order_no` = 1 AND `line_no` = 1);

-- # detachPartition: a partition with rows
-- refused (unsupported): migration "golden", operation 1 (detach partition "readings_2024"): MySQL cannot name part indexes on table "readings_2024": godwit keeps partitions and inheritance on PostgreSQL only

-- # detachPartition: a partition with a default and an index of its own
-- refused (unsupported): migration "golden", operation 1 (detach partition "readings_rest"): MySQL cannot name part indexes on table "readings_rest": godwit keeps partitions and inheritance on PostgreSQL only

-- # detachSequence: of a key
-- refused (unsupported): migration "golden", operation 1 (detach the sequence of field "id" of "tickets"): MySQL cannot detach sequence: the database has no sequences; use type serial

-- # detachSequence: one that has a name and counts in its own way
-- refused (unsupported): migration "golden", operation 1 (detach the sequence of field "place" of "seats"): MySQL cannot detach sequence: the database has no sequences; use type serial

-- # dropConstraint: a check
-- outside a transaction
ALTER TABLE `visits` DROP CONSTRAINT `paid_or_free`;

-- # dropConstraint: a unique constraint
-- kept: index visit_patient of visits
-- as kept: index visit_patient of visits
-- outside a transaction
DROP INDEX `one_visit` ON `visits`;

-- # dropDomain: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (drop domain "Unused"): MySQL cannot drop domain: the database has no domains; give the fields the type itself, and checks

-- # dropDomain: one with rules
-- refused (unsupported): migration "golden", operation 1 (drop domain "year"): MySQL cannot drop domain: the database has no domains; give the fields the type itself, and checks

-- # dropEnum: one that nobody uses
-- nothing to do

-- # dropEnum: one of several
-- nothing to do

-- # dropExtension: one with an odd name
-- refused (unsupported): migration "golden", operation 1 (drop extension "uuid-ossp"): MySQL cannot drop extension: the database has no extensions

-- # dropExtension: one that nothing needs
-- refused (unsupported): migration "golden", operation 1 (drop extension "citext"): MySQL cannot drop extension: the database has no extensions

-- # dropField: a nullable field
-- outside a transaction
ALTER TABLE `users` DROP COLUMN `bio`;

-- # dropField: a field with a default, between others
-- outside a transaction
ALTER TABLE `posts` DROP COLUMN `views`;

-- # dropField: a field that the database updates
-- outside a transaction
ALTER TABLE `users` MODIFY COLUMN `updated_at` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP;
-- outside a transaction
ALTER TABLE `users` DROP COLUMN `updated_at`;

-- # dropField: a field of a table that refers to others
-- outside a transaction
ALTER TABLE `products` DROP COLUMN `price`;

-- # dropField: an odd name
-- refused (params): migration "golden", operation 1 (drop field "😀" of "o'brien"): the name "😀" contains a character beyond U+FFFF, such as an emoji, which MySQL and MariaDB cannot store in names; choose another one

-- # dropField: a field that a partition has in another way
-- outside a transaction
ALTER TABLE `readings` DROP COLUMN `value`;

-- # dropField: only in the state
-- nothing to do

-- # dropForeignKey: of a foreign_key field
-- outside a transaction
ALTER TABLE `posts` DROP FOREIGN KEY `fk_posts_user_id`;
-- kept: index fk_posts_user_id of posts
-- as kept: index fk_posts_user_id of posts

-- # dropForeignKey: to its own table
-- outside a transaction
ALTER TABLE `categories` DROP FOREIGN KEY `fk_categories_parent`;
-- kept: index fk_categories_parent of categories
-- as kept: index fk_categories_parent of categories

-- # dropForeignKey: over several fields
-- outside a transaction
ALTER TABLE `shipments` DROP FOREIGN KEY `fk_shipments_line`;
-- kept: index fk_shipments_line of shipments
-- as kept: index fk_shipments_line of shipments

-- # dropForeignKey: in a cycle
-- outside a transaction
ALTER TABLE `departments` DROP FOREIGN KEY `fk_departments_head_id`;
-- kept: index fk_departments_head_id of departments
-- as kept: index fk_departments_head_id of departments

-- # dropIndex: an index
-- outside a transaction
DROP INDEX `idx_posts_title` ON `posts`;

-- # dropIndex: a unique partial index
-- kept: index fk_posts_user_id of posts
-- as kept: index fk_posts_user_id of posts
-- outside a transaction
DROP INDEX `idx_posts_live` ON `posts`;

-- # dropIndex: concurrently
-- outside a transaction
DROP INDEX `idx_posts_title` ON `posts`;

-- # dropIndex: odd names
-- outside a transaction
DROP INDEX `x; drop table y` ON `o'brien`;

-- # dropNamespace: one of several
-- refused (unsupported): migration "golden", operation 1 (drop namespace "audit"): MySQL cannot drop namespace "audit": all names of a database are in one place there; leave it out, and name things without it

-- # dropNamespace: beside one in which something is
-- refused (unsupported): migration "golden", operation 1 (drop namespace "mood"): MySQL cannot drop namespace "mood": all names of a database are in one place there; leave it out, and name things without it

-- # dropObject: a function
-- outside a transaction
DROP FUNCTION `half`;

-- # dropObject: a trigger, as SQLite writes it
-- outside a transaction
DROP TRIGGER `counted`;

-- # dropSequence: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (drop sequence "free"): MySQL cannot drop sequence: the database has no sequences; use type serial

-- # dropSequence: the only one
-- refused (unsupported): migration "golden", operation 1 (drop sequence "invoice numbers"): MySQL cannot drop sequence: the database has no sequences; use type serial

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
-- outside a transaction
DROP VIEW `lent`;

-- # dropView: only in the state
-- nothing to do

-- # moveRows: into a partitioned table
-- refused (unsupported): migration "golden", operation 1 (move rows of "readings_old" to "readings"): MySQL cannot move rows: godwit moves rows to partitions only, which it keeps on PostgreSQL

-- # moveRows: out of one
-- refused (unsupported): migration "golden", operation 1 (move rows of "readings" to "readings_old"): MySQL cannot move rows: godwit moves rows to partitions only, which it keeps on PostgreSQL

-- # renameConstraint: a check
-- outside a transaction
ALTER TABLE `visits` DROP CONSTRAINT `paid_or_free`;
-- outside a transaction
ALTER TABLE `visits` ADD CONSTRAINT `x; drop table y` CHECK (fee IS NULL OR fee > 0);

-- # renameConstraint: a foreign key
-- outside a transaction
ALTER TABLE `visits` DROP FOREIGN KEY `visit_patient`;
-- kept: index visit_patient of visits
-- as kept: index visit_patient of visits
-- outside a transaction
ALTER TABLE `visits` 
  ADD KEY `visitor` (`patient_id`),
  ADD CONSTRAINT `visitor` FOREIGN KEY (`patient_id`) REFERENCES `patients` (`id`) ON DELETE RESTRICT ON UPDATE NO ACTION;

-- # renameDomain: a domain of fields
-- refused (unsupported): migration "golden", operation 1 (rename domain "price" to "Amount"): MySQL cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameDomain: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (rename domain "Unused" to "spare"): MySQL cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

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
-- outside a transaction
ALTER TABLE `categories` RENAME COLUMN `code` TO `Code`;

-- # renameField: part of a composite key
-- outside a transaction
ALTER TABLE `order_lines` RENAME COLUMN `line_no` TO `line`;

-- # renameField: part of a composite foreign key
-- outside a transaction
ALTER TABLE `shipments` RENAME COLUMN `order_no` TO `order`;

-- # renameField: a field that the database updates
-- outside a transaction
ALTER TABLE `users` MODIFY COLUMN `updated_at` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP;
-- outside a transaction
ALTER TABLE `users` RENAME COLUMN `updated_at` TO `changed_at`;
-- outside a transaction
ALTER TABLE `users` MODIFY COLUMN `changed_at` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP;

-- # renameField: part of a partition key
-- outside a transaction
ALTER TABLE `readings` RENAME COLUMN `at` TO `day`;

-- # renameField: to and from odd names
-- outside a transaction
ALTER TABLE `o'brien` RENAME COLUMN `a"b` TO `group`;

-- # renameIndex: an index
-- outside a transaction
ALTER TABLE `posts` RENAME INDEX `idx_posts_title` TO `posts_by_title`;

-- # renameIndex: a unique partial index
-- outside a transaction
ALTER TABLE `posts` RENAME INDEX `idx_posts_live` TO `live`;

-- # renameIndex: from an odd name
-- outside a transaction
ALTER TABLE `o'brien` RENAME INDEX `x; drop table y` TO `select`;

-- # renameNamespace: one with tables
-- refused (unsupported): migration "golden", operation 1 (rename namespace "audit" to "audit_log"): MySQL cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameNamespace: one with nothing in it
-- refused (unsupported): migration "golden", operation 1 (rename namespace "A b" to "c"): MySQL cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameSequence: a sequence that numbers a table
-- refused (unsupported): migration "golden", operation 1 (rename sequence "counter" to "Invoice numbers"): MySQL cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameSequence: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (rename sequence "free" to "spare"): MySQL cannot rename thing: the database has neither namespaces nor types, domains and sequences with names of their own

-- # renameTable: a table that another refers to
-- outside a transaction
ALTER TABLE `users` MODIFY COLUMN `updated_at` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP;
-- outside a transaction
ALTER TABLE `users` RENAME TO `people`;
-- outside a transaction
ALTER TABLE `people` MODIFY COLUMN `updated_at` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP;

-- # renameTable: a table that refers to itself
-- outside a transaction
ALTER TABLE `categories` RENAME TO `Groups`;

-- # renameTable: to and from odd names
-- outside a transaction
ALTER TABLE `o'brien` RENAME TO `x"; drop table y`;

-- # renameTable: a table with partitions
-- outside a transaction
ALTER TABLE `readings` RENAME TO `values`;

-- # renameTable: to a reserved word
-- outside a transaction
ALTER TABLE `posts` RENAME TO `order`;

-- # replaceObject: what a function computes
-- refused (unsupported): migration "golden", operation 1 (replace function "half(integer)"): MySQL cannot make function "half(integer)": a body there is not a text between dollars

-- # replaceObject: what a function gives
-- refused (unsupported): migration "golden", operation 1 (replace function "half(integer)"): MySQL cannot make function "half(integer)": a body there is not a text between dollars

-- # replaceObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (replace trigger "counted" of "books"): MySQL cannot make trigger "counted" of "books": a trigger there says FOR EACH ROW

-- # replaceObject: only its description
-- outside a transaction
ALTER FUNCTION `half` COMMENT 'rounded down';

-- # replaceView: fewer rows
-- outside a transaction
CREATE OR REPLACE VIEW `lent` AS
SELECT id, title, day FROM books WHERE day IS NOT NULL AND id > 1;

-- # replaceView: another column behind the others
-- outside a transaction
CREATE OR REPLACE VIEW `lent` AS
SELECT id, title, day, id + 1 AS next FROM books WHERE day IS NOT NULL;

-- # replaceView: other columns
-- outside a transaction
DROP VIEW `lent`;
-- outside a transaction
CREATE VIEW `lent` AS
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
UPDATE users SET bio = sha2(email, 256);

-- # runSQL: several statements
UPDATE posts SET views = 2;
UPDATE posts SET views = 3;

-- # setComment: a table
-- outside a transaction
ALTER TABLE `visits` COMMENT='Who came; it''s "theirs"';

-- # setComment: no longer
-- outside a transaction
ALTER TABLE `patients` COMMENT='';

-- # setComment: an index
-- outside a transaction
DROP INDEX `visits_by_day` ON `visits`;
-- outside a transaction
CREATE INDEX `visits_by_day` ON `visits` (`day` DESC, `patient_id`) COMMENT 'for the diary';

-- # setComment: a constraint
-- nothing to do

-- # setDatabases: on one alone
-- outside a transaction
DROP TABLE `posts`;

-- # setDatabases: on all but one
-- nothing to do

-- # setDatabases: on all
-- refused (unsupported): migration "golden", operation 1 (keep "posts" on all databases): MySQL and MariaDB have no partial indexes; the index "idx_posts_live" on table "posts" must do without "where"

-- # setDefaults: a first default, which a field names already
-- nothing to do

-- # setDefaults: another value, and one that goes
-- nothing to do

-- # setInherits: no longer
-- refused (unsupported): migration "golden", operation 1 (let "dogs" inherit from no table): MySQL cannot alter inherits on table "dogs": godwit keeps partitions and inheritance on PostgreSQL only

-- # setInherits: a table with the same fields
-- refused (unsupported): migration "golden", operation 1 (let "cats" inherit from "animals"): MySQL cannot alter inherits on table "cats": godwit keeps partitions and inheritance on PostgreSQL only

-- # setRowSecurity: for all but the owner
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to enabled): MySQL cannot set row security on table "visits": the database does not decide by the row who may see it

-- # setRowSecurity: for the owner too
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to forced): MySQL cannot set row security on table "visits": the database does not decide by the row who may see it

-- # setRowSecurity: no longer
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to disabled): MySQL cannot set row security on table "visits": the database does not decide by the row who may see it

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
  `email` = 'o''brien@example.com'
WHERE `id` = 1;
INSERT INTO `users` (`email`, `id`)
SELECT 'o''brien@example.com', 1 FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM `users` WHERE `id` = 1);
UPDATE `users` SET
  `bio` = 'a\\b ''c'' "d"
😀',
  `email` = 'new@example.com',
  `updated_at` = '2024-01-02 03:04:05.678901'
WHERE `id` = 3;
INSERT INTO `users` (`bio`, `email`, `id`, `updated_at`)
SELECT 'a\\b ''c'' "d"
😀', 'new@example.com', 3, '2024-01-02 03:04:05.678901' FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM `users` WHERE `id` = 3);
UPDATE `users` SET
  `bio` = NULL,
  `email` = 'null@example.com',
  `updated_at` = CURRENT_TIMESTAMP
WHERE `id` = 4;
INSERT INTO `users` (`bio`, `email`, `id`, `updated_at`)
SELECT NULL, 'null@example.com', 4, CURRENT_TIMESTAMP FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM `users` WHERE `id` = 4);

-- # upsertData: a composite key
UPDATE `order_lines` SET
  `article` = 'Saw'
WHERE `order_no` = 7 AND `line_no` = 1;
INSERT INTO `order_lines` (`article`, `line_no`, `order_no`)
SELECT 'Saw', 1, 7 FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM `order_lines` WHERE `order_no` = 7 AND `line_no` = 1);
UPDATE `order_lines` SET
  `article` = 'Axe'
WHERE `order_no` = 7 AND `line_no` = 2;
INSERT INTO `order_lines` (`article`, `line_no`, `order_no`)
SELECT 'Axe', 2, 7 FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM `order_lines` WHERE `order_no` = 7 AND `line_no` = 2);

-- # upsertData: nothing but keys
INSERT INTO `words` (`word`) VALUES
  ('new'),
  ('newer')
ON DUPLICATE KEY UPDATE `word` = VALUES(`word`);

-- # upsertData: values of every kind
INSERT INTO `samples` (`data`, `doc`, `flag`, `id`, `ratio`) VALUES
  (X'00275cff', '{"it''s": [1, null]}', 1, 9007199254740993, -0.1),
  (NULL, NULL, 0, -1, 1e+21)
ON DUPLICATE KEY UPDATE `data` = VALUES(`data`), `doc` = VALUES(`doc`), `flag` = VALUES(`flag`), `ratio` = VALUES(`ratio`);

-- # upsertData: a key that a named default gives
INSERT INTO `settings` (`name`, `value`) VALUES
  (main, upper('x'))
ON DUPLICATE KEY UPDATE `value` = VALUES(`value`);

-- # upsertData: odd names and values
-- refused (params): migration "golden", operation 1 (upsert 1 row of "o'brien"): the name "😀" contains a character beyond U+FFFF, such as an emoji, which MySQL and MariaDB cannot store in names; choose another one

-- # upsertData: a key that nothing makes unique
UPDATE `notes` SET
  `body` = 'it''s new'
WHERE `topic` = 'known';
INSERT INTO `notes` (`body`, `topic`)
SELECT 'it''s new', 'known' FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM `notes` WHERE `topic` = 'known');
UPDATE `notes` SET
  `body` = NULL
WHERE `topic` = 'unknown';
INSERT INTO `notes` (`body`, `topic`)
SELECT NULL, 'unknown' FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM `notes` WHERE `topic` = 'unknown');

-- # upsertData: rows that refer to each other
INSERT INTO `people` (`friend`, `id`) VALUES
  (2, 1),
  (1, 2)
ON DUPLICATE KEY UPDATE `friend` = VALUES(`friend`);

-- # upsertData: no rows
-- nothing to do

-- # validateConstraint: a check
-- nothing to do

-- # validateConstraint: a foreign key
-- nothing to do
