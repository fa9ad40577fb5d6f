-- What TiDB is sent for the examples of the operations, where it is not what MySQL is sent.
-- Read by the parser of TiDB (test/dialects/tidb-parser.test.ts, in the long run), and MariaDB, which runs them.
-- Written by GODWIT_TEST_UPDATE=1 bun test test/golden.test.ts; read what has changed.

-- # addConstraint: a check
-- checked: table "posts" has checks, which this TiDB reads and forgets: SET GLOBAL tidb_enable_check_constraint = ON, from version 7.2 on
-- outside a transaction
ALTER TABLE `posts` ADD CONSTRAINT `views_counted` CHECK (views >= 0 OR views IS NULL);

-- # addConstraint: odd names
-- checked: table "o'brien" has checks, which this TiDB reads and forgets: SET GLOBAL tidb_enable_check_constraint = ON, from version 7.2 on
-- outside a transaction
ALTER TABLE `o'brien` ADD CONSTRAINT `x; drop table y` CHECK (1 = 1 OR 'it''s' = '');

-- # addField: a field with a default
-- refused (unsupported): migration "golden", operation 1 (add field "plan" to "users"): TiDB cannot have the column "plan" of table "users": TEXT takes no literal as a default there, only a function such as UUID(), JSON_ARRAY() or JSON_OBJECT(); give it a type with a length, such as varchar, or no default

-- # addField: a foreign key to a uuid key
-- outside a transaction
ALTER TABLE `users` ADD COLUMN `pinned_post` CHAR(36);
-- checked: table "users" has foreign keys, which this TiDB reads and forgets: SET GLOBAL tidb_enable_foreign_key = ON, from version 6.6 on
-- outside a transaction
CREATE INDEX `fk_users_pinned_post` ON `users` (`pinned_post`);
-- outside a transaction
ALTER TABLE `users` 
  ADD CONSTRAINT `fk_users_pinned_post` FOREIGN KEY (`pinned_post`) REFERENCES `posts` (`id`) ON DELETE SET NULL ON UPDATE NO ACTION;

-- # addField: a foreign key to its own table, by a varchar key
-- outside a transaction
ALTER TABLE `categories` ADD COLUMN `see_also` VARCHAR(8);
-- checked: table "categories" has foreign keys, which this TiDB reads and forgets: SET GLOBAL tidb_enable_foreign_key = ON, from version 6.6 on
-- outside a transaction
CREATE INDEX `see also` ON `categories` (`see_also`);
-- outside a transaction
ALTER TABLE `categories` 
  ADD CONSTRAINT `see also` FOREIGN KEY (`see_also`) REFERENCES `categories` (`code`) ON DELETE RESTRICT ON UPDATE NO ACTION;

-- # addField: a field of a concrete type with a foreign key
-- outside a transaction
ALTER TABLE `products` ADD COLUMN `fallback` VARCHAR(8);
-- checked: table "products" has foreign keys, which this TiDB reads and forgets: SET GLOBAL tidb_enable_foreign_key = ON, from version 6.6 on
-- outside a transaction
CREATE INDEX `fk_products_fallback` ON `products` (`fallback`);
-- outside a transaction
ALTER TABLE `products` 
  ADD CONSTRAINT `fk_products_fallback` FOREIGN KEY (`fallback`) REFERENCES `categories` (`code`) ON DELETE RESTRICT ON UPDATE CASCADE;

-- # addField: a primary key, numbered by the database
-- refused (unsupported): migration "golden", operation 1 (add field "id" to "log"): TiDB cannot add the column "id" to table "log": it numbers only columns that a table was made with; make a new table, copy the rows and exchange the two

-- # addField: a field that partitions have too
-- refused (unsupported): migration "golden", operation 1 (add field "unit" to "readings"): TiDB cannot have the column "unit" of table "readings": TEXT takes no literal as a default there, only a function such as UUID(), JSON_ARRAY() or JSON_OBJECT(); give it a type with a length, such as varchar, or no default

