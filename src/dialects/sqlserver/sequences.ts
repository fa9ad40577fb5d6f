import { type Command, execute, type Renderers } from "../../core/ddl/dialect.ts";
import { words } from "../../core/ddl/sql.ts";
import { ToolError } from "../../core/errors.ts";
import type { Sequence } from "../../core/schema/model.ts";
import { describe, inSchema } from "./comments.ts";
import { quote } from "./names.ts";

/** https://learn.microsoft.com/sql/t-sql/statements/create-sequence-transact-sql */
export const sequenceRenderers: Pick<Renderers, "createSequence" | "alterSequence" | "dropSequence"> = {
  createSequence: ({ sequence }) => {
    const { name, type, comment } = sequence;
    refuseOwner(sequence);
    return [
      execute(
        words(`CREATE SEQUENCE ${quote(name)} AS ${sqlType(type)} START WITH ${startOf(sequence)}`, told(sequence)),
      ),
      ...(comment === undefined ? [] : described(sequence)),
    ];
  },
  alterSequence: ({ before, after }) => alterSequence(before, after),
  dropSequence: ({ name }) => [execute(`DROP SEQUENCE ${quote(name)}`)],
};

const sqlType = (type: Sequence["type"]): string => (type === "integer" ? "INT" : (type ?? "bigint").toUpperCase());

const isDown = ({ increment }: Sequence): boolean => String(increment ?? 1).startsWith("-");

/** By itself a sequence of SQL Server begins at the least number of its type, which is far below zero. */
const startOf = (s: Sequence): number | string => s.start ?? (isDown(s) ? (s.max ?? -1) : (s.min ?? 1));

const told = (s: Sequence): string =>
  words(
    `INCREMENT BY ${s.increment ?? 1}`,
    bound("MINVALUE", s.min ?? (isDown(s) ? undefined : 1)),
    bound("MAXVALUE", s.max ?? (isDown(s) ? -1 : undefined)),
    s.cycle ? "CYCLE" : "NO CYCLE",
    s.cache === undefined ? "CACHE" : Number(s.cache) === 1 ? "NO CACHE" : `CACHE ${s.cache}`,
  );

const bound = (word: string, value: number | string | undefined): string =>
  value === undefined ? `NO ${word}` : `${word} ${value}`;

function alterSequence(before: Sequence, after: Sequence): readonly Command[] {
  refuseOwner(after);
  const changes = told(after) !== told(before);
  if (before.type !== after.type || String(startOf(before)) !== String(startOf(after))) throw settled(after);
  return [
    ...(changes ? [execute(`ALTER SEQUENCE ${quote(after.name)} ${told(after)}`)] : []),
    ...(before.comment === after.comment ? [] : described(after)),
  ];
}

const described = ({ name, comment }: Sequence): readonly Command[] => describe(inSchema("SEQUENCE", name), comment);

function refuseOwner({ name, ownedBy }: Sequence): void {
  if (ownedBy === undefined) return;
  throw new ToolError(
    "unsupported",
    `sequences of SQL Server belong to no column, and sequence "${name}" is to belong to ${ownedBy}; use type serial, or leave owned_by out`,
    { sequence: name },
  );
}

const settled = ({ name }: Sequence): ToolError =>
  new ToolError(
    "unsupported",
    `the type and the start of a sequence are settled in SQL Server when it is made; drop sequence "${name}" and create it anew`,
    { sequence: name },
  );
