import type { Arguments } from "./command.ts";

/** For commands that read migrations and write none. `loadProject` takes what it says. */
export const compiledArguments = {
  from: { type: "string", valueHint: "FILE", description: "Take the migrations from what `godwit compile` wrote" },
} as const satisfies Arguments;
