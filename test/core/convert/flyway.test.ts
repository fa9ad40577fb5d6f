import { describe, expect, test } from "bun:test";
import { readSettings } from "../../../src/core/convert/flyway-settings.ts";
import { converted, found, readTexts } from "../../helpers/convert.ts";
import { errorOf } from "../../helpers/tool-error.ts";

const names = (texts: Readonly<Record<string, string>>) =>
  readTexts(texts).migrations.map(({ name, ids }) => [name, ...ids]);

test("versions are sorted by their numbers, in whatever folder, and what is repeatable comes last, by description", () => {
  expect(readTexts({ "V1__a.sql": "" }).tool.tool).toBe("flyway");
  expect(
    names({
      "R__z views.sql": "",
      "V1.10__ten.sql": "",
      "sub/V1_9__nine.sql": "",
      "V002__two_words.sql": "",
      "R__a.sql": "",
      "V1__one.sql": "",
      "notes.sql": "",
    }),
  ).toEqual([
    ["1_one", "1"],
    ["1_9_nine", "1.9"],
    ["1_10_ten", "1.10"],
    ["002_two_words", "002"],
    ["002_R__a", "R__a"],
    ["002_R__z_views", "R__z views"],
  ]);
});

test("each depends on the one before, although their names sort otherwise", () => {
  const files = converted({ "V1.10__b.sql": "B", "V1.9__a.sql": "A" }, "sql");
  expect(files["1_10_b.up.sql"]).toContain("-- dependencies: 1_9_a");
});

test("an undo of the same version is the way back, however that is written", () => {
  const { migrations, findings } = readTexts({ "V1.0__a.sql": "A", "U1__a.sql": "-A", "U3__c.sql": "" });
  expect(migrations.map(({ up, down }) => [up?.text, down?.text])).toEqual([["A", "-A"]]);
  expect(found(findings)).toEqual(["db/U3__c.sql:1: takes back a version that is not there"]);
});

test("two files of one version are refused", () => {
  expect(errorOf(() => readTexts({ "V1__a.sql": "", "V1.0__b.sql": "" })).message).toContain("both are version 1;");
});

test("placeholders are filled in from configuration and flags; others are lost, with their lines", () => {
  const { migrations, findings } = readTexts(
    {
      "flyway.conf": "# x\nflyway.placeholders.tableName=users\nflyway.url=jdbc:postgresql://localhost/x",
      "flyway.toml": '[flyway.placeholders]\nrole = "app"',
      "V1__a.sql": "-- ${flyway:filename}\nCREATE TABLE ${TableName} (a int);\nGRANT ${role}, ${given} TO x;",
      "V2__b.sql": "SELECT 1;\nSELECT '${nobody}';",
    },
    { given: "g" },
  );
  expect(migrations.map(({ up }) => up?.text)).toEqual([
    "-- V1__a.sql\nCREATE TABLE users (a int);\nGRANT app, g TO x;",
    undefined,
  ]);
  expect(found(findings)).toEqual([
    'db/V2__b.sql:2 lost: "${nobody}" is filled in by Flyway, and nothing says with what',
  ]);
});

test("a script's own configuration says that it runs outside a transaction, and that nothing is filled in", () => {
  const { migrations } = readTexts({
    "V1__a.sql": "CREATE INDEX CONCURRENTLY i ON t (a)",
    "V1__a.sql.conf": "executeInTransaction=false\n",
    "V2__b.sql": "SELECT '${x}'",
    "V2__b.sql.conf": "placeholderReplacement = false",
  });
  expect(migrations.map(({ up }) => [up?.transaction, up?.text])).toEqual([
    [false, "CREATE INDEX CONCURRENTLY i ON t (a)"],
    [true, "SELECT '${x}'"],
  ]);
});

test("other prefixes, separators and suffixes are those of the configuration", () => {
  const config =
    "flyway.sqlMigrationPrefix=M-\nflyway.sqlMigrationSeparator=-\nflyway.sqlMigrationSuffixes=.ddl,.sql\n";
  expect(names({ "flyway.conf": config, "M-1-a.ddl": "", "M-2-b.sql": "", "V3__c.sql": "" })).toEqual([
    ["1_a", "1"],
    ["2_b", "2"],
  ]);
});

test("programs are lost; callbacks, and a baseline beside what it stands for, are passed over with a word", () => {
  const { migrations, findings } = readTexts({
    "V1__a.sql": "A",
    "V2__b.java": "class V2__b {}",
    "B1__all.sql": "",
    "afterMigrate__x.sql": "",
  });
  expect(migrations.map(({ ids, up }) => [...ids, up?.text])).toEqual([
    ["1", "A"],
    ["2", undefined],
  ]);
  expect(found(findings)).toEqual([
    "db/V2__b.java:1 lost: is a program, which has no SQL to keep",
    "db/B1__all.sql:1: stands for the versions before it, which are there themselves",
    "db/afterMigrate__x.sql:1: is a callback, which belongs to no migration",
  ]);
});

test("a baseline is the first migration where what it stands for is gone", () => {
  expect(names({ "B5__all.sql": "", "V6__f.sql": "", "B2__old.sql": "" })).toEqual([
    ["5_all", "B5"],
    ["6_f", "6"],
  ]);
});

