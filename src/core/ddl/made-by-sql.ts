import { findObject, findView, plainObjectName } from "../schema/managed.ts";
import type { ManagedObject, Schema, View } from "../schema/model.ts";
import { mentions } from "../schema/sql-text.ts";
import type { LiveSchema, UnsupportedObject } from "./dialect.ts";

/**
 * Views and objects that the SQL of migrations made: the state does not follow that SQL, so nobody can say whether they are as they
 * should be. They are listed among what is not compared.
 */
export function withoutMadeBySql(live: LiveSchema, expected: Schema, texts: readonly string[]): LiveSchema {
  const sql = texts.join("\n;\n");
  const isMade = (name: string) => texts.length > 0 && mentions(sql, name);
  const views = (live.views ?? []).filter(({ name }) => !findView(expected, name) && isMade(name));
  const objects = (live.objects ?? []).filter((o) => !findObject(expected, o) && isMade(plainObjectName(o)));
  return {
    ...live,
    views: (live.views ?? []).filter((view) => !views.includes(view)),
    objects: (live.objects ?? []).filter((object) => !objects.includes(object)),
    unsupported: [...live.unsupported, ...views.map(listedView), ...objects.map(listedObject)],
  };
}

const reason = "SQL of a migration makes it, which the state does not follow";

const listedView = ({ name, materialized }: View): UnsupportedObject => ({
  kind: materialized ? "materialized view" : "view",
  object: name,
  reason,
});

const listedObject = ({ kind, name, table }: ManagedObject): UnsupportedObject => ({
  kind: kind.replaceAll("_", " "),
  object: name,
  ...(table !== undefined && { table }),
  reason,
});
