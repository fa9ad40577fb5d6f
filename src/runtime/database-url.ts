import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ToolError } from "../core/errors.ts";
import type { Config } from "./config-file.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The SQLite file that is used when nothing is configured. */
const embeddedDefault = "sqlite:app.db";

/**
 * The URL to connect to: `--url`, the environment, godwit.yaml with its `${NAME}` and password filled in, or the embedded
 * default. Throws ToolError `config` when a part of it is not to be had.
 */
export function databaseUrl(flag: string | undefined, config: Config, env: Environment, root: string): string {
  const given = flag ?? (env["DATABASE_URL"] || env["GODWIT_DATABASE_URL"] || undefined);
  if (given !== undefined) return given;
  const configured = config.database?.url;
  if (configured === undefined) return relativeTo(root, embeddedDefault);
  const url = configured.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = env[name];
    if (value === undefined)
      throw new ToolError(
        "config",
        `database.url needs the environment variable "${name}", which is not set; set it, or give --url`,
        {
          variable: name,
        },
      );
    return value;
  });
  return relativeTo(root, withPassword(url, config, root));
}

/** The scheme of that URL, as far as it is known without a password or a variable that is not set. */
export function schemeOf(flag: string | undefined, config: Config, env: Environment): string | undefined {
  const given = flag ?? (env["DATABASE_URL"] || env["GODWIT_DATABASE_URL"] || config.database?.url) ?? embeddedDefault;
  const url = given.replace(/^\$\{(\w+)\}/, (_, name: string) => env[name] ?? "");
  return /^([a-z][\w+.-]*):/i.exec(url)?.[1]?.toLowerCase();
}

/** A relative SQLite file lies beside the configuration, wherever the command was called from. */
function relativeTo(root: string, url: string): string {
  const match = /^(sqlite|file|libsql):(?!\/|:memory:)([^?]+)(.*)$/.exec(url);
  // The configured part is encoded as URLs are; the directory's name is as it is.
  const directory = root.replace(/[%?#]/g, encodeURIComponent);
  return match ? `${match[1]}:${resolve(directory, match[2] ?? "")}${match[3]}` : url;
}

function withPassword(url: string, config: Config, root: string): string {
  const password = readPassword(config, root);
  if (password === undefined) return url;
  const match = /^([a-z][\w+.-]*:\/\/)([^:@/]*)(?::[^@/]*)?@(.*)$/i.exec(url);
  if (!match)
    throw new ToolError(
      "config",
      "a password is configured, but database.url names no user; write scheme://user@host/database",
    );
  return `${match[1]}${match[2]}:${encodeURIComponent(password)}@${match[3]}`;
}

function readPassword({ database }: Config, root: string): string | undefined {
  if (database?.password_file !== undefined) {
    const file = resolve(root, database.password_file);
    if (!existsSync(file)) throw new ToolError("config", `database.password_file: "${file}" does not exist`, { file });
    return readFileSync(file, "utf8").replace(/\r?\n$/, "");
  }
  if (database?.password_command === undefined) return undefined;
  const { status, stdout, stderr } = spawnSync(database.password_command, { shell: true, encoding: "utf8", cwd: root });
  if (status === 0) return stdout.replace(/\r?\n$/, "");
  throw new ToolError("config", `database.password_command failed with exit code ${status}: ${stderr.trim()}`, {
    status,
  });
}
