import * as v from "valibot";
import { emptySchema } from "../schema/model.ts";
import { defineOperation } from "./define.ts";
import { namespaceName } from "./namespace-params.ts";
import { renamingOf } from "./thing-params.ts";

export default defineOperation({
  kind: "renameNamespace",
  summary:
    "Renames a namespace. What is in it stays there; keys, types and views follow, the bodies of functions do not.",
  params: v.strictObject({ from: namespaceName, to: namespaceName }),
  ...renamingOf("namespace", "renameNamespace"),
  examples: [
    {
      title: "one with tables",
      before: {
        ...emptySchema,
        namespaces: [{ name: "audit", comment: "kept" }],
        enums: [{ name: "audit.level", values: ["low", "high"] }],
        sequences: [{ name: "audit.numbers" }],
        tables: [
          {
            name: "audit.events",
            fields: [
              { name: "id", type: "bigint", nullable: false, default: { sql: "nextval('audit.numbers')" } },
              { name: "level", type: "audit.level", nullable: false },
              { name: "audit", type: "text", nullable: true },
            ],
            primaryKey: ["id"],
            indexes: [
              { name: "by_level", fields: ["level"], where: "level <> 'low'::audit.level AND audit <> 'audit.x'" },
            ],
            foreignKeys: [],
          },
        ],
      },
      params: { from: "audit", to: "audit_log" },
    },
    {
      title: "one with nothing in it",
      before: { ...emptySchema, namespaces: [{ name: "A b" }] },
      params: { from: "A b", to: "c" },
    },
  ],
});
