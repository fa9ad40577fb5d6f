import { sequenceOptions } from "../../core/ddl/ansi.ts";
import { type Command, execute, type Renderers } from "../../core/ddl/dialect.ts";
import { type Quote, stringLiteral, words } from "../../core/ddl/sql.ts";
import type { StatementOf } from "../../core/ddl/statement.ts";
import type { Extension, Sequence } from "../../core/schema/model.ts";
import { ownerOf } from "../../core/schema/sequences.ts";
import { doBlock } from "./procedure.ts";
import { advanceSequence, isDown, sequenceChanges } from "./sequence.ts";

/** Sequences and extensions. */
export const listRenderers = (
  quote: Quote,
): Pick<
  Renderers,
  | "createSequence"
  | "alterSequence"
  | "dropSequence"
  | "detachSequence"
  | "attachSequence"
  | "createExtension"
  | "alterExtension"
  | "dropExtension"
> => ({
  createSequence: ({ sequence }) => createSequence(quote, sequence),
  alterSequence: ({ before, after }) => alterSequence(quote, before, after),
  dropSequence: ({ name }) => [execute(`DROP SEQUENCE ${quote(name)}`)],
  detachSequence: ({ name }) => [execute(`ALTER SEQUENCE ${quote(name)} OWNED BY NONE`)],
  attachSequence: (s) => attachSequence(quote, s),
  createExtension: ({ extension: { name, version, namespace } }) => [
    execute(
      words(
        `CREATE EXTENSION ${quote(name)}`,
        namespace !== undefined && `SCHEMA ${quote(namespace)}`,
        version !== undefined && `VERSION ${stringLiteral(version)}`,
      ),
    ),
  ],
  alterExtension: ({ before, after }) => alterExtension(quote, before, after),
  dropExtension: ({ name }) => [execute(`DROP EXTENSION ${quote(name)}`)],
});

function createSequence(quote: Quote, sequence: Sequence): readonly Command[] {
  const { name, type, comment } = sequence;
  const sql = words(
    `CREATE SEQUENCE ${quote(name)}`,
    type && `AS ${type}`,
    sequenceOptions(sequence),
    sequence.ownedBy !== undefined && owned(quote, sequence),
  );
  return [execute(sql), ...(comment === undefined ? [] : [describe(quote, sequence)])];
}

function alterSequence(quote: Quote, before: Sequence, after: Sequence): readonly Command[] {
  const changes = words(
    before.type !== after.type && `AS ${after.type ?? "bigint"}`,
    ...sequenceChanges(before, after),
    // The number that it has come to is none of those that it counts from now on.
    isDown(before) !== isDown(after) && "RESTART",
    before.ownedBy !== after.ownedBy && owned(quote, after),
  );
  return [
    ...(changes === "" ? [] : [execute(`ALTER SEQUENCE ${quote(after.name)} ${changes}`)]),
    ...(before.comment === after.comment ? [] : [describe(quote, after)]),
  ];
}

function attachSequence(quote: Quote, { sequence, table, column }: StatementOf<"attachSequence">): readonly Command[] {
  const name = quote(sequence.name);
  return [
    `ALTER SEQUENCE ${name} OWNED BY ${quote(table)}.${quote(column)}`,
    `ALTER TABLE ${quote(table)} ALTER COLUMN ${quote(column)} SET DEFAULT nextval(${stringLiteral(name)})`,
    // It may not have numbered the rows that are there.
    ...(isDown(sequence) ? [] : [advanceSequence(quote, table, column)]),
  ].map(execute);
}

function owned(quote: Quote, sequence: Sequence): string {
  const owner = ownerOf(sequence);
  return `OWNED BY ${owner ? `${quote(owner.table)}.${quote(owner.field)}` : "NONE"}`;
}

const describe = (quote: Quote, { name, comment }: Sequence): Command =>
  execute(`COMMENT ON SEQUENCE ${quote(name)} IS ${comment === undefined ? "NULL" : stringLiteral(comment)}`);

/** Without a namespace it goes to where the session makes things. */
function alterExtension(quote: Quote, before: Extension, after: Extension): readonly Command[] {
  const head = `ALTER EXTENSION ${quote(after.name)}`;
  const moves = before.namespace !== after.namespace;
  return [
    ...(after.version === undefined || after.version === before.version
      ? []
      : [execute(`${head} UPDATE TO ${stringLiteral(after.version)}`)]),
    ...(moves && after.namespace !== undefined ? [execute(`${head} SET SCHEMA ${quote(after.namespace)}`)] : []),
    ...(moves && after.namespace === undefined
      ? [
          execute(
            doBlock([
              "BEGIN",
              `  EXECUTE format(${stringLiteral(`ALTER EXTENSION %I SET SCHEMA %I`)}, ${stringLiteral(after.name)}, current_schema());`,
              "END",
            ]),
          ),
        ]
      : []),
  ];
}
