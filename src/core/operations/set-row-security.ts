import * as v from "valibot";
import { ToolError } from "../errors.ts";
import { withTable } from "../schema/edit.ts";
import type { RowSecurity, Table } from "../schema/model.ts";
import { rowSecurities } from "../schema/model.ts";
import { getTable } from "../schema/resolve.ts";
import { defineOperation } from "./define.ts";
import { clinic, clinicRows } from "./example-schema.ts";
import { described, flagsOf, ignoreErrors, schemaOnly, tableName } from "./params.ts";

export default defineOperation({
  kind: "setRowSecurity",
  summary: "Says whether policies decide which rows of a table somebody may see and change.",
  params: v.strictObject({
    table: tableName,
    security: described(
      v.picklist(["disabled", ...rowSecurities]),
      "`enabled` does not hold for the owner of the table, `forced` does.",
    ),
    schemaOnly,
    ignoreErrors,
  }),
  risk: "safe",
  title: (p) => `set row security of "${p.table}" to ${p.security}`,
  table: (p) => p.table,
  apply: (schema, { table: name, security }) => {
    if (securityOf(getTable(schema, name)) === security)
      throw new ToolError("state", `row security of table "${name}" is ${security} already at this point`, {
        table: name,
      });
    return withTable(schema, name, ({ rowSecurity: _, ...table }) => ({
      ...table,
      ...(security !== "disabled" && { rowSecurity: security }),
    }));
  },
  lower: (p) => [{ kind: "setRowSecurity", table: p.table, security: p.security }],
  invert: (p, before) => [
    { kind: "setRowSecurity", table: p.table, security: securityOf(getTable(before, p.table)), ...flagsOf(p) },
  ],
  examples: [
    {
      title: "for all but the owner",
      before: clinic,
      rows: clinicRows,
      params: { table: "visits", security: "enabled" },
    },
    { title: "for the owner too", before: clinic, rows: clinicRows, params: { table: "visits", security: "forced" } },
    {
      title: "no longer",
      before: withTable(clinic, "visits", (table) => ({ ...table, rowSecurity: "enabled" })),
      rows: clinicRows,
      params: { table: "visits", security: "disabled" },
    },
  ],
});

const securityOf = ({ rowSecurity }: Table): RowSecurity | "disabled" => rowSecurity ?? "disabled";
