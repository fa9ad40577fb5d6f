import { enumParamsOf } from "../operations/enum-params.ts";
import type { Operation } from "../operations/index.ts";
import { paramsOf } from "../operations/list-params.ts";
import { namespaceParamsOf } from "../operations/namespace-params.ts";
import { databaseNames, withParents } from "../schema/databases.ts";
import { databasesOf, isFor, isLimited, sameDatabases } from "../schema/for-databases.ts";
import type { ForDatabases, Schema } from "../schema/model.ts";

interface Named extends ForDatabases {
  readonly name: string;
}

const keys = ["namespaces", "extensions", "enums", "domains", "sequences"] as const;

/**
 * The schema in which types and the like are also for the databases that have them now: fields of theirs go, and others come, while both are there.
 * `narrowLists` brings it to `to`.
 */
export function withWiderLists(from: Schema, to: Schema): Schema {
  const widened = keys.flatMap((key) => {
    const [old, next]: (readonly Named[])[] = [from[key] ?? [], to[key] ?? []];
    const wide =
      next?.map((thing) =>
        wider(
          old?.find(({ name }) => name === thing.name),
          thing,
        ),
      ) ?? [];
    return wide.some((thing, i) => thing !== next?.[i]) ? [[key, wide] as const] : [];
  });
  return widened.length > 0 ? { ...to, ...Object.fromEntries(widened) } : to;
}

/** What takes types and the like from the databases that are not to have them any more, each after what is made out of it. */
export function narrowLists(wide: Schema, to: Schema): readonly Operation[] {
  const changed = <T extends Named>(now: readonly T[] = [], next: readonly T[] = []): readonly T[] =>
    next.filter((thing) => !sameDatabases(now.find(({ name }) => name === thing.name) ?? thing, thing));
  return [
    ...changed(wide.sequences, to.sequences).map(
      (each) => ({ kind: "alterSequence", ...paramsOf<"sequences">(each) }) as const,
    ),
    ...changed(wide.domains, to.domains)
      .map((each) => ({ kind: "alterDomain", ...paramsOf<"domains">(each) }) as const)
      .toReversed(),
    ...changed(wide.enums, to.enums).map((each) => ({ kind: "alterEnum", ...enumParamsOf(each) }) as const),
    ...changed(wide.extensions, to.extensions).map(
      (each) => ({ kind: "alterExtension", ...paramsOf<"extensions">(each) }) as const,
    ),
    ...changed(wide.namespaces, to.namespaces).map(
      (each) => ({ kind: "alterNamespace", ...namespaceParamsOf(each) }) as const,
    ),
  ];
}

/** `next` for the databases of both; itself where it is for all that had it. */
function wider<T extends Named>(old: ForDatabases | undefined, next: T): T {
  if (!old || !(isLimited(old) || isLimited(next)) || sameDatabases(old, next)) return next;
  const [before, after] = [placesOf(old), placesOf(next)];
  if (before.every((name) => after.includes(name))) return next;
  const { only: _, except: __, ...rest } = next;
  if (after.every((name) => before.includes(name))) return { ...rest, ...databasesOf(old) } as T;
  return { ...rest, ...wordsFor([...before, ...after]) } as T;
}

const placesOf = (words: ForDatabases): readonly string[] =>
  databaseNames.filter((name) => isFor(words, withParents(name)));

/** Words that mean these databases and no others. */
function wordsFor(places: readonly string[]): ForDatabases {
  const only = databaseNames.filter((name) => places.includes(name)).toSorted();
  if (only.length === databaseNames.length) return {};
  const except = databaseNames
    .filter((name) => !places.includes(name) && withParents(name).some((parent) => places.includes(parent)))
    .toSorted();
  return { only, ...(except.length > 0 && { except }) };
}
