import type { Operation } from "../../operations/index.ts";
import { type BadExample, definePolicy, type PolicyContext, type Violation } from "../define.ts";
import type { Source } from "../source.ts";
import { isRelation, type ObjectName, type Touch } from "../touch.ts";
import type { PolicyTrack } from "../track.ts";

const users = "CREATE TABLE users (id bigint PRIMARY KEY)";

export default definePolicy({
  code: "ownership",
  title: "A track changes only the tables that it made; foreign keys may point at tables of tracks before it.",
  why: "Tracks are applied, rolled back and left out one by one. What one does to another's table, the other cannot know of.",
  applies: () => true,
  enabledBy: {},
  check: (source, context) => source.touches.flatMap((touch) => violationOf(touch, source, context) ?? []),
  bad: [
    bad("ALTER TABLE ONLY users ADD COLUMN x int", 'alters table "users", which belongs to track "core"'),
    bad("CREATE INDEX CONCURRENTLY IF NOT EXISTS idx ON users (id)", 'creates an index on table "users"'),
    bad("CREATE TRIGGER t AFTER UPDATE ON users FOR EACH ROW EXECUTE FUNCTION f()", "creates a trigger on"),
    bad("WITH x AS (UPDATE public.users SET id = 2 RETURNING id) SELECT * FROM x", 'updates table "public.users"'),
    bad("DO $$ BEGIN TRUNCATE users; END $$", "truncates"),
    bad([{ kind: "dropTable", name: "users" }], "drops"),
    bad(users, 'creates table "users", which track "core" makes too'),
    {
      title: "a foreign key to a later track",
      tracks: { core: "CREATE TABLE a (i int REFERENCES items)", vector: "CREATE TABLE items (i int)" },
      says: 'refers to table "items", which belongs to track "vector", and that comes later',
    },
  ],
  ok: [
    {
      title: "a foreign key to an earlier track",
      tracks: { core: users, vector: "CREATE TABLE items (u bigint REFERENCES users (id) ON UPDATE CASCADE)" },
    },
    { title: "reading", tracks: { core: users, vector: "CREATE VIEW v AS SELECT * FROM users" } },
    {
      title: "comments and literals",
      tracks: { core: users, vector: "-- DROP TABLE users;\nSELECT 'DROP TABLE users', $$ DELETE FROM users $$" },
    },
    {
      title: "a table of its own",
      tracks: { core: users, vector: "CREATE TABLE x (id int); ALTER TABLE x ADD y int" },
    },
    { title: "a name that only looks alike", tracks: { core: users, vector: 'ALTER TABLE "Users" ADD y int' } },
  ],
});

function violationOf(touch: Touch, source: Source, { owners }: PolicyContext): Violation | undefined {
  const at = touch.offset === undefined ? {} : { offset: touch.offset };
  const subject = subjectOf(touch);
  if (!subject || (touch.verb === "create" && touch.temporary)) return undefined;
  const find = subject.object === "index" ? "ofIndex" : isMaking(touch) ? "firstOfTable" : "ofTable";
  const owner = owners[find](subject.name, source);
  if (!owner || (touch.verb === "refer" && owners.isEarlier(owner, source.track))) return undefined;
  const does = subject.object === "index" ? `${touch.verb}s` : touch.does;
  const what = `track "${source.track.name}" ${does} ${subject.object} "${subject.name.text}"`;
  return { ...at, message: `${what}, which ${reproach(touch, owner, source.track)}` };
}

const isMaking = ({ verb, object }: Touch): boolean => verb === "create" && isRelation(object);

function reproach(touch: Touch, owner: PolicyTrack, track: PolicyTrack): string {
  const other = `track "${owner.name}"`;
  if (isMaking(touch)) return `${other} makes too; choose another name, or leave it to one of the two`;
  if (touch.verb === "refer")
    return `belongs to ${other}, and that comes later; add the foreign key there, or put ${other} before "${track.name}"`;
  return `belongs to ${other}; put this into a migration of that track`;
}

/** What a track must own to do that: a table or view, or an index that is named without its table. */
function subjectOf({
  object,
  name,
  table,
  altering,
}: Touch): { readonly object: string; readonly name: ObjectName } | undefined {
  if (altering) return undefined;
  if (isRelation(object)) return name && { object, name };
  if (table) return hangsOnTable.has(object) ? { object: "table", name: table } : undefined;
  return object === "index" && name ? { object, name } : undefined;
}

const hangsOnTable = new Set(["index", "trigger", "policy", "rule", "statistics"]);

function bad(does: string | readonly Operation[], says: string): BadExample {
  return { title: says, tracks: { core: users, vector: does }, says };
}
