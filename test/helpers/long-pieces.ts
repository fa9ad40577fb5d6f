import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** A part of the long run: what some test files do longer, or only, when `GODWIT_TEST_LONG` is set. */
export interface LongPiece {
  readonly name: string;
  readonly files: readonly string[];
}

const mark = "GODWIT_TEST_LONG";

/** Each test file that asks for it, and all beside a file that does and is no test itself. `files`: all files of tests, relative to `root`. */
export function longPieces(root: string, files: readonly string[]): readonly LongPiece[] {
  const asking = files
    .filter((file) => file.startsWith("test/") && !notTests.has(file))
    .filter((file) => asks(root, file));
  const tests = files.filter(isTest);
  return asking
    .toSorted()
    .map((file) =>
      isTest(file)
        ? { name: basename(file, ".test.ts"), files: [file] }
        : { name: basename(dirname(file)), files: tests.filter((test) => dirname(test) === dirname(file)).toSorted() },
    );
}

const isTest = (file: string): boolean => file.endsWith(".test.ts");
const asks = (root: string, file: string): boolean => readFileSync(join(root, file), "utf8").includes(mark);

/** Those that start the run. */
const notTests = new Set(["test/run.ts", "test/helpers/long-pieces.ts", "test/helpers/long-pieces.test.ts"]);
