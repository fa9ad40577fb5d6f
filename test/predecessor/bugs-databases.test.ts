import { describe, expect, test } from "bun:test";
import type { Dialect } from "../../src/core/ddl/dialect.ts";
import { savepointOf } from "../../src/core/ddl/savepoint.ts";
import { ToolError } from "../../src/core/errors.ts";
import { replay } from "../../src/core/plan/state.ts";
import { planDown, planUp } from "../../src/core/plan/steps.ts";
import { emptySchema } from "../../src/core/schema/model.ts";
import { splitScript } from "../../src/core/sql-files/split.ts";
import { dialects } from "../../src/dialects/registry.gen.ts";
import sqlserver from "../../src/dialects/sqlserver/dialect.ts";
import { type Database, introspect } from "../../src/runtime/database.ts";
import { migrationOf, storyOf } from "../conformance/story.ts";
import { emptyMariadbDatabases, type WithEmpty, withEmptySqlite, withEmptyTurso } from "../helpers/empty-database.ts";

// Bugs of the predecessor on databases that it could not really migrate: what they are sent, of all of them; what becomes of it, on servers.

const key = (name: string) => ({ name, type: "integer", primaryKey: true });
const composite = {
  kind: "createTable",
  name: "prices",
  fields: [key("product"), key("shop"), { name: "price", type: "decimal", precision: 8, scale: 2, default: 1.5 }],
};
const oddDefaults = ["it's", "a\\b", 'say "hi"', "x'); DROP TABLE t; --", "null", "007"];
const added = oddDefaults.map((value, i) => ({
  kind: "addField",
  table: "notes",
  field: { name: `d${i}`, type: "varchar", length: 40, nullable: true, default: { value } },
}));
const notes = {
  kind: "createTable",
  name: "notes",
  fields: [key("id"), { name: "body", type: "varchar", length: 40, nullable: true }],
  indexes: [{ name: "notes_body", fields: ["body"] }],
};
const rename = { kind: "renameField", table: "prices", from: "price", to: "amount" };

/** What a database is sent on the way up and back; `undefined` where it has nothing like it. */
function commandsOf(dialect: Dialect, ...operations: readonly object[]): readonly string[] | undefined {
  const before = migrationOf("0001", operations.slice(0, -1));
  const last = migrationOf("0002", operations.slice(-1), ["0001"]);
  try {
    const up = planUp({ pending: [last], before: replay([before], emptySchema), dialect });
    const down = planDown({ rollback: [last], applied: [before, last], dialect });
    const commands = [...up.steps, ...down.steps].flatMap(({ actions }) =>
      actions.flatMap((action) => action.commands),
    );
    return commands.flatMap((command) => (command.kind === "execute" ? command.sql : []));
  } catch (error) {
    if (error instanceof ToolError && error.code === "unsupported") return undefined;
    throw error;
  }
}

describe.each(dialects.map((dialect) => [dialect.title, dialect] as const))("what %s is sent", (_, dialect) => {
  test("B13: a renamed column is renamed, and not given a type that it may not have had", () => {
    const sent = commandsOf(dialect, composite, rename)?.join("\n") ?? "";
    expect(sent).not.toMatch(/varchar|string|utf8/i);
  });

  test("B17: a composite primary key is said once", () => {
    const [table = ""] = commandsOf(dialect, composite) ?? ["PRIMARY KEY"];
    expect(table.match(/PRIMARY KEY|DUPLICATE KEY/gi)).toHaveLength(1);
  });

  test("B18: a default is a literal of the database, in ADD COLUMN as well", () => {
    const values = added.map(({ field }) => dialect.literal(field.default.value, dialect.columnType(field as never)));
    const sent = added.map((operation) => commandsOf(dialect, notes, operation));
    for (const [i, commands] of sent.entries()) if (commands) expect(commands.join("\n")).toContain(values[i] ?? "");
    expect(new Set(values).size).toBe(values.length);
  });

  test("B27: every command is one statement, so that no client has to be told to take several", () => {
    const rows = [1, 2, 3].map((id) => ({ id, body: `a; b ${id}` }));
    const upsert = { kind: "upsertData", table: "notes", keys: ["id"], rows };
    for (const operations of [[notes], [notes, upsert], [notes, ...added.slice(0, 1)], [composite]])
      for (const sql of commandsOf(dialect, ...operations) ?? [])
        expect({ sql, count: splitScript(sql, dialect.scriptSyntax).length }).toEqual({ sql, count: 1 });
  });
});