-- # addForeignKey: to a composite primary key
-- checked: table "shipments" has foreign keys, which this TiDB reads and forgets: SET GLOBAL tidb_enable_foreign_key = ON, from version 6.6 on
-- outside a transaction
CREATE INDEX `fk_shipments_order_no_line_no` ON `shipments` (`order_no`, `line_no`);
-- outside a transaction
ALTER TABLE `shipments` 
  ADD CONSTRAINT `fk_shipments_order_no_line_no` FOREIGN KEY (`order_no`, `line_no`) REFERENCES `order_lines` (`order_no`, `line_no`) ON DELETE CASCADE ON UPDATE NO ACTION;

-- # addForeignKey: to fields under a unique index
-- checked: table "returns" has foreign keys, which this TiDB reads and forgets: SET GLOBAL tidb_enable_foreign_key = ON, from version 6.6 on
-- outside a transaction
CREATE INDEX `returned` ON `returns` (`no`, `article`);
-- outside a transaction
ALTER TABLE `returns` 
  ADD CONSTRAINT `returned` FOREIGN KEY (`no`, `article`) REFERENCES `order_lines` (`order_no`, `article`) ON DELETE SET NULL ON UPDATE CASCADE;

-- # addForeignKey: closing a cycle
-- checked: table "departments" has foreign keys, which this TiDB reads and forgets: SET GLOBAL tidb_enable_foreign_key = ON, from version 6.6 on
-- outside a transaction
CREATE INDEX `fk_departments_head_id` ON `departments` (`head_id`);
-- outside a transaction
ALTER TABLE `departments` 
  ADD CONSTRAINT `fk_departments_head_id` FOREIGN KEY (`head_id`) REFERENCES `employees` (`id`) ON DELETE SET NULL ON UPDATE NO ACTION;

-- # alterField: a longer varchar
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `title` VARCHAR(400) NOT NULL;

-- # alterField: a key that another table refers to
-- outside a transaction
ALTER TABLE `posts` DROP FOREIGN KEY `fk_posts_user_id`;
-- outside a transaction
DROP INDEX `fk_posts_user_id` ON `posts`;
-- outside a transaction
ALTER TABLE `users` MODIFY COLUMN `id` BIGINT NOT NULL;
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `user_id` BIGINT NOT NULL;
-- checked: table "posts" has foreign keys, which this TiDB reads and forgets: SET GLOBAL tidb_enable_foreign_key = ON, from version 6.6 on
-- outside a transaction
CREATE INDEX `fk_posts_user_id` ON `posts` (`user_id`);
-- outside a transaction
ALTER TABLE `posts` 
  ADD CONSTRAINT `fk_posts_user_id` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE ON UPDATE NO ACTION;

-- # alterField: a key that is numbered no longer
-- outside a transaction
ALTER TABLE `posts` DROP FOREIGN KEY `fk_posts_user_id`;
-- outside a transaction
DROP INDEX `fk_posts_user_id` ON `posts`;
-- outside a transaction
ALTER TABLE `users` MODIFY COLUMN `id` INT NOT NULL;
-- checked: table "posts" has foreign keys, which this TiDB reads and forgets: SET GLOBAL tidb_enable_foreign_key = ON, from version 6.6 on
-- outside a transaction
CREATE INDEX `fk_posts_user_id` ON `posts` (`user_id`);
-- outside a transaction
ALTER TABLE `posts` 
  ADD CONSTRAINT `fk_posts_user_id` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE ON UPDATE NO ACTION;

-- # alterField: a key that its own and another table refer to
-- outside a transaction
ALTER TABLE `categories` DROP FOREIGN KEY `fk_categories_parent`;
-- outside a transaction
DROP INDEX `fk_categories_parent` ON `categories`;
-- outside a transaction
ALTER TABLE `products` DROP FOREIGN KEY `fk_products_category`;
-- outside a transaction
DROP INDEX `fk_products_category` ON `products`;
-- outside a transaction
ALTER TABLE `categories` MODIFY COLUMN `code` VARCHAR(40) NOT NULL;
-- outside a transaction
ALTER TABLE `categories` MODIFY COLUMN `parent` VARCHAR(40);
-- outside a transaction
ALTER TABLE `products` MODIFY COLUMN `category` VARCHAR(40) NOT NULL;
-- checked: table "categories" has foreign keys, which this TiDB reads and forgets: SET GLOBAL tidb_enable_foreign_key = ON, from version 6.6 on
-- outside a transaction
CREATE INDEX `fk_categories_parent` ON `categories` (`parent`);
-- outside a transaction
ALTER TABLE `categories` 
  ADD CONSTRAINT `fk_categories_parent` FOREIGN KEY (`parent`) REFERENCES `categories` (`code`) ON DELETE CASCADE ON UPDATE NO ACTION;
