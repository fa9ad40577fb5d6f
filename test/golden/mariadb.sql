-- What MariaDB is sent for the examples of the operations, where it is not what MySQL is sent.
-- Written by GODWIT_TEST_UPDATE=1 bun test test/golden.test.ts; read what has changed.

-- # addForeignKey: with odd names
-- refused (params): migration "golden", operation 1 (add foreign key "x; drop table y" to "o'brien"): the name "😀" contains a character beyond U+FFFF, such as an emoji, which MySQL and MariaDB cannot store in names; choose another one

-- # addIndex: odd names
-- refused (params): migration "golden", operation 1 (add index "select" to "o'brien"): the name "😀" contains a character beyond U+FFFF, such as an emoji, which MySQL and MariaDB cannot store in names; choose another one

-- # alterField: a longer varchar
-- outside a transaction
CREATE INDEX IF NOT EXISTS `fk_posts_user_id` ON `posts` (`user_id`);
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `title` VARCHAR(400) NOT NULL;
-- outside a transaction
DROP INDEX IF EXISTS `fk_posts_user_id` ON `posts`;

-- # alterField: text in place of varchar
-- outside a transaction
CREATE INDEX IF NOT EXISTS `fk_posts_user_id` ON `posts` (`user_id`);
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `title` TEXT NOT NULL;

-- # alterField: a key that another table refers to
-- outside a transaction
ALTER TABLE `posts` DROP FOREIGN KEY `fk_posts_user_id`, DROP INDEX IF EXISTS `fk_posts_user_id`;
-- outside a transaction
ALTER TABLE `users` MODIFY COLUMN `id` BIGINT NOT NULL;
-- outside a transaction
ALTER TABLE `posts` MODIFY COLUMN `user_id` BIGINT NOT NULL;
-- outside a transaction
ALTER TABLE `posts` 
  ADD CONSTRAINT `fk_posts_user_id` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE ON UPDATE NO ACTION;

-- # alterField: a key that is numbered no longer
-- outside a transaction
ALTER TABLE `posts` DROP FOREIGN KEY `fk_posts_user_id`, DROP INDEX IF EXISTS `fk_posts_user_id`;
-- outside a transaction
ALTER TABLE `users` MODIFY COLUMN `id` INT NOT NULL;
-- outside a transaction
ALTER TABLE `posts` 
  ADD CONSTRAINT `fk_posts_user_id` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE ON UPDATE NO ACTION;

-- # alterField: a key that its own and another table refer to
-- outside a transaction
ALTER TABLE `categories` DROP FOREIGN KEY `fk_categories_parent`, DROP INDEX IF EXISTS `fk_categories_parent`;
-- outside a transaction
ALTER TABLE `products` DROP FOREIGN KEY `fk_products_category`, DROP INDEX IF EXISTS `fk_products_category`;
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
ALTER TABLE `departments` DROP FOREIGN KEY `fk_departments_head_id`, DROP INDEX IF EXISTS `fk_departments_head_id`;
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
ALTER TABLE `shipments` DROP FOREIGN KEY `fk_shipments_line`, DROP INDEX IF EXISTS `fk_shipments_line`;
-- outside a transaction
ALTER TABLE `order_lines` MODIFY COLUMN `line_no` INT NOT NULL;
-- outside a transaction
ALTER TABLE `shipments` MODIFY COLUMN `line_no` INT NOT NULL;
-- outside a transaction
ALTER TABLE `shipments` 
  ADD KEY `fk_shipments_line` (`order_no`, `line_no`),
  ADD CONSTRAINT `fk_shipments_line` FOREIGN KEY (`order_no`, `line_no`) REFERENCES `order_lines` (`order_no`, `line_no`) ON DELETE CASCADE ON UPDATE NO ACTION;

-- # alterField: an odd name and default
-- outside a transaction
ALTER TABLE `o'brien` MODIFY COLUMN `a"b` TEXT NOT NULL DEFAULT ('o''brien "''; --');

-- # alterField: a new column in the place of a key that another table refers to
-- outside a transaction
ALTER TABLE `categories` DROP FOREIGN KEY `fk_categories_parent`, DROP INDEX IF EXISTS `fk_categories_parent`;
-- outside a transaction
ALTER TABLE `products` DROP FOREIGN KEY `fk_products_category`, DROP INDEX IF EXISTS `fk_products_category`;
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
ALTER TABLE `shipments` DROP FOREIGN KEY `fk_shipments_line`, DROP INDEX IF EXISTS `fk_shipments_line`;
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

-- # createTable: names that need quoting
-- refused (params): migration "golden", operation 1 (create table "o'brien"): the name "😀" contains a character beyond U+FFFF, such as an emoji, which MySQL and MariaDB cannot store in names; choose another one

-- # dropConstraint: a unique constraint
-- outside a transaction
CREATE INDEX IF NOT EXISTS `visit_patient` ON `visits` (`patient_id`);
-- outside a transaction
DROP INDEX `one_visit` ON `visits`;

-- # dropField: an odd name
-- refused (params): migration "golden", operation 1 (drop field "😀" of "o'brien"): the name "😀" contains a character beyond U+FFFF, such as an emoji, which MySQL and MariaDB cannot store in names; choose another one

-- # dropForeignKey: of a foreign_key field
-- outside a transaction
ALTER TABLE `posts` DROP FOREIGN KEY `fk_posts_user_id`, DROP INDEX IF EXISTS `fk_posts_user_id`;

-- # dropForeignKey: to its own table
-- outside a transaction
ALTER TABLE `categories` DROP FOREIGN KEY `fk_categories_parent`, DROP INDEX IF EXISTS `fk_categories_parent`;

-- # dropForeignKey: over several fields
-- outside a transaction
ALTER TABLE `shipments` DROP FOREIGN KEY `fk_shipments_line`, DROP INDEX IF EXISTS `fk_shipments_line`;

-- # dropForeignKey: in a cycle
-- outside a transaction
ALTER TABLE `departments` DROP FOREIGN KEY `fk_departments_head_id`, DROP INDEX IF EXISTS `fk_departments_head_id`;

-- # dropIndex: a unique partial index
-- outside a transaction
CREATE INDEX IF NOT EXISTS `fk_posts_user_id` ON `posts` (`user_id`);
-- outside a transaction
DROP INDEX `idx_posts_live` ON `posts`;

-- # renameConstraint: a foreign key
-- outside a transaction
ALTER TABLE `visits` DROP FOREIGN KEY `visit_patient`, DROP INDEX IF EXISTS `visit_patient`;
-- outside a transaction
ALTER TABLE `visits` 
  ADD KEY `visitor` (`patient_id`),
  ADD CONSTRAINT `visitor` FOREIGN KEY (`patient_id`) REFERENCES `patients` (`id`) ON DELETE RESTRICT ON UPDATE NO ACTION;

-- # upsertData: odd names and values
-- refused (params): migration "golden", operation 1 (upsert 1 row of "o'brien"): the name "😀" contains a character beyond U+FFFF, such as an emoji, which MySQL and MariaDB cannot store in names; choose another one
