import { readFileSync } from "node:fs";
import { join } from "node:path";
import { hostileBombs } from "./hostile-bombs.ts";
import type { HostileCase } from "./hostile-case.ts";
import { hostileErrors } from "./hostile-errors.ts";
import { hostileEscapes } from "./hostile-escapes.ts";
import { hostileOperations } from "./hostile-operations.ts";
import { hostileValues } from "./hostile-values.ts";

export const hostileDirectory: string = join(import.meta.dir, "hostile");

const tooLong = ["ran longer than"];
const tooMuch = ["more than 64 MiB of memory"];
const plainData = "only plain data can leave a migration";

const inFiles: readonly HostileCase[] = [
  // An empty loop has no position of its own; the statement before it is the nearest that is known.
  { file: "loop-forever.ts", code: "limit", line: 3, says: tooLong },
  { file: "loop-caught.ts", code: "limit", line: 1, says: tooLong },
  { file: "loop-promises.ts", code: "limit", line: 2, says: tooLong },
  { file: "loop-regex.ts", code: "limit", line: 2, says: tooLong },
  { file: "loop-generator.ts", code: "limit", line: 1, says: tooLong },
  { file: "loop-sort.ts", code: "limit", line: 1, says: tooLong },
  { file: "loop-builtin.ts", code: "limit", line: 2, says: ["inside one built-in function"], fatal: true },
  { file: "memory-array.ts", code: "limit", line: 2, says: tooMuch },
  // No place is left to note where it happened.
  { file: "memory-list.ts", code: "limit", line: 1, says: tooMuch },
  { file: "memory-map.ts", code: "limit", line: 2, says: tooMuch },
  { file: "memory-string.ts", code: "limit", line: 2, says: tooMuch },
  { file: "memory-enum.ts", code: "limit", line: 13, says: tooMuch },
  { file: "stack.ts", code: "limit", line: 2, says: ["nested too deeply"] },
  { file: "stack-json.ts", code: "limit", line: 1, says: ["nested too deeply"] },
  { file: "throws.ts", code: "migration", line: 5, says: ["no table for you"] },
  { file: "throws-text.ts", code: "migration", line: 1, says: ['threw "only a text" instead of an Error'] },
  { file: "throws-proxy.ts", code: "migration", line: 1, says: ["threw a Proxy"] },
  {
    file: "import-node.ts",
    code: "migration",
    line: 1,
    says: ['"node:fs" cannot be imported', "no access to the system"],
  },
  { file: "import-unused.ts", code: "migration", line: 2, says: ['"node:fs" cannot be imported'] },
  { file: "import-relative.ts", code: "migration", line: 1, says: ['"./shared" cannot be imported', "stands alone"] },
  { file: "import-package.ts", code: "migration", line: 2, says: ['module "slugify"', "godwit symbols add slugify"] },
  { file: "import-dynamic.ts", code: "migration", line: 2, says: ['"node:fs" cannot be imported'] },
  { file: "import-text.ts", code: "migration", line: 1, says: ['"/etc/passwd" cannot be imported'] },
  { file: "macro.ts", code: "migration", line: 6, says: ["macros are not available"] },
  { file: "require.ts", code: "migration", line: 1, says: ['require("node:fs") is not available'] },
  { file: "process.ts", code: "migration", line: 1, says: ['"process" is not available', "no access to the system"] },
  { file: "fetch.ts", code: "migration", line: 1, says: ['"fetch" is not available', "no network"] },
  { file: "clock.ts", code: "migration", line: 3, says: ["Date.now() is not available", "CURRENT_TIMESTAMP"] },
  { file: "random.ts", code: "migration", line: 1, says: ["Math.random() is not available"] },
  { file: "timer.ts", code: "migration", line: 1, says: ['"setTimeout" is not available', "no timers"] },
  { file: "never.ts", code: "migration", line: 2, says: ["awaits something that never happens"] },
  { file: "proxy.ts", code: "migration", line: 3, says: ["operations[0] is a Proxy", plainData] },
  { file: "proxy-array.ts", code: "migration", line: 1, says: ["operations is a Proxy"] },
  { file: "cyclic.ts", code: "migration", line: 5, says: ["operations[0].fields[0].self.deeper contains itself"] },
  { file: "getter.ts", code: "migration", line: 1, says: ["operations[0].kind is a getter", plainData] },
  {
    file: "function-value.ts",
    code: "migration",
    line: 3,
    says: ["operations[1].fields[0].name is a function", plainData],
  },
  { file: "huge-array.ts", code: "migration", line: 3, says: ["array of 4294967291 elements", "100000"] },
  { file: "sparse.ts", code: "migration", line: 1, says: ["operations[1] is a hole"] },
  { file: "class-instance.ts", code: "migration", line: 4, says: ["operations[0] is an instance of Table"] },
  { file: "map-value.ts", code: "migration", line: 1, says: ["operations is an instance of Map"] },
  { file: "not-a-number.ts", code: "migration", line: 1, says: ["operations[0].length is NaN"] },
  { file: "proto-key.ts", code: "migration", line: 1, says: ["operations[0].__proto__ is a key that is not allowed"] },
  { file: "no-default.ts", code: "migration", line: 1, says: ["no default export", "export default migration("] },
  { file: "syntax.ts", code: "migration", line: 5, says: ["syntax error", "]"] },
  { file: "unreadable.ts", code: "migration", line: 2, says: ["syntax error"] },
];

export const hostileCases: readonly HostileCase[] = [
  ...inFiles,
  ...hostileBombs,
  ...hostileErrors,
  ...hostileEscapes,
  ...hostileOperations,
  ...hostileValues,
];

export const sourceOf = ({ file, source }: HostileCase): string =>
  source ?? readFileSync(join(hostileDirectory, file), "utf8");

/** Whether it meets the deadline, however fast or slow the machine. */
export const isEndless = ({ says }: HostileCase): boolean => says.includes("ran longer than");
