import type { Guards } from "../../sql-files/syntax.ts";
import { type BadExample, definePolicy, type PolicyExample, type Violation } from "../define.ts";
import { atOnce, type ReadStatement, type Source } from "../source.ts";
import { withArticle } from "../sql/object.ts";
import type { Touch } from "../touch.ts";

export default definePolicy({
  code: "guards",
  title: "SQL that makes or drops something says IF [NOT] EXISTS, where the track has `guards: required`.",
  why: "A script that stopped half-way, or meets a database that somebody else has prepared, can run again.",
  applies: ({ guards }) => guards === "required",
  enabledBy: { guards: "required" },
  check: (source, { dialect }) => violationsOf(source, dialect.scriptSyntax.guards ?? none),
  bad: [
    bad("CREATE TABLE t (id int)", "write CREATE TABLE IF NOT EXISTS"),
    bad("CREATE UNIQUE INDEX CONCURRENTLY i ON t (id)", "write CREATE INDEX IF NOT EXISTS"),
    bad('ALTER TABLE "t" ADD x int', 'adds column "x" without IF NOT EXISTS; write ADD COLUMN IF NOT EXISTS'),
    bad("ALTER TABLE t ADD CONSTRAINT c CHECK (x > 0)", "drop it with IF EXISTS just before"),
    bad("CREATE TYPE mood AS ENUM ('ok')", "make it in a DO block"),
    bad("CREATE VIEW v AS SELECT 1", "write CREATE OR REPLACE VIEW"),
    bad("DROP INDEX CONCURRENTLY i", "write DROP INDEX IF EXISTS"),
    bad("DO $$ BEGIN DROP TABLE t; END $$", "write DROP TABLE IF EXISTS"),
    { ...bad("ALTER TABLE t ADD COLUMN x int", "write it as an operation"), dialect: "sqlite" },
  ],
  ok: [
    ok("DROP INDEX CONCURRENTLY IF EXISTS i; CREATE TABLE IF NOT EXISTS t (id int)"),
    ok("ALTER TABLE t DROP CONSTRAINT IF EXISTS c, ADD CONSTRAINT c CHECK (x > 0)"),
    ok("DROP TYPE IF EXISTS mood; CREATE TYPE mood AS ENUM ('ok')"),
    ok("DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_type) THEN CREATE TYPE mood AS ENUM ('ok'); END IF; END $$"),
    ok("-- DROP TABLE t\nSELECT 'CREATE TABLE t' /* DROP TABLE t /* DROP */ TABLE t */"),
    { title: "operations", tracks: { core: [{ kind: "dropTable", name: "t" }] } },
  ],
});

const none: Guards = { orReplace: [], notCreate: [], notDrop: [], instead: "" };

function violationsOf({ statements }: Source, guards: Guards): readonly Violation[] {
  const gone = new Set<string>();
  return atOnce(statements).flatMap((statement) =>
    statement.touches.flatMap((touch): readonly Violation[] => {
      const key = `${touch.object}\n${touch.table?.name}\n${touch.name?.name}`;
      if (touch.verb === "drop" && touch.guarded) gone.add(key);
      const remade = touch.verb === "create" && gone.has(key) && !hasGuard(touch, guards);
      if (touch.guarded !== false || remade || looksFirst(statement)) return [];
      return [{ ...(touch.offset !== undefined && { offset: touch.offset }), message: messageOf(touch, guards) }];
    }),
  );
}

const looksFirst = ({ within, conditional }: ReadStatement): boolean => within === "block" && conditional === true;

/** Whether there is a way to make it, or drop it, that may run twice. */
const hasGuard = ({ verb, object }: Touch, { notCreate, notDrop, orReplace }: Guards): boolean =>
  verb === "create" ? !notCreate.includes(object) && !orReplace.includes(object) : !notDrop.includes(object);

function messageOf(touch: Touch, guards: Guards): string {
  const { verb, object, name } = touch;
  const { does, words } = wordsOf(touch);
  const clause = verb === "create" ? "IF NOT EXISTS" : "IF EXISTS";
  const what = `${does} ${name ? `${object} "${name.text}"` : withArticle(object)}`;
  if ((verb === "create" ? guards.notCreate : guards.notDrop).includes(object))
    return `${what}, which has no ${clause} here; ${guards.instead}`;
  if (verb === "create" && guards.orReplace.includes(object))
    return `${what} without OR REPLACE; write ${words} OR REPLACE ${object.toUpperCase()}`;
  if (object === "constraint" && verb === "create")
    return `${what} without ${clause}; write it behind UNIQUE KEY, FOREIGN KEY or PRIMARY KEY, or, for a check, behind ADD CONSTRAINT`;
  const first = object === "index" && !name ? "give it a name, and write" : "write";
  return `${what} without ${clause}; ${first} ${words} ${object.toUpperCase()} ${clause}`;
}

/** What ALTER adds is not created. */
function wordsOf({ verb, altering }: Touch): { readonly does: string; readonly words: string } {
  if (verb === "drop") return { does: "drops", words: "DROP" };
  return altering ? { does: "adds", words: "ADD" } : { does: "creates", words: "CREATE" };
}

function bad(sql: string, says: string): BadExample {
  return { title: sql, tracks: { core: sql }, says };
}

function ok(sql: string): PolicyExample {
  return { title: sql, tracks: { core: sql } };
}
