import type { Arguments } from "./command.ts";

/** For commands that tell what one of the project's databases lacks. `loadProject` takes what it says. */
export const databasesArguments = {
  databases: {
    type: "string",
    multiple: true,
    valueHint: "NAMES",
    description:
      "All databases that the migrations are to run on, in place of those in godwit.yaml; commas between them",
  },
} as const satisfies Arguments;
