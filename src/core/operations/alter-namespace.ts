import * as v from "valibot";
import { emptySchema } from "../schema/model.ts";
import { getNamespace, namespacesOf, withNamespaces } from "../schema/namespaces.ts";
import { defineOperation } from "./define.ts";
import { namespaceFrom, namespaceName, namespaceParamsOf, namespaceWordEntries } from "./namespace-params.ts";
import { flagsOf, ignoreErrors, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "alterNamespace",
  summary: "Describes a namespace in other words or no longer, or gives it to other databases.",
  params: v.strictObject({ name: namespaceName, ...namespaceWordEntries, schemaOnly, ignoreErrors }),
  risk: "safe",
  title: (p) => `alter namespace "${p.name}"`,
  table: () => undefined,
  apply: (schema, p) => {
    const found = getNamespace(schema, p.name);
    return withNamespaces(
      schema,
      namespacesOf(schema).map((each) => (each === found ? namespaceFrom(p) : each)),
    );
  },
  lower: ({ name, comment }) => [{ kind: "commentNamespace", name, ...(comment !== undefined && { comment }) }],
  invert: (p, before) => [
    { kind: "alterNamespace", ...namespaceParamsOf(getNamespace(before, p.name)), ...flagsOf(p) },
  ],
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
