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
async function talk(
  command: string,
  script: readonly (readonly [shows: string, keys: string])[],
  { project = files, prefix = "0002_" } = {},
) {
  const session = await openSession("sqlite", project);
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
    const written = readdirSync(directory).filter((name) => name.startsWith(prefix));
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

describe("generate --merge at a terminal", () => {
  const users = `import { createTable, migration } from "godwit";\n\nexport default migration({ operations: [createTable({ name: "users", fields: [{ name: "email", type: "text" }] })] });\n`;
  const text = (dependencies: string, value: string): string =>
    `import { migration, runSQL } from "godwit";\n\nexport default migration({ dependencies: [${dependencies}], operations: [runSQL({ forward: "UPDATE users SET email = '${value}'", backward: "", touches: ["users.email"] })] });\n`;
  const fork = (...names: readonly string[]): { readonly project: Map<string, string>; readonly prefix: string } => ({
    project: new Map([
      ...files,
      ["migrations/0001_users.ts", users],
      ...names.map((name) => [`migrations/${name}.ts`, text(`"0001_users"`, name)] as const),
    ]),
    prefix: "0003_",
  });
  const merge = "godwit migrate dag; godwit generate --merge";

  test("asks which branch runs first", async () => {
    const asked = [["which of the heads runs first?", down + enter]] as const;
    const { exitCode, shown, text: written } = await talk(merge, asked, fork("0002_a", "0002_b"));
    expect(shown).toContain('"0002_a" and "0002_b" conflict over field "email" of "users"');
    expect({ exitCode, written }).toMatchObject({
      exitCode: 0,
      written: expect.stringContaining('["0002_b", "0002_a"]'),
    });
  });

  test("asks on until one is left", async () => {
    const asked = [
      ["which of the heads runs first?", down + down + enter],
      ["Which one runs next?", down + enter],
    ] as const;
    const { text: written } = await talk(merge, asked, fork("0002_a", "0002_b", "0002_c"));
    expect(written).toContain('["0002_c", "0002_b", "0002_a"]');
  });

  test("Ctrl-C writes nothing, and heads that commute are no question", async () => {
    const stopped = await talk(merge, [["which of the heads", "\u0003"]], fork("0002_a", "0002_b"));
    expect(stopped).toMatchObject({ exitCode: 1, written: [] });
    const { project, prefix } = fork("0002_a", "0002_b");
    project.set("migrations/0002_b.ts", text(`"0001_users"`, "b").replace("users.email", "others"));
    expect((await talk(merge, [], { project, prefix })).text).toContain('["0002_a", "0002_b"]');
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

describe("schema includes at a terminal", () => {
  const found = `for p in auth shop; do mkdir -p node_modules/$p; echo "tables: [{ name: $p, fields: [{ name: id, type: serial, primary_key: true }] }]" > node_modules/$p/schema.yaml; done;
    echo '{ "dependencies": { "auth": "1", "shop": "1" } }' > package.json;`;
  const ask = "Which should the schema include?";

  test("adds what a person marks", async () => {
    const { exitCode, shown } = await talk(`${found} godwit schema includes && cat schema/schema.yaml`, [
      [ask, `${down} ${enter}`],
    ]);
    expect(exitCode).toBe(0);
    expect(shown).toMatch(/not included\S* {2}auth\/schema\.yaml/);
    expect(shown).toContain("schema/schema.yaml includes shop/schema.yaml");
    expect(shown).toContain('package: "shop"');
    expect(shown).not.toContain('package: "auth"');
  });

  test("asks for the file where there are several, and adds nothing when nothing is marked", async () => {
    const several = `${found} mv schema/schema.yaml schema/a.yaml; echo 'tables: []' > schema/b.yaml;`;
    const { shown } = await talk(`${several} godwit schema includes; cat schema/b.yaml`, [
      [ask, ` ${enter}`],
      ["Which file should include them?", down + enter],
    ]);
    expect(shown).toContain("schema/b.yaml includes auth/schema.yaml");
    expect(shown).toContain('package: "auth"');
    const { exitCode, shown: none } = await talk(`${found} godwit schema includes; cat schema/schema.yaml`, [
      [ask, enter],
    ]);
    expect(exitCode).toBe(0);
    expect(none).not.toContain("package:");
  });
});

test("colours are for terminals, and NO_COLOR and --no-color turn them off", async () => {
  const red = "\u001b[31m";
  expect((await talk("godwit migrate up --bogus", [])).shown).toContain(red);
  expect((await talk("NO_COLOR=1 godwit migrate up --bogus", [])).shown).not.toContain(red);
  expect((await talk("godwit migrate up --bogus --no-color", [])).shown).not.toContain(red);
  expect((await talk("TERM=dumb godwit migrate up --bogus", [])).shown).not.toContain(red);
});
