import type { Command, Dialect } from "../../src/core/ddl/dialect.ts";
import { ToolError } from "../../src/core/errors.ts";
import { definitions } from "../../src/core/operations/index.ts";
import type { Step } from "../../src/core/plan/plan.ts";
import { planUp } from "../../src/core/plan/steps.ts";
import type { Schema } from "../../src/core/schema/model.ts";
import { migrationOf } from "../conformance/story.ts";

/** The SQL of one example of an operation. */
export interface Golden {
  /** `addField: with a default`, unique. */
  readonly title: string;
  /** What is sent to the database, or the reason why nothing is, as a comment. */
  readonly sql: string;
}

/** The SQL of every example of every operation on a dialect, by kind and in the order of the examples. */
export const goldens = (dialect: Dialect): readonly Golden[] =>
  [...definitions]
    .sort((a, b) => (a.kind < b.kind ? -1 : 1))
    .flatMap(({ kind, examples }) =>
      examples.map(({ title, before, params }) => ({
        title: `${kind}: ${title}`,
        sql: sqlOf(dialect, before, { kind, ...(params as object) }),
      })),
    );

/** Those that a variant has otherwise than the dialect it is a variant of; how a refusal calls the database does not count. */
export function differences(variant: Dialect, parent: Dialect): readonly Golden[] {
  const known = new Map(goldens(parent).map(({ title, sql }) => [title, sql]));
  return goldens(variant).filter(
    ({ title, sql }) => known.get(title) !== sql.replace(`${variant.title} cannot`, `${parent.title} cannot`),
  );
}

/** Who reads the goldens of databases that tests cannot start, by dialect. Of all others, the database itself does. */
export const readers: Readonly<Record<string, string>> = {
  auroradsql: "PostgreSQL, which runs them but for ASYNC (test/dialects/dsql.test.ts)",
  redshift: "the Redshift dialect of sqlfluff (test/dialects/redshift-text.test.ts)",
  sqlserver: "the T-SQL grammar of antlr/grammars-v4, in @dbml/core (test/dialects/sqlserver-grammar.test.ts)",
  starrocks:
    "nobody but people: no package of npm or Debian holds its grammar; what is there for many dialects (sqlfluff, sqlglot, polyglot) refuses half of its documentation, or takes anything",
  tidb: "the parser of TiDB (test/dialects/tidb-parser.test.ts, in the long run), and MariaDB, which runs them",
  vertica: "nobody but people: no package of npm or Debian 12 holds its grammar, which newer versions of sqlfluff do",
  ydb: "nobody but people: no package of npm or Debian holds a parser of YQL",
};

/** The text of a file of goldens, which holds those that differ from `parent` where there is one; the inverse of `readGoldens`. */
export const writeGoldens = (
  title: string,
  goldens: readonly Golden[],
  { parent, reader }: { readonly parent: string | undefined; readonly reader: string | undefined },
): string =>
  [
    `-- What ${title} is sent for the examples of the operations${parent ? `, where it is not what ${parent} is sent` : ""}.`,
    ...(reader ? [`-- Read by ${reader}.`] : []),
    "-- Written by GODWIT_TEST_UPDATE=1 bun test test/golden.test.ts; read what has changed.\n",
    ...goldens.map((golden) => `-- # ${golden.title}\n${golden.sql}\n`),
  ].join("\n");

/** The goldens of a file. */
export const readGoldens = (text: string): readonly Golden[] =>
  text
    .split(/^-- # /m)
    .slice(1)
    .map((section) => {
      const end = section.indexOf("\n");
      return { title: section.slice(0, end), sql: section.slice(end + 1).trimEnd() };
    });

function sqlOf(dialect: Dialect, before: Schema, operation: object): string {
  try {
    return planUp({ pending: [migrationOf("golden", [operation])], before, dialect })
      .steps.flatMap(linesOf)
      .join("\n");
  } catch (error) {
    if (error instanceof ToolError) return comment(`refused (${error.code}): ${error.message}`);
    throw error;
  }
}

function linesOf(step: Step): readonly string[] {
  const commands = step.actions.flatMap((action) => action.commands);
  const lines = commands.flatMap(lineOf);
  if (lines.length === 0) return ["-- nothing to do"];
  return [...(step.transaction ? [] : ["-- outside a transaction"]), ...lines];
}

/** Queries that check or keep something are left out: they are long, say little to a reader, and every run on the database executes them. */
function lineOf(command: Command): readonly string[] {
  switch (command.kind) {
    case "execute":
      return [...(command.untilUnchanged ? ["-- until it changes no row"] : []), `${command.sql};`];
    case "check":
      return [comment(`checked: ${command.message}`)];
    case "capture":
      return [`-- kept: ${command.name}`];
    case "replay":
      return [`-- as kept: ${command.name}`];
    case "code":
      return [command.sql];
  }
}

const comment = (text: string): string =>
  text
    .split("\n")
    .map((line) => `-- ${line}`)
    .join("\n");
