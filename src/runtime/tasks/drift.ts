import type { LiveSchema, UnsupportedObject } from "../../core/ddl/dialect.ts";
import { diffLive } from "../../core/ddl/live.ts";
import { withoutMadeBySql } from "../../core/ddl/made-by-sql.ts";
import { schemaOn } from "../../core/ddl/schema-on.ts";
import type { Change } from "../../core/diff/change.ts";
import { replay } from "../../core/plan/state.ts";
import { ownPart } from "../../core/plan/surroundings.ts";
import { listed } from "../../core/schema/beside-tables.ts";
import { enumsOf } from "../../core/schema/enums.ts";
import { objectsOf, viewsOf } from "../../core/schema/managed.ts";
import { mergeNamespaces } from "../../core/schema/merge-namespaces.ts";
import { emptySchema, type Schema } from "../../core/schema/model.ts";
import { namespacesOf } from "../../core/schema/namespaces.ts";
import { introspect } from "../database.ts";
import type { OnEvent } from "../events.ts";
import { withoutOthersBooks, withoutOwnTables } from "../own-tables.ts";
import type { Project } from "../project.ts";
import { type Reading, withReadableTracks } from "../read-only.ts";
import { inWordsOf } from "../spellings.ts";
import { allTracks } from "../tracks.ts";

export interface DriftOptions {
  /** Compare with all migrations, pending ones too; without it, with those that the history has. */
  readonly all?: boolean | undefined;
  readonly onEvent?: OnEvent;
}

/** The schema of the database, where tracks live in several; null where the connection begins. */
interface InSchema {
  readonly schema?: string | null;
}

/** Part of the public JSON. */
export interface DriftResult {
  /** What would have to change in the database to make it what the migrations say. */
  readonly changes: readonly (Change & InSchema)[];
  readonly unsupported: readonly (UnsupportedObject & InSchema)[];
}

/**
 * Compares the database with what its migrations made of it: with those of all tracks that live in the same schema of it. A database
 * without history is compared with all migrations: that is what somebody wants to know who is about to adopt it. Reads only.
 */
export const drift = (project: Project, options: DriftOptions = {}): Promise<DriftResult> =>
  withReadableTracks(project, { ...options, tracks: allTracks }, async (readings) => {
    const places = Map.groupBy(readings, ({ survey }) => survey.project.track?.schema);
    const wanted = project.track
      ? [[project.track.schema, places.get(project.track.schema) ?? []] as const]
      : [...places];
    const found: DriftResult[] = [];
    for (const [schema, tracks] of wanted) {
      const { changes, unsupported } = await driftOf(project, tracks, options);
      const place = places.size > 1 ? { schema: schema ?? null } : {};
      found.push({
        changes: changes.map((change) => ({ ...place, ...change })),
        unsupported: unsupported.map((object) => ({ ...place, ...object })),
      });
    }
    return {
      changes: found.flatMap(({ changes }) => changes),
      unsupported: found.flatMap(({ unsupported }) => unsupported),
    };
  });

async function driftOf(project: Project, readings: readonly Reading[], options: DriftOptions): Promise<DriftResult> {
  const [first] = readings;
  if (!first) return { changes: [], unsupported: [] };
  await first.enter();
  const all = options.all || readings.every(({ survey }) => survey.history.length === 0);
  const states = readings.map(({ survey: { graph, state } }) =>
    ownPart(replay(all ? graph.order : state.applied, graph.surroundings), graph),
  );
  const namespaces = mergeNamespaces(states.map(namespacesOf));
  const live = first.database
    ? await introspect(
        first.database,
        namespaces.map(({ name }) => name),
      )
    : { tables: [], unsupported: [] };
  const declared = new Set(states.flatMap(({ tables }) => tables.map(({ name }) => name)));
  const found = withoutTracks(withoutOthersBooks(withoutOwnTables(live, project), declared).live, project);
  const whole = {
    ...emptySchema,
    ...states[0],
    namespaces,
    tables: states.flatMap(({ tables }) => tables),
    enums: states.flatMap(enumsOf),
    extensions: mergeNamespaces(states.map((state) => listed(state, "extensions"))),
    domains: states.flatMap((state) => listed(state, "domains")),
    sequences: states.flatMap((state) => listed(state, "sequences")),
    views: states.flatMap(viewsOf),
    objects: states.flatMap(objectsOf),
  };
  const expected = schemaOn(whole, first.dialect);
  const compared = withoutMadeBySql(found, expected, readings.flatMap(sqlOf));
  const told = first.database ? await inWordsOf(expected, compared, first.database) : compared;
  return {
    changes: diffLive(expected, told, first.dialect),
    unsupported: [...compared.unsupported, ...unmade(compared, expected)],
  };
}

/** Extensions that no migration made are often the business of whoever runs the database. */
const unmade = ({ extensions = [] }: LiveSchema, expected: Schema): readonly UnsupportedObject[] =>
  extensions
    .filter(({ name }) => !listed(expected, "extensions").some((wanted) => wanted.name === name))
    .map(({ name }) => ({ kind: "extension", object: name, reason: "no migration has made it" }));

/** The schemas in which tracks live are looked at in their own turn. */
const withoutTracks = (live: LiveSchema, { tracks = [] }: Project): LiveSchema => ({
  ...live,
  unsupported: live.unsupported.filter(
    ({ kind, object }) => kind !== "namespace" || !tracks.some(({ schema }) => schema === object),
  ),
});

/** The SQL that authors wrote. */
const sqlOf = ({ survey: { graph } }: Reading): readonly string[] =>
  graph.order.flatMap(({ operations }) =>
    operations.flatMap((operation) => {
      if (operation.kind !== "runSQL") return [];
      return typeof operation.forward === "string" ? [operation.forward] : Object.values(operation.forward);
    }),
  );
