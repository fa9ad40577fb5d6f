import type { Dialect, Renderers } from "../core/ddl/dialect.ts";
import type { StatementKind } from "../core/ddl/statement.ts";
import { ToolError } from "../core/errors.ts";
import { definitions, type Operation, titleOf } from "../core/operations/index.ts";
import { planUp } from "../core/plan/steps.ts";
import type { Schema } from "../core/schema/model.ts";

/** What a database can do and what it lacks, as Markdown: from its capabilities, and from what becomes of the examples of all operations on it. */
export function abilities(dialect: Dialect): string {
  const rows = Object.entries(questions).map(([question, answer]) => `| ${question} | ${text(answer(dialect))} |`);
  return [["| | |", "|---|---|", ...rows].join("\n"), refusals(dialect)].join("\n\n");
}

const has = (dialect: Dialect, kind: StatementKind): boolean =>
  typeof (dialect.render as Renderers)[kind] === "function";

/** Some databases take keys among constraints, and no checks. */
function takesChecks({ render: { addConstraint } }: Dialect): boolean {
  if (typeof addConstraint !== "function") return true;
  try {
    addConstraint({ kind: "addConstraint", table: "t", constraint: { name: "c", check: "x > 0" } });
    return true;
  } catch (error) {
    if (error instanceof ToolError && error.code === "unsupported") return false;
    throw error;
  }
}

const questions: Readonly<Record<string, (dialect: Dialect) => string>> = {
  "a migration that fails": ({ capabilities }) =>
    capabilities.transactionalDdl
      ? "leaves nothing behind: changes of tables take part in its transaction"
      : "is journalled statement by statement, and the next run goes on where it was cut short",
  "a table that cannot be altered in place": (dialect) =>
    has(dialect, "rebuildTable")
      ? "is made anew and filled, and checked before that commits"
      : "stays as it is: the change is refused",
  "foreign keys": (dialect) => {
    if (dialect.capabilities.inlineForeignKeysOnly) return "are part of the table";
    return has(dialect, "addForeignKey") ? "can be added and dropped" : "there are none";
  },
  enums: (dialect) =>
    ({
      types: "are types of their own",
      inline: "are types that list their values",
      check: takesChecks(dialect) ? "are texts with a check" : "there are none, because nothing is checked",
    })[dialect.enums.kind],
  views: (dialect) => kept(has(dialect, "createView")),
  "functions, triggers and the like": (dialect) => kept(has(dialect, "createObject")),
  namespaces: ({ capabilities }) => (capabilities.namespaces ? "can be declared" : "there is one place for names"),
  comments: (dialect) => {
    if (!dialect.capabilities.comments) return "are not kept by the database";
    if (dialect.capabilities.indexesHaveNoComments) return "of tables and columns";
    return dialect.capabilities.commentsAreInline ? "of tables, columns and indexes" : "of everything that has a name";
  },
  "options of tables": ({ tableOptions = [] }) => listed(tableOptions),
  "options of fields": ({ columnOptions = [] }) => listed(columnOptions),
  "the lock": ({ bookkeeping: { lock, lease } }) =>
    `${locks[lock.kind]}${lease ? "; with `lock: table` a row with an end" : ""}`,
  "the longest name": ({ capabilities: { maxIdentifierBytes } }) =>
    Number.isFinite(maxIdentifierBytes) && maxIdentifierBytes < 10_000
      ? `${maxIdentifierBytes} bytes`
      : "no limit that matters",
  "the largest `length` of a varchar": ({ capabilities }) =>
    capabilities.maxVarcharLength?.toString() ?? "no limit that is known",
  "the largest `precision` of a decimal": ({ capabilities }) =>
    capabilities.maxDecimalPrecision?.toString() ?? "no limit that is known",
};

const locks: Readonly<Record<Dialect["bookkeeping"]["lock"]["kind"], string>> = {
  session: "belongs to the session, and is free when its connection ends",
  row: "is a row of whoever has it, taken over when its process is gone",
  lease: "is a row with an end by the clock of the server",
  swap: "is a text, changed only by who knows what it is",
};

const kept = (is: boolean): string => (is ? "can be declared" : "are left alone; `runSQL` makes them");

const listed = (names: readonly string[]): string =>
  names.length === 0 ? "there are none" : names.map((name) => `\`${name}\``).join(", ");

/** The kinds of operations that a database refuses, whatever their parameters are. */
export function lackingKinds(dialect: Dialect): ReadonlySet<string> {
  const found = allRefusals(dialect);
  return new Set(definitions.flatMap(({ kind }) => (isAlways(kind, found) ? kind : [])));
}

interface Refusal {
  readonly kind: string;
  readonly reason: string;
  /** Whatever the parameters are. */
  readonly always: boolean;
}

/** Which operations are refused, by the reason; of those that work with other parameters it says so. */
function refusals(dialect: Dialect): string {
  const found = allRefusals(dialect);
  if (found.length === 0) return "Every operation works.";
  const reasons = [...new Set(found.map(({ reason }) => withoutNames(reason)))];
  const rows = reasons.map((key) => {
    const because = found.filter(({ reason }) => withoutNames(reason) === key);
    const kinds = [...new Set(because.map(({ kind }) => kind))].toSorted();
    return `| ${kinds.map((kind) => named(kind, found)).join(", ")} | ${text(because[0]?.reason ?? key)} |`;
  });
  return [
    "Every operation works but for these, which are refused before anything runs; *some* of an operation means that it depends on its parameters, and names are those of an example.",
    ["| operation | why not |", "|---|---|", ...rows].join("\n"),
  ].join("\n\n");
}

const allRefusals = (dialect: Dialect): readonly Refusal[] =>
  definitions.flatMap(({ kind, examples }) =>
    examples.flatMap(({ before, params }): readonly Refusal[] => {
      const refusal = refusalOf(dialect, before, { kind, ...(params as object) } as Operation);
      return refusal ? [{ kind, ...refusal }] : [];
    }),
  );

const named = (kind: string, found: readonly Refusal[]): string =>
  isAlways(kind, found) ? `\`${kind}\`` : `some \`${kind}\``;

function isAlways(kind: string, found: readonly Refusal[]): boolean {
  const examples = definitions.find((definition) => definition.kind === kind)?.examples.length ?? 0;
  const always = found.filter((refusal) => refusal.kind === kind && refusal.always).length;
  return always === examples;
}

/** Reasons that speak of other things in the same words are one. */
const withoutNames = (reason: string): string => reason.replace(/"[^"]*"/g, '""');

/** Names that cannot be are left out: examples have some that no two databases take alike. */
function refusalOf(dialect: Dialect, before: Schema, operation: Operation): Omit<Refusal, "kind"> | undefined {
  const migration = {
    name: "example",
    dependencies: [],
    operations: [operation],
    replaces: [],
    transaction: true,
    checksum: "",
    file: "example.ts",
  };
  try {
    planUp({ pending: [migration], before, dialect });
    return undefined;
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    if (error.code !== "unsupported") return undefined;
    const kind = error.data["statement"] as StatementKind | undefined;
    const renderer = kind === undefined ? undefined : dialect.render[kind];
    if (renderer && typeof renderer !== "function") return { reason: renderer.unsupported, always: true };
    const where = `migration "example", operation 1 (${titleOf(operation)}): `;
    return { reason: error.message.replace(where, ""), always: false };
  }
}

const text = (plain: string): string => plain.replaceAll("<", "&lt;").replaceAll("|", "\\|").replaceAll("\n", " ");
