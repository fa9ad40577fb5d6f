import { describe, expect, test } from "bun:test";
import { prismaSchema } from "../../../src/core/prisma/schema.ts";
import { errorOf } from "../../helpers/tool-error.ts";

const read = (text: string, provider = "postgresql") =>
  prismaSchema([{ path: "s.prisma", text: `datasource db {\n  provider = "${provider}"\n}\n${text}` }], ["sqlite"]);
const table = (text: string, provider?: string) => {
  const [first] = read(text, provider).live.tables;
  if (!first) throw new Error("there is no table");
  return first;
};
const left = (text: string, provider?: string) =>
  read(text, provider).live.unsupported.map(
    ({ kind, object, reason, file, line }) => `${kind} ${object}: ${reason}, ${file}:${line}`,
  );

describe("what a schema leaves to Prisma", () => {
  test("has no effect on the database", () => {
    const fields =
      "id String @id @default(uuid())\n c String @default(cuid())\n u DateTime @updatedAt\n x String @ignore";
    expect(
      table(`model M {\n ${fields}\n @@ignore\n}`).columns.map(({ name, default: value }) => [name, value]),
    ).toEqual(["id", "c", "u", "x"].map((name) => [name, undefined]));
  });

  test("relations are without foreign keys where Prisma holds them", () => {
    const text =
      'model A {\n id Int @id\n b B[]\n c A[] @relation("c")\n d A[] @relation("c")\n}\nmodel B {\n id Int @id\n aId Int\n a A @relation(fields: [aId], references: [id])\n}';
    const source = (mode: string) => `datasource db {\n provider = "mysql"\n ${mode}\n}\n${text}`;
    const keys = (mode: string) =>
      prismaSchema([{ path: "s", text: source(mode) }], []).live.tables.flatMap((t) =>
        t.foreignKeys.map((k) => k.name),
      );
    expect(keys('relationMode = "prisma"')).toEqual([]);
    expect(keys('relationMode = "foreignKeys"')).toEqual(["B_aId_fkey", "_c_A_fkey", "_c_B_fkey"]);
  });
});

describe("several files", () => {
  test("are one schema, for the database of the project if no datasource says so", () => {
    const files = [
      { path: "a.prisma", text: "model A {\n id Int @id\n b B[]\n}" },
      {
        path: "b.prisma",
        text: "model B {\n id Int @id\n aId Int?\n a A? @relation(fields: [aId], references: [id])\n}",
      },
    ];
    const { dialect, live } = prismaSchema(files, ["turso", "sqlite"]);
    expect([dialect, live.tables.map(({ name }) => name)]).toEqual(["sqlite", ["A", "B"]]);
    expect(live.tables[1]?.foreignKeys[0]?.onDelete).toBe("SET NULL");
    expect(errorOf(() => prismaSchema(files, ["clickhouse"])).message).toContain("no datasource");
  });

  test("say where a model is declared twice", () => {
    const files = ["a", "b"].map((path) => ({ path, text: "\nmodel A {\n id Int @id\n}" }));
    expect(errorOf(() => prismaSchema(files, ["sqlite"])).message).toBe(
      'b:2:7: model "A" is declared twice, first in a:2',
    );
  });
});

test("comments, attributes over several lines and fields of one line are read", () => {
  const text = `/// doc
model M { // here
  /* there
     too */ id Int @id @map("the_id") // key
  name String? @default("// no comment")
  @@index(
    fields: [id, name(sort: Desc)], // both
    map: "both"
  )
}`;
  const { columns, indexes } = table(text);
  expect(columns.map(({ name, default: value }) => [name, value])).toEqual([
    ["the_id", undefined],
    ["name", "'// no comment'"],
  ]);
  expect(indexes).toEqual([{ name: "both", fields: ["the_id", { field: "name", order: "desc" }] }]);
});

test("extensions are those of the datasource", () => {
  const source = 'extensions = [citext, postGis(version: "3.4", schema: "gis", map: "postgis")]';
  const text = `datasource db { provider = "postgresql"\n ${source}\n}\nmodel A {\n id Int @id\n}`;
  const { live } = prismaSchema([{ path: "s.prisma", text }], []);
  expect(live.extensions).toEqual([{ name: "citext" }, { name: "postgis", version: "3.4", namespace: "gis" }]);
});

