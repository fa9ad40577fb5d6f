import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ToolError } from "../../src/core/errors.ts";
import { loadGraph } from "../../src/runtime/survey.ts";
import { type Ask, type GenerateOptions, generate } from "../../src/runtime/tasks/generate.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";

let project: TestProject;
beforeEach(async () => {
  project = await createProject("sqlite");
  mkdirSync(join(project.root, "schema"));
});
afterEach(() => project.dispose());

/** Writes the schema: each table as a list of fields in YAML flow style. */
function declare(tables: Readonly<Record<string, readonly string[]>>, more = ""): void {
  const text = Object.entries(tables).map(([name, fields]) => {
    const list = fields.map((field) => `      - { ${field} }\n`).join("");
    return `  - name: ${name}\n    fields:\n${list}`;
  });
  writeFileSync(join(project.root, "schema/schema.yaml"), `tables:\n${text.join("")}${more}`);
}

const id = "name: id, type: serial, primary_key: true";
const email = "name: email, type: varchar, length: 255";
const files = (): readonly string[] => readdirSync(project.migrationsDir).sort();
const read = (name: string): string => readFileSync(join(project.migrationsDir, `${name}.ts`), "utf8");
const failure = (options: GenerateOptions): Promise<ToolError> =>
  generate(project, options).then(
    () => Promise.reject(new Error("it did not fail")),
    (error: ToolError) => error,
  );

test("the first migration is written, and then there is nothing left to do", async () => {
  declare({ users: [id, email] });
  const first = await generate(project);
  expect(first).toMatchObject({ created: "migrations/0001_initial.ts", name: "0001_initial", warnings: [] });
  expect(first.operations).toEqual([
    { kind: "create_table", table: "users", object: null, detail: 'create table "users"', destructive: false },
  ]);
  expect(read("0001_initial")).toBe(first.source ?? "");
  expect(await generate(project)).toEqual({ created: null, name: null, operations: [], warnings: [], source: null });
});

test("the next one depends on the one before and is named after what it does", async () => {
  declare({ users: [id, email] });
  await generate(project);
  declare({ users: [id, email, "name: bio, type: text"] });
  const { created, source } = await generate(project);
  expect(created).toBe("migrations/0002_add_bio_to_users.ts");
  expect(source).toContain('dependencies: ["0001_initial"],');
  declare({ users: [id, email, "name: bio, type: text", "name: age, type: integer"] });
  expect((await generate(project, { name: "How Old?" })).created).toBe("migrations/0003_how_old.ts");
});

test("a dry run and a check write nothing and say the same twice", async () => {
  declare({ users: [id, email] });
  const dry = await generate(project, { dryRun: true });
  expect(dry).toMatchObject({ created: null, name: "0001_initial" });
  expect(await generate(project, { dryRun: true })).toEqual(dry);
  expect((await generate(project, { check: true })).operations).toEqual(dry.operations);
  expect(files()).toEqual([]);
});

