import { diff } from "../../src/core/diff/index.ts";
import type { DiffAnswers } from "../../src/core/diff/question.ts";
import type { Operation } from "../../src/core/operations/index.ts";
import type { Case } from "./arbitrary.ts";
import { type Built, schemaOf } from "./build.ts";
import { edited } from "./edits.ts";
import type { Traits } from "./outline.ts";
import { literalOf } from "./rows.ts";

/** A case as two schemas, with what `generate` is told and what it says. */
export interface Change {
  readonly from: Built;
  readonly to: Built;
  readonly answers: DiffAnswers;
  readonly operations: readonly Operation[];
}

export function changeOf({ outline, edits }: Case, traits: Traits): Change {
  const from = schemaOf(outline, traits);
  return changeBetween(from, schemaOf(edits.reduce(edited, outline), traits), traits);
}

/** What is told and said from one of two outlines that share ids to the other. */
export function changeBetween(from: Built, to: Built, traits: Traits): Change {
  const answers = { renames: renamesOf(from, to), noRenames: true, oneOff: oneOffOf(to, traits) };
  return { from, to, answers, operations: diff(from.schema, to.schema, { answers }).operations };
}

/** What is the same thing and has another name. */
function renamesOf(from: Built, to: Built): NonNullable<DiffAnswers["renames"]> {
  const tables = [...to.tables].flatMap(([id, table]) => {
    const old = from.tables.get(id);
    return old === undefined || old === table ? [] : [{ table, from: old }];
  });
  const fields = [...to.fields].flatMap(([id, { table, field }]) => {
    const old = from.fields.get(id)?.field;
    return old === undefined || old === field ? [] : [{ table, field, from: old }];
  });
  return [...tables, ...fields];
}

const oneOffOf = ({ schema }: Built, traits: Traits): NonNullable<DiffAnswers["oneOff"]> =>
  schema.tables.flatMap((table) =>
    table.fields
      .filter((field) => !field.generated && (!field.nullable || table.primaryKey?.includes(field.name)))
      .map((field) => ({ table: table.name, field: field.name, sql: literalOf(schema, field, 0, traits) })),
  );
