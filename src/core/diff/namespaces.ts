import { namespaceParamsOf } from "../operations/namespace-params.ts";
import { sameDatabases } from "../schema/for-databases.ts";
import type { Schema } from "../schema/model.ts";
import { namespacesOf } from "../schema/namespaces.ts";
import type { Draft } from "./draft.ts";

/** Makes the namespaces that are new, and describes those that are called something else now. */
export function createNamespaces(draft: Draft, to: Schema): void {
  for (const wanted of namespacesOf(to)) {
    const old = namespacesOf(draft.state).find(({ name }) => name === wanted.name);
    if (!old) draft.add({ kind: "createNamespace", ...namespaceParamsOf(wanted) });
    else if (old.comment !== wanted.comment || !sameDatabases(old, wanted))
      draft.add({ kind: "alterNamespace", ...namespaceParamsOf(wanted) });
  }
}

/** Drops the namespaces that are gone: nothing is in them any more. */
export function dropNamespaces(draft: Draft, to: Schema): void {
  for (const { name } of namespacesOf(draft.state)) {
    if (!namespacesOf(to).some((wanted) => wanted.name === name)) draft.add({ kind: "dropNamespace", name });
  }
}
