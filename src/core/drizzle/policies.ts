import type { ManagedObject } from "../schema/model.ts";
import type { Recorded } from "./recorded.ts";
import { nameIn } from "./tables.ts";

/** A policy as the statement that makes it, in the order of clauses that PostgreSQL has. */
export function policyOf({
  name,
  table,
  schema,
  restrictive,
  command,
  roles,
  using,
  check,
}: Recorded["policies"][number]): ManagedObject {
  const clauses = [
    `CREATE POLICY ${quoted(name)} ON ${[schema ?? [], table].flat().map(quoted).join(".")}`,
    restrictive && "AS RESTRICTIVE",
    command !== undefined && command !== "all" && `FOR ${command.toUpperCase()}`,
    roles.length > 0 && `TO ${roles.map(roleName).join(", ")}`,
    using !== undefined && `USING (${using})`,
    check !== undefined && `WITH CHECK (${check})`,
  ];
  return {
    kind: "policy",
    name,
    table: nameIn(schema, table),
    definition: clauses.filter((clause) => clause !== false).join(" "),
  };
}

/** These are words of SQL and no names. */
const roleName = (role: string): string =>
  /^(?:public|current_role|current_user|session_user)$/i.test(role) ? role.toUpperCase() : quoted(role);

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
