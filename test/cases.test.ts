import { afterAll, describe, expect, test } from "bun:test";
import { diff } from "../src/core/diff/index.ts";
import { lineageOf } from "../src/core/diff/lineage.ts";
import { apply, applyAll, invert, type Operation, titleOf } from "../src/core/operations/index.ts";
import { printMigration } from "../src/core/plan/source.ts";
import { canonicalJson, canonicalSchema } from "../src/core/schema/canonical.ts";
import type { Schema } from "../src/core/schema/model.ts";
import { type Case, loadCases, topics, updateOperations } from "./helpers/cases.ts";

const cases = loadCases();
const update = process.env["GODWIT_TEST_UPDATE"] === "1";

const operationsOf = ({ before, after, renames, answers }: Case): readonly Operation[] =>
  diff(before, after, { renames, answers }).operations;

/** Two schemas that describe the same database, whatever its constraints are called. */
const form = (schema: Schema): string => {
  const { tables, ...rest } = canonicalSchema(schema);
  const nameless = tables.map((table) => ({
    ...table,
    foreignKeys: table.foreignKeys.map(({ name: _, ...key }) => canonicalJson(key)).sort(),
  }));
  return canonicalJson({ ...rest, tables: nameless });
};

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
        expect(form(reached)).toBe(form(each.after));

        const lineage = lineageOf(operations);
        expect(diff(reached, each.after, { renames: each.renames, lineage })).toEqual({
          operations: [],
          questions: [],
          warnings: [],
        });
        expect(diff(each.after, each.after).operations).toEqual([]);

        expect(form(undo(each.before, operations))).toBe(form(each.before));

        const source = () => printMigration({ dependencies: [], operations: operationsOf(each) });
        expect(source()).toBe(source());

        const altered = operations.flatMap((o) => (o.kind === "alterField" ? [`${o.table}.${o.field.name}`] : []));
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

/** Step by step: each inverse sees the schema before its own operation. */
function undo(before: Schema, operations: readonly Operation[]): Schema {
  const states = [before];
  for (const operation of operations) states.push(apply(states[states.length - 1] as Schema, operation));
  return operations.reduceRight(
    (schema, operation, i) => {
      const inverse = invert(operation, states[i] as Schema);
      if (!inverse) throw new Error(`no way back: ${titleOf(operation)}`);
      return applyAll(schema, inverse);
    },
    states[states.length - 1] as Schema,
  );
}

afterAll(() => {
  if (!update) return;
  const titles = new Map(cases.map((each) => [`${each.topic}/${each.name}`, titlesOf(each)]));
  for (const topic of topics()) updateOperations(topic, (name) => titles.get(`${topic}/${name}`));
});
