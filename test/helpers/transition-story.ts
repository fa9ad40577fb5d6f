import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { UnsupportedObject } from "../../src/core/ddl/dialect.ts";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import type { Project } from "../../src/runtime/project.ts";
import { type KeptSession, keptSession } from "./kept-session.ts";
import { createProject, type TestProject } from "./migration-project.ts";
import type { DumpLine } from "./postgres-dump.ts";
import type { OtherMajor } from "./postgres-install.ts";
import { dumpOf, load, transitionDatabases } from "./transition-databases.ts";
import { type Hands, useCases } from "./transition-hands.ts";
import { valuesOf, valuesThatChanged } from "./transition-values.ts";
import { allAreWanted, type Transition, type TransitionDialect } from "./transitions.ts";

/** What became of a transition. */
export interface Outcome {
  readonly transition: Transition;
  readonly result: "converged" | "refused" | "failed";
  /** Why it did not converge. */
  readonly reason?: string;
}

/** Two databases, one to change and one as it is to be, and a place for projects. */
export interface Stage {
  play(transition: Transition): Promise<Outcome>;
  close(): Promise<void>;
}

/**
 * Plays transitions the way somebody adopts a database and then changes it: both databases are imported, the first migration is recorded as
 * applied, the second is generated from the difference, applied, and taken back; and applied again, each fourth one or, where all are asked for, each. The
 * databases must be the same each time, down to what the tests for columns' values see.
 */
export async function openStage(
  dialect: TransitionDialect,
  { hands = useCases, major }: { readonly hands?: Hands; readonly major?: OtherMajor } = {},
): Promise<Stage> {
  const { empty } = transitionDatabases[dialect];
  const open = (): Promise<readonly TestProject[]> =>
    Promise.all([createProject(dialect, major), createProject(dialect, major)]);
  // Databases that cannot be emptied are made anew for each transition.
  const kept = empty ? await open() : undefined;
  const sessions = hands === useCases && dialect === "postgresql" ? await keptSessions(...(kept ?? [])) : [];
  let count = 0;
  return {
    play: async (transition) => {
      count++;
      for (const session of sessions) await session.refresh();
      const projects = kept ?? (await open());
      const scenes = projects.map((project, i) => sceneIn(project, count, sessions[i]?.driver)) as [Project, Project];
      try {
        return { transition, ...(await played(hands, scenes, transition, allAreWanted || count % 4 === 0)) };
      } finally {
        for (const { root } of scenes) rmSync(root, { recursive: true, force: true });
        if (!kept) for (const project of projects) await project.dispose();
      }
    },
    close: async () => {
      for (const session of sessions) await session.close();
      for (const project of kept ?? []) await project.dispose();
    },
  };
}

const keptSessions = (...projects: readonly TestProject[]): Promise<readonly KeptSession[]> =>
  Promise.all(projects.map(({ database }) => keptSession(database.url)));

function sceneIn(project: TestProject, count: number, opened?: Database["driver"]): Project {
  const root = join(project.root, `t${count}`);
  const migrationsDir = join(root, "migrations");
  mkdirSync(migrationsDir, { recursive: true });
  const embedded = project.database.url.startsWith("sqlite:");
  const own = opened ? { ...project.database, dialect: "postgresql", opened } : project.database;
  const database = embedded ? { url: `sqlite:${join(root, "app.db")}` } : own;
  return { root, migrationsDir, schemaPaths: [join(root, "schema.yaml")], database, historyTable: "godwit_history" };
}

type Result = Omit<Outcome, "transition">;

