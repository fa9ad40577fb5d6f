import * as v from "valibot";
import { parseDuration } from "../core/duration.ts";

const noHook = '"sql: …" or "command: …" is needed here, the latter with "timeout:" and "env:" at most';
const filled = v.pipe(v.string(noHook), v.nonEmpty("a text is needed here"));
const time = v.pipe(
  v.union([v.string(), v.number()], 'a time is needed here, such as "30s" or "5m"'),
  v.transform((value) => parseDuration(String(value))),
  v.number('a time is needed here, such as "30s" or "5m"'),
);
const variable = v.pipe(
  v.string("the name of an environment variable is needed here"),
  v.regex(/^\w+$/, "the name of an environment variable is needed here"),
);

const sqlHook = v.strictObject({ sql: filled }, noHook);
const commandHook = v.strictObject(
  {
    command: v.union([filled, v.pipe(v.array(filled, noHook), v.minLength(1, noHook))], noHook),
    timeout: v.exactOptional(time),
    env: v.exactOptional(v.array(variable, 'a list is needed here, such as "env: [SLACK_TOKEN]"')),
  },
  noHook,
);
/** What a hook may say. */
export const hookKeys: readonly string[] = [...Object.keys(sqlHook.entries), ...Object.keys(commandHook.entries)];

/** The two kinds of hooks. */
export const hookShapes = [sqlHook, commandHook] as const;

/** Which of the two is meant decides about the message. */
export const hookShape = v.lazy((input): typeof sqlHook | typeof commandHook =>
  typeof input === "object" && input !== null && "sql" in input ? sqlHook : commandHook,
);

/**
 * What is done around a run: SQL, or a command, as a text for the shell or as a list of the program and its arguments. `timeout` in
 * milliseconds; `env` names the variables it gets besides those that every hook gets.
 */
export type Hook = v.InferOutput<typeof hookShape>;

const list = v.exactOptional(v.array(hookShape, 'a list is needed here, such as "- command: ./backup.sh"'));

/** `hooks:` of godwit.yaml. */
export const hooksShape = v.strictObject(
  { before_run: list, after_run: list, before_migration: list, after_migration: list, on_failure: list },
  'keys are needed here, such as "before_run:"',
);
export type Hooks = v.InferOutput<typeof hooksShape>;
