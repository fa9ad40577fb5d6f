import type { Arguments, GlobalFlags } from "./command.ts";

/** For commands that read migrations and write none. `loadProject` takes what it says. */
export const compiledArguments = {
  from: { type: "string", valueHint: "FILE", description: "Take the migrations from what `godwit compile` wrote" },
} as const satisfies Arguments;

/** The flags as `loadProject` takes them: a `--from` that means something else, such as a tool, is none of its business. */
export function projectFlags(args: Arguments, flags: GlobalFlags & { readonly from?: string }): GlobalFlags {
  if (args["from"] === compiledArguments.from) return flags;
  const { from: _, ...others } = flags;
  return others;
}