describe("questions", () => {
  beforeEach(async () => {
    declare({ users: [id, email], posts: [id, "name: body, type: text"] });
    await generate(project);
  });

  test("are an error that lists them all, with the flags that answer them, and nothing is written", async () => {
    declare({
      users: [id, "name: mail, type: varchar, length: 255"],
      posts: [id, "name: body, type: text", "name: n, type: integer, nullable: false"],
    });
    const error = await failure({});
    expect(error.code).toBe("questions");
    expect(error.data["questions"]).toMatchObject([
      { id: "users.mail", kind: "rename", candidates: ["email"], flag: "--rename users.email:mail" },
      { id: "posts.n", kind: "one-off", flag: "--one-off posts.n=SQL" },
    ]);
    expect(error.message).toContain("--rename users.email:mail");
    expect(files()).toEqual(["0001_initial.ts"]);
    // A check has no questions: that there is something to do is sure.
    expect((await generate(project, { check: true })).operations).not.toEqual([]);
  });

  test("about rows are answered all at once where there are none, with a warning for each", async () => {
    declare({ users: [id, email], posts: [id, "name: body, type: text", "name: n, type: integer, nullable: false"] });
    const answers = join(project.root, "answers.yaml");
    writeFileSync(answers, "no_one_off: true\n");
    for (const options of [{ oneOff: ["none"] }, { answers }]) {
      const { operations, warnings } = await generate(project, { ...options, dryRun: true });
      expect(operations.map(({ detail }) => detail)).toEqual(['add field "n" to "posts"']);
      expect(warnings.join()).toContain("--one-off posts.n=SQL says which");
    }
    const { warnings } = await generate(project, { oneOff: ["none", "posts.n=1"] });
    expect(warnings).toEqual([]);
  });

  test("are asked together with what may lose data whatever their answers are", async () => {
    declare({ people: [id, email], users: [id, email], notes: [id, email], posts: [id, "name: body, type: text"] });
    await generate(project, { renames: ["none"] });
    declare({ people: [id, "name: mail, type: varchar, length: 255"], members: [id, email], posts: [id] });
    const { data } = await failure({});
    const ids = (data["questions"] as readonly { readonly id: string }[]).map((question) => question.id);
    expect(ids).toEqual(["members", "people.mail", "drop_field posts.body", "drop_table notes"]);
    await generate(project, {
      renames: ["users:members", "people.email:mail"],
      onDestructive: ["drop_field posts.body=generate", "drop_table notes=generate"],
    });
    expect(files()).toHaveLength(3);
  });

  test("are asked of namespaces, types and sequences too", async () => {
    const yaml = (mood: string, feeling: string, numbers: string, log: string): string =>
      `namespaces: [${log}]\nenums: [{ name: ${mood}, values: [sad, ok] }]\ndomains: [{ name: ${feeling}, type: ${mood} }]\nsequences: [{ name: ${numbers}, start: 5 }]
tables: [{ name: ${log}.t, fields: [{ name: id, type: integer }] }, { name: posts, fields: [{ name: m, type: ${mood} }] }]\n`;
    const schema = join(project.root, "schema/schema.yaml");
    writeFileSync(schema, yaml("mood", "feeling", "numbers", "log"));
    await generate(project, { renames: ["none"], onDestructive: ["generate"] });
    writeFileSync(schema, yaml("state", "sense", "counts", "book"));
    const { data } = await failure({});
    expect(data["questions"]).toMatchObject([
      { id: "namespace book", kind: "rename", candidates: ["log"], flag: "--rename 'namespace log:book'" },
      { id: "sequence counts", candidates: ["numbers"] },
    ]);
    const answers = join(project.root, "answers.yaml");
    writeFileSync(answers, "renames: { sequence counts: numbers, namespace book: log }\n");
    const { source } = await generate(project, { answers });
    expect(source?.match(/rename\w+\([^)]*\)/g)).toEqual([
      'renameNamespace({ from: "log", to: "book" })',
      'renameEnum({ from: "mood", to: "state" })',
      'renameDomain({ from: "feeling", to: "sense" })',
      'renameSequence({ from: "numbers", to: "counts" })',
    ]);
    expect((await generate(project, { renames: ["enum mood:state"] })).created).toBeNull();
  });

  test("are answered by flags", async () => {
    declare({
      users: [id, "name: mail, type: varchar, length: 255"],
      posts: [id, "name: body, type: text", "name: n, type: integer, nullable: false"],
    });
    const { source } = await generate(project, { renames: ["users.email:mail"], oneOff: ["posts.n=length(body) = 1"] });
    expect(source).toContain('renameField({ table: "users", from: "email", to: "mail" })');
    expect(source).toContain('fill: "length(body) = 1"');
    expect((await generate(project, { renames: ["users.email:mail"] })).created).toBeNull();
  });

  test("are answered by a file, and flags go before it", async () => {
    declare({ members: [id, email], posts: [id, "name: body, type: text", "name: n, type: integer, nullable: false"] });
    const answers = join(project.root, "answers.yaml");
    writeFileSync(answers, `renames: { members: users }\none_off: { posts.n: 1 }\n`);
    const { source } = await generate(project, { answers, oneOff: ["posts.n=2"] });
    expect(source).toContain('renameTable({ from: "users", to: "members" })');
    expect(source).toContain('fill: "2"');
  });

  test("are asked one after the other where somebody can be asked", async () => {
    declare({ members: [id, email], posts: [id, "name: text, type: text"] });
    const asked: string[] = [];
    const rename = (name: string): string => {
      asked.push(name);
      return name === "members" ? "users" : "body";
    };
    const { source } = await generate(project, { ask: person({ rename }) });
    expect(asked).toEqual(["members", "posts.text"]);
    expect(source).toContain('renameTable({ from: "users", to: "members" })');
    expect(source).toContain('renameField({ table: "posts", from: "body", to: "text" })');
  });

  test("that name nothing are refused with the nearest name", async () => {
    expect((await failure({ oneOff: ["posts.bod=1"] })).message).toContain('did you mean "posts.body"?');
    expect((await failure({ oneOff: ["posts=1"] })).message).toContain("is for a field");
    expect((await failure({ oneOff: ["posts.body"] })).message).toContain("table.field=SQL");
    expect((await failure({ renames: ["users.email"] })).message).toContain("old:new");
    expect((await failure({ renames: ["users.nick:email"] })).code).toBe("usage");
    expect((await failure({ onDestructive: ["drop_field=maybe"] })).message).toContain(
      "generate, review, omit, ignore, exit",
    );
    writeFileSync(join(project.root, "a.yaml"), "renames: [1]\n");
    expect((await failure({ answers: join(project.root, "a.yaml") })).message).toContain("renames");
  });
});

