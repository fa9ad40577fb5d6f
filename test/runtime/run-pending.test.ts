import { expect, test } from "bun:test";
import { buildGraph } from "../../src/core/plan/graph.ts";
import type { Migration } from "../../src/core/plan/migration.ts";
import { reconcile } from "../../src/core/plan/reconcile.ts";
import libsql from "../../src/dialects/libsql/dialect.ts";
import sqlite from "../../src/dialects/sqlite/dialect.ts";
import { planPending } from "../../src/runtime/run-pending.ts";

const migration = (name: string, dependencies: readonly string[]): Migration => ({
  name,
  dependencies,
  operations: [{ kind: "createTable", name: `t_${name}`, fields: [{ name: "id", type: "integer", primaryKey: true }] }],
  replaces: [],
  transaction: true,
  checksum: `sum of ${name}`,
  file: `migrations/${name}.ts`,
});

const survey = (migrations: readonly Migration[], applied: readonly string[]) => {
  const rows = applied.map((name) => ({
    ...{ track: "default", name, checksum: `sum of ${name}`, state: "applied" as const, stepsDone: 1 },
    ...{ appliedAt: "2026-01-01T00:00:00.000Z", durationMs: 1, toolVersion: "1", appliedBy: "somebody" },
  }));
  const graph = buildGraph(migrations);
  return { graph, state: reconcile(graph, rows) };
};

const a = migration("0001_a", []);
const b = migration("0002_b", ["0001_a"]);
const c = migration("0003_c", ["0002_b"]);
const names = (plan: ReturnType<typeof planPending>) => plan.steps.map((step) => step.migration);

test("what is planned twice with nothing changed in between is one plan", () => {
  const first = planPending(survey([a, b], []), [a, b], sqlite);
  expect(planPending(survey([a, b], []), [a, b], sqlite)).toBe(first);
});

test("whatever has changed since then is planned anew", () => {
  const first = planPending(survey([a, b, c], ["0001_a"]), [b, c], sqlite);
  expect(names(planPending(survey([a, b, c], ["0001_a"]), [b], sqlite))).toEqual(["0002_b"]);
  expect(planPending(survey([a, b, c], ["0001_a"]), [b, c], libsql)).not.toBe(first);
  expect(planPending(survey([a, { ...b }, c], ["0001_a"]), [{ ...b }, c], sqlite)).not.toBe(first);
  const other = migration("0003_c", []);
  const on = planPending(survey([a, other], []), [other], sqlite);
  expect(planPending(survey([a, other], ["0001_a"]), [other], sqlite)).not.toBe(on);
});
