import { expect, test } from "bun:test";
import type { Operation } from "../../../src/core/operations/index.ts";
import sqlite from "../../../src/dialects/sqlite/dialect.ts";
import { messages } from "./tracks.ts";

const core: readonly Operation[] = [
  { kind: "createNamespace", name: "audit" },
  { kind: "createTable", name: "audit.events", fields: [{ name: "id", type: "integer", primaryKey: true }] },
];

test("a table in a namespace belongs to the track that made it, however another one names it", () => {
  const alter = { kind: "dropField", table: "audit.events", name: "id" } as const;
  expect(messages("ownership", { core, other: "ALTER TABLE audit.events DROP COLUMN id" })).toHaveLength(1);
  expect(messages("ownership", { core, other: [alter] })).toHaveLength(1);
  expect(
    messages("ownership", { core: "CREATE TABLE audit.events (id INT)", other: [core[0] as Operation, alter] }),
  ).toHaveLength(1);
  expect(messages("ownership", { core, other: "ALTER TABLE billing.events DROP COLUMN id" })).toEqual([]);
});

test("a track for any schema makes no namespace, and names none", () => {
  expect(messages("schema-agnostic", { core }, { schemaAgnostic: true })).toEqual([
    'it makes or drops the schema "audit"; leave that to the connection',
    '"audit.events" is in the schema "audit"; leave the schema out, the connection decides on it',
  ]);
  const dotted = core.slice(1);
  expect(messages("schema-agnostic", { core: dotted }, { schemaAgnostic: true })).toEqual([]);
  expect(messages("schema-agnostic", { core: dotted }, { schemaAgnostic: true }, sqlite)).toEqual([]);
});
