import { afterAll, beforeAll, expect, test } from "bun:test";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSession } from "../helpers/script-session.ts";

const count = 30;
const files = new Map(
  Array.from({ length: count }, (_, i) => [`migrations/00${String(i + 10)}_m.up.sql`, "SELECT 1;\n"] as const),
);

let session: Awaited<ReturnType<typeof openSession>>;
beforeAll(async () => {
  session = await openSession("sqlite", files);
  // Marks each line that it shows, and says by a file that it was asked.
  writeFileSync(join(session.directory, "pager.sh"), "touch was-asked; sed 's/^/page: /'\n");
});
afterAll(() => session.end());

/** What a terminal of 20 lines shows of a command, and how that ended. `keys` are typed when `until` is shown. */
async function atTerminal(
  command: string,
  env: Readonly<Record<string, string>>,
  { keys, until = "" }: { readonly keys?: string; readonly until?: string } = {},
) {
  let shown = "";
  const { CI: _, PAGER: __, GODWIT_PAGER: ___, ...rest } = session.env;
  const child = Bun.spawn(["/bin/sh", "-c", command], {
    cwd: session.directory,
    env: { ...rest, TERM: "xterm-256color", ...env },
    terminal: {
      cols: 80,
      rows: 20,
      data: (terminal, data) => {
        shown += new TextDecoder().decode(data);
        if (keys !== undefined && shown.includes(until)) terminal.write(keys);
      },
    },
    timeout: 20_000,
  });
  const exitCode = await child.exited;
  child.terminal?.close();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours and the marks of a terminal
  const lines = shown.replace(/\u001b\[[\d;?]*[a-zA-Z]|\u001b[=>]/g, "").split(/\r?\n/);
  return { exitCode, lines: lines.filter((line) => line !== "") };
}

const pager = { PAGER: "sh pager.sh" };

test("what is longer than the screen goes to the pager, with all of its lines", async () => {
  const { exitCode, lines } = await atTerminal("godwit migrate status", pager);
  expect(exitCode).toBe(0);
  expect(lines.filter((line) => /^page: pending +00\d\d_m$/.test(line))).toHaveLength(count);
  expect(lines.at(-1)).toBe(`page: 0 applied, ${count} pending`);
});

test.each([
  ["that fits the screen", "godwit migrate status --limit 3", pager],
  ["with --no-pager", "godwit migrate status --no-pager", pager],
  ["with --json", "godwit migrate status --json", pager],
  ["that goes into a pipe", "godwit migrate status | cat", pager],
  ["in CI", "godwit migrate status", { ...pager, CI: "true" }],
  ["where cat is the pager", "godwit migrate status", { ...pager, GODWIT_PAGER: "cat" }],
  ["where none is asked for", "godwit migrate status", { ...pager, GODWIT_PAGER: "" }],
  ["of another command", "godwit --help", pager],
])("no pager for what is printed %s", async (_, command, env) => {
  const { exitCode, lines } = await atTerminal(`rm -f was-asked; ${command}`, env);
  expect(exitCode).toBe(0);
  expect(lines.length).toBeGreaterThan(3);
  expect(existsSync(join(session.directory, "was-asked"))).toBe(false);
});

test("a pager that is left early is no failure, and one that is not there loses nothing", async () => {
  expect(await atTerminal("godwit migrate showsql --all", { GODWIT_PAGER: "head -1", PAGER: "none" })).toMatchObject({
    exitCode: 0,
    lines: [expect.stringContaining("0010_m")],
  });
  const { exitCode, lines } = await atTerminal("godwit migrate status", { PAGER: "no-such-pager -R" });
  expect(exitCode).toBe(0);
  expect(lines.some((line) => line.includes("no-such-pager"))).toBe(true);
  expect(lines).toContain(`0 applied, ${count} pending`);
});

test.if(Bun.which("less") !== null)("less is the pager where nobody names another, and colours pass it", async () => {
  const { exitCode, lines } = await atTerminal("godwit migrate status", {}, { keys: "q", until: "0012_m" });
  expect(exitCode).toBe(0);
  expect(lines.join("\n")).toContain("0010_m");
  expect(lines.join("\n")).not.toContain("ESC[");
  expect(lines.join("\n")).not.toContain("0039_m");
});
