import type { QuickJSContext, QuickJSHandle } from "quickjs-emscripten-core";
import type { CallHost } from "./host-line.ts";
import type { HostAnswer, HostCall } from "./messages.ts";

/** A call as it comes out of the guest, with where it stands there. */
export type GuestCall = Omit<HostCall, "script"> & { readonly stack: string };

/** Host modules as the guest loads them: they take their functions from a global that is gone before any code of an author runs. */
export const hostSources = ({ functions }: CallHost): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(functions).map(([module, names]) => {
      const from = `globalThis[${JSON.stringify(SLOT)}][${JSON.stringify(module)}]`;
      const list = names.map((name) => `export const ${name} = from[${JSON.stringify(name)}];`);
      return [module, [`const from = ${from};`, ...list].join("\n")];
    }),
  );

const SLOT = "godwit:host";

/**
 * Loads the host modules of `hostSources` into a context, before anything else that an author wrote. What is returned is to be disposed of with
 * the context.
 */
export function openToGuest(
  context: QuickJSContext,
  prelude: QuickJSHandle,
  { functions, call }: Pick<CallHost, "functions"> & { readonly call: (call: GuestCall) => HostAnswer },
): { dispose(): void } {
  const open: QuickJSHandle[] = [];
  const keep = (handle: QuickJSHandle): QuickJSHandle => {
    open.push(handle);
    return handle;
  };
  const native = keep(
    context.newFunction("host", (module, name, args, stack) => {
      const answer = call({
        module: context.getString(module),
        name: context.getString(name),
        ...counted(context.getString(args)),
        stack: context.getString(stack).slice(0, 8000),
      });
      return context.newString(answerText(answer));
    }),
  );
  const make = keep(context.getProp(prelude, "hostFunction"));
  const modules = keep(context.newObject());
  for (const [module, names] of Object.entries(functions)) {
    const exported = keep(context.newObject());
    for (const name of names) {
      const words = [module, name].map((word) => keep(context.newString(word)));
      const made = keep(context.unwrapResult(context.callFunction(make, context.undefined, native, ...words)));
      context.setProp(exported, name, made);
    }
    context.setProp(modules, module, exported);
  }
  context.setProp(context.global, SLOT, modules);
  const imports = Object.keys(functions).map((module) => `import ${JSON.stringify(module)};`);
  const code = [...imports, `delete globalThis[${JSON.stringify(SLOT)}];`].join("\n");
  keep(context.unwrapResult(context.evalCode(code, "godwit:host", { type: "module", strict: true })));
  return {
    dispose: () => {
      for (const handle of open.toReversed()) handle.dispose();
    },
  };
}

/** The number of the arguments stands before them. */
function counted(text: string): Pick<HostCall, "count" | "args"> {
  const end = text.indexOf(":");
  return { count: Number(text.slice(0, end)), args: text.slice(end + 1) };
}

/** As sandbox/guest/host-function.ts reads it. */
function answerText(answer: HostAnswer): string {
  switch (answer.kind) {
    case "value":
      return answer.text;
    case "refused":
      return `!${answer.message}`;
    case "threw":
      return `?${JSON.stringify({ id: answer.id, name: answer.name, message: answer.message })}`;
    case "over":
      return "!it does not go on";
  }
}
