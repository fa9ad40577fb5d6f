import { ToolError } from "../core/errors.ts";

/** What `--env` names: a directory in seeds/. Throws ToolError `usage` for what leads elsewhere. */
export function seedEnvironment(env: string | undefined): string | undefined {
  if (env === undefined || /^[^./\\][^/\\]*$/.test(env)) return env;
  throw new ToolError("usage", `--env "${env}" is not the name of a directory in seeds/`, {
    flag: "--env",
    value: env,
  });
}
