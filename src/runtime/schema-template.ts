import template from "../../templates/project/schema.yaml" with { type: "text" };
import type { Dialect } from "../core/ddl/dialect.ts";
import { diff } from "../core/diff/index.ts";
import { lacksOf } from "../core/plan/lacks.ts";
import { emptySchema } from "../core/schema/model.ts";
import { parseSchema } from "./schema-files.ts";

/** The schema that a new project begins with: without a unique index, a numbered key and the time of now where the database has none. */
export const schemaTemplateFor = (dialect: Dialect): string =>
  [template, unindexed, unnumbered].find((text) => !lacks(text, dialect)) ?? plain;

const unindexed = template.replace(/^ {4}indexes:\n(?: {6}.*\n)+/m, "");
const unnumbered = unindexed.replace(
  "type: serial, primary_key: true",
  "type: uuid, primary_key: true, default: new_uuid",
);
const plain = unindexed.replace(", default: now", "");

function lacks(text: string, dialect: Dialect): boolean {
  const { operations } = diff(emptySchema, parseSchema(text).schema);
  const migration = { name: "", dependencies: [], operations, replaces: [], transaction: true, checksum: "", file: "" };
  return lacksOf({ pending: [migration], before: emptySchema, dialect }).length > 0;
}
