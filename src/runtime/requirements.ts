import { ToolError } from "../core/errors.ts";
import { inVersionRange, parseVersionRange } from "../core/version-range.ts";
import type { Database } from "./database.ts";
import type { Project } from "./project.ts";
import type { Requirement } from "./track-config.ts";
import { trackName } from "./tracks.ts";
import { inSnapshot } from "./transaction.ts";

/**
 * Holds the database against what all of these tracks require, and changes nothing. Throws ToolError `requirement` that lists everything
 * that is missing.
 */
export async function checkRequirements(database: Database, projects: readonly Project[]): Promise<void> {
  const missing: { readonly track: string; readonly found: string; readonly message?: string }[] = [];
  for (const project of projects) {
    for (const requirement of project.track?.requires ?? []) {
      const found = await lackOf(database, requirement);
      const message = requirement.message && { message: requirement.message };
      if (found !== undefined) missing.push({ track: trackName(project), found, ...message });
    }
  }
  if (missing.length === 0) return;
  const sentences = missing.map(({ track, found, message }) =>
    [`track "${track}" requires ${found}`, message].filter(Boolean).join(": "),
  );
  throw new ToolError("requirement", `${sentences.join("\n")}\nnothing was changed`, { missing });
}

/** What is required and is not so, in words. */
const lackOf = async (database: Database, requirement: Requirement): Promise<string | undefined> => {
  if ("extension" in requirement) return extensionLack(database, requirement.extension);
  return "query" in requirement
    ? queryLack(database, requirement.query)
    : versionLack(database, requirement.server_version);
};

async function extensionLack({ driver, dialect }: Database, name: string): Promise<string | undefined> {
  const sql = dialect.bookkeeping.extensionAvailable;
  if (!sql) return `the extension "${name}", and ${dialect.title} has no extensions`;
  return (await driver.query(sql, [name])).length > 0
    ? undefined
    : `the extension "${name}", which this server does not have; install it there, or take the track out of godwit.yaml`;
}

async function versionLack({ driver, dialect }: Database, range: string): Promise<string | undefined> {
  const version = await driver.serverVersion();
  return inVersionRange(version, parseVersionRange(range) ?? [])
    ? undefined
    : `version ${range} of ${dialect.title}, and this is ${version}`;
}

/** It holds when the first column of its first row is anything but false, 0 or NULL. Whatever it does is rolled back. */
async function queryLack(database: Database, sql: string): Promise<string | undefined> {
  try {
    const [row] = await inSnapshot(database, () => database.driver.query(sql));
    const [value] = Object.values(row ?? {});
    return value ? undefined : `what "${sql}" asks for, and it does not hold`;
  } catch (error) {
    if (!(error instanceof ToolError && error.code === "database")) throw error;
    return `an answer to "${sql}", and the database says: ${error.message}`;
  }
}
