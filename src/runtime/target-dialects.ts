import type { Dialect } from "../core/ddl/dialect.ts";
import type { Operation } from "../core/operations/index.ts";
import { titleOf } from "../core/operations/index.ts";
import { lacksOf } from "../core/plan/lacks.ts";
import type { Schema } from "../core/schema/model.ts";
import { knownDialects } from "../dialects/known.gen.ts";
import { loadDialect } from "./load-dialect.ts";
import type { Project } from "./project.ts";
import { dialectNamed } from "./url.ts";

/**
 * The dialects that a project is for: those of `databases` and one that is named beside them, else that of its database, as far as that is known without a password; none where nothing
 * says it. Throws ToolError `config` for a name that is none.
 */
export function targetDialects({ database, databases }: Project): Promise<readonly Dialect[]> {
  const { dialect, scheme } = database;
  const kinds = databases
    ? [...new Set([...databases, ...(dialect === undefined ? [] : [dialect])].map(dialectNamed))]
    : dialect === undefined
      ? knownDialects.filter((known) => known.schemes.includes(scheme ?? ""))
      : [dialectNamed(dialect)];
  return Promise.all(kinds.map(loadDialect));
}

/** What each of some databases lacks for operations, in words for people. */
export function lackWarnings(
  operations: readonly Operation[],
  { before, dialects }: { readonly before: Schema; readonly dialects: readonly Dialect[] },
): readonly string[] {
  const migration = { name: "", dependencies: [], operations, replaces: [], transaction: true, checksum: "", file: "" };
  return dialects.flatMap((dialect) =>
    lacksOf({ pending: [migration], before, dialect }).map(({ operation, message }) => {
      const at = operations[operation];
      const advice =
        at && canBeLeftOut.has(at.kind) ? `; with except: [${dialect.name}] the schema leaves it out there` : "";
      return `${at ? `${titleOf(at)}: ` : ""}${message}${advice}`;
    }),
  );
}

/** What they make may be for other databases only. */
const canBeLeftOut: ReadonlySet<Operation["kind"]> = new Set([
  "createTable",
  "addField",
  "addIndex",
  "addConstraint",
  "addForeignKey",
  "createView",
  "createObject",
  "createEnum",
  "createDomain",
  "createSequence",
  "createExtension",
  "createNamespace",
]);
