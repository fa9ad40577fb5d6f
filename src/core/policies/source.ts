import { forDialect } from "../ddl/default.ts";
import type { Dialect } from "../ddl/dialect.ts";
import type { Operation } from "../operations/index.ts";
import type { Migration } from "../plan/migration.ts";
import { operationTouches } from "./operation-touches.ts";
import { qualifiedTouch } from "./qualified-touch.ts";
import { type SqlStatement, statementsOf } from "./sql/statement.ts";
import { touchesOf } from "./sql/touches.ts";
import type { Touch } from "./touch.ts";
import type { PolicyTrack } from "./track.ts";

/** One operation of a migration in one direction, read. */
export interface Source {
  readonly track: PolicyTrack;
  readonly migration: Migration;
  /** Index in the migration, from 0. */
  readonly operation: number;
  readonly direction: "up" | "down";
  /** The SQL of a `runSQL`, for the dialect at hand. */
  readonly sql?: string;
  readonly statements: readonly ReadStatement[];
  /** What all of it does when the migration runs, in order; not what a function does whenever it is called. */
  readonly touches: readonly Touch[];
}

export interface ReadStatement extends SqlStatement {
  /** What it does, whenever it runs. */
  readonly touches: readonly Touch[];
}

/**
 * All operations of a track, those in SQL both ways. The way back of the others is not looked at: it is made from the state of their own
 * track, and touches what they touched.
 */
export const sourcesOf = (track: PolicyTrack, reading: Reading): readonly Source[] =>
  track.migrations.flatMap((migration) =>
    migration.operations.flatMap((operation, i) =>
      directionsOf(operation, reading).map((read) => ({ track, migration, operation: i, ...read })),
    ),
  );

/** What names are read with. */
interface Reading {
  readonly dialect: Dialect;
  /** Those of all tracks. */
  readonly namespaces: readonly string[];
}

type Read = Omit<Source, "track" | "migration" | "operation">;

function directionsOf(operation: Operation, { dialect, namespaces }: Reading): readonly Read[] {
  if (operation.kind !== "runSQL") {
    const touches = operationTouches(operation, dialect.scriptSyntax).map((touch) =>
      qualifiedTouch(touch, namespaces, dialect.scriptSyntax),
    );
    return [{ direction: "up", statements: [], touches }];
  }
  const { forward, backward } = operation;
  return [...sqlSource("up", forward, dialect), ...sqlSource("down", backward, dialect)];
}

function sqlSource(
  direction: "up" | "down",
  text: string | Readonly<Record<string, string>> | undefined,
  dialect: Dialect,
): readonly Read[] {
  const sql = typeof text === "object" ? forDialect(text, dialect) : text;
  if (sql === undefined) return [];
  const statements = statementsOf(sql, dialect.scriptSyntax).map((statement) => ({
    ...statement,
    touches: touchesOf(statement, dialect.scriptSyntax),
  }));
  return [{ direction, sql, statements, touches: atOnce(statements).flatMap(({ touches }) => touches) }];
}

/** Those that run when the migration does. */
export const atOnce = (statements: readonly ReadStatement[]): readonly ReadStatement[] =>
  statements.filter(({ within }) => within !== "routine");