-- checked: table "products" has foreign keys, which this TiDB reads and forgets: SET GLOBAL tidb_enable_foreign_key = ON, from version 6.6 on
-- outside a transaction
CREATE INDEX `fk_products_category` ON `products` (`category`);
-- outside a transaction
ALTER TABLE `products` 
  ADD CONSTRAINT `fk_products_category` FOREIGN KEY (`category`) REFERENCES `categories` (`code`) ON DELETE RESTRICT ON UPDATE NO ACTION;

-- # alterField: a key in a cycle
-- outside a transaction
ALTER TABLE `departments` DROP FOREIGN KEY `fk_departments_head_id`;
-- outside a transaction
DROP INDEX `fk_departments_head_id` ON `departments`;
-- outside a transaction
ALTER TABLE `employees` MODIFY COLUMN `id` BIGINT NOT NULL;
-- outside a transaction
ALTER TABLE `departments` MODIFY COLUMN `head_id` BIGINT;
-- checked: table "departments" has foreign keys, which this TiDB reads and forgets: SET GLOBAL tidb_enable_foreign_key = ON, from version 6.6 on
-- outside a transaction
CREATE INDEX `fk_departments_head_id` ON `departments` (`head_id`);
-- outside a transaction
ALTER TABLE `departments` 
  ADD CONSTRAINT `fk_departments_head_id` FOREIGN KEY (`head_id`) REFERENCES `employees` (`id`) ON DELETE SET NULL ON UPDATE NO ACTION;

-- # alterField: part of a composite key
-- outside a transaction
ALTER TABLE `shipments` DROP FOREIGN KEY `fk_shipments_line`;
-- outside a transaction
DROP INDEX `fk_shipments_line` ON `shipments`;
-- outside a transaction
ALTER TABLE `order_lines` MODIFY COLUMN `line_no` INT NOT NULL;
-- outside a transaction
ALTER TABLE `shipments` MODIFY COLUMN `line_no` INT NOT NULL;
-- checked: table "shipments" has foreign keys, which this TiDB reads and forgets: SET GLOBAL tidb_enable_foreign_key = ON, from version 6.6 on
-- outside a transaction
CREATE INDEX `fk_shipments_line` ON `shipments` (`order_no`, `line_no`);
-- outside a transaction
ALTER TABLE `shipments` 
  ADD CONSTRAINT `fk_shipments_line` FOREIGN KEY (`order_no`, `line_no`) REFERENCES `order_lines` (`order_no`, `line_no`) ON DELETE CASCADE ON UPDATE NO ACTION;

