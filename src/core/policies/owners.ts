import type { Source } from "./source.ts";
import { isRelation, type ObjectName, type Touch } from "./touch.ts";
import type { PolicyTrack } from "./track.ts";

/** Who made what. */
export interface Owners {
  /** The other track that made the table or view; `undefined` when nobody did, or when the track of `by` did so too. */
  ofTable(name: ObjectName, by: Source): PolicyTrack | undefined;
  /** The same for an index that a statement names without its table. */
  ofIndex(name: ObjectName, by: Source): PolicyTrack | undefined;
  /** The other track that comes first among those that make the table or view. */
  firstOfTable(name: ObjectName, by: Source): PolicyTrack | undefined;
  /** Whether the first of two tracks is applied before the second. */
  isEarlier(track: PolicyTrack, than: PolicyTrack): boolean;
}

/**
 * Reads from all that all tracks do who made each table. What goes down made it only where nothing that goes up did. A temporary table
 * hides others of its name from its own migration, and belongs to its track where there is no other.
 */
export function ownersOf(tracks: readonly PolicyTrack[], sources: readonly Source[]): Owners {
  const homes = new Set(tracks.flatMap(({ schema }) => schema ?? []));
  const makings = sources
    .flatMap((source) => source.touches.flatMap((touch) => makingOf(touch, source) ?? []))
    .toSorted((a, b) => rankOf(a) - rankOf(b));
  const tables = byName(makings.filter(({ touch }) => isRelation(touch.object)));
  const indexes = byName(makings.filter(({ touch }) => touch.object === "index"));
  return {
    ofTable: (name, by) => ownerOf(meant(tables, name, by, homes), by),
    ofIndex: (name, by) => ownerOf(meant(indexes, name, by, homes), by),
    firstOfTable: (name, by) => {
      const first = meant(tables, name, by, homes).find(({ touch }) => !touch.temporary)?.source.track;
      return first === by.track ? undefined : first;
    },
    isEarlier: (track, than) => tracks.indexOf(track) < tracks.indexOf(than),
  };
}

/** A statement or an operation that makes something. */
interface Making {
  readonly touch: Touch;
  readonly name: ObjectName;
  readonly source: Source;
}

function makingOf(touch: Touch, source: Source): Making | undefined {
  return touch.verb === "create" && touch.name ? { touch, name: touch.name, source } : undefined;
}

type Makings = ReadonlyMap<string, readonly Making[]>;

function byName(makings: readonly Making[]): Makings {
  const found = new Map<string, Making[]>();
  for (const making of makings) {
    const same = found.get(making.name.name);
    if (same) same.push(making);
    else found.set(making.name.name, [making]);
  }
  return found;
}

const rankOf = ({ touch, source }: Making): number => (touch.temporary ? 2 : source.direction === "down" ? 1 : 0);

function ownerOf(there: readonly Making[], by: Source): PolicyTrack | undefined {
  const own = there.some(({ touch, source }) =>
    touch.temporary ? source.migration === by.migration : source.track === by.track,
  );
  const first = there[0]?.source.track;
  return own || first === by.track ? undefined : first;
}

/**
 * What of that name is meant, in the same schema if possible. A name without a schema may be what another migration calls by one, unless
 * that is the home of a track.
 */
function meant(makings: Makings, name: ObjectName, by: Source, homes: ReadonlySet<string>): readonly Making[] {
  const wanted = name.schema ?? by.track.schema;
  const named = makings.get(name.name) ?? [];
  const schemaOf = (making: Making): string | undefined => making.name.schema ?? making.source.track.schema;
  const exact = named.filter((making) => schemaOf(making) === wanted);
  if (exact.length > 0) return exact;
  return named.filter((making) => {
    const there = schemaOf(making);
    const open = there === undefined ? wanted : wanted === undefined ? there : undefined;
    return open !== undefined && !homes.has(open);
  });
}
