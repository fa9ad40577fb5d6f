import { changesOf } from "../../core/diff/change.ts";
import { ToolError } from "../../core/errors.ts";
import { buildGraph, type Graph } from "../../core/plan/graph.ts";
import type { Migration } from "../../core/plan/migration.ts";
import { squashName } from "../../core/plan/naming.ts";
import { printMigration } from "../../core/plan/source.ts";
import { replay } from "../../core/plan/state.ts";
import type { Schema } from "../../core/schema/model.ts";
import { type SquashContents, squashContents } from "../../core/squash/contents.ts";
import { embedSources } from "../../core/squash/embed.ts";
import { optimise, sameSchema } from "../../core/squash/optimise.ts";
import { type SquashRange, squashRange } from "../../core/squash/range.ts";
import { evaluateSource } from "../evaluate-source.ts";
import { type NewMigration, writeMigration } from "../new-migration.ts";
import type { Project } from "../project.ts";
import { type Proof, proveSame } from "../squash-proof.ts";
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
export interface SquashResult extends NewMigration {
  readonly replaces: readonly string[];
  /** How many operations the migrations have that it replaces. */
  readonly operations_before: number;
  /** What shows that it does the same: two scratch databases, or only the schemas that the migrations add up to. */
  readonly proof: "database" | "schema";
}

/**
 * Writes one migration that stands for a range of others, after showing that it does the same. Throws ToolError `usage` for a range that is none,
 * `unknown-migration`, `graph` with the reason why these cannot be one, and `state` where it would not do the same; nothing is written then.
 */
export async function squash(project: Project, options: SquashOptions): Promise<SquashResult> {
  const track = onlyTrack(project);
  const ends = endsOf(options);
  if (track.compiled) throw new ToolError("usage", "a squash is made of the files of migrations; leave out --from");
  const graph = await loadGraph(track);
  const range = squashRange(graph, ends);
  const contents = squashContents(range.members);
  const name = squashName(range.first, range.last, options.name);
  const made = await provenSquash({ project: track, graph, range, contents, name, offline: options.offline === true });
  const written = await writeMigration(track, {
    name,
    source: made.source,
    operations: changesOf(made.migration.operations, made.before),
    warnings: [...contents.warnings, ...made.warnings],
    dry: options.dryRun === true,
  });
  return {
    ...written,
    replaces: range.replaces,
    operations_before: range.members.reduce((sum, { operations }) => sum + operations.length, 0),
    proof: made.proof,
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

interface Work {
  readonly project: Project;
  readonly graph: Graph;
  readonly range: SquashRange;
  readonly contents: SquashContents;
  readonly name: string;
  readonly offline: boolean;
}

interface Made {
  readonly source: string;
  readonly migration: Migration;
  /** The schema on which it runs. */
  readonly before: Schema;
  readonly warnings: readonly string[];
  readonly proof: SquashResult["proof"];
}

/** With fewer operations if it can be, and with all of them where only those do the same on a database. */
async function provenSquash(work: Work): Promise<Made> {
  const { graph, range, contents, offline } = work;
  const plain = await draft(work, contents.operations);
  const before = schemaBefore(plain.graph, plain.migration.name, graph.surroundings);
  const shorter = optimise(contents.operations, before);
  const first = shorter === contents.operations ? plain : await draft(work, shorter);
  refuseOther(graph, first.graph);
  const result = (made: typeof first, proof: Made["proof"], warnings: readonly string[]): Made => ({
    source: made.source,
    migration: made.migration,
    before,
    warnings,
    proof,
  });
  if (offline) return result(first, "schema", []);
  const proof = await proofOf(work, first);
  if (proof.found === "same") return result(first, "database", []);
  if (proof.found === "unknown") return result(first, "schema", [unprovenWarning(proof)]);
  const again = first === plain ? proof : await proofOf(work, plain);
  if (again.found !== "same")
    throw new ToolError(
      "state",
      `on a scratch database, what these ${range.members.length} migrations make is not what one with their operations makes: ${"about" in again ? again.about : again.why}; squash a smaller range`,
      { replaces: range.replaces },
    );
  const warning = `the operations are not folded, because with fewer a scratch database is not the same: ${proof.about}`;
  return result(plain, "database", [warning]);
}

const unprovenWarning = ({ why }: Extract<Proof, { readonly found: "unknown" }>): string =>
  `only the schemas that the migrations add up to were compared, not databases: ${why}`;

interface Draft {
  readonly source: string;
  readonly migration: Migration;
  /** With it in place of what it replaces. */
  readonly graph: Graph;
}

/** The migration as it will be read from its file. */
async function draft(
  { project, graph, range, contents, name }: Work,
  operations: Made["migration"]["operations"],
): Promise<Draft> {
  const kept = new Map([...contents.written].filter(([operation]) => operations.includes(operation)));
  const source = printMigration({
    dependencies: range.dependencies,
    operations,
    replaces: range.replaces,
    convertedFrom: range.members.flatMap(({ convertedFrom = [] }) => convertedFrom),
    ...(kept.size > 0 && { parts: embedSources(kept) }),
  });
  const migration = await evaluateSource(project, name, source);
  return { source, migration, graph: buildGraph([...graph.written, migration], graph.surroundings) };
}

function schemaBefore({ order }: Graph, name: string, surroundings: Schema): Schema {
  const at = order.findIndex((migration) => migration.name === name);
  return replay(order.slice(0, at), surroundings);
}

/** What others do beside it may be done earlier or later than it was. */
function refuseOther(graph: Graph, squashed: Graph): void {
  const [then, now] = [graph, squashed].map(({ order, surroundings }) => replay(order, surroundings));
  if (then && now && sameSchema(then, now)) return;
  throw new ToolError(
    "state",
    "with one migration in their place, all migrations add up to another schema, because of what stands beside the range; squash a range that has all of it",
  );
}

/** Everything up to the end of the range, with it and without it. */
function proofOf({ project, graph, range }: Work, { graph: squashed, migration }: Draft): Promise<Proof> {
  const at = squashed.order.findIndex(({ name }) => name === migration.name);
  const before = squashed.order.slice(0, at);
  const { surroundings } = graph;
  return proveSame(
    project,
    { migrations: [...before, ...range.members], surroundings },
    { migrations: [...before, ...squashed.order.slice(at, at + 1)], surroundings },
  );
}
