import { join } from "node:path";
import { buildBinary } from "../../src/build/binary.ts";

/**
 * Path of the compiled executable. `npm test` builds it beforehand and says so in `GODWIT_TEST_BINARY`; a test file that
 * runs alone builds it on first use, so that it never tests yesterday's.
 */
export const godwitBinary = (): Promise<string> => {
  built ??= build();
  return built;
};

let built: Promise<string> | undefined;

const build = async (): Promise<string> => {
  const given = process.env["GODWIT_TEST_BINARY"];
  if (given) return given;
  const outfile = join(import.meta.dir, "../../dist/godwit");
  await buildBinary({ outfile });
  return outfile;
};
