import * as v from "valibot";
import { ToolError } from "../errors.ts";
import { canonicalJson } from "../schema/canonical.ts";

const count = v.pipe(v.number(), v.integer());
const statement = v.strictObject({
  sql: v.string(),
  step: count,
  transaction: v.boolean(),
  purpose: v.exactOptional(v.picklist(["capture", "check", "code"])),
});
const hazard = v.strictObject({ operation: count, risk: v.picklist(["lossy", "blocking"]), title: v.string() });
const migration = v.strictObject({
  name: v.string(),
  checksum: v.string(),
  hazards: v.array(hazard),
  statements: v.array(statement),
});
const row = v.strictObject({ checksum: v.string(), state: v.string(), steps_done: count });

const contentShape = v.strictObject({
  format: v.literal("godwit plan"),
  version: v.literal(1),
  /** The version of godwit that made it. */
  godwit: v.string(),
  dialect: v.string(),
  /** Of a project with tracks: the one it is for. */
  track: v.exactOptional(v.string()),
  /** Or several; then names of migrations have the track's in front: `core/0001_initial`. */
  tracks: v.exactOptional(v.array(v.string())),
  /** The migration at which it stops; null when it applies all. */
  to: v.nullable(v.string()),
  migrations: v.array(migration),
  /** The rows of the history by migration. */
  history: v.record(v.string(), row),
  /** What the database has besides: `table "users"` → a hash of its definition. */
  objects: v.record(v.string(), v.string()),
});

/** What `up` would do to one database in one state. Part of the public JSON. */
export type PlanContent = v.InferOutput<typeof contentShape>;

/** A plan as it is written to a file. */
export type PlanFile = PlanContent & {
  /** Over all the rest. It tells damage and careless edits; who edits on purpose can make a new one. */
  readonly checksum: string;
};

/** Core has no hash of its own. */
export type Hash = (text: string) => string;

/** Adds the checksum. */
export const sealPlan = (content: PlanContent, hash: Hash): PlanFile => ({
  ...content,
  checksum: hash(canonicalJson(content)),
});

/** Reads the text of a plan file. Throws ToolError `file` for what is none, is of another version, or was changed. */
export function parsePlan(text: string, file: string, hash: Hash): PlanFile {
  const document = parseJson(text);
  if (document?.["format"] !== "godwit plan") throw unusable(file, "is not a plan that `godwit migrate plan` wrote");
  const { version } = document;
  if (version !== 1)
    throw unusable(file, `is a plan of version ${String(version)}, and this godwit reads version 1; make a new plan`);
  const { checksum, ...rest } = document;
  const content = v.safeParse(contentShape, rest);
  if (!content.success || checksum !== hash(canonicalJson(rest)))
    throw unusable(file, "was changed after it was written, or is damaged; make a new plan");
  return { ...content.output, checksum };
}

/** What is otherwise now than when the plan was made, a sentence each; none when it would do exactly what it says. */
export function movedSince(then: PlanContent, now: PlanContent): readonly string[] {
  if (then.dialect !== now.dialect) return [`the plan is for ${then.dialect}, and the database is ${now.dialect}`];
  return [
    ...trackMoved(then, now),
    ...historyMoved(then, now.history),
    ...migrationsMoved(then, now),
    ...objectsMoved(then.objects, now.objects),
  ];
}

type Tracks = Pick<PlanContent, "track" | "tracks">;

/** The part of `movedSince` that only needs the tracks. */
export function trackMoved(then: Tracks, now: Tracks): readonly string[] {
  const [wanted, found] = [tracksText(then), tracksText(now)];
  return wanted === found ? [] : [`the plan is for ${wanted}, and not for ${found}`];
}

const tracksText = ({ track, tracks }: Tracks): string =>
  tracks
    ? `the tracks ${tracks.map((name) => `"${name}"`).join(", ")}`
    : track === undefined
      ? "a project without tracks"
      : `track "${track}"`;

/** The part of `movedSince` that only needs the history. */
export function historyMoved(then: PlanContent, now: PlanContent["history"]): readonly string[] {
  return changes(then.history, now).map(
    ([name, change]) =>
      ({
        new: `"${name}" is in the history now`,
        gone: `"${name}" is not in the history any more`,
        other: `the history has something else for "${name}"`,
      })[change],
  );
}

/** Throws ToolError `history` that lists what moved. */
export function refuseMoved(moved: readonly string[]): void {
  if (moved.length === 0) return;
  const list = moved.map((sentence) => `\n  ${sentence}`).join("");
  throw new ToolError("history", `the plan does not fit any more, so nothing was run; make a new one:${list}`, {
    moved,
  });
}

function migrationsMoved(then: PlanContent, now: PlanContent): readonly string[] {
  const index = (plan: PlanContent) => Object.fromEntries(plan.migrations.map((m) => [m.name, m]));
  const [old, fresh] = [index(then), index(now)];
  const moved = changes(old, fresh, (m) => canonicalJson([m?.checksum, m?.statements]));
  const sentences = moved.map(([name, change]) => {
    if (change === "new") return `"${name}" would run as well`;
    if (change === "gone") return `"${name}" would not run`;
    if (old[name]?.checksum !== fresh[name]?.checksum) return `"${name}" has other operations`;
    const by =
      then.godwit === now.godwit ? "" : `: the plan was made by godwit ${then.godwit}, and this is ${now.godwit}`;
    return `the SQL of "${name}" is another${by}`;
  });
  const order = (plan: PlanContent): string => canonicalJson(plan.migrations.map((m) => m.name));
  return sentences.length === 0 && order(then) !== order(now)
    ? ["the migrations would run in another order"]
    : sentences;
}

const objectsMoved = (then: PlanContent["objects"], now: PlanContent["objects"]): readonly string[] =>
  changes(then, now).map(
    ([name, change]) => ({ new: `${name} is new`, gone: `${name} is gone`, other: `${name} is different` })[change],
  );

type Change = "new" | "gone" | "other";

function changes<T>(
  then: Readonly<Record<string, T>>,
  now: Readonly<Record<string, T>>,
  textOf: (value: T | undefined) => string = canonicalJson,
): readonly (readonly [string, Change])[] {
  const names = [...new Set([...Object.keys(then), ...Object.keys(now)])].toSorted();
  return names.flatMap((name) => {
    const change: Change | undefined = !Object.hasOwn(then, name)
      ? "new"
      : !Object.hasOwn(now, name)
        ? "gone"
        : textOf(then[name]) !== textOf(now[name])
          ? "other"
          : undefined;
    return change ? [[name, change] as const] : [];
  });
}

function parseJson(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

const unusable = (file: string, why: string): ToolError => new ToolError("file", `"${file}" ${why}`, { file });