test("an index of MySQL may cover the beginnings of values", () => {
  const model = "model A {\n id Int @id\n n String @db.Text\n @@index([n(length: 3, sort: Desc)])\n}";
  expect(table(model, "mysql").indexes).toEqual([
    { name: "A_n_idx", fields: [{ field: "n", order: "desc", prefix: 3 }] },
  ]);
});

test("a key of MySQL without a sign numbers itself", () => {
  const { columns } = table("model A {\n id Int @id @default(autoincrement()) @db.UnsignedInt\n}", "mysql");
  expect(columns).toEqual([expect.objectContaining({ type: "INTEGER UNSIGNED", autoIncrement: true })]);
});

describe("what has no place in a schema is listed with its line", () => {
  test.each([
    [
      "view V {\n id Int @unique\n}",
      "postgresql",
      ["view V: Prisma does not know its query; declare it among the views, s.prisma:4"],
    ],
    [
      "model A {\n n String\n @@id([n(length: 3)])\n}",
      "mysql",
      [
        "primary key @@id: it covers the beginnings of its values only, and is imported as one of whole values, s.prisma:6",
      ],
    ],
  ])("%j", (text, provider, expected) => {
    expect(left(text, provider)).toEqual(expected);
  });
});

describe("what is wrong is refused where it stands", () => {
  test.each([
    ["model A {\n id Int @idd\n}", 's.prisma:5:9: "@idd" is no attribute; did you mean "@id"?'],
    ["model A {\n id Strng\n}", 's.prisma:5:5: field "id" has the type "Strng"; did you mean "String"?'],
    ["modell A {\n}", 's.prisma:4:1: expected one of model, view, type, enum, datasource, generator, found "modell"'],
    ["model A {\n id Int @id\n @@index([ix])\n}", 's.prisma:6:11: model "A" has no field "ix"; did you mean "id"?'],
    ["model A {\n id Int @id Int\n}", 's.prisma:5:13: expected the end of the line, found "Int"'],
    ["model A {\n id Int @id", "s.prisma:5:12: expected the end of the line, found the end of the file"],
    ['model A {\n id Int @default("x)\n}', "s.prisma:5:18: the text that begins here has no end in its line"],
    [
      "model A {\n id Int @db.VarChr(3)\n}",
      's.prisma:5:9: "@db.VarChr" is no type of postgresql; did you mean "@db.VarChar"?',
    ],
    ["model A {\n id Int @default(later())\n}", 's.prisma:5:18: "later()" is no default of field "id"'],
    [
      "model A {\n id Int @id\n b A[]\n}",
      's.prisma:6:2: relation "b" of model "A" has no way back; add a field of type "A" to model "A"',
    ],
    [
      "model A {\n id Int @id\n a A? @relation(fields: [id], references: [id], onDelete: Cascad)\n}",
      's.prisma:6:59: "Cascad" is no action; did you mean "Cascade"?',
    ],
    ["model A {\n id Int @id\n % Int\n}", 's.prisma:6:2: "%" means nothing here'],
  ])("%j", (text, message) => {
    const error = errorOf(() => read(text));
    expect([error.code, error.message]).toEqual(["schema", message]);
  });

  test("a list is for PostgreSQL only, and MongoDB for nobody", () => {
    expect(errorOf(() => read("model A {\n id Int @id\n t String[]\n}", "sqlite")).message).toContain(
      "PostgreSQL only",
    );
    expect(errorOf(() => read("", "mongodb")).message).toBe(
      's.prisma:2:14: the provider is "mongodb"; a schema can be imported for postgresql, postgres, mysql, sqlite',
    );
  });
});

test("MySQL has its own types, enums where they stand, and a unique index between two tables", () => {
  const text =
    'enum E {\n A\n B @map("b\'")\n}\nmodel M {\n id Int @id @default(autoincrement())\n e E @default(B)\n at DateTime @default(now())\n n BigInt @db.UnsignedBigInt\n s String @db.VarChar(9)\n m N[]\n}\nmodel N {\n id String @id\n m M[]\n}';
  const { tables } = read(text, "mysql").live;
  expect(tables[0]?.columns.map(({ type, default: value }) => [type, value])).toEqual([
    ["INTEGER", undefined],
    ["enum('A','b''')", "'b'''"],
    ["DATETIME(3)", "CURRENT_TIMESTAMP(3)"],
    ["BIGINT UNSIGNED", undefined],
    ["VARCHAR(9)", undefined],
  ]);
  expect(tables[2]).toMatchObject({
    name: "_MToN",
    indexes: [{ name: "_MToN_AB_unique", unique: true }, { fields: ["B"] }],
  });
});
