import type { UnsupportedObject } from "../../core/ddl/dialect.ts";
import { diffLive } from "../../core/ddl/live.ts";
import type { Change } from "../../core/diff/change.ts";
import { replay } from "../../core/plan/state.ts";
import { introspect } from "../database.ts";
import type { OnEvent } from "../events.ts";
import { withoutOwnTables } from "../own-tables.ts";
import type { Project } from "../project.ts";
import { withReadable } from "../read-only.ts";

export interface DriftOptions {
  /** Compare with all migrations, pending ones too; without it, with those that the history has. */
  readonly all?: boolean | undefined;
  readonly onEvent?: OnEvent;
}

/** Part of the public JSON. */
export interface DriftResult {
  /** What would have to change in the database to make it what the migrations say. */
  readonly changes: readonly Change[];
  readonly unsupported: readonly UnsupportedObject[];
}

/**
 * Compares the database with what its migrations made of it. A database without history is compared with all
 * migrations: that is what somebody wants to know who is about to adopt it. Reads only.
 */
export const drift = (project: Project, options: DriftOptions = {}): Promise<DriftResult> =>
  withReadable(project, options, async ({ survey, dialect, database }) => {
    const { graph, history, state } = survey;
    const all = options.all || history.length === 0;
    const live = database ? await introspect(database) : { tables: [], unsupported: [] };
    const found = withoutOwnTables(live, project.historyTable);
    const expected = replay(all ? graph.order : state.applied);
    return { changes: diffLive(expected, found, dialect), unsupported: found.unsupported };
  });
