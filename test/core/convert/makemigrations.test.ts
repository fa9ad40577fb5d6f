import { describe, expect, test } from "bun:test";
import { converted, found, readTexts } from "../../helpers/convert.ts";
import { errorOf } from "../../helpers/tool-error.ts";

const go = (name: string, operations: string, more = ""): string => `package main

import m "github.com/ocomsoft/makemigrations/migrate"

func init() {
	m.Register(&m.Migration{
		Name:         "${name}",
		${more}
		Operations: []m.Operation{
			${operations}
		},
	})
}
`;
const after = (...names: readonly string[]): string =>
  `Dependencies: []string{${names.map((n) => `"${n}"`).join(", ")}},`;
const users = `&m.CreateTable{Name: "users", Fields: []m.Field{
	{Name: "id", Type: "serial", PrimaryKey: true}, // the key
	m.Field{Name: "email", Type: "varchar", Length: 255, Nullable: true},
}, Indexes: []m.Index{{Name: "idx_users_email", Fields: []string{"email"}, Unique: true}}},`;
/** The operations of the only migration. */
const operations = (text: string) => {
  const { migrations, findings } = readTexts({ "0001_a.go": go("0001_a", text) });
  expect(found(findings)).toEqual([]);
  return migrations[0]?.operations ?? [];
};

describe("files", () => {
  test("names, dependencies and what is stood for are kept; main.go and tests are passed over", () => {
    const { tool, migrations, findings } = readTexts({
      "0003_c.go": go("0003_c", "", `${after("0001_a", "0002_b")} Replaces: []string{"0000_old"},`),
      "0002_b.go": go("0002_b", "", after("0001_a")),
      "0001_a.go": go("0001_a", ""),
      "main.go": 'package main\nimport m "github.com/ocomsoft/makemigrations/migrate"\nfunc main() { m.Register(x) }',
      "a_test.go": go("0009_x", "", after("nobody")),
    });
    expect(tool.tool).toBe("makemigrations");
    expect(findings).toEqual([]);
    expect(migrations.map(({ file: _, operations: __, ...rest }) => rest)).toEqual([
      { name: "0001_a", ids: ["0001_a"] },
      { name: "0002_b", ids: ["0002_b"], dependencies: ["0001_a"] },
      { name: "0003_c", ids: ["0003_c"], dependencies: ["0001_a", "0002_b"], replaces: ["0000_old"] },
    ]);
  });

  test("under the name that the tool had before, too, with several in a file and a group of imports", () => {
    const text = 'package x\nimport (\n\t"github.com/ocomsoft/morphic/migrate"\n)\nfunc init() {\n';
    const each = (name: string): string => `migrate.Register(&migrate.Migration{Name: "${name}"})\n`;
    const { migrations } = readTexts({ "all.go": `${text}${each("1_a")}${each("2_b")}}` });
    expect(migrations.map(({ name }) => name)).toEqual(["1_a", "2_b"]);
  });

  test("what has to be computed is lost, with its line; name and dependencies are not", () => {
    const { migrations, findings } = readTexts({
      "1_a.go": go("1_a", `&m.RunSQL{\n\t\t\tForwardSQL: fmt.Sprint(sql)},`),
      "2_b.go": go("2_b", "", after("1_a")).replace("m.Register", "log.Print(1)\n\tm.Register"),
      "3_c.go": go("3_c", `&m.Frobnicate{},\n\t\t\t&m.DropTable{Name: "x", Cascade: true},`, after("2_b")),
    });
    expect(migrations.map(({ name, operations: made, dependencies }) => [name, made, dependencies])).toEqual([
      ["1_a", undefined, undefined],
      ["2_b", undefined, ["1_a"]],
      ["3_c", undefined, ["2_b"]],
    ]);
    expect(found(findings)).toEqual([
      'db/1_a.go:11 lost: "sql" has to be computed, and only literals can be read',
      "db/2_b.go:6 lost: func init does something else than to register a migration",
      'db/3_c.go:10 lost: Frobnicate: "Frobnicate" is no operation that is known',
      'db/3_c.go:11 lost: DropTable: "Cascade" is no member of m.DropTable that is known',
    ]);
  });

  test("a dependency that nobody has, a circle and a name twice are refused", () => {
    const message = (texts: Readonly<Record<string, string>>): string => errorOf(() => readTexts(texts)).message;
    expect(message({ "b.go": go("2_b", "", after("1_a")) })).toContain(
      '"2_b" depends on "1_a", which no file registers',
    );
    expect(message({ "a.go": go("a", "", after("b")), "b.go": go("b", "", after("a")) })).toContain(
      '"a", "b" depend on one another in a circle',
    );
    expect(message({ "a.go": go("a", ""), "b.go": go("a", "") })).toContain('db/a.go and db/b.go both are "a"');
  });
});

