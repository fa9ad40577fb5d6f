import type { Position } from "../errors.ts";
import { nearest } from "../nearest.ts";
import type { Declaration, DeclaredObject, DeclaredView } from "./declared.ts";
import { objectTitle, plainObjectName, sameObject, sameObjectId, sameView } from "./managed.ts";
import type { ManagedObject, Schema, View } from "./model.ts";
import type { Problem } from "./problem.ts";

/** The views and managed objects of all files; what a file says wins over what those that it includes say. */
export function mergeManaged(
  files: readonly Declaration[],
  includes: (file: string, other: string) => boolean,
): {
  readonly views: readonly DeclaredView[];
  readonly objects: readonly DeclaredObject[];
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const views: Kept<DeclaredView>[] = [];
  const objects: Kept<DeclaredObject>[] = [];
  for (const { file, views: own, objects: others } of files) {
    const wins = (other: string) => other !== file && includes(file, other);
    for (const thing of own) keep(views, { thing, file }, { ...viewRules, problems, wins });
    for (const thing of others) keep(objects, { thing, file }, { ...objectRules, problems, wins });
  }
  return { views: views.map(({ thing }) => thing), objects: objects.map(({ thing }) => thing), problems };
}

/** What of them does not fit the schema that they are part of. */
export function managedProblems(
  schema: Schema,
  { views, objects }: { readonly views: readonly DeclaredView[]; readonly objects: readonly DeclaredObject[] },
): readonly Problem[] {
  const tables = schema.tables.map(({ name }) => name);
  const relations = [...tables, ...views.map(({ name }) => name)];
  const known = [...relations, ...objects.map(plainObjectName), ...objects.map(({ name }) => name)];
  const missing = (title: string, name: string, { among, what, position }: Sought): Problem => {
    const near = nearest(name, among);
    return { message: `${title}: "${name}" is no ${what}${near ? `; did you mean "${near}"?` : ""}`, position };
  };
  const unknown = (title: string, { dependsOn = [], at }: DeclaredView | DeclaredObject) =>
    dependsOn.flatMap((name) =>
      known.includes(name)
        ? []
        : missing(title, name, {
            among: known,
            what: "table, view or object of the schema",
            position: at("depends_on"),
          }),
    );
  return [
    ...views.flatMap((view) => [
      ...(tables.includes(view.name)
        ? [{ message: `${viewTitle(view)} and table "${view.name}" cannot both exist`, position: view.at("name") }]
        : []),
      ...unknown(viewTitle(view), view),
    ]),
    ...objects.flatMap((object) => [
      ...(object.table !== undefined && !relations.includes(object.table)
        ? [
            missing(objectTitle(object), object.table, {
              among: relations,
              what: "table or view of the schema",
              position: object.at("table"),
            }),
          ]
        : []),
      ...unknown(objectTitle(object), object),
    ]),
  ];
}

export const viewOf = ({ at: _, ...view }: DeclaredView): View => view;
export const objectOf = ({ at: _, ...object }: DeclaredObject): ManagedObject => object;

const viewTitle = ({ name }: View): string => `view "${name}"`;

const viewRules: Pick<Rules<DeclaredView>, "isSame" | "isEqual" | "title"> = {
  isSame: (a, b) => a.name === b.name,
  isEqual: (a, b) => sameView(viewOf(a), viewOf(b)),
  title: viewTitle,
};

const objectRules: Pick<Rules<DeclaredObject>, "isSame" | "isEqual" | "title"> = {
  isSame: sameObjectId,
  isEqual: (a, b) => sameObject(objectOf(a), objectOf(b)),
  title: objectTitle,
};

interface Sought {
  readonly among: readonly string[];
  readonly what: string;
  readonly position: Position;
}

interface Kept<T> {
  readonly thing: T;
  readonly file: string;
}

interface Rules<T> {
  readonly problems: Problem[];
  wins(other: string): boolean;
  isSame(a: T, b: T): boolean;
  isEqual(a: T, b: T): boolean;
  title(thing: T): string;
}

type Placed = DeclaredView | DeclaredObject;

function keep<T extends Placed>(
  list: Kept<T>[],
  next: Kept<T>,
  { problems, wins, isSame, isEqual, title }: Rules<T>,
): void {
  const at = list.findIndex(({ thing }) => isSame(thing, next.thing));
  const old = list[at];
  if (!old) list.push(next);
  else if (old.file === next.file)
    problems.push({ message: `${title(next.thing)} is declared twice in this file`, position: next.thing.at("name") });
  else if (wins(old.file)) list[at] = next;
  else if (!isEqual(old.thing, next.thing)) {
    const other = old.thing.at();
    problems.push({
      message: `${title(next.thing)} is another one in ${other.file}:${other.line}; give one of them another name or make them equal`,
      position: next.thing.at("name"),
      other: other.file,
    });
  }
}