test("B26: on SQL Server defaults have names of their own, go before their columns, and TRUE and SAVEPOINT are what it has", () => {
  const flag = { name: "open", type: "boolean", default: true };
  const add = { kind: "addField", table: "notes", field: flag };
  const [made = "", ...back] = commandsOf(sqlserver, notes, add) ?? [];
  expect(made).toBe("ALTER TABLE [notes] ADD [open] BIT NOT NULL CONSTRAINT [df_notes_open] DEFAULT 1");
  expect(back.join("\n")).toMatch(
    /DROP CONSTRAINT[\s\S]*sys\.default_constraints[\s\S]*\n.*ALTER TABLE \[notes\] DROP COLUMN \[open\]$/,
  );
  const rows = [{ id: 1, open: false }];
  const sent = commandsOf(sqlserver, notes, add, { kind: "upsertData", table: "notes", keys: ["id"], rows })?.join(
    "\n",
  );
  expect(sent).toContain("SET [open] = 0");
  expect(sent).not.toMatch(/\b(?:true|false)\b/i);
  const savepoint = savepointOf(sqlserver);
  expect(savepoint.set).toContain("SAVE TRANSACTION ");
  expect(savepoint.undo).not.toContain("SAVEPOINT ");
  const renamed = commandsOf(sqlserver, composite, rename)?.[0] ?? "";
  expect(renamed).toMatch(/sp_rename N'\[prices\]\.\[price\]', N'amount', N?'COLUMN'/i);
});

const servers: Readonly<Record<string, WithEmpty>> = {
  MariaDB: emptyMariadbDatabases(),
  Turso: withEmptyTurso,
  SQLite: withEmptySqlite,
};

describe.each(Object.entries(servers))("what becomes of it on %s", (_, withEmpty) => {
  const column = async (database: Database, name: string) =>
    (await introspect(database)).tables.flatMap(({ columns }) => columns).find((each) => each.name === name);

  test("B13, B17: a renamed column is what it was, under a composite key", () =>
    withEmpty(async (database) => {
      const story = storyOf(database);
      await story.up("0001", [composite]);
      const { name: __, ...before } = (await column(database, "price")) ?? { name: "" };
      await story.up("0002", [rename]);
      expect(await column(database, "amount")).toEqual({ ...before, name: "amount" } as never);
      expect(before).toMatchObject({ nullable: false, default: expect.stringContaining("1.5") });
      await story.down();
      await story.agrees();
    }));

  test("B18: rows that are there get the default that was written", () =>
    withEmpty(async (database) => {
      const story = storyOf(database);
      await story.up("0001", [notes]);
      await database.driver.execute("INSERT INTO notes (id) VALUES (1)");
      await story.up("0002", added);
      await story.agrees();
      const [row] = await database.driver.query("SELECT * FROM notes");
      expect(oddDefaults.map((_value, i) => row?.[`d${i}`])).toEqual(oddDefaults);
    }));

  test("B25: a foreign key is there and enforced, and a changed table keeps rows of others and triggers", () =>
    withEmpty(async (database) => {
      const story = storyOf(database);
      const child = {
        kind: "createTable",
        name: "items",
        fields: [key("id"), { name: "note", type: "foreign_key", foreignKey: { table: "notes", onDelete: "CASCADE" } }],
      };
      await story.up("0001", [notes, child]);
      await database.driver.execute("INSERT INTO notes (id, body) VALUES (1, 'a')");
      await database.driver.execute("INSERT INTO items (id, note) VALUES (1, 1)");
      await database.driver.execute(
        database.dialect.name === "mariadb"
          ? "CREATE TRIGGER louder BEFORE INSERT ON notes FOR EACH ROW SET NEW.body = UPPER(NEW.body)"
          : "CREATE TRIGGER louder AFTER INSERT ON notes BEGIN UPDATE notes SET body = upper(body) WHERE id = NEW.id; END",
      );
      const wider = { name: "body", type: "varchar", length: 80, default: "b" };
      await story.up("0002", [{ kind: "alterField", table: "notes", field: wider, fill: "'b'" }]);
      expect(await database.driver.query("SELECT id FROM items")).toEqual([{ id: 1 }]);
      await database.driver.execute("INSERT INTO notes (id, body) VALUES (2, 'c')");
      expect(await database.driver.query("SELECT body FROM notes ORDER BY id")).toEqual([{ body: "a" }, { body: "C" }]);
      const astray = database.driver.execute("INSERT INTO items (id, note) VALUES (2, 9)");
      await expect(astray).rejects.toThrow(ToolError);
    }));
});
