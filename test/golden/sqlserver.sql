-- What SQL Server is sent for the examples of the operations.
-- Read by the T-SQL grammar of antlr/grammars-v4, in @dbml/core (test/dialects/sqlserver-grammar.test.ts).
-- Written by GODWIT_TEST_UPDATE=1 bun test test/golden.test.ts; read what has changed.

-- # addConstraint: a check
ALTER TABLE [posts] ADD CONSTRAINT [views_counted] CHECK (views >= 0 OR views IS NULL);

-- # addConstraint: a unique constraint over several fields
CREATE UNIQUE INDEX [one_line] ON [order_lines] ([article], [order_no]);

-- # addConstraint: odd names
ALTER TABLE [o'brien] ADD CONSTRAINT [x; drop table y] CHECK (1 = 1 OR 'it''s' = '');

-- # addField: a nullable field
ALTER TABLE [users] ADD [phone] NVARCHAR(30) NULL;

-- # addField: a field with a default
ALTER TABLE [users] ADD [plan] NVARCHAR(MAX) NOT NULL CONSTRAINT [df_users_plan] DEFAULT N'it''s free';

-- # addField: a field that existing rows are filled in
ALTER TABLE [users] ADD [nick] NVARCHAR(255) NULL;
UPDATE [users] SET [nick] = lower(email);
ALTER TABLE [users] ALTER COLUMN [nick] NVARCHAR(255) NOT NULL;

-- # addField: a filled field that also has a default
ALTER TABLE [posts] ADD [score] DECIMAL(6,2) NOT NULL CONSTRAINT [df_posts_score] DEFAULT 0.50;
UPDATE [posts] SET [score] = 1.25;

-- # addField: times that the database keeps
ALTER TABLE [products] ADD [changed_at] DATETIME2 NOT NULL CONSTRAINT [df_products_changed_at] DEFAULT SYSUTCDATETIME();
CREATE TRIGGER [godwit_auto_update_products_changed_at] ON [products] AFTER UPDATE AS
BEGIN
  SET NOCOUNT ON;
  IF TRIGGER_NESTLEVEL(@@PROCID) > 1 RETURN;
  UPDATE t SET [changed_at] = SYSUTCDATETIME() FROM [products] AS t JOIN inserted AS i ON t.[sku] = i.[sku];
END;

-- # addField: a foreign key to a uuid key
-- refused (unsupported): migration "golden", operation 1 (add field "pinned_post" to "users"): SQL Server refuses foreign keys with more than one way to a table (error 1785): when a row is deleted from "users", "fk_users_pinned_post" would reach that table itself again; give one of them NO ACTION, and do its work with a trigger or in the program

-- # addField: a foreign key to its own table, by a varchar key
ALTER TABLE [categories] ADD [see_also] NVARCHAR(8) NULL;
ALTER TABLE [categories] ADD CONSTRAINT [see also] FOREIGN KEY ([see_also]) REFERENCES [categories] ([code]);

-- # addField: a field of a concrete type with a foreign key
ALTER TABLE [products] ADD [fallback] NVARCHAR(8) NULL;
ALTER TABLE [products] ADD CONSTRAINT [fk_products_fallback] FOREIGN KEY ([fallback]) REFERENCES [categories] ([code]) ON UPDATE CASCADE;

-- # addField: a primary key, numbered by the database
ALTER TABLE [log] ADD [id] INT IDENTITY(1,1) NOT NULL;
ALTER TABLE [log] ADD CONSTRAINT [pk_log] PRIMARY KEY ([id]);

-- # addField: a field that partitions have too
ALTER TABLE [readings] ADD [unit] NVARCHAR(MAX) NOT NULL CONSTRAINT [df_readings_unit] DEFAULT N'K';

-- # addField: an odd name
ALTER TABLE [o'brien] ADD [x; drop table y] BIT NOT NULL CONSTRAINT [df_o'brien_x; drop table y] DEFAULT 1;

-- # addField: only in the state
-- nothing to do

-- # addForeignKey: to a composite primary key
ALTER TABLE [shipments] ADD CONSTRAINT [fk_shipments_order_no_line_no] FOREIGN KEY ([order_no], [line_no]) REFERENCES [order_lines] ([order_no], [line_no]) ON DELETE CASCADE;

-- # addForeignKey: checked when the transaction ends
-- refused (unsupported): migration "golden", operation 1 (add foreign key "fk_shipments_order_no_line_no" to "shipments"): SQL Server checks foreign keys by each statement, and for all of their fields; "fk_shipments_order_no_line_no" is to wait for the end of a transaction

-- # addForeignKey: to fields under a unique index
ALTER TABLE [returns] ADD CONSTRAINT [returned] FOREIGN KEY ([no], [article]) REFERENCES [order_lines] ([order_no], [article]) ON DELETE SET NULL ON UPDATE CASCADE;

-- # addForeignKey: closing a cycle
ALTER TABLE [departments] ADD CONSTRAINT [fk_departments_head_id] FOREIGN KEY ([head_id]) REFERENCES [employees] ([id]) ON DELETE SET NULL;

-- # addForeignKey: with odd names
ALTER TABLE [o'brien] ADD CONSTRAINT [x; drop table y] FOREIGN KEY ([select]) REFERENCES [a"b] ([😀]) ON DELETE SET DEFAULT;

-- # addIndex: one field
CREATE INDEX [idx_posts_views] ON [posts] ([views]);

-- # addIndex: on the field of a foreign key, by the name the predecessor kept for itself
CREATE INDEX [idx_posts_user_id] ON [posts] ([user_id]);

-- # addIndex: unique, over several fields
CREATE UNIQUE INDEX [uq_lines] ON [order_lines] ([article], [order_no]);

-- # addIndex: partial
CREATE INDEX [idx_posts_drafts] ON [posts] ([title]) WHERE status = 'draft' AND views IS NULL;

-- # addIndex: by the method that goes without saying
CREATE INDEX [idx_posts_views] ON [posts] ([views]);

-- # addIndex: by a method
-- refused (unsupported): migration "golden", operation 1 (add index "idx_users_bio" to "users"): SQL Server has no keys and indexes over NVARCHAR(MAX), and "bio" of table "users" is in index "idx_users_bio": give the field a type with a length, such as varchar

-- # addIndex: concurrently
IF CAST(SERVERPROPERTY(N'EngineEdition') AS INT) IN (3, 5, 8)
  CREATE INDEX [idx_posts_views] ON [posts] ([views]) WITH (ONLINE = ON)
ELSE
  CREATE INDEX [idx_posts_views] ON [posts] ([views]);

-- # addIndex: odd names
-- refused (unsupported): migration "golden", operation 1 (add index "select" to "o'brien"): SQL Server has no keys and indexes over NVARCHAR(MAX), and "😀" of table "o'brien" is in index "select": give the field a type with a length, such as varchar

-- # alterDomain: other rules
-- refused (unsupported): migration "golden", operation 1 (alter domain "price"): SQL Server cannot remake domain: an alias type of SQL Server can have neither checks nor a default of its own; give the fields the type itself, and checks

-- # alterDomain: another type
-- refused (unsupported): migration "golden", operation 1 (alter domain "price"): SQL Server cannot remake domain: an alias type of SQL Server can have neither checks nor a default of its own; give the fields the type itself, and checks

-- # alterEnum: a value between others
ALTER TABLE [tickets] DROP CONSTRAINT [tickets_state_enum];
ALTER TABLE [tickets] ADD CONSTRAINT [tickets_state_enum] CHECK ([state] IN (N'open', N'waiting', N'it''s done'));
ALTER TABLE [tickets] DROP CONSTRAINT [tickets_was_enum];
ALTER TABLE [tickets] ADD CONSTRAINT [tickets_was_enum] CHECK ([was] IN (N'open', N'waiting', N'it''s done'));

-- # alterEnum: a description
ALTER TABLE [tickets] DROP CONSTRAINT [tickets_state_enum];
ALTER TABLE [tickets] ADD CONSTRAINT [tickets_state_enum] CHECK ([state] IN (N'open', N'it''s done'));
ALTER TABLE [tickets] DROP CONSTRAINT [tickets_was_enum];
ALTER TABLE [tickets] ADD CONSTRAINT [tickets_was_enum] CHECK ([was] IN (N'open', N'it''s done'));

-- # alterEnum: a value under another name
ALTER TABLE [tickets] DROP CONSTRAINT [tickets_state_enum];
UPDATE [tickets] SET [state] = CASE [state] WHEN N'open' THEN N'new' ELSE [state] END;
DECLARE @drop NVARCHAR(MAX) = (
  SELECT N'ALTER TABLE [tickets] DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.default_constraints
  WHERE parent_object_id = OBJECT_ID(N'[tickets]') AND parent_column_id = COLUMNPROPERTY(OBJECT_ID(N'[tickets]'), N'state', 'ColumnId')
);
EXEC (@drop);
ALTER TABLE [tickets] ADD CONSTRAINT [df_tickets_state] DEFAULT N'new' FOR [state];
ALTER TABLE [tickets] ADD CONSTRAINT [tickets_state_enum] CHECK ([state] IN (N'new', N'it''s done'));
ALTER TABLE [tickets] DROP CONSTRAINT [tickets_was_enum];
UPDATE [tickets] SET [was] = CASE [was] WHEN N'open' THEN N'new' ELSE [was] END;
ALTER TABLE [tickets] ADD CONSTRAINT [tickets_was_enum] CHECK ([was] IN (N'new', N'it''s done'));

-- # alterEnum: a value goes, and rows with it get another
ALTER TABLE [tickets] DROP CONSTRAINT [tickets_state_enum];
UPDATE [tickets] SET [state] = CASE [state] WHEN N'it''s done' THEN N'closed' ELSE [state] END;
ALTER TABLE [tickets] ADD CONSTRAINT [tickets_state_enum] CHECK ([state] IN (N'open', N'closed'));
ALTER TABLE [tickets] DROP CONSTRAINT [tickets_was_enum];
UPDATE [tickets] SET [was] = CASE [was] WHEN N'it''s done' THEN N'closed' ELSE [was] END;
ALTER TABLE [tickets] ADD CONSTRAINT [tickets_was_enum] CHECK ([was] IN (N'open', N'closed'));

-- # alterExtension: in a namespace of its own
-- refused (unsupported): migration "golden", operation 1 (alter extension "citext"): SQL Server cannot alter extension: SQL Server has no extensions

-- # alterExtension: back to where the rest is
-- refused (unsupported): migration "golden", operation 1 (alter extension "citext"): SQL Server cannot alter extension: SQL Server has no extensions

-- # alterField: a longer varchar
ALTER TABLE [posts] ALTER COLUMN [title] NVARCHAR(400) NOT NULL;

-- # alterField: text in place of varchar
-- refused (unsupported): migration "golden", operation 1 (alter field "title" of "posts"): SQL Server has no keys and indexes over NVARCHAR(MAX), and "title" of table "posts" is in index "idx_posts_title": give the field a type with a length, such as varchar

-- # alterField: NOT NULL, existing rows filled in
ALTER TABLE [posts] ADD CONSTRAINT [df_posts_views] DEFAULT 0 FOR [views];
UPDATE [posts] SET [views] = 0 WHERE [views] IS NULL;
ALTER TABLE [posts] ALTER COLUMN [views] INT NOT NULL;

-- # alterField: type, nullability and default at once
ALTER TABLE [posts] ALTER COLUMN [views] BIGINT NULL;
ALTER TABLE [posts] ADD CONSTRAINT [df_posts_views] DEFAULT 1 FOR [views];
UPDATE [posts] SET [views] = -1 WHERE [views] IS NULL;
ALTER TABLE [posts] ALTER COLUMN [views] BIGINT NOT NULL;

-- # alterField: nullable, without default
IF EXISTS (SELECT 1 FROM sys.key_constraints WHERE parent_object_id = OBJECT_ID(N'[posts]') AND name = N'idx_posts_live')
  ALTER TABLE [posts] DROP CONSTRAINT [idx_posts_live]
ELSE
  DROP INDEX [idx_posts_live] ON [posts];
DECLARE @drop NVARCHAR(MAX) = (
  SELECT N'ALTER TABLE [posts] DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.default_constraints
  WHERE parent_object_id = OBJECT_ID(N'[posts]') AND parent_column_id = COLUMNPROPERTY(OBJECT_ID(N'[posts]'), N'status', 'ColumnId')
);
EXEC (@drop);
ALTER TABLE [posts] ALTER COLUMN [status] NVARCHAR(20) NULL;
CREATE UNIQUE INDEX [idx_posts_live] ON [posts] ([user_id], [title]) WHERE status = 'live';

-- # alterField: a conversion of its own
ALTER TABLE [sizes] ADD [godwit_converted] INT NULL;
UPDATE [sizes] SET [godwit_converted] = CAST(replace(size, ' cm', '') AS INTEGER);
ALTER TABLE [sizes] DROP COLUMN [size];
EXEC sys.sp_rename N'[sizes].[godwit_converted]', N'size', N'COLUMN';
ALTER TABLE [sizes] ALTER COLUMN [size] INT NOT NULL;

-- # alterField: a cast from text to integer
ALTER TABLE [sizes] ALTER COLUMN [size] INT NOT NULL;

-- # alterField: a key that another table refers to
ALTER TABLE [posts] DROP CONSTRAINT [fk_posts_user_id];
DECLARE @drop NVARCHAR(MAX) = (
  SELECT N'ALTER TABLE [users] DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.key_constraints
  WHERE parent_object_id = OBJECT_ID(N'[users]') AND type = 'PK'
);
EXEC (@drop);
IF EXISTS (SELECT 1 FROM sys.key_constraints WHERE parent_object_id = OBJECT_ID(N'[posts]') AND name = N'idx_posts_live')
  ALTER TABLE [posts] DROP CONSTRAINT [idx_posts_live]
ELSE
  DROP INDEX [idx_posts_live] ON [posts];
ALTER TABLE [users] ADD [godwit_converted] BIGINT NULL;
UPDATE [users] SET [godwit_converted] = [id];
ALTER TABLE [users] DROP COLUMN [id];
EXEC sys.sp_rename N'[users].[godwit_converted]', N'id', N'COLUMN';
ALTER TABLE [users] ALTER COLUMN [id] BIGINT NOT NULL;
ALTER TABLE [posts] ALTER COLUMN [user_id] BIGINT NOT NULL;
ALTER TABLE [users] ADD CONSTRAINT [pk_users] PRIMARY KEY ([id]);
CREATE UNIQUE INDEX [idx_posts_live] ON [posts] ([user_id], [title]) WHERE status = 'live';
ALTER TABLE [posts] ADD CONSTRAINT [fk_posts_user_id] FOREIGN KEY ([user_id]) REFERENCES [users] ([id]) ON DELETE CASCADE;

-- # alterField: a key that is numbered no longer
ALTER TABLE [posts] DROP CONSTRAINT [fk_posts_user_id];
DECLARE @drop NVARCHAR(MAX) = (
  SELECT N'ALTER TABLE [users] DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.key_constraints
  WHERE parent_object_id = OBJECT_ID(N'[users]') AND type = 'PK'
);
EXEC (@drop);
ALTER TABLE [users] ADD [godwit_converted] INT NULL;
UPDATE [users] SET [godwit_converted] = [id];
ALTER TABLE [users] DROP COLUMN [id];
EXEC sys.sp_rename N'[users].[godwit_converted]', N'id', N'COLUMN';
ALTER TABLE [users] ALTER COLUMN [id] INT NOT NULL;
ALTER TABLE [users] ADD CONSTRAINT [pk_users] PRIMARY KEY ([id]);
ALTER TABLE [posts] ADD CONSTRAINT [fk_posts_user_id] FOREIGN KEY ([user_id]) REFERENCES [users] ([id]) ON DELETE CASCADE;

-- # alterField: a key that its own and another table refer to
ALTER TABLE [categories] DROP CONSTRAINT [fk_categories_parent];
ALTER TABLE [products] DROP CONSTRAINT [fk_products_category];
DECLARE @drop NVARCHAR(MAX) = (
  SELECT N'ALTER TABLE [categories] DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.key_constraints
  WHERE parent_object_id = OBJECT_ID(N'[categories]') AND type = 'PK'
);
EXEC (@drop);
ALTER TABLE [categories] ALTER COLUMN [code] NVARCHAR(40) NOT NULL;
ALTER TABLE [categories] ALTER COLUMN [parent] NVARCHAR(40) NULL;
ALTER TABLE [products] ALTER COLUMN [category] NVARCHAR(40) NOT NULL;
ALTER TABLE [categories] ADD CONSTRAINT [pk_categories] PRIMARY KEY ([code]);
ALTER TABLE [categories] ADD CONSTRAINT [fk_categories_parent] FOREIGN KEY ([parent]) REFERENCES [categories] ([code]) ON DELETE CASCADE;
ALTER TABLE [products] ADD CONSTRAINT [fk_products_category] FOREIGN KEY ([category]) REFERENCES [categories] ([code]);

-- # alterField: a key in a cycle
ALTER TABLE [departments] DROP CONSTRAINT [fk_departments_head_id];
DECLARE @drop NVARCHAR(MAX) = (
  SELECT N'ALTER TABLE [employees] DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.key_constraints
  WHERE parent_object_id = OBJECT_ID(N'[employees]') AND type = 'PK'
);
EXEC (@drop);
ALTER TABLE [employees] ALTER COLUMN [id] BIGINT NOT NULL;
ALTER TABLE [departments] ALTER COLUMN [head_id] BIGINT NULL;
ALTER TABLE [employees] ADD CONSTRAINT [pk_employees] PRIMARY KEY ([id]);
ALTER TABLE [departments] ADD CONSTRAINT [fk_departments_head_id] FOREIGN KEY ([head_id]) REFERENCES [employees] ([id]) ON DELETE SET NULL;

-- # alterField: part of a composite key
ALTER TABLE [shipments] DROP CONSTRAINT [fk_shipments_line];
DECLARE @drop NVARCHAR(MAX) = (
  SELECT N'ALTER TABLE [order_lines] DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.key_constraints
  WHERE parent_object_id = OBJECT_ID(N'[order_lines]') AND type = 'PK'
);
EXEC (@drop);
ALTER TABLE [order_lines] ALTER COLUMN [line_no] INT NOT NULL;
ALTER TABLE [shipments] ALTER COLUMN [line_no] INT NOT NULL;
ALTER TABLE [order_lines] ADD CONSTRAINT [pk_order_lines] PRIMARY KEY ([order_no], [line_no]);
ALTER TABLE [shipments] ADD CONSTRAINT [fk_shipments_line] FOREIGN KEY ([order_no], [line_no]) REFERENCES [order_lines] ([order_no], [line_no]) ON DELETE CASCADE;

-- # alterField: a field that refers to another table, nullable
IF EXISTS (SELECT 1 FROM sys.key_constraints WHERE parent_object_id = OBJECT_ID(N'[posts]') AND name = N'idx_posts_live')
  ALTER TABLE [posts] DROP CONSTRAINT [idx_posts_live]
ELSE
  DROP INDEX [idx_posts_live] ON [posts];
ALTER TABLE [posts] ALTER COLUMN [user_id] INT NULL;
CREATE UNIQUE INDEX [idx_posts_live] ON [posts] ([user_id], [title]) WHERE status = 'live';

-- # alterField: a time that the database updates no longer
DROP TRIGGER [godwit_auto_update_users_updated_at];
DECLARE @drop NVARCHAR(MAX) = (
  SELECT N'ALTER TABLE [users] DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.default_constraints
  WHERE parent_object_id = OBJECT_ID(N'[users]') AND parent_column_id = COLUMNPROPERTY(OBJECT_ID(N'[users]'), N'updated_at', 'ColumnId')
);
EXEC (@drop);
ALTER TABLE [users] ALTER COLUMN [updated_at] DATETIME2 NULL;

-- # alterField: a time that the database updates from now on
CREATE TRIGGER [godwit_auto_update_notes_at] ON [notes] AFTER UPDATE AS
BEGIN
  SET NOCOUNT ON;
  IF TRIGGER_NESTLEVEL(@@PROCID) > 1 RETURN;
  UPDATE t SET [at] = SYSUTCDATETIME() FROM [notes] AS t JOIN inserted AS i ON t.[id] = i.[id];
END;

-- # alterField: an odd name and default
-- refused (unsupported): migration "golden", operation 1 (alter field "a"b" of "o'brien"): SQL Server has no keys and indexes over NVARCHAR(MAX), and "a"b" of table "o'brien" is in index "x; drop table y": give the field a type with a length, such as varchar

-- # alterField: a field that a partition has in another way
DECLARE @drop NVARCHAR(MAX) = (
  SELECT N'ALTER TABLE [readings] DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.default_constraints
  WHERE parent_object_id = OBJECT_ID(N'[readings]') AND parent_column_id = COLUMNPROPERTY(OBJECT_ID(N'[readings]'), N'value', 'ColumnId')
);
EXEC (@drop);
ALTER TABLE [readings] ALTER COLUMN [value] NVARCHAR(MAX) NULL;
ALTER TABLE [readings] ADD CONSTRAINT [df_readings_value] DEFAULT N'2' FOR [value];

-- # alterField: a new column in its place
ALTER TABLE [posts] ADD [godwit_converted] NVARCHAR(400) NULL;
UPDATE [posts] SET [godwit_converted] = [title];
DROP INDEX [idx_posts_title] ON [posts];
IF EXISTS (SELECT 1 FROM sys.key_constraints WHERE parent_object_id = OBJECT_ID(N'[posts]') AND name = N'idx_posts_live')
  ALTER TABLE [posts] DROP CONSTRAINT [idx_posts_live]
ELSE
  DROP INDEX [idx_posts_live] ON [posts];
ALTER TABLE [posts] DROP COLUMN [title];
EXEC sys.sp_rename N'[posts].[godwit_converted]', N'title', N'COLUMN';
IF OBJECT_ID(N'[df_posts_godwit_converted]', 'D') IS NOT NULL
  EXEC sys.sp_rename N'[df_posts_godwit_converted]', N'df_posts_title', N'OBJECT';
ALTER TABLE [posts] ALTER COLUMN [title] NVARCHAR(400) NOT NULL;
CREATE INDEX [idx_posts_title] ON [posts] ([title]);
CREATE UNIQUE INDEX [idx_posts_live] ON [posts] ([user_id], [title]) WHERE status = 'live';

-- # alterField: a new column in the place of a key that another table refers to
ALTER TABLE [categories] DROP CONSTRAINT [fk_categories_parent];
ALTER TABLE [products] DROP CONSTRAINT [fk_products_category];
ALTER TABLE [categories] ADD [godwit_converted] NVARCHAR(40) NULL;
UPDATE [categories] SET [godwit_converted] = [code];
DECLARE @drop NVARCHAR(MAX) = (
  SELECT N'ALTER TABLE [categories] DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.key_constraints
  WHERE parent_object_id = OBJECT_ID(N'[categories]') AND type = 'PK'
);
EXEC (@drop);
ALTER TABLE [categories] DROP COLUMN [code];
EXEC sys.sp_rename N'[categories].[godwit_converted]', N'code', N'COLUMN';
IF OBJECT_ID(N'[df_categories_godwit_converted]', 'D') IS NOT NULL
  EXEC sys.sp_rename N'[df_categories_godwit_converted]', N'df_categories_code', N'OBJECT';
ALTER TABLE [categories] ALTER COLUMN [code] NVARCHAR(40) NOT NULL;
ALTER TABLE [categories] ADD CONSTRAINT [pk_categories] PRIMARY KEY ([code]);
ALTER TABLE [categories] ALTER COLUMN [parent] NVARCHAR(40) NULL;
ALTER TABLE [products] ALTER COLUMN [category] NVARCHAR(40) NOT NULL;
ALTER TABLE [categories] ADD CONSTRAINT [fk_categories_parent] FOREIGN KEY ([parent]) REFERENCES [categories] ([code]) ON DELETE CASCADE;
ALTER TABLE [products] ADD CONSTRAINT [fk_products_category] FOREIGN KEY ([category]) REFERENCES [categories] ([code]);

-- # alterField: a new column in the place of a part of a composite key
ALTER TABLE [shipments] DROP CONSTRAINT [fk_shipments_line];
ALTER TABLE [order_lines] ADD [godwit_converted] INT NULL;
UPDATE [order_lines] SET [godwit_converted] = [line_no];
DECLARE @drop NVARCHAR(MAX) = (
  SELECT N'ALTER TABLE [order_lines] DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.key_constraints
  WHERE parent_object_id = OBJECT_ID(N'[order_lines]') AND type = 'PK'
);
EXEC (@drop);
ALTER TABLE [order_lines] DROP COLUMN [line_no];
EXEC sys.sp_rename N'[order_lines].[godwit_converted]', N'line_no', N'COLUMN';
IF OBJECT_ID(N'[df_order_lines_godwit_converted]', 'D') IS NOT NULL
  EXEC sys.sp_rename N'[df_order_lines_godwit_converted]', N'df_order_lines_line_no', N'OBJECT';
ALTER TABLE [order_lines] ALTER COLUMN [line_no] INT NOT NULL;
ALTER TABLE [order_lines] ADD CONSTRAINT [pk_order_lines] PRIMARY KEY ([order_no], [line_no]);
ALTER TABLE [shipments] ALTER COLUMN [line_no] INT NOT NULL;
ALTER TABLE [shipments] ADD CONSTRAINT [fk_shipments_line] FOREIGN KEY ([order_no], [line_no]) REFERENCES [order_lines] ([order_no], [line_no]) ON DELETE CASCADE;

-- # alterField: a new column, NOT NULL and filled
ALTER TABLE [posts] ADD [godwit_converted] BIGINT NULL;
UPDATE [posts] SET [godwit_converted] = [views];
UPDATE [posts] SET [godwit_converted] = -1 WHERE [godwit_converted] IS NULL;
ALTER TABLE [posts] DROP COLUMN [views];
EXEC sys.sp_rename N'[posts].[godwit_converted]', N'views', N'COLUMN';
IF OBJECT_ID(N'[df_posts_godwit_converted]', 'D') IS NOT NULL
  EXEC sys.sp_rename N'[df_posts_godwit_converted]', N'df_posts_views', N'OBJECT';
ALTER TABLE [posts] ALTER COLUMN [views] BIGINT NOT NULL;
ALTER TABLE [posts] ADD CONSTRAINT [df_posts_views] DEFAULT 1 FOR [views];

-- # alterField: no change at all
-- nothing to do

-- # alterNamespace: a comment comes
DECLARE @comment NVARCHAR(3750) = N'it''s kept';
IF EXISTS (SELECT 1 FROM sys.fn_listextendedproperty(N'MS_Description', N'SCHEMA', N'audit', NULL, NULL, NULL, NULL))
  EXEC sys.sp_updateextendedproperty N'MS_Description', @comment, N'SCHEMA', N'audit'
ELSE
  EXEC sys.sp_addextendedproperty N'MS_Description', @comment, N'SCHEMA', N'audit';

-- # alterNamespace: a comment goes
IF EXISTS (SELECT 1 FROM sys.fn_listextendedproperty(N'MS_Description', N'SCHEMA', N'audit', NULL, NULL, NULL, NULL))
  EXEC sys.sp_dropextendedproperty N'MS_Description', N'SCHEMA', N'audit';

-- # alterPrimaryKey: a key where there was none
ALTER TABLE [tags] ALTER COLUMN [word] NVARCHAR(30) NOT NULL;
ALTER TABLE [tags] ADD CONSTRAINT [pk_tags] PRIMARY KEY ([word]);

-- # alterPrimaryKey: a longer key
DECLARE @drop NVARCHAR(MAX) = (
  SELECT N'ALTER TABLE [order_lines] DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.key_constraints
  WHERE parent_object_id = OBJECT_ID(N'[order_lines]') AND type = 'PK'
);
EXEC (@drop);
ALTER TABLE [order_lines] ADD CONSTRAINT [pk_order_lines] PRIMARY KEY ([order_no], [line_no], [article]);

-- # alterPrimaryKey: another order
DECLARE @drop NVARCHAR(MAX) = (
  SELECT N'ALTER TABLE [order_lines] DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.key_constraints
  WHERE parent_object_id = OBJECT_ID(N'[order_lines]') AND type = 'PK'
);
EXEC (@drop);
ALTER TABLE [order_lines] ADD CONSTRAINT [pk_order_lines] PRIMARY KEY ([line_no], [order_no]);

-- # alterPrimaryKey: no key
DECLARE @drop NVARCHAR(MAX) = (
  SELECT N'ALTER TABLE [shipments] DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.key_constraints
  WHERE parent_object_id = OBJECT_ID(N'[shipments]') AND type = 'PK'
);
EXEC (@drop);

-- # alterPrimaryKey: the key of a table that refers to another
DECLARE @drop NVARCHAR(MAX) = (
  SELECT N'ALTER TABLE [posts] DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.key_constraints
  WHERE parent_object_id = OBJECT_ID(N'[posts]') AND type = 'PK'
);
EXEC (@drop);
ALTER TABLE [posts] ADD CONSTRAINT [pk_posts] PRIMARY KEY ([id], [user_id]);

-- # alterSequence: other options, no owner any more
-- refused (unsupported): migration "golden", operation 1 (alter sequence "counter"): the type and the start of a sequence are settled in SQL Server when it is made; drop sequence "counter" and create it anew

-- # alterSequence: a description
DECLARE @schema SYSNAME = SCHEMA_NAME();
DECLARE @comment NVARCHAR(3750) = N'it''s free';
IF EXISTS (SELECT 1 FROM sys.fn_listextendedproperty(N'MS_Description', N'SCHEMA', @schema, N'SEQUENCE', N'free', NULL, NULL))
  EXEC sys.sp_updateextendedproperty N'MS_Description', @comment, N'SCHEMA', @schema, N'SEQUENCE', N'free'
ELSE
  EXEC sys.sp_addextendedproperty N'MS_Description', @comment, N'SCHEMA', @schema, N'SEQUENCE', N'free';

-- # attachPartition: a table with the same fields
-- refused (unsupported): migration "golden", operation 1 (attach partition "readings_old" to "readings"): SQL Server cannot attach partition on table "readings_old": godwit keeps partitions and inheritance on PostgreSQL only

-- # attachPartition: for all that no other partition takes
-- refused (unsupported): migration "golden", operation 1 (attach partition "readings_old" to "readings"): SQL Server cannot attach partition on table "readings_old": godwit keeps partitions and inheritance on PostgreSQL only

-- # attachSequence: one that numbers a table
-- refused (unsupported): migration "golden", operation 1 (attach sequence "counter" to field "id" of "invoices"): SQL Server cannot attach sequence on table "invoices": what numbers a column of SQL Server is part of the column (IDENTITY), and no sequence of the schema

-- # attachSequence: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (attach sequence "notes_place_seq" to field "place" of "notes"): SQL Server cannot attach sequence on table "notes": what numbers a column of SQL Server is part of the column (IDENTITY), and no sequence of the schema

-- # createDomain: a type under another name
-- refused (unsupported): migration "golden", operation 1 (create domain "Label"): SQL Server cannot create domain: an alias type of SQL Server can have neither checks nor a default of its own; give the fields the type itself, and checks

-- # createDomain: with all that it may have
-- refused (unsupported): migration "golden", operation 1 (create domain "email"): SQL Server cannot create domain: an alias type of SQL Server can have neither checks nor a default of its own; give the fields the type itself, and checks

-- # createEnum: some values
-- nothing to do

-- # createEnum: described
-- nothing to do

-- # createEnum: odd values
-- nothing to do

-- # createExtension: one that comes with PostgreSQL
-- refused (unsupported): migration "golden", operation 1 (create extension "citext"): SQL Server cannot create extension: SQL Server has no extensions

-- # createExtension: in a namespace of its own
-- refused (unsupported): migration "golden", operation 1 (create extension "uuid-ossp"): SQL Server cannot create extension: SQL Server has no extensions

-- # createNamespace: a plain name
CREATE SCHEMA [audit];
DECLARE @comment NVARCHAR(3750) = N'Who did what; it''s kept';
IF EXISTS (SELECT 1 FROM sys.fn_listextendedproperty(N'MS_Description', N'SCHEMA', N'audit', NULL, NULL, NULL, NULL))
  EXEC sys.sp_updateextendedproperty N'MS_Description', @comment, N'SCHEMA', N'audit'
ELSE
  EXEC sys.sp_addextendedproperty N'MS_Description', @comment, N'SCHEMA', N'audit';

-- # createNamespace: an odd name
CREATE SCHEMA [a"b; drop table x];

-- # createObject: a function
-- refused (unsupported): migration "golden", operation 1 (create function "half(integer)"): SQL Server cannot make function "half(integer)": a body there is not a text between dollars

-- # createObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (create trigger "no titles" of "books"): SQL Server cannot make trigger "no titles" of "books": a trigger there is AFTER, FOR or INSTEAD OF something

-- # createObject: a policy
-- refused (unsupported): migration "golden", operation 1 (create policy "all_books" of "books"): SQL Server has no policy: policy "all_books" of "books"

-- # createObject: a virtual table
-- refused (unsupported): migration "golden", operation 1 (create virtual table "words"): SQL Server has no virtual table: virtual table "words"

-- # createSequence: without options
CREATE SEQUENCE [invoice numbers] AS BIGINT START WITH 1 INCREMENT BY 1 MINVALUE 1 NO MAXVALUE NO CYCLE CACHE;

-- # createSequence: with all of them
-- refused (unsupported): migration "golden", operation 1 (create sequence "counter"): sequences of SQL Server belong to no column, and sequence "counter" is to belong to posts.views; use type serial, or leave owned_by out

-- # createTable: a table with a key and an index
CREATE TABLE [users] (
  [id] INT IDENTITY(1,1) NOT NULL,
  [email] NVARCHAR(255) NOT NULL,
  [bio] NVARCHAR(MAX) NULL,
  CONSTRAINT [pk_users] PRIMARY KEY ([id])
);
CREATE UNIQUE INDEX [idx_users_email] ON [users] ([email]);

-- # createTable: every field type
CREATE TABLE [everything] (
  [id] BIGINT IDENTITY(1,1) NOT NULL,
  [a_varchar] NVARCHAR(40) NOT NULL,
  [a_char] NCHAR(2) NOT NULL,
  [a_text] NVARCHAR(MAX) NOT NULL,
  [a_smallint] SMALLINT NOT NULL,
  [an_integer] INT NOT NULL,
  [a_bigint] BIGINT NOT NULL,
  [a_float] FLOAT NOT NULL,
  [a_double] FLOAT NOT NULL,
  [a_decimal] DECIMAL(12,4) NOT NULL,
  [a_boolean] BIT NOT NULL,
  [a_date] DATE NOT NULL,
  [a_time] TIME NOT NULL,
  [a_timestamp] DATETIME2 NOT NULL,
  [a_timestamptz] DATETIMEOFFSET NOT NULL,
  [a_uuid] UNIQUEIDENTIFIER NOT NULL,
  [a_json] NVARCHAR(MAX) NOT NULL,
  [a_jsonb] NVARCHAR(MAX) NOT NULL,
  [some_bytes] VARBINARY(MAX) NOT NULL,
  [a_list] NVARCHAR(MAX) NULL,
  CONSTRAINT [pk_everything] PRIMARY KEY ([id])
);

-- # createTable: defaults of every kind
CREATE TABLE [accounts] (
  [id] INT NOT NULL,
  [tier] NVARCHAR(10) NOT NULL CONSTRAINT [df_accounts_tier] DEFAULT N'tier',
  [word] NVARCHAR(MAX) NOT NULL CONSTRAINT [df_accounts_word] DEFAULT N'it''s ACTIVE (or not)',
  [literal] NVARCHAR(MAX) NOT NULL CONSTRAINT [df_accounts_literal] DEFAULT N'now()',
  [expression] INT NOT NULL CONSTRAINT [df_accounts_expression] DEFAULT 1 + 2,
  [digits] DECIMAL(5,2) NOT NULL CONSTRAINT [df_accounts_digits] DEFAULT 0.10,
  [zero_padded] NVARCHAR(3) NOT NULL CONSTRAINT [df_accounts_zero_padded] DEFAULT N'007',
  [count] INT NOT NULL CONSTRAINT [df_accounts_count] DEFAULT 0,
  [open] BIT NOT NULL CONSTRAINT [df_accounts_open] DEFAULT 0,
  [quoted] NVARCHAR(MAX) NOT NULL CONSTRAINT [df_accounts_quoted] DEFAULT 'a''b',
  [created_at] DATETIME2 NOT NULL CONSTRAINT [df_accounts_created_at] DEFAULT SYSUTCDATETIME(),
  [updated_at] DATETIME2 NOT NULL CONSTRAINT [df_accounts_updated_at] DEFAULT SYSUTCDATETIME(),
  CONSTRAINT [pk_accounts] PRIMARY KEY ([id])
);
CREATE TRIGGER [godwit_auto_update_accounts_updated_at] ON [accounts] AFTER UPDATE AS
BEGIN
  SET NOCOUNT ON;
  IF TRIGGER_NESTLEVEL(@@PROCID) > 1 RETURN;
  UPDATE t SET [updated_at] = SYSUTCDATETIME() FROM [accounts] AS t JOIN inserted AS i ON t.[id] = i.[id];
END;

-- # createTable: a composite key in an order of its own
CREATE TABLE [prices] (
  [valid_from] DATE NOT NULL,
  [product] NVARCHAR(20) NOT NULL,
  [amount] DECIMAL(10,2) NOT NULL,
  CONSTRAINT [pk_prices] PRIMARY KEY ([product], [valid_from])
);

-- # createTable: a table that refers to others and to itself
-- refused (unsupported): migration "golden", operation 1 (create table "comments"): SQL Server refuses foreign keys with more than one way to a table (error 1785): when a row is deleted from "users", "fk_comments_post_id" would reach table "comments" a second time (after "fk_comments_author_id"); give one of them NO ACTION, and do its work with a trigger or in the program

-- # createTable: a partition with something of its own
-- refused (unsupported): migration "golden", operation 1 (create table "readings_1999"): SQL Server cannot create tree table on table "readings_1999": godwit keeps partitions and inheritance on PostgreSQL only

-- # createTable: a partitioned table
-- refused (unsupported): migration "golden", operation 1 (create table "names"): SQL Server cannot create tree table on table "names": godwit keeps partitions and inheritance on PostgreSQL only

-- # createTable: a table that inherits
-- refused (unsupported): migration "golden", operation 1 (create table "birds"): SQL Server cannot create tree table on table "birds": godwit keeps partitions and inheritance on PostgreSQL only

-- # createTable: names that need quoting
-- refused (unsupported): migration "golden", operation 1 (create table "o'brien"): SQL Server has no keys and indexes over NVARCHAR(MAX), and "a"b" of table "o'brien" is in index "x; drop table y": give the field a type with a length, such as varchar

-- # createView: over a table
CREATE VIEW [emails] AS
SELECT id, email FROM users;

-- # createView: with names for its columns and a description
CREATE VIEW [live] ([number], [heading]) AS
SELECT id, title FROM posts WHERE status = 'live';
DECLARE @schema SYSNAME = SCHEMA_NAME();
DECLARE @comment NVARCHAR(3750) = N'it''s on';
IF EXISTS (SELECT 1 FROM sys.fn_listextendedproperty(N'MS_Description', N'SCHEMA', @schema, N'VIEW', N'live', NULL, NULL))
  EXEC sys.sp_updateextendedproperty N'MS_Description', @comment, N'SCHEMA', @schema, N'VIEW', N'live'
ELSE
  EXEC sys.sp_addextendedproperty N'MS_Description', @comment, N'SCHEMA', @schema, N'VIEW', N'live';

-- # createView: over another view
CREATE VIEW [late_titles] AS
SELECT title FROM lent WHERE day < '2024-01-01';

-- # createView: whose rows are kept
-- refused (unsupported): migration "golden", operation 1 (create materialized view "kept_titles"): SQL Server has no materialized views, and "kept_titles" is one; give it the option schemabinding, and a unique clustered index with runSQL

-- # deleteData: rows by their key
DELETE FROM [posts] WHERE [title] IN (N'First', N'o''brien');

-- # deleteData: a row by a composite key
DELETE FROM [order_lines] WHERE
  ([order_no] = 1 AND [line_no] = 1);

-- # detachPartition: a partition with rows
-- refused (unsupported): migration "golden", operation 1 (detach partition "readings_2024"): SQL Server cannot name part indexes on table "readings_2024": godwit keeps partitions and inheritance on PostgreSQL only

-- # detachPartition: a partition with a default and an index of its own
-- refused (unsupported): migration "golden", operation 1 (detach partition "readings_rest"): SQL Server cannot name part indexes on table "readings_rest": godwit keeps partitions and inheritance on PostgreSQL only

-- # detachSequence: of a key
-- refused (unsupported): migration "golden", operation 1 (detach the sequence of field "id" of "tickets"): SQL Server cannot detach sequence: what numbers a column of SQL Server is part of the column (IDENTITY), and no sequence of the schema

-- # detachSequence: one that has a name and counts in its own way
-- refused (unsupported): migration "golden", operation 1 (detach the sequence of field "place" of "seats"): SQL Server cannot detach sequence: what numbers a column of SQL Server is part of the column (IDENTITY), and no sequence of the schema

-- # dropConstraint: a check
ALTER TABLE [visits] DROP CONSTRAINT [paid_or_free];

-- # dropConstraint: a unique constraint
IF EXISTS (SELECT 1 FROM sys.key_constraints WHERE parent_object_id = OBJECT_ID(N'[visits]') AND name = N'one_visit')
  ALTER TABLE [visits] DROP CONSTRAINT [one_visit]
ELSE
  DROP INDEX [one_visit] ON [visits];

-- # dropDomain: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (drop domain "Unused"): SQL Server cannot drop domain: an alias type of SQL Server can have neither checks nor a default of its own; give the fields the type itself, and checks

-- # dropDomain: one with rules
-- refused (unsupported): migration "golden", operation 1 (drop domain "year"): SQL Server cannot drop domain: an alias type of SQL Server can have neither checks nor a default of its own; give the fields the type itself, and checks

-- # dropEnum: one that nobody uses
-- nothing to do

-- # dropEnum: one of several
-- nothing to do

-- # dropExtension: one with an odd name
-- refused (unsupported): migration "golden", operation 1 (drop extension "uuid-ossp"): SQL Server cannot drop extension: SQL Server has no extensions

-- # dropExtension: one that nothing needs
-- refused (unsupported): migration "golden", operation 1 (drop extension "citext"): SQL Server cannot drop extension: SQL Server has no extensions

-- # dropField: a nullable field
ALTER TABLE [users] DROP COLUMN [bio];

-- # dropField: a field with a default, between others
ALTER TABLE [posts] DROP COLUMN [views];

-- # dropField: a field that the database updates
DROP TRIGGER [godwit_auto_update_users_updated_at];
DECLARE @drop NVARCHAR(MAX) = (
  SELECT N'ALTER TABLE [users] DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.default_constraints
  WHERE parent_object_id = OBJECT_ID(N'[users]') AND parent_column_id = COLUMNPROPERTY(OBJECT_ID(N'[users]'), N'updated_at', 'ColumnId')
);
EXEC (@drop);
ALTER TABLE [users] DROP COLUMN [updated_at];

-- # dropField: a field of a table that refers to others
ALTER TABLE [products] DROP COLUMN [price];

-- # dropField: an odd name
ALTER TABLE [o'brien] DROP COLUMN [😀];

-- # dropField: a field that a partition has in another way
DECLARE @drop NVARCHAR(MAX) = (
  SELECT N'ALTER TABLE [readings] DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.default_constraints
  WHERE parent_object_id = OBJECT_ID(N'[readings]') AND parent_column_id = COLUMNPROPERTY(OBJECT_ID(N'[readings]'), N'value', 'ColumnId')
);
EXEC (@drop);
ALTER TABLE [readings] DROP COLUMN [value];

-- # dropField: only in the state
-- nothing to do

-- # dropForeignKey: of a foreign_key field
ALTER TABLE [posts] DROP CONSTRAINT [fk_posts_user_id];

-- # dropForeignKey: to its own table
ALTER TABLE [categories] DROP CONSTRAINT [fk_categories_parent];

-- # dropForeignKey: over several fields
ALTER TABLE [shipments] DROP CONSTRAINT [fk_shipments_line];

-- # dropForeignKey: in a cycle
ALTER TABLE [departments] DROP CONSTRAINT [fk_departments_head_id];

-- # dropIndex: an index
DROP INDEX [idx_posts_title] ON [posts];

-- # dropIndex: a unique partial index
IF EXISTS (SELECT 1 FROM sys.key_constraints WHERE parent_object_id = OBJECT_ID(N'[posts]') AND name = N'idx_posts_live')
  ALTER TABLE [posts] DROP CONSTRAINT [idx_posts_live]
ELSE
  DROP INDEX [idx_posts_live] ON [posts];

-- # dropIndex: concurrently
DROP INDEX [idx_posts_title] ON [posts];

-- # dropIndex: odd names
DROP INDEX [x; drop table y] ON [o'brien];

-- # dropNamespace: one of several
DROP SCHEMA [audit];

-- # dropNamespace: beside one in which something is
DROP SCHEMA [mood];

-- # dropObject: a function
DROP FUNCTION [half];

-- # dropObject: a trigger, as SQLite writes it
DROP TRIGGER [counted];

-- # dropSequence: one that nobody uses
DROP SEQUENCE [free];

-- # dropSequence: the only one
DROP SEQUENCE [invoice numbers];

-- # dropTable: a table with a foreign key, a default and a partial index
DROP TABLE [posts];

-- # dropTable: a table with a composite foreign key
DROP TABLE [shipments];

-- # dropTable: a table that refers to itself
DROP TABLE [categories];

-- # dropTable: a partition
DROP TABLE [readings_rest];

-- # dropTable: a table that inherits
DROP TABLE [dogs];

-- # dropTable: a table with odd names
DROP TABLE [o'brien];

-- # dropTable: only in the state
-- nothing to do

-- # dropView: a view
DROP VIEW [lent];

-- # dropView: only in the state
-- nothing to do

-- # moveRows: into a partitioned table
-- refused (unsupported): migration "golden", operation 1 (move rows of "readings_old" to "readings"): SQL Server cannot move rows: godwit moves rows to partitions only, which it keeps on PostgreSQL

-- # moveRows: out of one
-- refused (unsupported): migration "golden", operation 1 (move rows of "readings" to "readings_old"): SQL Server cannot move rows: godwit moves rows to partitions only, which it keeps on PostgreSQL

-- # renameConstraint: a check
EXEC sys.sp_rename N'[paid_or_free]', N'x; drop table y', N'OBJECT';

-- # renameConstraint: a foreign key
EXEC sys.sp_rename N'[visit_patient]', N'visitor', N'OBJECT';

-- # renameDomain: a domain of fields
-- refused (unsupported): migration "golden", operation 1 (rename domain "price" to "Amount"): SQL Server has no domains with names of their own, and "price" is to be called "Amount"

-- # renameDomain: one that nobody uses
-- refused (unsupported): migration "golden", operation 1 (rename domain "Unused" to "spare"): SQL Server has no domains with names of their own, and "Unused" is to be called "spare"

-- # renameEnum: an enum of fields
-- nothing to do

-- # renameEnum: one that nobody uses
-- nothing to do

-- # renameField: a field that an index and its predicate use
IF EXISTS (SELECT 1 FROM sys.key_constraints WHERE parent_object_id = OBJECT_ID(N'[posts]') AND name = N'idx_posts_live')
  ALTER TABLE [posts] DROP CONSTRAINT [idx_posts_live]
ELSE
  DROP INDEX [idx_posts_live] ON [posts];
EXEC sys.sp_rename N'[posts].[status]', N'state', N'COLUMN';
IF OBJECT_ID(N'[df_posts_status]', 'D') IS NOT NULL
  EXEC sys.sp_rename N'[df_posts_status]', N'df_posts_state', N'OBJECT';
CREATE UNIQUE INDEX [idx_posts_live] ON [posts] ([user_id], [title]) WHERE state = 'live';

-- # renameField: a key that another table refers to
EXEC sys.sp_rename N'[users].[id]', N'user', N'COLUMN';
IF OBJECT_ID(N'[df_users_id]', 'D') IS NOT NULL
  EXEC sys.sp_rename N'[df_users_id]', N'df_users_user', N'OBJECT';

-- # renameField: a field that refers to another table
EXEC sys.sp_rename N'[posts].[user_id]', N'author_id', N'COLUMN';
IF OBJECT_ID(N'[df_posts_user_id]', 'D') IS NOT NULL
  EXEC sys.sp_rename N'[df_posts_user_id]', N'df_posts_author_id', N'OBJECT';

-- # renameField: a key that its own table refers to
EXEC sys.sp_rename N'[categories].[code]', N'Code', N'COLUMN';
IF OBJECT_ID(N'[df_categories_code]', 'D') IS NOT NULL
  EXEC sys.sp_rename N'[df_categories_code]', N'df_categories_Code', N'OBJECT';

-- # renameField: part of a composite key
EXEC sys.sp_rename N'[order_lines].[line_no]', N'line', N'COLUMN';
IF OBJECT_ID(N'[df_order_lines_line_no]', 'D') IS NOT NULL
  EXEC sys.sp_rename N'[df_order_lines_line_no]', N'df_order_lines_line', N'OBJECT';

-- # renameField: part of a composite foreign key
EXEC sys.sp_rename N'[shipments].[order_no]', N'order', N'COLUMN';
IF OBJECT_ID(N'[df_shipments_order_no]', 'D') IS NOT NULL
  EXEC sys.sp_rename N'[df_shipments_order_no]', N'df_shipments_order', N'OBJECT';

-- # renameField: a field that the database updates
DROP TRIGGER [godwit_auto_update_users_updated_at];
EXEC sys.sp_rename N'[users].[updated_at]', N'changed_at', N'COLUMN';
IF OBJECT_ID(N'[df_users_updated_at]', 'D') IS NOT NULL
  EXEC sys.sp_rename N'[df_users_updated_at]', N'df_users_changed_at', N'OBJECT';
CREATE TRIGGER [godwit_auto_update_users_changed_at] ON [users] AFTER UPDATE AS
BEGIN
  SET NOCOUNT ON;
  IF TRIGGER_NESTLEVEL(@@PROCID) > 1 RETURN;
  UPDATE t SET [changed_at] = SYSUTCDATETIME() FROM [users] AS t JOIN inserted AS i ON t.[id] = i.[id];
END;

-- # renameField: part of a partition key
EXEC sys.sp_rename N'[readings].[at]', N'day', N'COLUMN';
IF OBJECT_ID(N'[df_readings_at]', 'D') IS NOT NULL
  EXEC sys.sp_rename N'[df_readings_at]', N'df_readings_day', N'OBJECT';

-- # renameField: to and from odd names
DROP INDEX [x; drop table y] ON [o'brien];
EXEC sys.sp_rename N'[o''brien].[a"b]', N'group', N'COLUMN';
IF OBJECT_ID(N'[df_o''brien_a"b]', 'D') IS NOT NULL
  EXEC sys.sp_rename N'[df_o''brien_a"b]', N'df_o''brien_group', N'OBJECT';
CREATE INDEX [x; drop table y] ON [o'brien] ([group]) WHERE "group" IS NOT NULL;

-- # renameIndex: an index
EXEC sys.sp_rename N'[posts].[idx_posts_title]', N'posts_by_title', N'INDEX';

-- # renameIndex: a unique partial index
EXEC sys.sp_rename N'[posts].[idx_posts_live]', N'live', N'INDEX';

-- # renameIndex: from an odd name
EXEC sys.sp_rename N'[o''brien].[x; drop table y]', N'select', N'INDEX';

-- # renameNamespace: one with tables
-- refused (unsupported): migration "golden", operation 1 (rename namespace "audit" to "audit_log"): a schema of SQL Server keeps its name, and "audit" is to be called "audit_log"; create the new one, and move each table there (renameTable)

-- # renameNamespace: one with nothing in it
-- refused (unsupported): migration "golden", operation 1 (rename namespace "A b" to "c"): a schema of SQL Server keeps its name, and "A b" is to be called "c"; create the new one, and move each table there (renameTable)

-- # renameSequence: a sequence that numbers a table
EXEC sys.sp_rename N'[counter]', N'Invoice numbers', N'OBJECT';

-- # renameSequence: one that nobody uses
EXEC sys.sp_rename N'[free]', N'spare', N'OBJECT';

-- # renameTable: a table that another refers to
DROP TRIGGER [godwit_auto_update_users_updated_at];
EXEC sys.sp_rename N'[users]', N'people', N'OBJECT';
DECLARE @rename NVARCHAR(MAX) = (
  SELECT STRING_AGG(CONCAT(CAST(N'EXEC sys.sp_rename ' AS NVARCHAR(MAX)), k.former, N', ', k.name, N', N''OBJECT'''), N'; ') FROM (
    SELECT CONCAT(N'N''', REPLACE(CONCAT(QUOTENAME(OBJECT_SCHEMA_NAME(object_id)), N'.', QUOTENAME(name), N''), N'''', N''''''), N'''') AS former, CONCAT(N'N''', REPLACE(CONCAT(N'pk_people', N''), N'''', N''''''), N'''') AS name
    FROM sys.key_constraints WHERE type = 'PK' AND parent_object_id = OBJECT_ID(N'[people]') AND name = N'pk_users'
    UNION ALL
    SELECT CONCAT(N'N''', REPLACE(CONCAT(QUOTENAME(OBJECT_SCHEMA_NAME(d.object_id)), N'.', QUOTENAME(d.name), N''), N'''', N''''''), N''''), CONCAT(N'N''', REPLACE(CONCAT(N'df_people_', c.name, N''), N'''', N''''''), N'''')
    FROM sys.default_constraints AS d JOIN sys.columns AS c ON c.object_id = d.parent_object_id AND c.column_id = d.parent_column_id
    WHERE d.parent_object_id = OBJECT_ID(N'[people]') AND d.name = CONCAT(N'df_users_', c.name) AND LEN(c.name) <= 118
  ) AS k
);
EXEC (@rename);
CREATE TRIGGER [godwit_auto_update_people_updated_at] ON [people] AFTER UPDATE AS
BEGIN
  SET NOCOUNT ON;
  IF TRIGGER_NESTLEVEL(@@PROCID) > 1 RETURN;
  UPDATE t SET [updated_at] = SYSUTCDATETIME() FROM [people] AS t JOIN inserted AS i ON t.[id] = i.[id];
END;

-- # renameTable: a table that refers to itself
EXEC sys.sp_rename N'[categories]', N'Groups', N'OBJECT';
DECLARE @rename NVARCHAR(MAX) = (
  SELECT STRING_AGG(CONCAT(CAST(N'EXEC sys.sp_rename ' AS NVARCHAR(MAX)), k.former, N', ', k.name, N', N''OBJECT'''), N'; ') FROM (
    SELECT CONCAT(N'N''', REPLACE(CONCAT(QUOTENAME(OBJECT_SCHEMA_NAME(object_id)), N'.', QUOTENAME(name), N''), N'''', N''''''), N'''') AS former, CONCAT(N'N''', REPLACE(CONCAT(N'pk_Groups', N''), N'''', N''''''), N'''') AS name
    FROM sys.key_constraints WHERE type = 'PK' AND parent_object_id = OBJECT_ID(N'[Groups]') AND name = N'pk_categories'
    UNION ALL
    SELECT CONCAT(N'N''', REPLACE(CONCAT(QUOTENAME(OBJECT_SCHEMA_NAME(d.object_id)), N'.', QUOTENAME(d.name), N''), N'''', N''''''), N''''), CONCAT(N'N''', REPLACE(CONCAT(N'df_Groups_', c.name, N''), N'''', N''''''), N'''')
    FROM sys.default_constraints AS d JOIN sys.columns AS c ON c.object_id = d.parent_object_id AND c.column_id = d.parent_column_id
    WHERE d.parent_object_id = OBJECT_ID(N'[Groups]') AND d.name = CONCAT(N'df_categories_', c.name) AND LEN(c.name) <= 118
  ) AS k
);
EXEC (@rename);

-- # renameTable: to and from odd names
EXEC sys.sp_rename N'[o''brien]', N'x"; drop table y', N'OBJECT';
DECLARE @rename NVARCHAR(MAX) = (
  SELECT STRING_AGG(CONCAT(CAST(N'EXEC sys.sp_rename ' AS NVARCHAR(MAX)), k.former, N', ', k.name, N', N''OBJECT'''), N'; ') FROM (
    SELECT CONCAT(N'N''', REPLACE(CONCAT(QUOTENAME(OBJECT_SCHEMA_NAME(object_id)), N'.', QUOTENAME(name), N''), N'''', N''''''), N'''') AS former, CONCAT(N'N''', REPLACE(CONCAT(N'pk_x"; drop table y', N''), N'''', N''''''), N'''') AS name
    FROM sys.key_constraints WHERE type = 'PK' AND parent_object_id = OBJECT_ID(N'[x"; drop table y]') AND name = N'pk_o''brien'
    UNION ALL
    SELECT CONCAT(N'N''', REPLACE(CONCAT(QUOTENAME(OBJECT_SCHEMA_NAME(d.object_id)), N'.', QUOTENAME(d.name), N''), N'''', N''''''), N''''), CONCAT(N'N''', REPLACE(CONCAT(N'df_x"; drop table y_', c.name, N''), N'''', N''''''), N'''')
    FROM sys.default_constraints AS d JOIN sys.columns AS c ON c.object_id = d.parent_object_id AND c.column_id = d.parent_column_id
    WHERE d.parent_object_id = OBJECT_ID(N'[x"; drop table y]') AND d.name = CONCAT(N'df_o''brien_', c.name) AND LEN(c.name) <= 108
  ) AS k
);
EXEC (@rename);

-- # renameTable: a table with partitions
EXEC sys.sp_rename N'[readings]', N'values', N'OBJECT';
DECLARE @rename NVARCHAR(MAX) = (
  SELECT STRING_AGG(CONCAT(CAST(N'EXEC sys.sp_rename ' AS NVARCHAR(MAX)), k.former, N', ', k.name, N', N''OBJECT'''), N'; ') FROM (
    SELECT CONCAT(N'N''', REPLACE(CONCAT(QUOTENAME(OBJECT_SCHEMA_NAME(object_id)), N'.', QUOTENAME(name), N''), N'''', N''''''), N'''') AS former, CONCAT(N'N''', REPLACE(CONCAT(N'pk_values', N''), N'''', N''''''), N'''') AS name
    FROM sys.key_constraints WHERE type = 'PK' AND parent_object_id = OBJECT_ID(N'[values]') AND name = N'pk_readings'
    UNION ALL
    SELECT CONCAT(N'N''', REPLACE(CONCAT(QUOTENAME(OBJECT_SCHEMA_NAME(d.object_id)), N'.', QUOTENAME(d.name), N''), N'''', N''''''), N''''), CONCAT(N'N''', REPLACE(CONCAT(N'df_values_', c.name, N''), N'''', N''''''), N'''')
    FROM sys.default_constraints AS d JOIN sys.columns AS c ON c.object_id = d.parent_object_id AND c.column_id = d.parent_column_id
    WHERE d.parent_object_id = OBJECT_ID(N'[values]') AND d.name = CONCAT(N'df_readings_', c.name) AND LEN(c.name) <= 118
  ) AS k
);
EXEC (@rename);

-- # renameTable: to a reserved word
EXEC sys.sp_rename N'[posts]', N'order', N'OBJECT';
DECLARE @rename NVARCHAR(MAX) = (
  SELECT STRING_AGG(CONCAT(CAST(N'EXEC sys.sp_rename ' AS NVARCHAR(MAX)), k.former, N', ', k.name, N', N''OBJECT'''), N'; ') FROM (
    SELECT CONCAT(N'N''', REPLACE(CONCAT(QUOTENAME(OBJECT_SCHEMA_NAME(object_id)), N'.', QUOTENAME(name), N''), N'''', N''''''), N'''') AS former, CONCAT(N'N''', REPLACE(CONCAT(N'pk_order', N''), N'''', N''''''), N'''') AS name
    FROM sys.key_constraints WHERE type = 'PK' AND parent_object_id = OBJECT_ID(N'[order]') AND name = N'pk_posts'
    UNION ALL
    SELECT CONCAT(N'N''', REPLACE(CONCAT(QUOTENAME(OBJECT_SCHEMA_NAME(d.object_id)), N'.', QUOTENAME(d.name), N''), N'''', N''''''), N''''), CONCAT(N'N''', REPLACE(CONCAT(N'df_order_', c.name, N''), N'''', N''''''), N'''')
    FROM sys.default_constraints AS d JOIN sys.columns AS c ON c.object_id = d.parent_object_id AND c.column_id = d.parent_column_id
    WHERE d.parent_object_id = OBJECT_ID(N'[order]') AND d.name = CONCAT(N'df_posts_', c.name) AND LEN(c.name) <= 119
  ) AS k
);
EXEC (@rename);

-- # replaceObject: what a function computes
-- refused (unsupported): migration "golden", operation 1 (replace function "half(integer)"): SQL Server cannot make function "half(integer)": a body there is not a text between dollars

-- # replaceObject: what a function gives
-- refused (unsupported): migration "golden", operation 1 (replace function "half(integer)"): SQL Server cannot make function "half(integer)": a body there is not a text between dollars

-- # replaceObject: a trigger, as SQLite writes it
-- refused (unsupported): migration "golden", operation 1 (replace trigger "counted" of "books"): SQL Server cannot make trigger "counted" of "books": the body of a trigger there stands behind AS

-- # replaceObject: only its description
DECLARE @schema SYSNAME = SCHEMA_NAME();
DECLARE @comment NVARCHAR(3750) = N'rounded down';
IF EXISTS (SELECT 1 FROM sys.fn_listextendedproperty(N'MS_Description', N'SCHEMA', @schema, N'FUNCTION', N'half', NULL, NULL))
  EXEC sys.sp_updateextendedproperty N'MS_Description', @comment, N'SCHEMA', @schema, N'FUNCTION', N'half'
ELSE
  EXEC sys.sp_addextendedproperty N'MS_Description', @comment, N'SCHEMA', @schema, N'FUNCTION', N'half';

-- # replaceView: fewer rows
CREATE OR ALTER VIEW [lent] AS
SELECT id, title, day FROM books WHERE day IS NOT NULL AND id > 1;

-- # replaceView: another column behind the others
CREATE OR ALTER VIEW [lent] AS
SELECT id, title, day, id + 1 AS next FROM books WHERE day IS NOT NULL;

-- # replaceView: other columns
DROP VIEW [lent];
CREATE VIEW [lent] AS
SELECT title FROM books;

-- # replaceView: only its description
DECLARE @schema SYSNAME = SCHEMA_NAME();
DECLARE @comment NVARCHAR(3750) = N'not here';
IF EXISTS (SELECT 1 FROM sys.fn_listextendedproperty(N'MS_Description', N'SCHEMA', @schema, N'VIEW', N'lent', NULL, NULL))
  EXEC sys.sp_updateextendedproperty N'MS_Description', @comment, N'SCHEMA', @schema, N'VIEW', N'lent'
ELSE
  EXEC sys.sp_addextendedproperty N'MS_Description', @comment, N'SCHEMA', @schema, N'VIEW', N'lent';

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
UPDATE users SET bio = CONVERT(NVARCHAR(64), HASHBYTES('SHA2_256', email), 2);

-- # runSQL: several statements
UPDATE posts SET views = 2;
UPDATE posts SET views = 3;;

-- # setComment: a table
DECLARE @schema SYSNAME = SCHEMA_NAME();
DECLARE @comment NVARCHAR(3750) = N'Who came; it''s "theirs"';
IF EXISTS (SELECT 1 FROM sys.fn_listextendedproperty(N'MS_Description', N'SCHEMA', @schema, N'TABLE', N'visits', NULL, NULL))
  EXEC sys.sp_updateextendedproperty N'MS_Description', @comment, N'SCHEMA', @schema, N'TABLE', N'visits'
ELSE
  EXEC sys.sp_addextendedproperty N'MS_Description', @comment, N'SCHEMA', @schema, N'TABLE', N'visits';

-- # setComment: no longer
DECLARE @schema SYSNAME = SCHEMA_NAME();
IF EXISTS (SELECT 1 FROM sys.fn_listextendedproperty(N'MS_Description', N'SCHEMA', @schema, N'TABLE', N'patients', NULL, NULL))
  EXEC sys.sp_dropextendedproperty N'MS_Description', N'SCHEMA', @schema, N'TABLE', N'patients';

-- # setComment: an index
DECLARE @schema SYSNAME = SCHEMA_NAME();
DECLARE @comment NVARCHAR(3750) = N'for the diary';
IF EXISTS (SELECT 1 FROM sys.fn_listextendedproperty(N'MS_Description', N'SCHEMA', @schema, N'TABLE', N'visits', N'INDEX', N'visits_by_day'))
  EXEC sys.sp_updateextendedproperty N'MS_Description', @comment, N'SCHEMA', @schema, N'TABLE', N'visits', N'INDEX', N'visits_by_day'
ELSE
  EXEC sys.sp_addextendedproperty N'MS_Description', @comment, N'SCHEMA', @schema, N'TABLE', N'visits', N'INDEX', N'visits_by_day';

-- # setComment: a constraint
DECLARE @schema SYSNAME = SCHEMA_NAME();
DECLARE @comment NVARCHAR(3750) = N'nobody owes';
IF EXISTS (SELECT 1 FROM sys.fn_listextendedproperty(N'MS_Description', N'SCHEMA', @schema, N'TABLE', N'visits', N'CONSTRAINT', N'paid_or_free'))
  EXEC sys.sp_updateextendedproperty N'MS_Description', @comment, N'SCHEMA', @schema, N'TABLE', N'visits', N'CONSTRAINT', N'paid_or_free'
ELSE
  EXEC sys.sp_addextendedproperty N'MS_Description', @comment, N'SCHEMA', @schema, N'TABLE', N'visits', N'CONSTRAINT', N'paid_or_free';

-- # setDatabases: on one alone
DROP TABLE [posts];

-- # setDatabases: on all but one
-- nothing to do

-- # setDatabases: on all
CREATE TABLE [posts] (
  [id] UNIQUEIDENTIFIER NOT NULL,
  [user_id] INT NOT NULL,
  [title] NVARCHAR(200) NOT NULL,
  [status] NVARCHAR(20) NOT NULL CONSTRAINT [df_posts_status] DEFAULT N'draft',
  [views] INT NULL,
  CONSTRAINT [pk_posts] PRIMARY KEY ([id]),
  CONSTRAINT [fk_posts_user_id] FOREIGN KEY ([user_id]) REFERENCES [users] ([id]) ON DELETE CASCADE
);
CREATE INDEX [idx_posts_title] ON [posts] ([title]);
CREATE UNIQUE INDEX [idx_posts_live] ON [posts] ([user_id], [title]) WHERE status = 'live';

-- # setDefaults: a first default, which a field names already
-- nothing to do

-- # setDefaults: another value, and one that goes
-- nothing to do

-- # setInherits: no longer
-- refused (unsupported): migration "golden", operation 1 (let "dogs" inherit from no table): SQL Server cannot alter inherits on table "dogs": godwit keeps partitions and inheritance on PostgreSQL only

-- # setInherits: a table with the same fields
-- refused (unsupported): migration "golden", operation 1 (let "cats" inherit from "animals"): SQL Server cannot alter inherits on table "cats": godwit keeps partitions and inheritance on PostgreSQL only

-- # setRowSecurity: for all but the owner
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to enabled): SQL Server cannot set row security on table "visits": who may see a row is decided there by a security policy with a function of its own; make it with runSQL (CREATE SECURITY POLICY)

-- # setRowSecurity: for the owner too
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to forced): SQL Server cannot set row security on table "visits": who may see a row is decided there by a security policy with a function of its own; make it with runSQL (CREATE SECURITY POLICY)

-- # setRowSecurity: no longer
-- refused (unsupported): migration "golden", operation 1 (set row security of "visits" to disabled): SQL Server cannot set row security on table "visits": who may see a row is decided there by a security policy with a function of its own; make it with runSQL (CREATE SECURITY POLICY)

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
SET IDENTITY_INSERT [users] ON;
UPDATE [users] WITH (UPDLOCK, HOLDLOCK) SET [email] = N'o''brien@example.com' WHERE [id] = 1
IF @@ROWCOUNT = 0
  INSERT INTO [users] ([email], [id]) VALUES (N'o''brien@example.com', 1);
SET IDENTITY_INSERT [users] OFF;
SET IDENTITY_INSERT [users] ON;
UPDATE [users] WITH (UPDLOCK, HOLDLOCK) SET [bio] = N'a\b ''c'' "d"
😀', [email] = N'new@example.com', [updated_at] = N'2024-01-02 03:04:05.678901' WHERE [id] = 3
IF @@ROWCOUNT = 0
  INSERT INTO [users] ([bio], [email], [id], [updated_at]) VALUES (N'a\b ''c'' "d"
😀', N'new@example.com', 3, N'2024-01-02 03:04:05.678901');
UPDATE [users] WITH (UPDLOCK, HOLDLOCK) SET [bio] = NULL, [email] = N'null@example.com', [updated_at] = SYSUTCDATETIME() WHERE [id] = 4
IF @@ROWCOUNT = 0
  INSERT INTO [users] ([bio], [email], [id], [updated_at]) VALUES (NULL, N'null@example.com', 4, SYSUTCDATETIME());
SET IDENTITY_INSERT [users] OFF;

-- # upsertData: a composite key
UPDATE [order_lines] WITH (UPDLOCK, HOLDLOCK) SET [article] = N'Saw' WHERE [order_no] = 7 AND [line_no] = 1
IF @@ROWCOUNT = 0
  INSERT INTO [order_lines] ([article], [line_no], [order_no]) VALUES (N'Saw', 1, 7);
UPDATE [order_lines] WITH (UPDLOCK, HOLDLOCK) SET [article] = N'Axe' WHERE [order_no] = 7 AND [line_no] = 2
IF @@ROWCOUNT = 0
  INSERT INTO [order_lines] ([article], [line_no], [order_no]) VALUES (N'Axe', 2, 7);

-- # upsertData: nothing but keys
INSERT INTO [words] ([word])
SELECT N'new'
WHERE NOT EXISTS (SELECT 1 FROM [words] WITH (UPDLOCK, HOLDLOCK) WHERE [word] = N'new');
INSERT INTO [words] ([word])
SELECT N'newer'
WHERE NOT EXISTS (SELECT 1 FROM [words] WITH (UPDLOCK, HOLDLOCK) WHERE [word] = N'newer');

-- # upsertData: values of every kind
UPDATE [samples] WITH (UPDLOCK, HOLDLOCK) SET [data] = 0x00275cff, [doc] = N'{"it''s": [1, null]}', [flag] = 1, [ratio] = -0.1 WHERE [id] = 9007199254740993
IF @@ROWCOUNT = 0
  INSERT INTO [samples] ([data], [doc], [flag], [id], [ratio]) VALUES (0x00275cff, N'{"it''s": [1, null]}', 1, 9007199254740993, -0.1);
UPDATE [samples] WITH (UPDLOCK, HOLDLOCK) SET [data] = NULL, [doc] = NULL, [flag] = 0, [ratio] = 1e+21 WHERE [id] = -1
IF @@ROWCOUNT = 0
  INSERT INTO [samples] ([data], [doc], [flag], [id], [ratio]) VALUES (NULL, NULL, 0, -1, 1e+21);

-- # upsertData: a key that a named default gives
UPDATE [settings] WITH (UPDLOCK, HOLDLOCK) SET [value] = upper('x') WHERE [name] = main
IF @@ROWCOUNT = 0
  INSERT INTO [settings] ([name], [value]) VALUES (main, upper('x'));

-- # upsertData: odd names and values
UPDATE [o'brien] WITH (UPDLOCK, HOLDLOCK) SET [a"b] = N'''; drop table y; --', [😀] = N'	' WHERE [select] = 3
IF @@ROWCOUNT = 0
  INSERT INTO [o'brien] ([a"b], [select], [😀]) VALUES (N'''; drop table y; --', 3, N'	');

-- # upsertData: a key that nothing makes unique
UPDATE [notes] WITH (UPDLOCK, HOLDLOCK) SET [body] = N'it''s new' WHERE [topic] = N'known'
IF @@ROWCOUNT = 0
  INSERT INTO [notes] ([body], [topic]) VALUES (N'it''s new', N'known');
UPDATE [notes] WITH (UPDLOCK, HOLDLOCK) SET [body] = NULL WHERE [topic] = N'unknown'
IF @@ROWCOUNT = 0
  INSERT INTO [notes] ([body], [topic]) VALUES (NULL, N'unknown');

-- # upsertData: rows that refer to each other
UPDATE [people] WITH (UPDLOCK, HOLDLOCK) SET [friend] = 2 WHERE [id] = 1
IF @@ROWCOUNT = 0
  INSERT INTO [people] ([friend], [id]) VALUES (2, 1);
UPDATE [people] WITH (UPDLOCK, HOLDLOCK) SET [friend] = 1 WHERE [id] = 2
IF @@ROWCOUNT = 0
  INSERT INTO [people] ([friend], [id]) VALUES (1, 2);

-- # upsertData: no rows
-- nothing to do

-- # validateConstraint: a check
ALTER TABLE [patients] WITH CHECK CHECK CONSTRAINT [known_sex];

-- # validateConstraint: a foreign key
ALTER TABLE [visits] WITH CHECK CHECK CONSTRAINT [visit_patient];
