import { ToolError } from "../core/errors.ts";
import type { execute as inBun } from "./run.ts";

/** Stands in for run.ts where there is no Bun: the command line has drivers and a translator that are Bun's. */
export const execute: typeof inBun = () => {
  throw new ToolError(
    "usage",
    'the command line of godwit/cli needs Bun: run the program with "bun", or make an executable of it with "bun build --compile"; a program for Node migrates with the library: import { migrate } from "godwit"',
  );
};