describe("where migrations lie", () => {
  const files = {
    "sql/V1__a.sql": "",
    "more/deep/V2__b.sql": "",
    "old/V3__c.sql": "",
    "src/main/resources/db/migration/V4__d.sql": "",
  };
  const read = (locations: string, at = "flyway.conf") => {
    const { migrations, findings } = readTexts({ ...files, [at]: `flyway.locations=${locations}` });
    return [migrations.map(({ name }) => name).join(" "), ...found(findings)];
  };

  test("several locations are read, and what lies elsewhere is passed over with a word", () => {
    const passed =
      "db/flyway.conf:1: does not name where db/old/V3__c.sql and 1 more lie, so Flyway passes over that, too";
    expect(read("filesystem:sql, filesystem:./more/")).toEqual(["1_a 2_b", passed]);
    expect(read("filesystem:s?l,filesystem:**/deep")).toEqual(["1_a 2_b", passed]);
    expect(read("classpath:db/migration,filesystem:db/sql")).toEqual([
      "4_d",
      "db/flyway.conf:1: names filesystem:db/sql, and nothing of that is among these files",
      "db/flyway.conf:1: does not name where db/sql/V1__a.sql and 2 more lie, so Flyway passes over that, too",
    ]);
    expect(read("filesystem:.")).toEqual(["1_a 2_b 3_c 4_d"]);
  });

  test("paths are seen from the directory of the configuration, or from above its conf", () => {
    expect(read("filesystem:sql", "conf/flyway.conf")[0]).toBe("1_a");
    expect(read("filesystem:deep", "more/flyway.conf")[0]).toBe("2_b");
    expect(read("filesystem:../old", "more/flyway.conf")[0]).toBe("3_c");
  });

  test("locations of another machine, and of a cloud, are named, and all is read or the rest", () => {
    expect(read("filesystem:/flyway/sql")).toEqual([
      "1_a 2_b 3_c 4_d",
      "db/flyway.conf:1: names filesystem:/flyway/sql, where none of these files lies, so all of them are read",
    ]);
    expect(read("s3:bucket/sql,filesystem:sql,filesystem:old,filesystem:more,classpath:db")).toEqual([
      "1_a 2_b 3_c 4_d",
      "db/flyway.conf:1: names s3:bucket/sql, and nothing of that is among these files",
    ]);
  });
});

describe("configuration", () => {
  const settings = (path: string, text: string) => Object.fromEntries(readSettings({ path, text }));

  test("properties: separators, comments, lines that go on, and what is escaped", () => {
    const text =
      "# a comment\n! another\nflyway.locations=filesystem:a,\\\n  filesystem:b\nflyway.SqlMigrationPrefix : M\nflyway.placeholders.Own Name = x\\u00e4\\ty\\\\z\nflyway.placeholders.a\\:b=c=d\n";
    expect(settings("flyway.conf", text)).toEqual({
      "flyway.locations": "filesystem:a,filesystem:b",
      "flyway.sqlmigrationprefix": "M",
      "flyway.placeholders.Own": "Name = xä\ty\\z",
      "flyway.placeholders.a:b": "c=d",
    });
  });

  test("TOML: tables, dotted keys, lists over several lines, inline tables, both kinds of strings, comments", () => {
    const text = `# top
flyway.encoding = 'UTF-8'
[flyway]
locations = [
  "filesystem:a", # first
  'filesystem:b',
]
sqlMigrationPrefix = "M" # short
outOfOrder = true
lockRetryCount = 5
placeholders = { tableName = "users # no comment", "with.dot" = 'C:\\x' }
[flyway.placeholders]
tab = "a\\tb"
[environments.dev.flyway]
target = "5"
`;
    expect(settings("flyway.toml", text)).toEqual({
      "flyway.encoding": "UTF-8",
      "flyway.locations": "filesystem:a,filesystem:b",
      "flyway.sqlmigrationprefix": "M",
      "flyway.outoforder": "true",
      "flyway.lockretrycount": "5",
      "flyway.placeholders.tableName": "users # no comment",
      "flyway.placeholders.with.dot": "C:\\x",
      "flyway.placeholders.tab": "a\tb",
      "environments.dev.flyway.target": "5",
    });
  });

  test("flyway.user.toml goes before flyway.toml", () => {
    const { migrations } = readTexts({
      "flyway.toml": "[flyway.placeholders]\na = 'one'\nb = 'two'\n",
      "flyway.user.toml": "[flyway.placeholders]\na = 'own'\n",
      "V1__a.sql": "${a} ${b}",
    });
    expect(migrations[0]?.up?.text).toBe("own two");
  });

  test("what decides about migrations and is not read is named, with its line", () => {
    const { findings } = readTexts({
      "flyway.conf": "flyway.url=x\n#flyway.target=1\nflyway.target=3\nflyway.table=flyway_schema_history\n",
      "flyway.toml": '[flyway]\ntable = "history"\n[environments.dev.flyway]\nlocations = ["x"]\n',
      "pom.xml": "<project>\n  <artifactId>flyway-maven-plugin</artifactId>\n</project>",
      "application.yml": "server: {}\n",
      "V1__a.sql": "A",
    });
    expect(found(findings)).toEqual([
      'db/flyway.conf:3: "target" stops at a version, and all are converted',
      'db/flyway.toml:2: "table" keeps the history in a table of another name, and `godwit migrate adopt` looks for flyway_schema_history',
      "db/flyway.toml:4: has settings for single environments, which are not read",
      "db/pom.xml:2: may say how Flyway is set up, and is not read",
    ]);
  });

  test("a migration that runs only under a condition is lost", () => {
    const { migrations, findings } = readTexts({
      "V1__a.sql": "A",
      "V1__a.sql.conf": "shouldExecute=${env}==prod\n",
      "V2__b.sql": "B",
      "V2__b.sql.conf": "shouldExecute=true\n",
    });
    expect(migrations.map(({ up }) => up?.text)).toEqual([undefined, "B"]);
    expect(found(findings)).toEqual([
      "db/V1__a.sql.conf:1 lost: lets its migration run only where ${env}==prod is true",
    ]);
  });
});
