import type { Column, ForeignKeyImage, IndexImage, Statement, TableImage } from "../../core/ddl/statement.ts";
import type { Constraint, View } from "../../core/schema/model.ts";

/** The version that a server says when a connection begins, which poolers pass on: one of the parameters that postgres.js keeps. */
export function versionIn(parameters: object | undefined): { readonly version?: string } {
  const said: unknown = Object.entries(parameters ?? {}).find(([name]) => name === "server_version")?.[1];
  return typeof said === "string" ? { version: said } : {};
}

/** Whether a server of this version (`17.10`, `18beta1`) has what came with a major version. */
export const isFrom = (version: string, major: number): boolean => Number.parseInt(version, 10) >= major;

/** Why a server of this version cannot carry out a statement; `undefined` where it can. */
export function lackOf(statement: Statement, version: string): string | undefined {
  const parts = partsOf(statement);
  const missing = novelties.find(({ since, isIn }) => !isFrom(version, since) && isIn(parts, statement));
  if (missing) return `${missing.what} came with version ${missing.since}, and the server is ${version}`;
  const gone = isFrom(version, 18) && isUnloggedTree(statement);
  return gone ? `since version 18 a partitioned table cannot be unlogged, and the server is ${version}` : undefined;
}

/** What statements bring along, wherever in them it stands. */
interface Parts {
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly foreignKeys: readonly ForeignKeyImage[];
  readonly indexes: readonly IndexImage[];
  readonly views: readonly View[];
  /** SQL of types that are no columns'. */
  readonly types: readonly string[];
}

interface Novelty {
  readonly since: number;
  readonly what: string;
  isIn(parts: Parts, statement: Statement): boolean;
}

/** https://www.postgresql.org/docs/release/, section "Utility Commands" of each major version. */
const novelties: readonly Novelty[] = [
  {
    since: 13,
    what: "making an ordinary column of one that is generated",
    isIn: (_, s) => s.kind === "alterColumn" && s.before.generated !== undefined && !s.after.generated,
  },
  {
    since: 14,
    what: "multirange types",
    isIn: ({ columns, types }) =>
      [...columns.map((column) => column.domain ?? column.type), ...types].some((type) =>
        /^(?:int[48]|num|date|tstz?)multirange\b/i.test(type),
      ),
  },
  {
    since: 14,
    what: "a compression of columns",
    isIn: ({ columns }) => columns.some(({ options }) => options?.["compression"] !== undefined),
  },
  {
    since: 15,
    what: "NULLS NOT DISTINCT",
    isIn: ({ constraints, indexes }) =>
      [...constraints, ...indexes].some((each) => "nullsNotDistinct" in each && each.nullsNotDistinct),
  },
  {
    since: 15,
    what: "ON DELETE with a list of columns",
    isIn: ({ foreignKeys }) => foreignKeys.some((key) => key.onDeleteColumns !== undefined),
  },
  {
    since: 15,
    what: "the option security_invoker of views",
    isIn: ({ views }) => views.some(({ options = {} }) => Object.hasOwn(options, "security_invoker")),
  },
  {
    since: 17,
    what: "an exclusion constraint of a partitioned table",
    isIn: ({ constraints }, s) =>
      s.kind === "createTreeTable" &&
      s.table.partitionBy !== undefined &&
      constraints.some((constraint) => "exclude" in constraint),
  },
  {
    since: 17,
    what: "the privilege MAINTAIN",
    isIn: (_, s) =>
      (s.kind === "createObject" || s.kind === "replaceObject") &&
      /^\s*(?:grant|revoke)\b[^;]*\bmaintain\b[^;]*\bon\b/im.test(
        s.kind === "createObject" ? s.object.definition : s.after.definition,
      ),
  },
  {
    since: 18,
    what: "a generated column that is not stored",
    isIn: ({ columns }) => columns.some(({ generated }) => generated !== undefined && !generated.stored),
  },
];

function partsOf(s: Statement): Parts {
  if (s.kind === "createTable" || s.kind === "createTreeTable") return ofTable(s.table);
  if (s.kind === "addColumn") return { ...none, columns: [s.column] };
  if (s.kind === "alterColumn") return { ...none, columns: [s.after] };
  if (s.kind === "addConstraint") return { ...none, constraints: [s.constraint] };
  if (s.kind === "addForeignKey") return { ...none, foreignKeys: [s.foreignKey] };
  if (s.kind === "createIndex") return { ...none, indexes: [s.index] };
  if (s.kind === "createView") return { ...none, views: [s.view] };
  if (s.kind === "replaceView") return { ...none, views: [s.after] };
  if (s.kind === "createDomain") return { ...none, types: [s.domain.type] };
  return s.kind === "remakeDomain" ? { ...none, types: [s.after.type] } : none;
}

const none: Parts = { columns: [], constraints: [], foreignKeys: [], indexes: [], views: [], types: [] };

const ofTable = ({ columns, constraints = [], foreignKeys }: TableImage): Parts => ({
  ...none,
  columns: columns.filter((column) => column.inherited !== "same"),
  constraints,
  foreignKeys,
});

const isUnloggedTree = (s: Statement): boolean =>
  s.kind === "createTreeTable" && s.table.partitionBy !== undefined && s.table.options?.["unlogged"] === "true";

/** `PostgreSQL 8.0.2 on …, Redshift 1.0.48169`: the last is its own. */
export const ownVersion = (text: string): string => /\b(?:Redshift|PostgreSQL) ([\d.]+)[^,]*$/.exec(text)?.[1] ?? text;
