import { ToolError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import type { Migration } from "./migration.ts";

/**
 * Throws ToolError `graph` for what nobody can have meant by `replaces`: a name without a file beside names with one, unless it is history of a
 * migration among these; and two migrations without a third that runs between them.
 */
export function refuseOddReplaces(standing: readonly Migration[], files: ReadonlyMap<string, Migration>): void {
  for (const migration of standing) {
    refuseUnknown(migration, files);
    refuseGaps(migration, files);
  }
}

function refuseUnknown({ name, file, replaces }: Migration, files: ReadonlyMap<string, Migration>): void {
  const there = replaces.flatMap((each) => files.get(each) ?? []);
  if (there.length === 0 || there.length === replaces.length) return;
  const history = new Set(there.flatMap((each) => each.replaces));
  const unknown = replaces.find((each) => !files.has(each) && !history.has(each));
  if (unknown === undefined) return;
  const near = nearest(
    unknown,
    [...files.keys()].filter((each) => each !== name && !replaces.includes(each)),
  );
  const what = near
    ? `did you mean "${near}"?`
    : "take it out, or restore its file; when databases are past all of them, `godwit generate squash --finish` removes the others, too";
  throw new ToolError("graph", `${file}: replaces "${unknown}", which does not exist; ${what}`, {
    migration: name,
    file,
    replaces: unknown,
    ...(near && { nearest: near }),
  });
}

/** What is between would have to run before it and after it. */
function refuseGaps({ name, file, replaces }: Migration, files: ReadonlyMap<string, Migration>): void {
  const members = membersOf(replaces, files);
  if (members.size < 2) return;
  const behind = behindThem(members, files);
  for (const member of members) {
    const between = files.get(member)?.dependencies.find((each) => behind.has(each));
    const first = between === undefined ? undefined : behind.get(between);
    if (between === undefined || first === undefined) continue;
    throw new ToolError(
      "graph",
      `${file}: replaces "${first}" and "${member}", and not "${between}", which runs between them; add it to \`replaces\`, or leave one of the two out`,
      { migration: name, file, between },
    );
  }
}

/** What has a file, with what these stand for themselves. */
function membersOf(names: readonly string[], files: ReadonlyMap<string, Migration>): ReadonlySet<string> {
  const found = new Set(names);
  for (const each of found) for (const inner of files.get(each)?.replaces ?? []) found.add(inner);
  return new Set([...found].filter((each) => files.has(each)));
}

/** What builds on them and is none of them → one of them that it builds on. */
function behindThem(members: ReadonlySet<string>, files: ReadonlyMap<string, Migration>): ReadonlyMap<string, string> {
  const children = new Map<string, string[]>();
  for (const { name, dependencies } of files.values())
    for (const each of dependencies) children.set(each, [...(children.get(each) ?? []), name]);
  const found = new Map<string, string>();
  const queue = [...members].map((member) => ({ at: member, from: member }));
  for (let next = queue.pop(); next; next = queue.pop()) {
    for (const child of children.get(next.at) ?? []) {
      if (members.has(child) || found.has(child)) continue;
      found.set(child, next.from);
      queue.push({ at: child, from: next.from });
    }
  }
  return found;
}