describe("operations that lose data", () => {
  beforeEach(async () => {
    declare({ users: [id, email, "name: bio, type: text"], old: [id] });
    await generate(project);
    declare({ users: [id, "name: email, type: varchar, length: 500"] });
  });

  test("are asked about, and only those", async () => {
    const error = await failure({});
    expect(error.data["questions"]).toMatchObject([{ id: "drop_field users.bio" }, { id: "drop_table old" }]);
    expect(files()).toEqual(["0001_initial.ts"]);
  });

  test("are decided on by flag: all of them, those of a kind, or one", async () => {
    const { source } = await generate(project, { dryRun: true, onDestructive: ["generate"] });
    expect(source).toContain('dropField({ table: "users", name: "bio" })');
    const mixed = await generate(project, {
      dryRun: true,
      onDestructive: ["review", "drop_table=omit", "drop_field users.bio=ignore"],
    });
    expect(mixed.source).toContain('dropField({ table: "users", name: "bio", ignoreErrors: true })');
    expect(mixed.source).toContain('dropTable({ name: "old", schemaOnly: true })');
    const review = await generate(project, { dryRun: true, onDestructive: ["review"] });
    expect(review.source).toContain('// REVIEW: drop field "bio" of "users" may lose data\n    dropField(');
  });

  test("can be looked at without a decision", async () => {
    const { source, warnings } = await generate(project, { dryRun: true });
    expect(source).toContain('dropTable({ name: "old" })');
    expect(warnings).toHaveLength(2);
    expect(warnings[1]).toContain("--on-destructive 'drop_table old=generate'");
  });

  test("what is left out of the database is not generated again", async () => {
    await generate(project, { onDestructive: ["omit"] });
    expect((await generate(project)).created).toBeNull();
  });

  test("a person decides once for all, or stops", async () => {
    const asked: string[] = [];
    const review = (id: string) => {
      asked.push(id);
      return { choice: "review", scope: "all" } as const;
    };
    const { source } = await generate(project, {
      dryRun: true,
      ask: person({ destructive: review }),
    });
    expect(asked).toEqual(["drop_field users.bio"]);
    expect(source?.match(/REVIEW/g)).toHaveLength(2);
    const stop = person({ destructive: () => ({ choice: "exit", scope: "this" }) });
    expect((await failure({ ask: stop })).code).toBe("cancelled");
    expect(files()).toEqual(["0001_initial.ts"]);
  });
});

