import { graphFor } from "../core/plan/graph.ts";
import { type Entry, reconcile } from "../core/plan/reconcile.ts";
import { version } from "../version.ts";
import { createHistory, readHistory, writeApplied } from "./history.ts";
import { nothingApplied } from "./pending.ts";
import { historyPlace } from "./project.ts";
import type { Session, TaskOptions } from "./survey.ts";
import { eventsOf, hasSeveral, nameAmong } from "./tracks.ts";
import { inTransaction } from "./transaction.ts";
import type { UpResult } from "./up-options.ts";
import { whoAmI } from "./who-am-i.ts";

/**
 * Does `run`, then records in each track the migrations all of whose originals are applied by then. Not before all tracks are through: what goes
 * back when one fails, goes back one by one.
 */
export async function withReplacements(
  sessions: readonly Session[],
  options: Pick<TaskOptions, "onEvent">,
  run: () => Promise<UpResult>,
): Promise<UpResult> {
  const anything = sessions.some(({ survey }) => survey.state.pending.length > 0);
  const result = anything ? await run() : nothingApplied(sessions.map(({ survey }) => survey));
  const recorded: string[] = [];
  for (const session of sessions) {
    const { project } = session.survey;
    const several = hasSeveral(sessions.map(({ survey }) => survey.project));
    for (const name of await recordReplacements(session, options)) recorded.push(nameAmong(several, project, name));
  }
  return recorded.length === 0 ? result : { ...result, recorded };
}

async function recordReplacements(
  session: Session,
  { onEvent }: Pick<TaskOptions, "onEvent">,
): Promise<readonly string[]> {
  const { database, survey } = session;
  const { project, graph } = survey;
  if (!graph.squashes.some(({ state }) => state === "waiting" || state === "counted")) return [];
  const place = historyPlace(project);
  await session.enter();
  const history = await readHistory(database, place);
  const { unrecorded } = reconcile(graphFor(graph, history), history);
  if (unrecorded.length === 0) return [];
  await createHistory(database, place);
  await inTransaction(database, async () => {
    for (const { applied } of unrecorded)
      if (applied) await writeApplied(database, place, { ...applied, toolVersion: version, appliedBy: whoAmI() });
  });
  for (const entry of unrecorded) eventsOf(project, onEvent)?.({ type: "note", message: noteOn(entry) });
  return unrecorded.map(({ name }) => name);
}

const noteOn = ({ name }: Entry): string => `"${name}" is recorded as applied, because all that it replaces is`;
