import type { CheckupSql } from "../../core/ddl/checkup.ts";
import { graphFor } from "../../core/plan/graph.ts";
import { reconcile } from "../../core/plan/reconcile.ts";
import type { Database } from "../database.ts";
import { readHistory } from "../history.ts";
import { readJournal } from "../journal.ts";
import { lockTableFor, openLock } from "../lock-kinds.ts";
import { namesOf } from "../namespace.ts";
import { historyPlace, type Project } from "../project.ts";
import { tracksOf, trackTag } from "../tracks.ts";
import type { ServerFacts, TrackFiles, TrackRecords } from "./facts.ts";
import { found } from "./found.ts";

/** What an open database says. Each question stands for itself: one that is refused leaves the others their answers. */
export async function serverFacts(
  database: Database,
  project: Project,
  files: readonly TrackFiles[],
): Promise<ServerFacts> {
  const { driver, dialect } = database;
  const { checkup } = dialect.bookkeeping;
  const obstacle = await driver.obstacle?.();
  return {
    version: await driver.serverVersion(),
    ...(obstacle !== undefined && { obstacle }),
    ...(checkup && { rights: await found(() => rightsOf(database, checkup)) }),
    ...(checkup && { clock: await found(() => clockOf(database, checkup)) }),
    ...(driver.pooled !== undefined && { pooler: await found(() => poolerOf(database)) }),
    lock: await found(() => lockOf(database, project)),
    tracks: await recordsOf(database, project, files),
  };
}

async function rightsOf({ driver }: Database, { lackingRights, rightsMayHide }: CheckupSql) {
  const rows = await driver.query(lackingRights);
  return { lacking: rows.map((row) => String(row["lacking"])), mayHide: rightsMayHide };
}

/** The question takes a while, and nobody knows when in it the server looked at its clock. */
async function clockOf({ driver }: Database, { clock }: CheckupSql) {
  const before = Date.now();
  const [row] = await driver.query(clock);
  const after = Date.now();
  const uncertaintyMs = Math.ceil((after - before) / 2);
  return { skewMs: Math.round(Number(row?.["now"]) - (before + after) / 2), uncertaintyMs };
}

const poolerOf = async ({ driver }: Database) => ({
  present: driver.pooled === true,
  sharesSessions: (await driver.sharesSessions?.()) ?? false,
});

async function lockOf(database: Database, { historyTable, lock }: Project) {
  const { bookkeeping } = database.dialect;
  const mode = lock ?? (bookkeeping.lock.kind === "session" ? "session" : "table");
  const { holder } = openLock(database, { table: historyTable, mode: lock });
  const isRow = bookkeeping.lock.kind === "row" || bookkeeping.lock.kind === "swap";
  const table = bookkeeping.historyExists(lockTableFor(database, historyTable));
  // The table is made by the first run.
  const who = isRow && (await database.driver.query(table)).length === 0 ? undefined : await holder();
  return { mode, ...(who && { holder: who }) };
}

async function recordsOf(
  database: Database,
  project: Project,
  files: readonly TrackFiles[],
): Promise<readonly TrackRecords[]> {
  const projects = tracksOf(project);
  const names = await found(() => namesOf(database, projects));
  const records: TrackRecords[] = [];
  for (const [i, each] of projects.entries()) {
    const there = "error" in names ? names : await found(() => names.value.leadTo(each));
    if ("error" in there) records.push({ ...trackTag(each), history: there, journal: there });
    else records.push(await recordsOfTrack(database, each, files[i]?.graph));
  }
  return records;
}

/** Names have to lead to the track by now. */
async function recordsOfTrack(
  database: Database,
  project: Project,
  graph: TrackFiles["graph"] | undefined,
): Promise<TrackRecords> {
  const rows = await found(() => readHistory(database, historyPlace(project)));
  return {
    ...trackTag(project),
    ...("error" in rows ? { history: rows } : historyWith(graph, rows.value)),
    journal: await found(() => readJournal(database, historyPlace(project))),
  };
}

const historyWith = (
  graph: TrackFiles["graph"] | undefined,
  rows: Parameters<typeof reconcile>[1],
): Pick<TrackRecords, "history"> =>
  graph && "value" in graph ? { history: { value: reconcile(graphFor(graph.value, rows), rows) } } : {};
