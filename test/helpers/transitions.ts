import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";

/** Whether whoever runs the tests wants to see every transition, and every step of it, rather than what a run of all tests has time for. */
export const allAreWanted: boolean =
  process.env["GODWIT_TEST_LONG"] === "1" || process.env["TRANSITIONS"] !== undefined;

/** A database as somebody made it with SQL, and as it is to be. */
export interface Transition {
  readonly name: string;
  /** What the table of results counts it under. */
  readonly feature: string;
  readonly dialect: TransitionDialect;
  /** SQL that makes the database, and SQL that makes the one it is to become. */
  readonly old: string;
  readonly new: string;
  /** SQL that fills the old one. */
  readonly rows?: string;
  /** Flags of `generate`: `old:new`, `table.old:new`; absent: nothing is renamed. */
  readonly renames: readonly string[];
  /** Flags of `generate`: `table.field=SQL`. */
  readonly oneOff: readonly string[];
  /** Flags of `generate`: `using`, `new_column`, `table.field=new_column`. */
  readonly typeChanges: readonly string[];
  /** Why the two are the same, whatever their texts say: nothing is to be generated. */
  readonly same?: string;
  /** Why the way back does not lead to the old database. */
  readonly oneWay?: string;
  /** What the reason says with which the way there is refused. */
  readonly refused?: string;
  /** Why it does not work yet. */
  readonly known?: string;
  /** A dialect that plays the transitions of another → why it has not this one. */
  readonly except: Readonly<Partial<Record<TransitionDialect, string>>>;
}

export const transitionDialects = ["postgresql", "sqlite", "mariadb", "mysql", "turso", "clickhouse"] as const;
export type TransitionDialect = (typeof transitionDialects)[number];

interface WrittenTransition {
  readonly name: string;
  readonly feature?: string;
  readonly old: string;
  readonly new: string;
  readonly rows?: string;
  readonly renames?: readonly string[];
  readonly one_off?: readonly string[];
  readonly type_changes?: readonly string[];
  readonly one_way?: string;
  readonly same?: string;
  readonly refused?: string;
  readonly known?: string;
  readonly except?: Readonly<Partial<Record<TransitionDialect, string>>>;
}

const folder = join(import.meta.dir, "../transitions");

/** Those that play the transitions of another one. */
const corpora: Readonly<Partial<Record<TransitionDialect, TransitionDialect>>> = { turso: "sqlite", mysql: "mariadb" };

/** All transitions of `test/transitions`; a file is called after its dialect and its feature: `postgresql-indexes.yaml`. */
export function loadTransitions(dialect: TransitionDialect): readonly Transition[] {
  const corpus = corpora[dialect] ?? dialect;
  const isOf = (file: string): boolean => [corpus, dialect].some((name) => file.startsWith(`${name}-`));
  const files = readdirSync(folder).filter((file) => isOf(file) && file.endsWith(".yaml"));
  return files.toSorted().flatMap((file) => {
    const document = parseDocument(readFileSync(join(folder, file), "utf8"));
    const [error] = document.errors;
    if (error) throw new Error(`${file}: ${error.message}`);
    const feature = file.slice(file.indexOf("-") + 1, -".yaml".length);
    return (document.toJS() as readonly WrittenTransition[]).map((written) => transitionOf(dialect, feature, written));
  });
}

const known = new Set([
  "name",
  "feature",
  "old",
  "new",
  "rows",
  "renames",
  "one_off",
  "type_changes",
  "one_way",
  "same",
  "refused",
  "known",
  "except",
]);

function transitionOf(dialect: TransitionDialect, feature: string, written: WrittenTransition): Transition {
  const odd = Object.keys(written).filter((key) => !known.has(key));
  if (odd.length > 0 || typeof written.name !== "string" || typeof written.old !== "string")
    throw new Error(`transition "${written.name}" of ${dialect} ${feature}: not readable, ${odd.join(", ")}`);
  const { one_off: oneOff = [], one_way: oneWay, renames = [], type_changes: typeChanges = [], ...rest } = written;
  // What MariaDB calls so.
  const inWords = (sql: string): string => (dialect === "mysql" ? sql.replace(/\bIGNORED\b/g, "INVISIBLE") : sql);
  return {
    feature,
    ...rest,
    old: inWords(written.old),
    new: inWords(written.new ?? ""),
    dialect,
    renames,
    oneOff,
    typeChanges,
    except: written.except ?? {},
    ...(oneWay !== undefined && { oneWay }),
  };
}
