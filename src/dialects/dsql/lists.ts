import { type Command, execute } from "../../core/ddl/dialect.ts";
import { beside, localName, namespaceOf } from "../../core/ddl/qualified.ts";
import type { RenameThing } from "../../core/ddl/rename-statements.ts";
import type { Quote } from "../../core/ddl/sql.ts";
import type { DomainImage, StatementOf } from "../../core/ddl/statement.ts";
import type { Sequence } from "../../core/schema/model.ts";
import { alterDomainSql, domainRenderers, listRenderers } from "../postgres/dialect.ts";
import { cannot } from "./columns.ts";

/** Of a domain, defaults and names change, and NOT NULL goes. Throws ToolError `unsupported` for the rest. */
export function alterDomain(quote: Quote, { before, after }: StatementOf<"alterDomain">): readonly Command[] {
  const statements = alterDomainSql(quote, before, after);
  const refused = statements.find((sql) =>
    /^ALTER DOMAIN [\s\S]* (?:SET NOT NULL$|ADD CONSTRAINT |VALIDATE CONSTRAINT )/.test(sql),
  );
  if (refused !== undefined)
    throw cannot(
      `change the domain "${after.name}"`,
      "a domain there gets neither further checks nor NOT NULL; make another domain, and fields of it",
      { domain: after.name },
    );
  return statements.map(execute);
}

/** As in PostgreSQL, but that a check comes with its domain, validated, and that there is one collation. */
export function newDomain(quote: Quote, domain: DomainImage): readonly Command[] {
  const unchecked = domain.checks?.find(({ notValid }) => notValid);
  const no = (why: string) => cannot(`make the domain "${domain.name}"`, why, { domain: domain.name });
  if (unchecked) throw no(`a domain there gets no further checks, and "${unchecked.name}" is not to be validated`);
  if (domain.collation !== undefined)
    throw no("everything there is sorted by the collation C; leave the collation out");
  const { createDomain } = domainRenderers(quote);
  return "unsupported" in createDomain ? [] : createDomain({ kind: "createDomain", domain });
}

/** How many numbers a session takes at once has to be said: https://docs.aws.amazon.com/aurora-dsql/latest/userguide/create-sequence-syntax-support.html */
export function newSequence(quote: Quote, sequence: Sequence): readonly Command[] {
  const { createSequence } = listRenderers(quote);
  return "unsupported" in createSequence
    ? []
    : createSequence({ kind: "createSequence", sequence: withCache(sequence) });
}

export function changedSequence(quote: Quote, before: Sequence, after: Sequence): readonly Command[] {
  const { alterSequence } = listRenderers(quote);
  return "unsupported" in alterSequence
    ? []
    : alterSequence({ kind: "alterSequence", before: withCache(before), after: withCache(after) });
}

/** Throws ToolError `unsupported` for a sequence that counts in something else than bigint. */
function withCache({ type, ...sequence }: Sequence): Sequence {
  const no = (why: string) => cannot(`have the sequence "${sequence.name}"`, why, { sequence: sequence.name });
  if (type !== undefined && type !== "bigint") throw no("sequences there count in bigint; leave the type out");
  const cache = sequence.cache ?? 1;
  if (Number(cache) !== 1 && Number(cache) < 65_536) throw no(`a cache there is 1, or 65536 and more; it is ${cache}`);
  return { ...sequence, cache };
}

/** A namespace keeps its name there; domains and sequences get another one, or move. */
export function renameThing(quote: Quote, { what, from, to }: RenameThing): readonly Command[] {
  if (what !== "domain" && what !== "sequence")
    throw cannot(
      `rename the ${what} "${from}"`,
      "its documentation has no ALTER SCHEMA; make another one and move the tables there",
      { name: from },
    );
  const word = what.toUpperCase();
  const rename = (name: string, now: string): Command =>
    execute(`ALTER ${word} ${quote(name)} RENAME TO ${quote(now)}`);
  const move = (name: string): Command =>
    execute(`ALTER ${word} ${quote(name)} SET SCHEMA ${quote(namespaceOf(to) ?? "public")}`);
  if (namespaceOf(from) === namespaceOf(to)) return [rename(from, localName(to))];
  if (localName(from) === localName(to)) return [move(from)];
  const onTheWay = beside(from, "godwit_moving");
  return [rename(from, localName(onTheWay)), move(onTheWay), rename(beside(to, localName(onTheWay)), localName(to))];
}
