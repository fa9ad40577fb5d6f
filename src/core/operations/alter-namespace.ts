import * as v from "valibot";
import { emptySchema } from "../schema/model.ts";
import { getNamespace, namespacesOf, withNamespaces } from "../schema/namespaces.ts";
import { defineOperation } from "./define.ts";
import { namespaceComment, namespaceName } from "./namespace-params.ts";
import { flagsOf, ignoreErrors, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "alterNamespace",
  summary: "Describes a namespace in other words, or no longer.",
  params: v.strictObject({ name: namespaceName, comment: namespaceComment, schemaOnly, ignoreErrors }),
  risk: "safe",
  title: (p) => `${p.comment === undefined ? "remove" : "set"} comment of namespace "${p.name}"`,
  table: () => undefined,
  apply: (schema, { name, comment }) => {
    const found = getNamespace(schema, name);
    const described = { name, ...(comment !== undefined && { comment }) };
    return withNamespaces(
      schema,
      namespacesOf(schema).map((each) => (each === found ? described : each)),
    );
  },
  lower: ({ name, comment }) => [{ kind: "commentNamespace", name, ...(comment !== undefined && { comment }) }],
  invert: (p, before) => [{ kind: "alterNamespace", ...getNamespace(before, p.name), ...flagsOf(p) }],
  examples: [
    {
      title: "a comment comes",
      before: { ...emptySchema, namespaces: [{ name: "audit" }] },
      params: { name: "audit", comment: "it's kept" },
    },
    {
      title: "a comment goes",
      before: { ...emptySchema, namespaces: [{ name: "audit", comment: "kept" }] },
      params: { name: "audit" },
    },
  ],
});
