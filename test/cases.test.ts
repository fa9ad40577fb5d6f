import { afterAll, describe, expect, test } from "bun:test";
import { diff } from "../src/core/diff/index.ts";
import { lineageOf } from "../src/core/diff/lineage.ts";
import { withMethods } from "../src/core/diff/type-changes.ts";
import { applyAll, type Operation, titleOf } from "../src/core/operations/index.ts";
import { printMigration } from "../src/core/plan/source.ts";
import { isSerial } from "../src/core/schema/types.ts";
import { tellCase } from "./helpers/case-story.ts";
import { type Case, loadCases, topics, updateOperations } from "./helpers/cases.ts";
import {
  emptyMariadbDatabases,
  emptyMysqlDatabases,
  emptyPostgresDatabases,
  type WithEmpty,
  withEmptySqlite,
  withEmptyTurso,
} from "./helpers/empty-database.ts";
import { mysqlIsHere } from "./helpers/mysql-server.ts";
import { formOf, undo } from "./helpers/same-schema.ts";

const cases = loadCases();
const update = process.env["GODWIT_TEST_UPDATE"] === "1";

const operationsOf = ({ before, after, renames, answers, typeChanges }: Case): readonly Operation[] =>
  withMethods(diff(before, after, { renames, answers }).operations, before, typeChanges);

const titlesOf = (each: Case): readonly string[] => operationsOf(each).map(titleOf);

for (const topic of topics()) {
  describe(`cases: ${topic}`, () => {
    for (const each of cases.filter((c) => c.topic === topic)) {
      test(each.name, () => {
        const operations = operationsOf(each);
        const open = diff(each.before, each.after, { renames: each.renames }).questions;
        if (each.questions) expect(open.map((q) => q.id)).toEqual([...each.questions]);
        else
          expect(diff(each.before, each.after, { renames: each.renames, answers: each.answers }).questions).toEqual([]);

        const reached = applyAll(each.before, operations);
        expect(formOf(reached)).toBe(formOf(each.after));

        const lineage = lineageOf(operations);
        expect(diff(reached, each.after, { renames: each.renames, lineage, answers: { noRenames: true } })).toEqual({
          operations: [],
          questions: [],
          warnings: [],
        });
        expect(diff(each.after, each.after).operations).toEqual([]);

        expect(formOf(undo(each.before, operations))).toBe(formOf(each.before));

        const source = () => printMigration({ dependencies: [], operations: operationsOf(each) });
        expect(source()).toBe(source());

        // Only a field that becomes a numbered key changes twice: before and after the key does.
        const altered = operations.flatMap((o) =>
          o.kind === "alterField" && !isSerial(o.field.type) ? [`${o.table}.${o.field.name}`] : [],
        );
        expect(altered).toEqual([...new Set(altered)]);

        if (!update) expect(titlesOf(each)).toEqual([...each.operations]);
      });
    }
  });
}

test("the corpus has at least 120 cases, each with a name of its own", () => {
  expect(cases.length).toBeGreaterThanOrEqual(120);
  const names = cases.map((each) => `${each.topic}: ${each.name}`);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

const databases: Readonly<Record<string, { readonly dialect: string; lend(): WithEmpty }>> = {
  sqlite: { dialect: "sqlite", lend: () => withEmptySqlite },
  postgresql: { dialect: "postgresql", lend: emptyPostgresDatabases },
  mariadb: { dialect: "mariadb", lend: emptyMariadbDatabases },
  ...(mysqlIsHere() && { mysql: { dialect: "mysql", lend: emptyMysqlDatabases } }),
  // It is SQLite in this.
  turso: { dialect: "sqlite", lend: () => withEmptyTurso },
};

for (const [name, { dialect, lend }] of Object.entries(databases)) {
  describe(`cases on ${name}`, () => {
    const withEmpty = lend();
    for (const each of cases) {
      testOn(dialect, each, async () => {
        for (const told of tellings(each)) await withEmpty((database) => tellCase(database, told));
      });
    }
  });
}

/** Where rows block the way back, it is gone once more without rows. */
const tellings = (each: Case): readonly Case[] =>
  each.oneWay === undefined ? [each] : [each, { ...each, rows: {}, survive: {}, back: {} }];

/** What a dialect does not have is named, with the reason, in the list of tests. */
function testOn(dialect: string, each: Case, work: () => Promise<void>): void {
  // Of what MariaDB has not, MySQL has nothing either, and some cases are for one of the two only.
  const why = each.except[dialect] ?? (dialect === "mysql" ? each.except["mariadb"] : undefined);
  if (why === undefined) test(`${each.topic}: ${each.name}`, work);
  else test.skip(`${each.topic}: ${each.name} (${why})`, work);
}

afterAll(() => {
  if (!update) return;
  const titles = new Map(cases.map((each) => [`${each.topic}/${each.name}`, titlesOf(each)]));
  for (const topic of topics()) updateOperations(topic, (name) => titles.get(`${topic}/${name}`));
});
