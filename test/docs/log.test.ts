import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { attributesOf } from "../../src/cli/log-attributes.ts";
import type { RunEvent } from "../../src/runtime/events.ts";
import { pagePath } from "./page.ts";

const migration = { direction: "up", migration: "0001_a", index: 0, total: 1 } as const;
const statement = { migration: "0001_a", operation: 0, verb: "CREATE TABLE", target: "t" };
const holder = { pid: "1", user: "u", host: "h", since: "s", seen: "s" };

/** One of each, with all that it can have: the compiler asks for those that are new. */
const events: { readonly [T in RunEvent["type"]]: Extract<RunEvent, { type: T }> } = {
  connected: { type: "connected", dialect: "postgresql", namespace: "d", host: "h", port: 1 },
  waiting: { type: "waiting", holder, waitedMs: 1 },
  retry: { type: "retry", migration: "0001_a", attempt: 1, retries: 2, waitMs: 3, message: "m" },
  note: { type: "note", message: "m" },
  warning: { type: "warning", message: "m", migration: "0001_a", operation: 0 },
  notice: { type: "notice", message: "m" },
  "run-start": { type: "run-start", direction: "up", migrations: ["0001_a"] },
  "migration-start": { type: "migration-start", ...migration },
  statement: { type: "statement", ...statement, durationMs: 1, error: "42P01" },
  progress: { type: "progress", ...statement, phase: "p", done: 1, total: 2, elapsedMs: 3 },
  operation: { type: "operation", migration: "0001_a", operation: 0, title: "t", durationMs: 1 },
  "migration-end": { type: "migration-end", ...migration, durationMs: 1 },
  "migration-failed": { type: "migration-failed", ...migration, message: "m" },
  hook: { type: "hook", when: "after_run", index: 0, title: "t", durationMs: 1, output: "o", error: "e" },
  "run-end": { type: "run-end", direction: "up", migrations: ["0001_a"], durationMs: 1 },
};

/** Row of the table of events → what its cells say, `.total` after `godwit.migration.index` written out. */
const rows = readFileSync(pagePath("docs/running.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| `") && line.split("|").length === 5)
  .map((line) => {
    const [, names = "", , attributes = ""] = line.split("|");
    let prefix = "";
    const listed = [...attributes.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => {
      if (!name.startsWith(".")) prefix = name.slice(0, name.lastIndexOf("."));
      return name.startsWith(".") ? prefix + name : name;
    });
    return { events: [...names.matchAll(/`([^`-][^`]*)`/g)].map(([, name = ""]) => name), listed };
  });

test.each(Object.values(events).map((event) => [event.type, event] as const))(
  "the page about the log names %s and all its attributes",
  (type, event) => {
    const row = rows.find((each) => each.events.includes(type));
    expect(row?.events).toContain(type);
    const general = ["godwit.migration.name", "godwit.operation.index", "godwit.direction", "godwit.migrations"];
    const missing = Object.keys(attributesOf(event)).filter(
      (name) => !row?.listed.includes(name) && !general.includes(name) && !name.startsWith("db."),
    );
    expect(missing).toEqual([]);
  },
);
