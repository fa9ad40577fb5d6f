import { ROLE, TABLE } from "./marks.ts";
import { isMarked, textOf } from "./sql.ts";

/** What is recorded of a policy: the texts of its clauses. */
export interface PolicyRecord {
  readonly name: string;
  readonly table: string;
  readonly schema?: string;
  readonly restrictive: boolean;
  readonly command?: string;
  readonly roles: readonly string[];
  readonly using?: string;
  readonly check?: string;
}

/** The record of a policy that stands in `table`, or is linked to one; none when it is neither. */
export function policyRecord(state: unknown, table?: Place): PolicyRecord | [] {
  const { name, config, table: linked } = state as { name: string; config: Record<string, unknown>; table?: unknown };
  const of = isMarked(linked, TABLE) ? (linked[TABLE] as Place) : table;
  if (of === undefined) return [];
  const roles = [config["to"] ?? []].flat() as readonly unknown[];
  const command = config["for"] as string | undefined;
  return {
    name,
    table: of.name,
    ...(of.schema !== undefined && { schema: of.schema }),
    restrictive: config["as"] === "restrictive",
    ...(command !== undefined && { command }),
    roles: roles.map((role) => (isMarked(role, ROLE) ? (role[ROLE] as { readonly name: string }).name : String(role))),
    ...(config["using"] !== undefined && { using: textOf(config["using"], "alone") }),
    ...(config["withCheck"] !== undefined && { check: textOf(config["withCheck"], "alone") }),
  };
}

interface Place {
  readonly name: string;
  readonly schema?: string;
}
