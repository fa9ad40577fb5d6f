import * as v from "valibot";
import { refuse } from "../schema/dependents.ts";
import { emptySchema } from "../schema/model.ts";
import {
  getNamespace,
  namesInSchema,
  namespaceNames,
  namespacesOf,
  qualifiedName,
  withNamespaces,
} from "../schema/namespaces.ts";
import { defineOperation } from "./define.ts";
import { namespaceName, namespaceParamsOf } from "./namespace-params.ts";
import { flagsOf, ignoreErrors, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "dropNamespace",
  summary: "Drops a namespace. Refused while something is in it.",
  params: v.strictObject({ name: namespaceName, schemaOnly, ignoreErrors }),
  risk: "safe",
  title: (p) => `drop namespace "${p.name}"`,
  table: () => undefined,
  apply: (schema, { name }) => {
    const found = getNamespace(schema, name);
    const content = namesInSchema(schema).filter(
      (each) => qualifiedName(each, namespaceNames(schema))?.namespace === name,
    );
    refuse(
      `namespace "${name}"`,
      content.map((each) => `"${each}"`),
      { namespace: name },
    );
    return withNamespaces(
      schema,
      namespacesOf(schema).filter((each) => each !== found),
    );
  },
  lower: ({ name }) => [{ kind: "dropNamespace", name }],
  invert: (p, before) => [
    { kind: "createNamespace", ...namespaceParamsOf(getNamespace(before, p.name)), ...flagsOf(p) },
  ],
  examples: [
    {
      title: "one of several",
      before: { ...emptySchema, namespaces: [{ name: "audit", comment: "kept" }, { name: "billing" }] },
      params: { name: "audit" },
    },
    {
      title: "beside one in which something is",
      before: {
        ...emptySchema,
        namespaces: [{ name: "mood" }, { name: "moods" }],
        enums: [{ name: "moods.mood", values: ["sad", "ok"] }],
      },
      params: { name: "mood" },
    },
  ],
});
