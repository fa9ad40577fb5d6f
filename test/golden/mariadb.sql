-- What MariaDB is sent for the examples of the operations, where it is not what MySQL is sent.
-- Written by GODWIT_TEST_UPDATE=1 bun test test/golden.test.ts; read what has changed.

-- # addForeignKey: with odd names
-- refused (params): migration "golden", operation 1 (add foreign key "x; drop table y" to "o'brien"): the name "😀" contains a character beyond U+FFFF, such as an emoji, which MySQL and MariaDB cannot store in names; choose another one

-- # addIndex: odd names
-- refused (params): migration "golden", operation 1 (add index "select" to "o'brien"): the name "😀" contains a character beyond U+FFFF, such as an emoji, which MySQL and MariaDB cannot store in names; choose another one

-- # createTable: names that need quoting
-- refused (params): migration "golden", operation 1 (create table "o'brien"): the name "😀" contains a character beyond U+FFFF, such as an emoji, which MySQL and MariaDB cannot store in names; choose another one

-- # dropField: an odd name
-- refused (params): migration "golden", operation 1 (drop field "😀" of "o'brien"): the name "😀" contains a character beyond U+FFFF, such as an emoji, which MySQL and MariaDB cannot store in names; choose another one

-- # upsertData: odd names and values
-- refused (params): migration "golden", operation 1 (upsert 1 row of "o'brien"): the name "😀" contains a character beyond U+FFFF, such as an emoji, which MySQL and MariaDB cannot store in names; choose another one
