import * as v from "valibot";
import { lockingTools } from "../core/adopt/locks.ts";
import { parseDuration } from "../core/duration.ts";
import { ToolError } from "../core/errors.ts";
import { nearest } from "../core/nearest.ts";
import { orderPolicies } from "../core/plan/late.ts";
import type { Path } from "../core/schema/part.ts";
import { formatProblem } from "../core/schema/problem.ts";
import { readFound } from "./files.ts";
import { hookKeys, hookShape, hookShapes, hooksShape } from "./hook-config.ts";
import { lockModes } from "./lock-mode.ts";
import { logFormats } from "./log-format.ts";
import { trackShape, tracksShape } from "./track-config.ts";
import { parseYaml } from "./yaml.ts";

const text = v.exactOptional(v.string("a text is needed here"));
const noTime = 'a time is needed here, such as "500ms", "5s" or "1m"';
const isTime = (value: unknown): boolean =>
  typeof value === "number" ? value >= 0 : typeof value === "string" && parseDuration(value) !== undefined;
export const timeShape = v.custom<string | number>(isTime, noTime);
const time = v.exactOptional(timeShape);
const timePerKind = v.strictObject({ ddl: time, data: time, concurrent: time });
/** A list, or what is no time and no map, is told that a time is needed. */
const timeOrKinds = v.lazy((value) => (isMap(value) ? timePerKind : timeShape));
const isMap = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);
/** Long enough for a sign of life to arrive on a bad day. */
const leaseTime = v.exactOptional(
  v.pipe(
    v.union([v.number(), v.string()]),
    v.check((value) => (parseDuration(String(value)) ?? 0) >= 1000, 'a time of at least "1s" is needed here'),
  ),
);
const databaseShape = v.strictObject(
  { url: text, dialect: text, password_file: text, password_command: text },
  'keys are needed here, such as "url: sqlite:app.db"',
);

const symbolPaths = v.record(v.string(), v.string("the path of a file or directory is needed here"));
const noSymbols = v.custom<never>(() => false, 'names are needed here, such as "acme/names: symbols/names.ts"');
const symbolsShape = v.lazy((value): typeof symbolPaths | typeof noSymbols => (isMap(value) ? symbolPaths : noSymbols));

/** godwit.yaml. Every key has a flag or an environment variable that goes before it. */
export const configShape = v.strictObject(
  {
    database: v.exactOptional(databaseShape),
    databases: v.exactOptional(
      v.pipe(
        v.array(v.string("the name of a database is needed here"), "a list of databases is needed here"),
        v.minLength(1, "at least one database is needed here"),
      ),
    ),
    schema: v.exactOptional(v.union([v.string(), v.array(v.string())], "a path or a list of paths is needed here")),
    migrations: text,
    history_table: v.exactOptional(v.pipe(v.string("a text is needed here"), v.nonEmpty("a table needs a name"))),
    hooks: v.exactOptional(hooksShape),
    log_format: v.exactOptional(v.picklist(logFormats, `one of ${logFormats.join(", ")} is needed here`)),
    connect_timeout: time,
    ddl_lock_timeout: time,
    ddl_lock_retries: v.exactOptional(
      v.pipe(
        v.number("a whole number is needed here"),
        v.integer("a whole number is needed here"),
        v.minValue(0, "a number from 0 is needed here"),
      ),
    ),
    statement_timeout: v.exactOptional(timeOrKinds),
    max_code_timeout: time,
    max_code_memory: v.exactOptional(
      v.pipe(
        v.number("a whole number of MiB is needed here"),
        v.integer("a whole number of MiB is needed here"),
        v.minValue(16, "at least 16 MiB are needed here"),
        v.maxValue(4096, "at most 4096 MiB fit here"),
      ),
    ),
    lock: v.exactOptional(v.picklist(lockModes, `one of ${lockModes.join(", ")} is needed here`)),
    lock_expiry: leaseTime,
    also_lock: v.exactOptional(v.array(v.picklist(lockingTools, `one of ${lockingTools.join(", ")} is needed here`))),
    order: v.exactOptional(v.picklist(orderPolicies, `one of ${orderPolicies.join(", ")} is needed here`)),
    symbols: v.exactOptional(symbolsShape),
    tracks: v.exactOptional(tracksShape),
    compensate: v.exactOptional(v.boolean("true or false is needed here")),
  },
  'keys are needed here, such as "schema: schema.yaml"',
);
/** What a shape that depends on the value may come to, for those who describe it. */
export const alternatives: ReadonlyMap<v.GenericSchema, readonly v.GenericSchema[]> = new Map<
  v.GenericSchema,
  readonly v.GenericSchema[]
>([
  [timeOrKinds, [timeShape, timePerKind]],
  [hookShape, hookShapes],
  [symbolsShape, [symbolPaths]],
]);
export type Config = v.InferOutput<typeof configShape>;

/** Where there are tracks, each has its own directory. */
const wholeShape = v.pipe(
  configShape,
  v.forward(
    v.check(
      ({ tracks, migrations }) => !tracks || migrations === undefined,
      "each track names its own directory; take this away",
    ),
    ["migrations"],
  ),
);

/** Reads and checks a configuration file; `shown` is how messages call it. Throws ToolError `config` with file, line and column of the first mistake. */
export const readConfig = (file: string, shown: string): Config => parseConfig(readConfigText(file, shown), shown);

/** The same for a text. */
export function parseConfig(text: string, shown: string): Config {
  const { value, locate, problems } = parseYaml(text, shown);
  const [syntax] = problems;
  if (syntax) throw new ToolError("config", formatProblem(syntax), { ...syntax.position });
  const result = v.safeParse(wholeShape, value ?? {});
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)));
  const unknown = issue.type === "strict_object" && issue.expected === "never";
  const position = locate(path, unknown ? "key" : "value");
  const subject = path.length > 0 ? `"${path.join(".")}": ` : "";
  const message = unknown ? unknownKey(path) : `${subject}${issue.message}`;
  throw new ToolError("config", formatProblem({ message, position }), { ...position, key: path.join(".") });
}

function unknownKey(path: Path): string {
  const known = keysAt(path);
  const near = nearest(String(path.at(-1)), known);
  return `unknown key "${path.join(".")}"; ${near ? `did you mean "${near}"?` : `use one of ${known.join(", ")}`}`;
}

/** What may stand in the place of the last part. */
function keysAt(path: Path): readonly string[] {
  const [first] = path;
  if (path.length > 1 && first === "database") return Object.keys(databaseShape.entries);
  if (path.length > 1 && first === "statement_timeout") return Object.keys(timePerKind.entries);
  if (path.length > 1 && first === "tracks") return Object.keys(trackShape.entries);
  if (path.length > 2 && first === "hooks") return hookKeys;
  return Object.keys(path.length > 1 && first === "hooks" ? hooksShape.entries : configShape.entries);
}

function readConfigText(file: string, shown: string): string {
  try {
    return readFound(file);
  } catch (error) {
    const { code, message } = (error as ToolError).cause as NodeJS.ErrnoException;
    const why = code === "EISDIR" ? "it is a directory" : code === "EACCES" ? "its permissions forbid it" : message;
    throw new ToolError("config", `cannot read the configuration file "${shown}": ${why}`, { file: shown });
  }
}
