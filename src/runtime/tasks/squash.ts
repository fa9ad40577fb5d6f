import { rm } from "node:fs/promises";
import { join } from "node:path";
import { changesOf } from "../../core/diff/change.ts";
import { ToolError } from "../../core/errors.ts";
import { type Cut, squashParts } from "../../core/squash/parts.ts";
import { squashRange } from "../../core/squash/range.ts";
import { type NewMigration, writeMigration } from "../new-migration.ts";
import type { Project } from "../project.ts";
import { type Made, type ProvenSquash, provenSquash } from "../squash-draft.ts";
import { loadGraph } from "../survey.ts";
import { onlyTrack } from "../tracks.ts";

export interface SquashOptions {
  /** `FROM..TO`; an end that is left out is the beginning of the history, or its head. Not together with `all`. */
  readonly range?: string | undefined;
  readonly all?: boolean | undefined;
  /** Words for the file name. */
  readonly name?: string | undefined;
  readonly dryRun?: boolean | undefined;
  /** Compare only what the migrations say, without a scratch database. */
  readonly offline?: boolean | undefined;
}

/** Part of the public JSON, but for `source`. */
export interface SquashedPart extends Omit<NewMigration, "warnings"> {
  readonly replaces: readonly string[];
  /** How many operations the migrations have that it replaces. */
  readonly operations_before: number;
}

/** Part of the public JSON, but for `source`. */
export interface SquashResult extends SquashedPart {
  readonly warnings: readonly string[];
  /** What shows that it does the same: two scratch databases, or only the schemas that the migrations add up to. */
  readonly proof: ProvenSquash["proof"];
  /** Where the range cannot be one migration: those after the first. */
  readonly further?: readonly SquashedPart[];
}

/**
 * Writes one migration that stands for a range of others, or several where these run in ways that contradict each other, after showing that they do
 * the same. Throws ToolError `usage` for a range that is none, `unknown-migration`, `graph` with the reason why these cannot be one, and `state`
 * where it would not do the same; nothing is written then.
 */
export async function squash(project: Project, options: SquashOptions): Promise<SquashResult> {
  const track = onlyTrack(project);
  const ends = endsOf(options);
  if (track.compiled) throw new ToolError("usage", "a squash is made of the files of migrations; leave out --from");
  const graph = await loadGraph(track);
  const { parts, reasons } = squashParts(squashRange(graph, ends), options.name);
  const { made, warnings, proof } = await provenSquash({
    project: track,
    graph,
    parts,
    offline: options.offline === true,
  });
  const [first, ...further] = await writeAll(track, made, options.dryRun === true);
  if (!first) throw new ToolError("internal", "a squash has no parts");
  const { created, name, operations, ...counts } = first;
  return {
    created,
    name,
    operations,
    warnings: [...(reasons.length > 0 ? [cutWarning({ parts, reasons })] : []), ...warnings],
    ...counts,
    proof,
    ...(further.length > 0 && { further }),
  };
}

function endsOf({ range, all }: SquashOptions): { readonly from?: string; readonly to?: string } {
  if (all && range !== undefined) throw new ToolError("usage", "give either a range or --all, not both");
  if (all) return {};
  const [, from = "", to = ""] = /^(.*?)\.\.(.*)$/.exec(range ?? "") ?? [];
  if (from === "" && to === "")
    throw new ToolError(
      "usage",
      `${range === undefined ? "no range is given" : `"${range}" is no range`}; write FROM..TO with the names of two migrations, or --all`,
      { range: range ?? null },
    );
  return { ...(from !== "" && { from }), ...(to !== "" && { to }) };
}

function cutWarning({ parts, reasons }: Cut): string {
  const count =
    parts.length === 1 ? "a part of the range becomes one migration" : `the range becomes ${parts.length} migrations`;
  return `${count}, and what is by itself stays as it is: ${reasons.join(", ")}`;
}

/** All files or none. */
async function writeAll(project: Project, made: readonly Made[], dry: boolean): Promise<readonly SquashedPart[]> {
  const written: SquashedPart[] = [];
  try {
    for (const { part, source, migration, before } of made) {
      const operations = changesOf(migration.operations, before);
      const { warnings: _, ...file } = await writeMigration(project, {
        name: part.name,
        source,
        operations,
        warnings: [],
        dry,
      });
      const operations_before = part.members.reduce((sum, member) => sum + member.operations.length, 0);
      written.push({ ...file, replaces: part.replaces, operations_before });
    }
  } catch (error) {
    for (const { name } of dry ? [] : written) await rm(join(project.migrationsDir, `${name}.ts`), { force: true });
    throw error;
  }
  return written;
}