-- # alterField: an odd name and default
-- refused (unsupported): migration "golden", operation 1 (alter field "a"b" of "o'brien"): TiDB cannot have the column "a"b" of table "o'brien": TEXT takes no literal as a default there, only a function such as UUID(), JSON_ARRAY() or JSON_OBJECT(); give it a type with a length, such as varchar, or no default

-- # alterField: a field that a partition has in another way
-- refused (unsupported): migration "golden", operation 1 (alter field "value" of "readings"): TiDB cannot have the column "value" of table "readings": TEXT takes no literal as a default there, only a function such as UUID(), JSON_ARRAY() or JSON_OBJECT(); give it a type with a length, such as varchar, or no default

-- # alterField: a new column in the place of a key that another table refers to
-- refused (unsupported): migration "golden", operation 1 (alter field "code" of "categories"): TiDB keeps the rows of table "categories" by its primary key, which it then cannot change: make a new table, copy the rows and exchange the two; tables that are made with the option clustered: "false" can change theirs

-- # alterField: a new column in the place of a part of a composite key
-- refused (unsupported): migration "golden", operation 1 (alter field "line_no" of "order_lines"): TiDB keeps the rows of table "order_lines" by its primary key, which it then cannot change: make a new table, copy the rows and exchange the two; tables that are made with the option clustered: "false" can change theirs

-- # alterPrimaryKey: a longer key
-- refused (unsupported): migration "golden", operation 1 (set primary key of "order_lines" to "order_no", "line_no", "article"): TiDB keeps the rows of table "order_lines" by its primary key, which it then cannot change: make a new table, copy the rows and exchange the two; tables that are made with the option clustered: "false" can change theirs

-- # alterPrimaryKey: another order
-- refused (unsupported): migration "golden", operation 1 (set primary key of "order_lines" to "line_no", "order_no"): TiDB keeps the rows of table "order_lines" by its primary key, which it then cannot change: make a new table, copy the rows and exchange the two; tables that are made with the option clustered: "false" can change theirs

-- # alterPrimaryKey: no key
-- refused (unsupported): migration "golden", operation 1 (drop primary key of "shipments"): TiDB keeps the rows of table "shipments" by its primary key, which it then cannot change: make a new table, copy the rows and exchange the two; tables that are made with the option clustered: "false" can change theirs

-- # alterPrimaryKey: the key of a table that refers to another
-- refused (unsupported): migration "golden", operation 1 (set primary key of "posts" to "id", "user_id"): TiDB keeps the rows of table "posts" by its primary key, which it then cannot change: make a new table, copy the rows and exchange the two; tables that are made with the option clustered: "false" can change theirs

-- # createObject: a function
-- refused (unsupported): migration "golden", operation 1 (create function "half(integer)"): TiDB cannot create object (function "half(integer)"): it has no triggers, functions, procedures and events (https://docs.pingcap.com/tidb/stable/mysql-compatibility/); let the application do their work

-- # createObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (create trigger "no titles" of "books"): TiDB cannot create object (trigger "no titles" of "books"): it has no triggers, functions, procedures and events (https://docs.pingcap.com/tidb/stable/mysql-compatibility/); let the application do their work

-- # createObject: a policy
-- refused (unsupported): migration "golden", operation 1 (create policy "all_books" of "books"): TiDB cannot create object (policy "all_books" of "books"): it has no triggers, functions, procedures and events (https://docs.pingcap.com/tidb/stable/mysql-compatibility/); let the application do their work

-- # createObject: a virtual table
-- refused (unsupported): migration "golden", operation 1 (create virtual table "words"): TiDB cannot create object (virtual table "words"): it has no triggers, functions, procedures and events (https://docs.pingcap.com/tidb/stable/mysql-compatibility/); let the application do their work

-- # createTable: a table with a key and an index
-- outside a transaction
CREATE TABLE `users` (
  `id` INT NOT NULL AUTO_INCREMENT,
  `email` VARCHAR(255) NOT NULL,
  `bio` TEXT,
  PRIMARY KEY (`id`) /*T![clustered_index] CLUSTERED */
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
  PRIMARY KEY (`id`) /*T![clustered_index] CLUSTERED */
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- # createTable: defaults of every kind
-- refused (unsupported): migration "golden", operation 1 (create table "accounts"): TiDB cannot have the column "word" of table "accounts": TEXT takes no literal as a default there, only a function such as UUID(), JSON_ARRAY() or JSON_OBJECT(); give it a type with a length, such as varchar, or no default

-- # createTable: a composite key in an order of its own
-- outside a transaction
CREATE TABLE `prices` (
  `valid_from` DATE NOT NULL,
  `product` VARCHAR(20) NOT NULL,
  `amount` DECIMAL(10,2) NOT NULL,
  PRIMARY KEY (`product`, `valid_from`) /*T![clustered_index] CLUSTERED */
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- # createTable: names that need quoting
-- refused (unsupported): migration "golden", operation 1 (create table "o'brien"): TiDB cannot have the column "a"b" of table "o'brien": TEXT takes no literal as a default there, only a function such as UUID(), JSON_ARRAY() or JSON_OBJECT(); give it a type with a length, such as varchar, or no default

-- # dropConstraint: a unique constraint
-- outside a transaction
DROP INDEX `one_visit` ON `visits`;

-- # dropForeignKey: of a foreign_key field
-- outside a transaction
ALTER TABLE `posts` DROP FOREIGN KEY `fk_posts_user_id`;
-- outside a transaction
DROP INDEX `fk_posts_user_id` ON `posts`;

-- # dropForeignKey: to its own table
-- outside a transaction
ALTER TABLE `categories` DROP FOREIGN KEY `fk_categories_parent`;
-- outside a transaction
DROP INDEX `fk_categories_parent` ON `categories`;

-- # dropForeignKey: over several fields
-- outside a transaction
ALTER TABLE `shipments` DROP FOREIGN KEY `fk_shipments_line`;
-- outside a transaction
DROP INDEX `fk_shipments_line` ON `shipments`;

-- # dropForeignKey: in a cycle
-- outside a transaction
ALTER TABLE `departments` DROP FOREIGN KEY `fk_departments_head_id`;
-- outside a transaction
DROP INDEX `fk_departments_head_id` ON `departments`;

-- # dropIndex: a unique partial index
-- outside a transaction
DROP INDEX `idx_posts_live` ON `posts`;

-- # dropObject: a function
-- refused (unsupported): migration "golden", operation 1 (drop function "half(integer)"): TiDB cannot drop object (function "half(integer)"): it has no triggers, functions, procedures and events (https://docs.pingcap.com/tidb/stable/mysql-compatibility/); let the application do their work

-- # dropObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (drop trigger "counted" of "books"): TiDB cannot drop object (trigger "counted" of "books"): it has no triggers, functions, procedures and events (https://docs.pingcap.com/tidb/stable/mysql-compatibility/); let the application do their work

-- # renameConstraint: a check
-- outside a transaction
ALTER TABLE `visits` DROP CONSTRAINT `paid_or_free`;
-- checked: table "visits" has checks, which this TiDB reads and forgets: SET GLOBAL tidb_enable_check_constraint = ON, from version 7.2 on
-- outside a transaction
ALTER TABLE `visits` ADD CONSTRAINT `x; drop table y` CHECK (fee IS NULL OR fee > 0);

-- # renameConstraint: a foreign key
-- outside a transaction
ALTER TABLE `visits` DROP FOREIGN KEY `visit_patient`;
-- outside a transaction
DROP INDEX `visit_patient` ON `visits`;
-- checked: table "visits" has foreign keys, which this TiDB reads and forgets: SET GLOBAL tidb_enable_foreign_key = ON, from version 6.6 on
-- outside a transaction
CREATE INDEX `visitor` ON `visits` (`patient_id`);
-- outside a transaction
ALTER TABLE `visits` 
  ADD CONSTRAINT `visitor` FOREIGN KEY (`patient_id`) REFERENCES `patients` (`id`) ON DELETE RESTRICT ON UPDATE NO ACTION;

-- # replaceObject: what a function computes
-- refused (unsupported): migration "golden", operation 1 (replace function "half(integer)"): TiDB cannot replace object (function "half(integer)"): it has no triggers, functions, procedures and events (https://docs.pingcap.com/tidb/stable/mysql-compatibility/); let the application do their work

-- # replaceObject: what a function gives
-- refused (unsupported): migration "golden", operation 1 (replace function "half(integer)"): TiDB cannot drop object (function "half(integer)"): it has no triggers, functions, procedures and events (https://docs.pingcap.com/tidb/stable/mysql-compatibility/); let the application do their work

-- # replaceObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (replace trigger "counted" of "books"): TiDB cannot drop object (trigger "counted" of "books"): it has no triggers, functions, procedures and events (https://docs.pingcap.com/tidb/stable/mysql-compatibility/); let the application do their work

-- # replaceObject: only its description
-- refused (unsupported): migration "golden", operation 1 (replace function "half(integer)"): TiDB cannot comment object (function "half(integer)"): it has no triggers, functions, procedures and events (https://docs.pingcap.com/tidb/stable/mysql-compatibility/); let the application do their work

-- # setComment: an index
-- refused (unsupported): migration "golden", operation 1 (set comment of index "visits_by_day" of "visits"): TiDB cannot make the index "visits_by_day" of table "visits": it has no descending indexes, and reads any of them backwards; leave the order out
