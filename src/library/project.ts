import { parseDuration } from "../core/duration.ts";
import { ToolError } from "../core/errors.ts";
import type { DatabaseTarget } from "../runtime/database.ts";
import { mergeLimits } from "../runtime/limits.ts";
import type { Project, Track } from "../runtime/project.ts";
import type { TaskOptions } from "../runtime/survey.ts";
import { withTracks } from "../runtime/tracks.ts";
import type { MigrationsOptions, RunOptions } from "./options.ts";
import { openSource, type Source } from "./source.ts";

/** Runs `work` on what a program gives in place of a directory with godwit.yaml. Rejects with ToolError `usage`. */
export async function withProject<T>(
  options: MigrationsOptions & Pick<RunOptions, "order">,
  database: DatabaseTarget,
  work: (project: Project) => Promise<T>,
): Promise<T> {
  const { migrations, tracks, historyTable = "godwit_history", order = "any", symbols: given } = options;
  if ((migrations === undefined) === (tracks === undefined))
    throw new ToolError("usage", 'give either "migrations" or "tracks"');
  const common = { schemaPaths: [], database, historyTable, order, ...(given && { given }) };
  const sources: Source[] = [];
  try {
    if (tracks === undefined) {
      const source = await openSource(migrations ?? "");
      sources.push(source);
      const { root, directory: migrationsDir } = source;
      return await work({ ...common, root, migrationsDir, ...compiledOf(source), ...symbolsOf(sources) });
    }
    refuseNames(tracks.map((track) => track.name));
    const list: Track[] = [];
    for (const { name, migrations: files, schema, historyTable: own } of tracks) {
      const source = await openSource(files, name);
      sources.push(source);
      list.push({
        name,
        migrationsDir: source.directory,
        historyTable: own ?? historyTable,
        requires: [],
        ...compiledOf(source),
        ...(schema !== undefined && { schema }),
      });
    }
    return await work(withTracks({ ...common, root: sources[0]?.root ?? "", ...symbolsOf(sources) }, list));
  } finally {
    for (const source of sources) source.dispose();
  }
}

const compiledOf = ({ compiled }: Source): Pick<Source, "compiled"> => (compiled ? { compiled } : {});

/** What all of them may import: it is the same godwit.yaml that registers it. */
function symbolsOf(sources: readonly Source[]): Pick<Source, "symbols"> {
  const all = sources.map(({ symbols }) => symbols ?? {});
  return all.some((symbols) => Object.keys(symbols).length > 0) ? { symbols: Object.assign({}, ...all) } : {};
}

/** The history tells tracks apart by their names. */
function refuseNames(names: readonly string[]): void {
  if (names.length === 0) throw new ToolError("usage", '"tracks" is empty; name at least one');
  for (const [i, name] of names.entries()) {
    if (!/^[a-z0-9][a-z0-9_-]*$/.test(name))
      throw new ToolError("usage", `"${name}" cannot name a track; use small letters, digits, _ and -`, {
        track: name,
      });
    if (names.indexOf(name) < i) throw new ToolError("usage", `two tracks are called "${name}"`, { track: name });
  }
}

/** How the use-cases of the command take what a program asks for. Throws ToolError `usage` for a time that is none. */
export function taskOptions(options: RunOptions): TaskOptions {
  return {
    onEvent: options.onEvent,
    signal: options.signal,
    lock: options.lock,
    lockTimeoutMs: milliseconds("lockTimeout", options.lockTimeout),
    connectTimeoutMs: milliseconds("connectTimeout", options.connectTimeout),
    limits: mergeLimits({
      lockMs: milliseconds("ddlLockTimeout", options.ddlLockTimeout),
      statementMs: milliseconds("statementTimeout", options.statementTimeout),
    }),
  };
}

function milliseconds(name: string, time: number | string | undefined): number | undefined {
  if (time === undefined) return undefined;
  const value = typeof time === "string" ? parseDuration(time) : time;
  if (typeof value === "number" && value >= 0 && Number.isFinite(value)) return value;
  throw new ToolError("usage", `"${name}" is ${JSON.stringify(time)}; give milliseconds, or a text such as "30s"`);
}
