import type { Environment } from "../runtime/database-url.ts";
import type { LogFormat } from "../runtime/log-format.ts";
import { type CommandLog, openLog } from "./log.ts";
import { printErrorLine } from "./output.ts";

/** The log for machines, once it is known that one is wanted. */
export interface LogSwitch {
  current(): CommandLog | undefined;
  /** What flag, environment and godwit.yaml say together, when the last has been read. */
  choose(format: LogFormat | undefined): void;
}

/**
 * Looks at the words of the command line as they are, and at the environment: what is wrong with the rest of them belongs into the
 * log too.
 */
export function logSwitch(tokens: readonly string[], env: Environment): LogSwitch {
  const at = tokens.indexOf("--log-format");
  const flag = at < 0 ? tokens.find((token) => token.startsWith("--log-format="))?.slice(13) : tokens[at + 1];
  const has = (...names: readonly string[]): boolean => names.some((name) => tokens.includes(name));
  const open = (): CommandLog =>
    openLog({
      traceparent: env["TRACEPARENT"],
      quiet: has("--quiet", "-q"),
      verbose: has("--verbose"),
      write: printErrorLine,
    });
  let log = (flag ?? env["GODWIT_LOG_FORMAT"]) === "json" ? open() : undefined;
  return {
    current: () => log,
    choose: (format) => {
      if (format === "json") log ??= open();
    },
  };
}
