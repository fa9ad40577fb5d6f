import { ToolError } from "../core/errors.ts";
import type { Operation } from "../core/operations/index.ts";
import { buildGraph, type Graph } from "../core/plan/graph.ts";
import type { Migration } from "../core/plan/migration.ts";
import { printMigration } from "../core/plan/source.ts";
import { replay } from "../core/plan/state.ts";
import type { Schema } from "../core/schema/model.ts";
import { type SquashContents, squashContents } from "../core/squash/contents.ts";
import { embedSources } from "../core/squash/embed.ts";
import { optimise, sameSchema } from "../core/squash/optimise.ts";
import type { SquashPart } from "../core/squash/parts.ts";
import { evaluateSource } from "./evaluate-source.ts";
import type { Project } from "./project.ts";
import { type Proof, proveSame } from "./squash-proof.ts";

export interface SquashWork {
  readonly project: Project;
  readonly graph: Graph;
  readonly parts: readonly SquashPart[];
  /** Without scratch databases. */
  readonly offline: boolean;
}

/** New migrations, each shown to do what those do that it stands for. */
export interface ProvenSquash {
  readonly made: readonly Made[];
  readonly warnings: readonly string[];
  /** What shows it: two scratch databases, or only the schemas that the migrations add up to. */
  readonly proof: "database" | "schema";
}

export interface Made {
  readonly part: SquashPart;
  readonly source: string;
  readonly migration: Migration;
  /** The schema on which it runs. */
  readonly before: Schema;
}

/**
 * Makes the migrations, with fewer operations if it can be, and with all of them where only those do the same on a database. Throws ToolError `state`
 * where they would not do the same at all.
 */
export async function provenSquash(work: SquashWork): Promise<ProvenSquash> {
  const { graph, parts, offline } = work;
  const contents = new Map(parts.map((part) => [part, squashContents(part.members)]));
  const plain = await draft(work, contents, (_, { operations }) => operations);
  const befores = new Map(parts.map((part) => [part, schemaBefore(plain.graph, part.name)]));
  const first = await draft(work, contents, (part, { operations }) =>
    optimise(operations, befores.get(part) ?? graph.surroundings),
  );
  const result = ({ drafted }: Draft, proof: ProvenSquash["proof"], warnings: readonly string[]): ProvenSquash => ({
    made: drafted.map((each) => ({ ...each, before: befores.get(each.part) ?? graph.surroundings })),
    warnings,
    proof,
  });
  refuseOther(graph, first.graph);
  if (offline) return result(first, "schema", []);
  const proof = await proofOf(work, first);
  if (proof.found === "same") return result(first, "database", []);
  if (proof.found === "unknown") return result(first, "schema", [unprovenWarning(proof)]);
  const again = await proofOf(work, plain);
  if (again.found !== "same") throw notTheSame(parts, "about" in again ? again.about : again.why);
  const warning = `the operations are not folded, because with fewer a scratch database is not the same: ${proof.about}`;
  return result(plain, "database", [warning]);
}

const unprovenWarning = ({ why }: Extract<Proof, { readonly found: "unknown" }>): string =>
  `only the schemas that the migrations add up to were compared, not databases: ${why}`;

interface Draft {
  readonly drafted: readonly Omit<Made, "before">[];
  /** With them in place of what they replace. */
  readonly graph: Graph;
}

type Contents = ReadonlyMap<SquashPart, SquashContents>;

/** The migrations as they will be read from their files. */
async function draft(
  { project, graph }: SquashWork,
  contents: Contents,
  operationsOf: (part: SquashPart, contents: SquashContents) => readonly Operation[],
): Promise<Draft> {
  const drafted: Omit<Made, "before">[] = [];
  for (const [part, whole] of contents) {
    const source = sourceOf(part, whole, operationsOf(part, whole));
    drafted.push({ part, source, migration: await evaluateSource(project, part.name, source) });
  }
  const migrations = drafted.map(({ migration }) => migration);
  return { drafted, graph: buildGraph([...graph.written, ...migrations], graph.surroundings) };
}

function sourceOf(part: SquashPart, { written }: SquashContents, operations: readonly Operation[]): string {
  const { members, dependencies, replaces, transaction, limits, codeLimits } = part;
  const kept = new Map([...written].filter(([operation]) => operations.includes(operation)));
  return printMigration({
    dependencies,
    operations,
    replaces,
    transaction,
    convertedFrom: members.flatMap(({ convertedFrom = [] }) => convertedFrom),
    ...(limits && { limits }),
    ...(kept.size > 0 && { parts: embedSources(kept), ...(codeLimits && { codeLimits }) }),
  });
}

function schemaBefore({ order, surroundings }: Graph, name: string): Schema {
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

/** Everything up to the last of them, with them and without them. */
function proofOf({ project, graph, parts }: SquashWork, { graph: squashed }: Draft): Promise<Proof> {
  const originals = new Map(parts.map(({ name, members }) => [name, members]));
  const last = squashed.order.findLastIndex(({ name }) => originals.has(name));
  const after = squashed.order.slice(0, last + 1);
  const before = after.flatMap((migration) => originals.get(migration.name) ?? [migration]);
  const { surroundings } = graph;
  return proveSame(project, { migrations: before, surroundings }, { migrations: after, surroundings });
}

function notTheSame(parts: readonly SquashPart[], about: string): ToolError {
  const replaces = parts.flatMap((part) => part.replaces);
  const count = parts.reduce((sum, { members }) => sum + members.length, 0);
  return new ToolError(
    "state",
    `on a scratch database, what these ${count} migrations make is not what one with their operations makes: ${about}; squash a smaller range`,
    { replaces },
  );
}
