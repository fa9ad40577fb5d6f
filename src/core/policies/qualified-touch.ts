import { qualifiedName } from "../schema/namespaces.ts";
import type { ScriptSyntax } from "../sql-files/syntax.ts";
import { plainName } from "./sql/token.ts";
import type { ObjectName, Touch } from "./touch.ts";
import type { PolicyTrack } from "./track.ts";

/** The namespaces that any of the tracks makes. */
export const namespacesMadeBy = (tracks: readonly PolicyTrack[]): readonly string[] =>
  tracks.flatMap(({ migrations }) =>
    migrations.flatMap(({ operations }) =>
      operations.flatMap((operation) => (operation.kind === "createNamespace" ? operation.name : [])),
    ),
  );

/** What an operation does, with names in one of the namespaces as SQL has them. */
export function qualifiedTouch(touch: Touch, namespaces: readonly string[], syntax: ScriptSyntax): Touch {
  const part = (name: ObjectName | undefined, key: "name" | "table") => {
    const place = name && qualifiedName(name.text, namespaces);
    return place
      ? {
          [key]: { ...plainName(place.name, syntax), schema: plainName(place.namespace, syntax).name, text: name.text },
        }
      : {};
  };
  return namespaces.length === 0 ? touch : { ...touch, ...part(touch.name, "name"), ...part(touch.table, "table") };
}