describe("a type that changes", () => {
  const before = { t: [id, "name: a, type: text", "name: b, type: integer"] };
  const after = { t: [id, "name: a, type: integer", "name: b, type: bigint"] };
  beforeEach(async () => {
    declare(before);
    await generate(project);
    declare(after);
  });
  const methods = async (options: GenerateOptions): Promise<readonly string[]> => {
    const { source } = await generate(project, { dryRun: true, ...options });
    return (source ?? "").split("\n").flatMap((line) => /name: "([ab])".*method: "new_column"/.exec(line)?.[1] ?? []);
  };

  test("does so in place, unless a flag says otherwise", async () => {
    expect(await methods({})).toEqual([]);
    expect(await methods({ typeChanges: ["new_column"] })).toEqual(["a", "b"]);
    expect(await methods({ typeChanges: ["t.b=new_column"] })).toEqual(["b"]);
    expect(await methods({ typeChanges: ["new_column", "t.b=using"] })).toEqual(["a"]);
  });

  test("is asked about where values may be lost", async () => {
    const asked: string[] = [];
    const ask = person({
      typeChange: (question) => {
        asked.push(question);
        return "new_column";
      },
      destructive: () => ({ choice: "generate", scope: "all" }),
    });
    expect(await methods({ ask })).toEqual(["a"]);
    expect(asked).toEqual(["t.a"]);
  });

  test("flags that name no way or no field are refused", async () => {
    expect((await failure({ typeChanges: ["t.a=copy"] })).message).toContain('"copy" is no way to change a type');
    expect((await failure({ typeChanges: ["t.x=using"] })).message).toContain('did you mean "t.a"?');
    expect((await failure({ typeChanges: ["t=using"] })).message).toContain('and "t" is a table');
  });
});

describe("several heads", () => {
  beforeEach(async () => {
    declare({ users: [id] });
    await generate(project);
    project.write("0002_a", 'addField({ table: "users", field: { name: "a", type: "text", nullable: true } })', {
      dependencies: ["0001_initial"],
    });
    project.write("0002_b", 'addField({ table: "users", field: { name: "b", type: "text", nullable: true } })', {
      dependencies: ["0001_initial"],
    });
  });

  test("are joined by a merge, which does nothing else", async () => {
    const { created, source } = await generate(project, { merge: true });
    expect(created).toBe("migrations/0003_merge_0002_a_and_0002_b.ts");
    expect(source).toContain('dependencies: ["0002_a", "0002_b"],\n  operations: [],');
    const again = await generate(project, { merge: true });
    expect(again).toMatchObject({ created: null, name: null });
    expect(again.warnings[0]).toContain("nothing to merge");
  });

  test("that commute are joined by whatever comes next, without a word", async () => {
    declare({ users: [id, "name: a, type: text", "name: b, type: text", "name: c, type: text"] });
    const { source, warnings } = await generate(project);
    expect(source).toContain('dependencies: ["0002_a", "0002_b"]');
    expect(warnings).toEqual([]);
  });

  describe("that conflict", () => {
    const texts = (error: ToolError): string => error.message;
    beforeEach(() => {
      project.write(
        "0003_sql",
        'runSQL({ forward: "UPDATE users SET b = upper(b)", backward: "", touches: ["users.b"] })',
        {
          dependencies: ["0002_b"],
        },
      );
      project.write("0003_gone", 'dropField({ table: "users", name: "b" })', { dependencies: ["0002_a", "0002_b"] });
    });

    test("are an error that names the two and what they are about", async () => {
      for (const options of [{}, { empty: true }, { check: true }, { order: "0003_gone,0003_sql" }]) {
        const error = await failure(options);
        if ("order" in options) expect(error.code).toBe("usage");
        else {
          expect(texts(error)).toContain('"0003_gone" and "0003_sql" conflict over field "b" of "users"');
          expect(error.data["conflicts"]).toEqual([
            {
              heads: ["0003_gone", "0003_sql"],
              migrations: ["0003_gone", "0003_sql"],
              objects: ['field "b" of "users"'],
              opaque: [],
            },
          ]);
        }
      }
    });

    test("are a question when they are merged", async () => {
      const error = await failure({ merge: true });
      expect(error.code).toBe("questions");
      expect(error.data["questions"]).toMatchObject([
        { kind: "order", flag: "--order 0003_gone,0003_sql", heads: ["0003_gone", "0003_sql"] },
      ]);
    });

    test("are merged in the order that a flag, a file or a person gives, and run in it", async () => {
      const order = ["0003_sql", "0003_gone"];
      const file = join(project.root, "answers.yaml");
      writeFileSync(file, "order: [0003_sql, 0003_gone]\n");
      const ask = person({ order: async () => order });
      for (const options of [{ order: "0003_s,0003_gone" }, { answers: file }, { ask }])
        expect((await generate(project, { merge: true, dryRun: true, ...options })).source).toContain(
          'dependencies: ["0003_sql", "0003_gone"]',
        );
      await generate(project, { merge: true, order: order.join(",") });
      const { order: run } = await loadGraph(project);
      expect(run.map(({ name }) => name)).toEqual([
        "0001_initial",
        "0002_b",
        "0003_sql",
        "0002_a",
        "0003_gone",
        "0004_merge_0003_sql_and_0003_gone",
      ]);
    });

    test("are not merged in an order that leaves one out, is unclear or does not fit", async () => {
      expect(texts(await failure({ merge: true, order: "0003_sql" }))).toContain('leaves out "0003_gone"');
      expect(texts(await failure({ merge: true, order: "0003_sql,0003_sql" }))).toContain('leaves out "0003_gone"');
      expect(texts(await failure({ merge: true, order: "0003_,0003_gone" }))).toContain("begins the names of");
      expect(texts(await failure({ merge: true, order: "x,0003_gone" }))).toContain('"x" is none of the heads');
      project.write("0004_late", 'addIndex({ table: "users", index: { name: "by_b", fields: ["b"] } })', {
        dependencies: ["0003_sql"],
      });
      const error = await failure({ merge: true, order: "0003_gone,0004_late" });
      expect(error.code).toBe("state");
      expect(texts(error)).toContain("do not fit together");
    });
  });
});

