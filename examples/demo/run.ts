/**
 * The whole story in a fresh temporary project: schema → migration → database, a change, and back. Run it with `npm run demo`. It ends
 * with exit code 1 at the first thing that is not as it should be.
 */
import { Database } from "bun:sqlite";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const godwit = resolve(import.meta.dir, "../../dist/godwit");
const project = mkdtempSync(join(tmpdir(), "godwit-demo-"));

try {
  chapter("A new project on the embedded default, a SQLite file");
  play("init");
  declare("blog.yaml");
  play("generate", "--name", "initial");
  show("cat migrations/0001_initial.ts", await Bun.file(join(project, "migrations/0001_initial.ts")).text());
  play("migrate", "showsql");
  play("migrate", "up");
  play("migrate", "status");

  chapter("Somebody uses it");
  sql("INSERT INTO users (email, name) VALUES ('ada@example.org', 'Ada'), ('o''brien@example.org', 'O''Brien')");
  sql("INSERT INTO posts (user_id, title) VALUES (1, 'Notes on the engine')");
  const before = rows();

  chapter("The schema changes: a renamed field, a nullable one, a NOT NULL one with a default, an index less");
  declare("blog-changed.yaml");
  play("generate", "--on-destructive", "generate");
  play("migrate", "up");
  expectSame("after the change", before, rows("display_name"));
  play("migrate", "dag");
  play("schema", "drift");

  chapter("And back");
  play("migrate", "down");
  expectSame("after the way back", before, rows());
  play("migrate", "status");
} finally {
  rmSync(project, { recursive: true, force: true });
}

function chapter(title: string): void {
  console.log(`\n━━ ${title}\n`);
}

function show(command: string, output: string): void {
  console.log(`$ ${command}\n${output.trimEnd()}\n`);
}

/** Runs a command as a person would and stops the story if it fails. */
function play(...args: readonly string[]): void {
  const { GODWIT_DATABASE_URL: _, DATABASE_URL: __, ...env } = process.env;
  const run = Bun.spawnSync([godwit, ...args], { cwd: project, env, stdin: "ignore", stdout: "pipe", stderr: "pipe" });
  show(`godwit ${args.join(" ")}`, run.stderr.toString() + run.stdout.toString());
  if (run.exitCode !== 0) throw new Error(`godwit ${args.join(" ")} ended with exit code ${run.exitCode}`);
}

function declare(file: string): void {
  copyFileSync(join(import.meta.dir, file), join(project, "schema/schema.yaml"));
  console.log(`$ cp examples/demo/${file} schema/schema.yaml\n`);
}

function sql(text: string): void {
  const database = new Database(join(project, "app.db"));
  database.run("PRAGMA foreign_keys = ON");
  database.run(text);
  database.close();
  console.log(`sqlite> ${text};`);
}

/** What people entered, by the present name of the renamed field. */
function rows(name = "name"): string {
  const database = new Database(join(project, "app.db"), { readonly: true });
  const query = `SELECT email, ${name} AS name, role, title FROM users LEFT JOIN posts ON posts.user_id = users.id ORDER BY users.id`;
  const found = database.query(query).all();
  database.close();
  return JSON.stringify(found, undefined, 1);
}

function expectSame(when: string, before: string, after: string): void {
  console.log(`rows ${when}: ${before === after ? "all there, unchanged" : "CHANGED"}\n${after}\n`);
  if (before !== after) throw new Error(`rows were lost ${when}`);
}
