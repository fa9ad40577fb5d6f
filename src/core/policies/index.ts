import type { Position } from "../errors.ts";
import type { SqlPlace } from "../plan/migration.ts";
import type { Violation } from "./define.ts";
import { ownersOf } from "./owners.ts";
import { namespacesMadeBy } from "./qualified-touch.ts";
import { policies } from "./rules.gen.ts";
import { type Source, sourcesOf } from "./source.ts";
import type { PolicyFinding, PolicyRequest } from "./track.ts";

export { policies };

/**
 * Where the migrations of tracks break a policy: what one does to another's tables, and what a track forbids itself. No database is
 * asked. In the order of tracks, migrations and operations, the way up before the way down.
 */
export function policyFindings({ tracks, dialect }: PolicyRequest): readonly PolicyFinding[] {
  const namespaces = dialect.capabilities.namespaces ? namespacesMadeBy(tracks) : [];
  const sources = tracks.flatMap((track) => sourcesOf(track, { dialect, namespaces }));
  const context = { owners: ownersOf(tracks, sources), dialect };
  return sources.flatMap((source) =>
    policies
      .filter((policy) => policy.applies(source.track))
      .flatMap((policy) => policy.check(source, context).map((violation) => findingOf(policy.code, source, violation))),
  );
}

function findingOf(code: string, source: Source, { offset, message }: Violation): PolicyFinding {
  const { track, migration, operation, direction, sql } = source;
  const place = direction === "down" ? migration.sql?.down : migration.sql?.up;
  const position = place && sql !== undefined ? positionIn(sql, offset ?? 0, place) : undefined;
  return {
    code,
    track: track.name,
    migration: migration.name,
    direction,
    operation,
    file: position?.file ?? migration.file,
    line: position?.line ?? null,
    column: position?.column ?? null,
    message,
  };
}

function positionIn(sql: string, offset: number, { file, line }: SqlPlace): Position {
  const before = sql.slice(0, offset).split("\n");
  return { file, line: line + before.length - 1, column: (before.at(-1)?.length ?? 0) + 1 };
}