test("the flag that a question names can be pasted into a shell", async () => {
  declare({ users: [id, 'name: "o\'brien $x", type: text'] });
  await generate(project);
  declare({ users: [id, 'name: "a: b", type: text'] });
  const questions = (await failure({})).data["questions"] as readonly { readonly flag: string }[];
  const flag = questions[0]?.flag ?? "";
  expect(flag).toBe("--rename 'users.o'\\''brien $x:a: b'");
  const [, value = ""] = Bun.spawnSync(["sh", "-c", `printf '%s\\n' ${flag}`])
    .stdout.toString()
    .split("\n");
  expect((await generate(project, { renames: [value] })).source).toContain('from: "o\'brien $x", to: "a: b"');
});

test("an empty migration needs no schema", async () => {
  project.write("0001_first", "");
  const { created, source } = await generate(project, { empty: true });
  expect(created).toBe("migrations/0002_empty.ts");
  expect(source).toContain("operations: [],");
});

test("nothing is overwritten: of several at once one writes, and the others fail or find nothing to do", async () => {
  declare({ users: [id] });
  const results = await Promise.allSettled([1, 2, 3, 4].map(() => generate(project)));
  const written = results.filter((result) => result.status === "fulfilled" && result.value.created !== null);
  expect(written).toHaveLength(1);
  const reasons = results.flatMap((result) =>
    result.status === "rejected" ? [(result.reason as ToolError).code] : [],
  );
  expect(reasons.filter((code) => code !== "file")).toEqual([]);
  expect(files()).toEqual(["0001_initial.ts"]);
});

test("an old migration of the same number does not stop the next", async () => {
  declare({ users: [id] });
  writeFileSync(join(project.migrationsDir, "0042_search.up.sql"), "SELECT 1");
  expect((await generate(project)).name).toBe("0043_add_users_table");
});

/** Somebody at the terminal who was only prepared for some questions. */
function person(answers: {
  readonly rename?: (id: string) => string | null;
  readonly destructive?: (id: string) => Awaited<ReturnType<Ask["destructive"]>>;
  readonly typeChange?: (id: string) => Awaited<ReturnType<Ask["typeChange"]>>;
  readonly order?: Ask["order"];
}): Ask {
  const unexpected = (question: { readonly id: string }): never => {
    throw new Error(`nobody expected ${question.id}`);
  };
  return {
    rename: async (question) => answers.rename?.(question.id) ?? unexpected(question),
    oneOff: async (question) => unexpected(question),
    destructive: async (question) => answers.destructive?.(question.id) ?? unexpected(question),
    typeChange: async (question) => answers.typeChange?.(question.id) ?? unexpected(question),
    order: async (question) => answers.order?.(question) ?? unexpected(question),
  };
}