describe("operations", () => {
  test("what is not said of a field is false, NOT NULL therefore", () => {
    const fields = `{Name: "a", Type: "decimal", Precision: 10, Scale: 2, Default: "zero", Nullable: true},
      {Name: "b", Type: "timestamp", AutoCreate: true, AutoUpdate: true, Nullable: false},`;
    expect(operations(`&m.CreateTable{Name: "t", Fields: []m.Field{${fields}}, SchemaOnly: true},`)).toEqual([
      {
        kind: "createTable",
        name: "t",
        fields: [
          { name: "a", type: "decimal", precision: 10, scale: 2, nullable: true, default: "zero" },
          { name: "b", type: "timestamp", autoCreate: true, autoUpdate: true },
        ],
        schemaOnly: true,
      },
    ]);
  });

  test("each becomes the one that does the same", () => {
    const made = operations(`
      &m.SetDefaults{Defaults: map[string]string{"zero": "0"}},
      &m.SetTypeMappings{TypeMappings: map[string]string{"text": "CITEXT"}},
      ${users}
      &m.AddField{Table: "users", Field: m.Field{Name: "bio", Type: "text"}},
      &m.AlterField{Table: "users", OldField: m.Field{Name: "bio", Type: "text"}, NewField: m.Field{Name: "bio", Type: "text", Nullable: true}},
      &m.RenameField{Table: "users", OldName: "bio", NewName: "about"},
      &m.AddIndex{Table: "users", Index: m.Index{Name: "i", Fields: []string{"about"}, Method: "HASH", Where: "about IS NOT NULL"}},
      &m.DropIndex{Table: "users", Index: "i", IgnoreErrors: true},
      &m.DropField{Table: "users", Field: "about"},
      &m.RenameTable{OldName: "users", NewName: "people"},
      &m.RunSQL{ForwardSQL: ${"`SELECT 'it''s'\n;`"}, BackwardSQL: "SELECT " + "2"},
      &m.RunSQL{ForwardSQL: "SELECT 3", SchemaOnly: true},
      &m.DropTable{Name: "people"},`);
    expect(made).toEqual([
      { kind: "setDefaults", defaults: { postgresql: { zero: "0" } } },
      { kind: "setTypeMappings", typeMappings: { postgresql: { text: "CITEXT" } } },
      {
        kind: "createTable",
        name: "users",
        fields: [
          { name: "id", type: "serial", primaryKey: true },
          { name: "email", type: "varchar", length: 255, nullable: true },
        ],
        indexes: [{ name: "idx_users_email", fields: ["email"], unique: true }],
      },
      { kind: "addField", table: "users", field: { name: "bio", type: "text" } },
      { kind: "alterField", table: "users", field: { name: "bio", type: "text", nullable: true } },
      { kind: "renameField", table: "users", from: "bio", to: "about" },
      {
        kind: "addIndex",
        table: "users",
        index: { name: "i", fields: ["about"], method: "hash", where: "about IS NOT NULL" },
      },
      { kind: "dropIndex", table: "users", name: "i", ignoreErrors: true },
      { kind: "dropField", table: "users", name: "about" },
      { kind: "renameTable", from: "users", to: "people" },
      { kind: "runSQL", forward: "SELECT 'it''s'\n;", backward: "SELECT 2" },
      { kind: "runSQL", forward: "SELECT 3", backward: "", schemaOnly: true },
      { kind: "dropTable", name: "people" },
    ]);
  });

  test("a field that refers to another table has the type of its key, even where that comes later, and the key is on its own", () => {
    const [posts, , key] = operations(`
      &m.CreateTable{Name: "posts", Fields: []m.Field{
        {Name: "id", Type: "uuid", PrimaryKey: true},
        {Name: "user_id", Type: "foreign_key", Nullable: true, ForeignKey: &m.ForeignKey{Table: "users", OnDelete: "SET_NULL"}},
        {Name: "parent", Type: "foreign_key", ForeignKey: &m.ForeignKey{Table: "posts"}},
      }},
      ${users}
      &m.AddForeignKey{Table: "posts", FieldName: "user_id", ConstraintName: "fk_posts_user_id", ReferencedTable: "users", OnDelete: "SET_NULL", IgnoreErrors: true},
      &m.AddForeignKey{Table: "posts", FieldName: "parent", ConstraintName: "fk_posts_parent", ReferencedTable: "posts", OnDelete: "PROTECT", OnUpdate: "DO_NOTHING"},
      &m.DropForeignKey{Table: "posts", ConstraintName: "fk_posts_parent"},`);
    expect(posts).toMatchObject({
      fields: [
        { name: "id", type: "uuid" },
        { name: "user_id", type: "integer", nullable: true },
        { name: "parent", type: "uuid" },
      ],
    });
    expect(key).toEqual({
      kind: "addForeignKey",
      table: "posts",
      name: "fk_posts_user_id",
      fields: ["user_id"],
      references: { table: "users" },
      onDelete: "SET NULL",
      ignoreErrors: true,
    });
  });

  test("rows have the columns of the first, and values of Go's kinds", () => {
    const [, made] = operations(`${users.replace("serial", "bigint")}
      &m.UpsertData{Table: "users", ConflictKeys: []string{"id"}, Rows: []map[string]any{
        {"id": 9007199254740993, "email": "a\\tb \\u00e9 \\xc3\\xa9 \\"q\\" %"},
        {"id": -1_000},
        {"id": 0x10, "email": m.DefaultRef("blank")},
        {"id": 1.5e3, "email": nil, "other": true},
      }},`);
    expect(made).toMatchObject({
      keys: ["id"],
      rows: [
        { id: 9007199254740993n, email: 'a\tb é é "q" %' },
        { id: -1000, email: null },
        { id: 16, email: { defaultRef: "blank" } },
        { id: 1500, email: null },
      ],
    });
  });

  test("a field is dropped after its index and its key, which makemigrations did the other way round", () => {
    const made = operations(`${users}
      &m.CreateTable{Name: "posts", Fields: []m.Field{{Name: "id", Type: "uuid"}, {Name: "user_id", Type: "foreign_key", ForeignKey: &m.ForeignKey{Table: "users"}}}},
      &m.AddForeignKey{Table: "posts", FieldName: "user_id", ConstraintName: "fk", ReferencedTable: "users"},
      &m.DropTable{Name: "users"},
      &m.DropField{Table: "posts", Field: "user_id"},
      &m.DropForeignKey{Table: "posts", ConstraintName: "fk"},`);
    expect(made.slice(3).map(({ kind }) => kind)).toEqual(["dropForeignKey", "dropField", "dropTable"]);
  });

  test("what does not fit is lost, or left out where it ignores errors; a many_to_many makes no table", () => {
    const { migrations, findings } = readTexts({
      "1_a.go": go(
        "1_a",
        `&m.DropTable{Name: "ghosts", IgnoreErrors: true},
			&m.CreateTable{Name: "t", Fields: []m.Field{{Name: "a", Type: "text"},
				{Name: "tags", Type: "many_to_many", ManyToMany: &m.ManyToMany{Table: "tags"}}}},`,
      ),
      "2_b.go": go("2_b", '&m.DropTable{Name: "ghosts"},', after("1_a")),
    });
    expect(migrations.map(({ operations: made }) => made?.map(({ kind }) => kind))).toEqual([
      ["createTable"],
      undefined,
    ]);
    expect(found(findings).map((line) => line.slice(0, 44))).toEqual([
      "db/1_a.go:12: a many_to_many makes no table ",
      "db/1_a.go:10: DropTable does not fit: table ",
      'db/2_b.go:10 lost: DropTable: table "ghosts"',
    ]);
  });
});

test("the migrations of TypeScript", () => {
  const files = converted({
    "0001_a.go": go("0001_a", users),
    "0002_b.go": go("0002_b", "", `${after("0001_a")} Replaces: []string{"0001_x"},`),
  });
  expect(files["0001_a.ts"]).toContain('convertedFrom: "makemigrations 0001_a"');
  expect(files["0001_a.ts"]).toContain("createTable({");
  expect(files["0002_b.ts"]).toContain('replaces: ["0001_x"]');
});
