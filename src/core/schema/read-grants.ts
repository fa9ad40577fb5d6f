import type { DeclaredObject } from "./declared.ts";
import { type Grant, grantObject, privilegePattern } from "./grants.ts";
import { at, child, complain, isMapping, items, missing, type Part, readFlag, readName, readText } from "./part.ts";

export const grantKeys = ["to", "privileges", "with_grant_option"] as const;

/** The `grants` of a table or a view, an object for each role. */
export function readGrants(owner: Part): readonly DeclaredObject[] {
  const name = (owner.value as { readonly name?: unknown } | null)?.name;
  const listed = child(owner, "grants");
  if (!listed || typeof name !== "string") return [];
  const part = { ...listed, title: `grants of "${name}"` };
  const grants = items(part).flatMap((item) => readGrant(item) ?? []);
  const roles = [...new Set(grants.map(({ to }) => to))];
  return roles.flatMap((role) => {
    const [first, ...rest] = grants.filter(({ to }) => to === role);
    return first ? [{ ...grantObject(name, [first, ...rest]), at: at(part) }] : [];
  });
}

function readGrant(part: Part): Grant | undefined {
  if (!isMapping(part, grantKeys)) return undefined;
  const to = readName(child(part, "to"));
  const option = readFlag(child(part, "with_grant_option"));
  const listed = child(part, "privileges");
  if (to === undefined) return missing(part, "to");
  if (!listed) return missing(part, "privileges");
  const privileges = items(listed).flatMap((item) => {
    const text = readText(item)
      ?.trim()
      .replace(/^([A-Za-z]+)(?:\s*(\(.*))?$/, (_, word: string, columns?: string) =>
        columns === undefined ? word.toLowerCase() : `${word.toLowerCase()} ${columns}`,
      );
    if (text === undefined) return [];
    if (privilegePattern.test(text)) return [text];
    complain(item, `"${text}" is no privilege; write select, insert, update (a, b) …`);
    return [];
  });
  if (items(listed).length === 0) complain(listed, "needs at least one privilege");
  return privileges.length === 0 ? undefined : { to, privileges, ...(option && { withGrantOption: true }) };
}
