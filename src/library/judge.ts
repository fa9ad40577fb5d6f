import { ToolError } from "../core/errors.ts";
import type { Survey } from "../runtime/survey.ts";
import { hasSeveral, nameAmong } from "../runtime/tracks.ts";
import type { RunOptions } from "./options.ts";
import { quoted } from "./quoted.ts";

/** Holds what the files and the history say against what the program wants to start with. */
export interface Judge {
  /** Throws ToolError `history`; says once what the program starts with all the same. */
  judge(surveys: readonly Survey[]): void;
  /** What was applied and unknown to the program when it was asked last; of several tracks with the track's name. */
  unknown(): readonly string[];
}

export function judgeFor({ ifAhead = "allow", ifFailed = "continue", onEvent }: RunOptions): Judge {
  let unknown: readonly string[] = [];
  let told = false;
  return {
    unknown: () => unknown,
    judge: (surveys) => {
      const { missing, half, stopped } = findings(surveys);
      if (half !== undefined)
        throw refused(
          `"${half}" stopped half-way, and this program does not know it; start the version that does, or finish it there with \`godwit migrate up\``,
          [half],
        );
      unknown = missing;
      const ahead = `the database is ahead of this program, which does not know ${quoted(missing)}`;
      if (missing.length > 0 && ifAhead === "refuse")
        throw refused(`${ahead}; start one that does, or allow it with ifAhead: "allow"`, missing);
      if (stopped.length > 0 && ifFailed === "refuse")
        throw refused(
          `${quoted(stopped)} stopped half-way; finish it with \`godwit migrate up\`, or allow that with ifFailed: "continue"`,
          stopped,
        );
      if (missing.length > 0 && !told) onEvent?.({ type: "note", message: `${ahead}; going on all the same` });
      told = true;
    },
  };
}

interface Findings {
  /** Applied, and unknown to the program. */
  readonly missing: readonly string[];
  /** One of them that stopped half-way. */
  readonly half: string | undefined;
  /** Known, and stopped half-way. */
  readonly stopped: readonly string[];
}

function findings(surveys: readonly Survey[]): Findings {
  const several = hasSeveral(surveys.map(({ project }) => project));
  const missing = surveys.flatMap(({ project, state }) =>
    state.missing.map(({ name, applied }) => ({ name: nameAmong(several, project, name), applied })),
  );
  const stopped = surveys.flatMap(({ project, graph, history }) =>
    history
      .filter((row) => row.state === "failed" && graph.find(row.name))
      .map((row) => nameAmong(several, project, row.name)),
  );
  return {
    missing: missing.map(({ name }) => name),
    half: missing.find(({ applied }) => applied?.state === "failed")?.name,
    stopped,
  };
}

const refused = (message: string, migrations: readonly string[]): ToolError =>
  new ToolError("history", message, { migrations });