async function played(
  hands: Hands,
  [project, target]: readonly [Project, Project],
  transition: Transition,
  again: boolean,
): Promise<Result> {
  await withDatabase(project, (database) => load(database, [transition.old, transition.rows ?? ""]));
  await withDatabase(target, (database) => load(database, [transition.new]));
  const found = { old: await hands.importSchema(project), new: await hands.importSchema(target) };
  const before = await lookAt(project);
  const wanted = await dump(target);
  const unsupported = [...found.old.unsupported, ...found.new.unsupported];
  try {
    await adopt(hands, project, found.old.yaml);
    const fresh = await complaintAbout(hands, project);
    if (fresh !== undefined) return failed(`after the import ${fresh}`);
    const written = await generateTo(hands, project, found.new.yaml, transition);
    if (transition.same !== undefined) return written ? failed("a migration was written") : { result: "converged" };
    await hands.up(project);
    const after = await lookAt(project);
    const differing = differences(after.dump, wanted);
    const silent = differing.filter(({ object }) => !isListed(object, unsupported));
    if (silent.length > 0) return failed(`not what it should be: ${textOf(silent)}`);
    const complaint = await complaintAbout(hands, project);
    if (complaint !== undefined) return failed(`afterwards ${complaint}`);
    const changed = valuesThatChanged(before.values, after.values, transition.renames);
    if (changed !== undefined) return failed(changed);
    if (written && transition.oneWay === undefined) {
      await hands.down(project);
      const back = await lookAt(project);
      const left = differences(back.dump, before.dump).filter(({ object }) => !isListed(object, unsupported));
      if (left.length > 0) return failed(`not what it was: ${textOf(left)}`);
      const renames = transition.renames.map((rename) => turned(rename, before.values));
      const lost = valuesThatChanged(after.values, back.values, renames);
      if (lost !== undefined) return failed(`on the way back ${lost}`);
      if (again) {
        await hands.up(project);
        const second = differences((await lookAt(project)).dump, after.dump);
        if (second.length > 0) return failed(`not what it was the first time: ${textOf(second)}`);
      }
    }
    if (differing.length > 0) return refused(`listed by the import: ${textOf(differing)}`);
    return { result: "converged" };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return transition.refused !== undefined && reason.includes(transition.refused) ? refused(reason) : failed(reason);
  }
}

const failed = (reason: string): Result => ({ result: "failed", reason });
const refused = (reason: string): Result => ({ result: "refused", reason });

/** As `init --from-db` and `migrate fake` do. */
async function adopt(hands: Hands, project: Project, yaml: string): Promise<void> {
  declare(project, yaml);
  await hands.generate(project, { name: "initial" });
  await hands.fake(project);
}

const generateTo = async (
  hands: Hands,
  project: Project,
  yaml: string,
  { renames, oneOff, typeChanges }: Transition,
): Promise<boolean> => {
  declare(project, yaml);
  const flags = { onDestructive: ["all=generate"], oneOff, typeChanges };
  const { created } = await hands.generate(project, { ...flags, renames: renames.length > 0 ? renames : ["none"] });
  return created !== null;
};

const declare = (project: Project, yaml: string): void => writeFileSync(project.schemaPaths[0] ?? "", yaml);

/** What `generate --check` and `schema drift` have to say. */
async function complaintAbout(hands: Hands, project: Project): Promise<string | undefined> {
  const { operations } = await hands.generate(project, { check: true });
  if (operations.length > 0) return `generate --check finds ${operations.map(({ detail }) => detail).join("; ")}`;
  const { changes } = await hands.drift(project);
  return changes.length > 0 ? `drift finds ${changes.map(({ detail }) => detail).join("; ")}` : undefined;
}

/** The name of a table may have a dot, too. */
const turned = (rename: string, tables: ReadonlyMap<string, unknown>): string => {
  const [old = "", name] = rename.split(":");
  if (tables.has(old)) return `${name}:${old}`;
  const [, table, from, to] = /^(?:(.*)\.)?(.*):(.*)$/.exec(rename) ?? [];
  return `${table === undefined ? "" : `${table}.`}${to}:${from}`;
};

const lookAt = (project: Project) =>
  withDatabase(project, async (database) => ({ dump: await dumpOf(database), values: await valuesOf(database) }));

const dump = (project: Project) => withDatabase(project, dumpOf);

async function withDatabase<T>({ database }: Project, work: (database: Database) => Promise<T>): Promise<T> {
  const opened = await openDatabase(database);
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}

interface Difference extends DumpLine {
  readonly sign: "+" | "-";
}

/** `+`: only the first has it; `-`: only the second. */
function differences(is: readonly DumpLine[], wanted: readonly DumpLine[]): readonly Difference[] {
  const without = (lines: readonly DumpLine[], others: readonly DumpLine[]) => {
    const left = others.map(lineText);
    return lines.filter((line) => {
      const at = left.indexOf(lineText(line));
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };
  return [
    ...without(is, wanted).map((line) => ({ ...line, sign: "+" as const })),
    ...without(wanted, is).map((line) => ({ ...line, sign: "-" as const })),
  ];
}

const lineText = ({ object, text }: DumpLine): string => `${object}: ${text}`;
const textOf = (lines: readonly Difference[]): string =>
  lines.map((line) => `\n    ${line.sign} ${lineText(line)}`).join("");

/** Whether the import says of an object that it does not tell all of it. */
function isListed(object: string, unsupported: readonly UnsupportedObject[]): boolean {
  const name = object.replace(/^[a-z ]*? (?=\S+$)/, "").replaceAll('"', "");
  return unsupported.some((listed) => listed.object === name || (listed.table === name && object.startsWith("table ")));
}
