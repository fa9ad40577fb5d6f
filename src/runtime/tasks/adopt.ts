import { allBooks, type FoundBooks } from "../../core/adopt/books.ts";
import { matchRecorded } from "../../core/adopt/match.ts";
import { dropBooks } from "../../core/ddl/books.ts";
import { ToolError } from "../../core/errors.ts";
import type { Migration } from "../../core/plan/migration.ts";
import { booksIn, recordedIn } from "../books.ts";
import type { Database } from "../database.ts";
import { createHistory, writeApplied } from "../history.ts";
import { historyPlace, type Project } from "../project.ts";
import { change, type Session, type TaskOptions } from "../survey.ts";
import { inTransaction } from "../transaction.ts";
import { drift } from "./drift.ts";
import { fakeRow } from "./fake.ts";

export interface AdoptOptions extends TaskOptions {
  /** Name of the tool; absent: the only one whose tables the database has. */
  readonly from?: string | undefined;
  /** Go on although the tool has applied what no migration was converted from. */
  readonly allowUnknown?: boolean | undefined;
  /** Only says what would be recorded. */
  readonly dryRun?: boolean | undefined;
  /** Whether to drop these tables of the tool, once its migrations are recorded here; absent: they stay. */
  readonly dropOld?: ((tables: readonly string[]) => Promise<boolean>) | undefined;
}

/** Part of the public JSON. */
export interface AdoptResult {
  readonly tool: string;
  /** What was recorded as applied, or with a dry run would be. */
  readonly adopted: readonly string[];
  /** What was recorded before. */
  readonly known: readonly string[];
  /** Converted migrations that the tool has not applied: `migrate up` will. */
  readonly pending: readonly string[];
  /** Tables of the tool that were dropped. */
  readonly dropped: readonly string[];
}

/**
 * Takes over a database from another tool: reads what that has applied and records it in godwit's history, without running anything. Its tables stay, unless
 * `dropOld` says otherwise. Throws ToolError `history` where it is not clear what is applied, or where the database is not what the migrations say,
 * and `usage` where it has the tables of none or of several tools.
 */
export const adopt = (project: Project, options: AdoptOptions = {}): Promise<AdoptResult> =>
  change<AdoptResult>(project, options, {
    needed: () => undefined,
    work: async (session) => {
      const { database, survey } = session;
      const found = chooseBooks(await booksIn(database), options.from);
      const { books } = found;
      const matched = matchRecorded(survey.graph, books, await recordedIn(database, found), options.allowUnknown);
      if (matched.whole) await refuseDrift(project, books.title);
      const recorded = new Set(survey.history.map(({ name }) => name));
      const open = matched.applied.filter(({ name }) => !recorded.has(name));
      if (!options.dryRun) await record(project, session, open, books.tool);
      const named = (migrations: readonly Migration[]): readonly string[] => migrations.map(({ name }) => name);
      return {
        tool: books.tool,
        adopted: named(open),
        known: named(matched.applied.filter(({ name }) => recorded.has(name))),
        pending: named(matched.pending.filter(({ name }) => !recorded.has(name))),
        dropped: options.dryRun ? [] : await dropTables(database, found, options.dropOld),
      };
    },
  });

function chooseBooks(found: readonly FoundBooks[], from: string | undefined): FoundBooks {
  const tools = [...new Set(allBooks.map(({ tool }) => tool))];
  if (from !== undefined && !tools.includes(from))
    throw new ToolError("usage", `"${from}" is no tool whose history godwit can read; there are ${tools.join(", ")}`);
  const possible = found.filter(({ books }) => from === undefined || books.tool === from);
  const [only, ...others] = possible;
  if (only && others.length === 0) return only;
  const names = possible.map(({ books }) => books.tool).join(", ");
  const message = only
    ? `the database has the histories of several tools (${names}); say which with --from`
    : from === undefined
      ? `the database has the history of none of ${tools.join(", ")}; look at the URL and, on PostgreSQL, at its search_path`
      : `the database has no history of ${from}; look at the URL and, on PostgreSQL, at its search_path`;
  throw new ToolError("usage", message, { tools: possible.map(({ books }) => books.tool) });
}

/** What no migration was converted from can only be taken over as a whole, and only where it is what the migrations say. */
async function refuseDrift(project: Project, title: string): Promise<void> {
  const { changes } = await drift(project, { all: true });
  const [first] = changes;
  if (!first) return;
  const more = changes.length > 1 ? `, and ${changes.length - 1} more` : "";
  throw new ToolError(
    "history",
    `the migrations are not what the database has, which ${title} made: ${first.detail}${more}; \`godwit schema drift --all\` lists the differences`,
    { changes },
  );
}

async function record(
  project: Project,
  session: Session,
  migrations: readonly Migration[],
  adoptedFrom: string,
): Promise<void> {
  const history = historyPlace(project);
  await session.enter({ create: true });
  await createHistory(session.database, history);
  await inTransaction(session.database, async () => {
    for (const { name, checksum } of migrations)
      await writeApplied(session.database, history, { ...fakeRow(history.track, name, checksum), adoptedFrom }, true);
  });
}

async function dropTables(
  database: Database,
  { tables }: FoundBooks,
  wanted: AdoptOptions["dropOld"],
): Promise<readonly string[]> {
  const there = tables.flatMap((table) => table ?? []);
  if (!wanted || !(await wanted(there))) return [];
  for (const table of there.toReversed()) await database.driver.execute(dropBooks(database.dialect, table));
  return there;
}
