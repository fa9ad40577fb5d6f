import { canonicalJson } from "../schema/canonical.ts";
import { objectTitle, sameObject, sameObjectId, sameRows } from "../schema/managed.ts";
import type { ManagedObject, View } from "../schema/model.ts";
import type { Change } from "./change.ts";

/** Views and managed objects, in the form in which they are compared. */
export interface Managed {
  readonly views: readonly View[];
  readonly objects: readonly ManagedObject[];
}

/** What is different about views and managed objects. */
export const managedChanges = (want: Managed, have: Managed): readonly Change[] => [
  ...viewChanges(want.views, have.views),
  ...objectChanges(want.objects, have.objects),
];

function viewChanges(want: readonly View[], have: readonly View[]): readonly Change[] {
  const extra = have.filter(({ name }) => !want.some((view) => view.name === name));
  return [
    ...want.flatMap((view): readonly Change[] => {
      const title = viewTitle(view);
      const found = have.find(({ name }) => name === view.name);
      if (!found) return [change("missing_view", null, view.name, `${title} is not in the database`)];
      const what = viewDifferences(view, found);
      return what.length === 0 ? [] : [change("changed_view", null, view.name, `${title}: ${what.join("; ")}`)];
    }),
    ...extra.map((view) => change("extra_view", null, view.name, `${viewTitle(view)} is only in the database`)),
  ];
}

const viewTitle = ({ materialized, name }: View): string => `${materialized ? "materialized view" : "view"} "${name}"`;

function viewDifferences(want: View, have: View): readonly string[] {
  if (Boolean(want.materialized) !== Boolean(have.materialized))
    return [have.materialized ? "it is materialized in the database" : "it is not materialized in the database"];
  const rest = ({ query: _, comment: __, indexes: ___, ...view }: View): View => ({ ...view, query: "" });
  return [
    ...(sameRows({ ...rest(want), query: want.query }, { ...rest(want), query: have.query })
      ? []
      : [`its query is ${shortened(have.query)} in the database, ${shortened(want.query)} expected`]),
    ...(sameRows(rest(want), rest(have)) ? [] : ["its columns or options are different"]),
    ...(canonicalJson(want.indexes ?? []) === canonicalJson(have.indexes ?? []) ? [] : ["its indexes are different"]),
    ...(want.comment === have.comment ? [] : ["its comment is different"]),
  ];
}

function objectChanges(want: readonly ManagedObject[], found: readonly ManagedObject[]): readonly Change[] {
  const have = found.filter(
    (object) => object.kind !== "grant" || want.some((other) => grantsOn(other) === grantsOn(object)),
  );
  const extra = have.filter((object) => !want.some((other) => sameObjectId(other, object)));
  const report = (how: string, { kind, table, name }: ManagedObject, detail: string): Change =>
    change(`${how}_${kind}`, table ?? null, name, detail);
  return [
    ...want.flatMap((object): readonly Change[] => {
      const title = objectTitle(object);
      const found = have.find((other) => sameObjectId(other, object));
      if (!found) return [report("missing", object, `${title} is not in the database`)];
      if (sameObject({ ...object, ...undropped }, { ...found, ...undropped })) return [];
      const detail = `${shortened(found.definition)} in the database, ${shortened(object.definition)} expected`;
      return [report("changed", object, `${title}: ${detail}`)];
    }),
    ...extra.map((object) => report("extra", object, `${objectTitle(object)} is only in the database`)),
  ];
}

/** What it grants something on: where nothing is granted in the schema, grants are somebody else's business. */
const grantsOn = ({ kind, name, table }: ManagedObject): string | undefined =>
  kind === "grant" ? (table ?? name.replace(/^.*? on /, "")) : undefined;

/** How an object is dropped is not in the database. */
const undropped = { drop: "" };

const change = (kind: string, table: string | null, object: string, detail: string): Change => ({
  kind,
  table,
  object,
  detail,
  destructive: false,
});

function shortened(sql: string): string {
  const line = sql.replace(/\s+/g, " ").trim();
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
