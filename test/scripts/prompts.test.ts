import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openSession } from "../helpers/script-session.ts";

const schema = (fields: string) => `tables:
  - name: users
    fields:
      - { name: id, type: serial, primary_key: true }
${fields}`;
const files = new Map([
  ["schema/schema.yaml", schema("      - { name: email, type: varchar, length: 100, nullable: false }\n")],
  ["later.yaml", schema("      - { name: mail, type: varchar, length: 100, nullable: false }\n")],
  ["less.yaml", schema("")],
]);

const down = "\u001b[B";
const enter = "\r";

/** A person at a terminal: waits until each text is shown, then types the keys. What was shown, without colours. */
async function talk(command: string, script: readonly (readonly [shows: string, keys: string])[]) {
  const session = await openSession("sqlite", files);
  try {
    await session.run("godwit generate");
    let shown = "";
    const child = Bun.spawn(["/bin/sh", "-c", command], {
      cwd: session.directory,
      env: { ...session.env, TERM: "xterm-256color" },
      terminal: {
        cols: 120,
        rows: 40,
        data: (_, data) => {
          shown += new TextDecoder().decode(data);
        },
      },
      timeout: 20_000,
    });
    let from = 0;
    for (const [shows, keys] of script) {
      const deadline = Date.now() + 10_000;
      while (!shown.slice(from).includes(shows)) {
        if (Date.now() > deadline) throw new Error(`waited for "${shows}", but it showed: ${shown}`);
        await Bun.sleep(5);
      }
      from = shown.length;
      // The prompt is drawn a moment before it listens.
      await Bun.sleep(50);
      child.terminal?.write(keys);
    }
    const exitCode = await child.exited;
    child.terminal?.close();
    const directory = join(session.directory, "migrations");
    const written = readdirSync(directory).filter((name) => name.startsWith("0002_"));
    return {
      exitCode,
      shown,
      written,
      text: written.map((name) => readFileSync(join(directory, name), "utf8")).join(""),
    };
  } finally {
    await session.end();
  }
}

describe("generate at a terminal", () => {
  const generate = "cp later.yaml schema/schema.yaml; godwit generate";
  const drop = "cp less.yaml schema/schema.yaml; godwit generate";

  test("asks whether a field was renamed", async () => {
    const { exitCode, text } = await talk(generate, [["renamed from email", enter]]);
    expect(exitCode).toBe(0);
    expect(text).toContain('renameField({ table: "users", from: "email", to: "mail" })');
  });

  test("asks for a value of rows that exist and what to do with what may lose data", async () => {
    const { exitCode, text } = await talk(generate, [
      ["renamed from email", down + enter],
      ["what do existing rows get", `'unknown'${enter}`],
      ["this may lose data", down + down + enter],
      ["For which changes?", enter],
    ]);
    expect(exitCode).toBe(0);
    expect(text).toContain(`fill: "'unknown'"`);
    expect(text).toContain('dropField({ table: "users", name: "email", schemaOnly: true })');
  });

  for (const [what, keys] of [
    ["Exit", down.repeat(4) + enter],
    ["Ctrl-C", "\u0003"],
  ] as const) {
    test(`${what} writes nothing`, async () => {
      const { exitCode, shown, written } = await talk(drop, [["this may lose data", keys]]);
      expect({ exitCode, written }).toEqual({ exitCode: 1, written: [] });
      expect(shown).toContain("nothing was written");
    });
  }

  test("does not ask with --json", async () => {
    const { exitCode, shown } = await talk(`${drop} --json`, []);
    expect(exitCode).toBe(2);
    expect(shown).toContain('"code": "questions"');
  });
});

describe("unlock at a terminal", () => {
  const columns = ["id", "owner", "host", "pid", "user", "since", "seen"].map((name) => `${name} TEXT`).join(", ");
  const sql = `CREATE TABLE godwit_lock (${columns}); INSERT INTO godwit_lock VALUES (1, 2, 3, 71, 5, 6, 7)`;
  const locked = `${process.execPath} -e '(new (require("bun:sqlite").Database)("app.db")).exec(\`${sql}\`)'`;
  const held = `${locked}; godwit migrate unlock; godwit migrate unlock --json`;

  test("frees the lock when a person says yes", async () => {
    const { shown } = await talk(held, [["process 71 of", "y"]]);
    expect(shown).toContain("freed the lock of process 71");
    expect(shown).toContain('"holder": null');
  });

  test("leaves it when a person just presses Enter", async () => {
    const { exitCode, shown } = await talk(held, [["process 71 of", enter]]);
    expect(shown).toContain("the lock stays as it is");
    expect(exitCode).toBe(2);
  });
});

test("colours are for terminals, and NO_COLOR and --no-color turn them off", async () => {
  const red = "\u001b[31m";
  expect((await talk("godwit migrate up --bogus", [])).shown).toContain(red);
  expect((await talk("NO_COLOR=1 godwit migrate up --bogus", [])).shown).not.toContain(red);
  expect((await talk("godwit migrate up --bogus --no-color", [])).shown).not.toContain(red);
  expect((await talk("TERM=dumb godwit migrate up --bogus", [])).shown).not.toContain(red);
});
