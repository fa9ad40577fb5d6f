import { posix } from "node:path";
import * as v from "valibot";
import { parseVersionRange } from "../core/version-range.ts";

const name = v.pipe(
  v.string("a text is needed here"),
  v.regex(/^[a-z0-9][a-z0-9_-]*$/, "a track's name has small letters, digits, _ and - only"),
);

/** What `CREATE SCHEMA` makes of it without quotes, so that it means the same in every tool; the length is PostgreSQL's. */
const databaseSchema = v.pipe(
  v.string("a text is needed here"),
  v.regex(/^[a-z_][a-z0-9_]*$/, "a database schema has small letters, digits and _ only, and no digit in front"),
  v.maxLength(63, "a database schema has at most 63 letters"),
  v.check((schema) => !schema.startsWith("pg_"), 'names with "pg_" in front belong to PostgreSQL'),
);

const message = v.exactOptional(v.string("a text is needed here"));
const filled = v.pipe(v.string("a text is needed here"), v.nonEmpty("a text is needed here"));
const requirement = v.union(
  [
    v.strictObject({ extension: filled, message }),
    v.strictObject({
      server_version: v.pipe(
        v.union([v.string(), v.number()]),
        v.transform(String),
        v.check(
          (text) => parseVersionRange(text) !== undefined,
          'a version is needed here, such as ">= 14" or ">= 14, < 18"',
        ),
      ),
      message,
    }),
    v.strictObject({ query: filled, message }),
  ],
  '"extension: vector", "server_version: \'>= 14\'" or "query: SELECT …" is needed here, with "message:" at most',
);

export const trackShape = v.strictObject(
  {
    name,
    migrations: filled,
    schema: v.exactOptional(databaseSchema),
    history_table: v.exactOptional(filled),
    requires: v.exactOptional(v.array(requirement, 'a list is needed here, such as "- extension: vector"')),
    guards: v.exactOptional(v.literal("required", '"required" is needed here')),
    schema_agnostic: v.exactOptional(v.boolean("true or false is needed here")),
  },
  'keys are needed here, such as "name: core" and "migrations: db/core"',
);
export type TrackConfig = v.InferOutput<typeof trackShape>;
/** What must hold of a database before anything is changed for a track. */
export type Requirement = NonNullable<TrackConfig["requires"]>[number];

/** `tracks:` of godwit.yaml. No two have the same name or the same directory. */
export const tracksShape = v.pipe(
  v.array(trackShape, 'a list is needed here, such as "- name: core"'),
  v.minLength(1, "a list of at least one track is needed here"),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const tracks = dataset.value;
    for (const [i, track] of tracks.entries()) {
      const at = (key: "name" | "migrations"): [v.ArrayPathItem, v.ObjectPathItem] => [
        { type: "array", origin: "value", input: tracks, key: i, value: track },
        { type: "object", origin: "value", input: track, key, value: track[key] },
      ];
      const earlier = tracks.slice(0, i);
      const other = earlier.find((t) => directoryOf(t) === directoryOf(track));
      if (earlier.some((t) => t.name === track.name))
        addIssue({ message: `there is another track "${track.name}"; each needs a name of its own`, path: at("name") });
      else if (other)
        addIssue({
          message: `this is the directory of "${other.name}"; each track needs its own`,
          path: at("migrations"),
        });
    }
  }),
);

const directoryOf = ({ migrations }: TrackConfig): string => posix.normalize(`${migrations.replaceAll("\\", "/")}/`);
