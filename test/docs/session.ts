import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { buildLibrary } from "../../src/build/library.ts";
import { godwitBinary } from "../helpers/binary.ts";
import { postgresServer } from "../helpers/postgres-server.ts";
import { type SqldDatabase, sqldServer } from "../helpers/sqld-server.ts";
import { type Block, pagePath, rewriteBlock } from "./page.ts";

/** One command of a `console` block with the output that the page shows. */
export interface Shown {
  readonly command: string;
  readonly output: string;
}

/** What became of it. */
export interface Ran extends Shown {
  /** Standard output and standard error as they came. */
  readonly actual: string;
  readonly exitCode: number;
}

/** The commands of a page, run one after the other in a directory of their own. */
export interface Session {
  /** A `yaml`, `ts` or `sql` block with `file=PATH` is that file of the project. */
  write(block: Block): void;
  /** Runs a `console` or `sh` block. The first block says `new` to start in an empty directory; so may others. */
  run(block: Block): Promise<readonly Ran[]>;
  dispose(): Promise<void>;
}

/**
 * Opens a session. `godwit` is the compiled executable; nothing of the caller's configuration reaches it. A block with
 * `postgres` or `turso` finds an empty database in `DATABASE_URL`, the same one throughout the page; one with `library` finds the library
 * installed, and `bun`.
 */
export async function openSession(): Promise<Session> {
  const home = mkdtempSync(join(tmpdir(), "godwit-docs-"));
  const bin = join(home, "bin");
  mkdirSync(bin);
  symlinkSync(await godwitBinary(), join(bin, "godwit"));
  let projects = 0;
  let directory = "";
  let database: Awaited<ReturnType<Awaited<ReturnType<typeof postgresServer>>["createDatabase"]>> | undefined;
  let libsql: SqldDatabase | undefined;
  const start = (): void => {
    directory = join(home, `project-${++projects}`);
    mkdirSync(directory);
  };
  const environment = async (block: Block): Promise<Record<string, string>> => {
    if (block.attributes.has("library") && !existsSync(join(bin, "bun"))) await installTo(home, bin);
    if (block.attributes.has("postgres")) database ??= await (await postgresServer()).createDatabase();
    if (block.attributes.has("turso")) libsql ??= await (await sqldServer()).createDatabase();
    return {
      PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}`,
      HOME: home,
      XDG_CACHE_HOME: join(home, "cache"),
      ...(block.attributes.has("postgres") && database && { DATABASE_URL: database.url }),
      ...(block.attributes.has("turso") && libsql && { DATABASE_URL: libsql.url }),
    };
  };
  start();
  return {
    write: (block) => {
      const path = join(directory, block.attributes.get("file") ?? "");
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, block.text);
    },
    run: async (block) => {
      if (block.attributes.has("new")) start();
      const env = await environment(block);
      return shownIn(block).map((shown) => {
        const child = Bun.spawnSync(["sh", "-c", `{ ${shown.command}\n} 2>&1`], {
          cwd: directory,
          env,
          stdin: "ignore",
        });
        return { ...shown, actual: child.stdout.toString(), exitCode: child.exitCode };
      });
    },
    dispose: async () => {
      await database?.drop();
      await libsql?.drop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Programs in directories below find it there. */
async function installTo(home: string, bin: string): Promise<void> {
  const target = join(home, "node_modules/godwit");
  mkdirSync(target, { recursive: true });
  cpSync(pagePath("package.json"), join(target, "package.json"));
  await buildLibrary(join(target, "dist/library"));
  symlinkSync(process.execPath, join(bin, "bun"));
}

/** In `console` a command begins with `$ ` and its output follows; a line of `sh` is a command whose output is not shown. */
export function shownIn({ language, text }: Block): readonly Shown[] {
  const joined = text.replaceAll("\\\n", "");
  if (language === "sh") {
    const commands = joined.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
    return commands.map((command) => ({ command, output: "…" }));
  }
  return [...joined.matchAll(/^\$ (.*)\n((?:(?!\$ ).*\n)*)/gm)].map(([, command = "", output = ""]) => ({
    command,
    output,
  }));
}

/** Whether an output is the one shown. Times and durations differ, and a line `…` stands for any number of lines. */
export const matches = (shown: string, actual: string): boolean =>
  matchLines(settled(shown).split("\n"), settled(actual).split("\n"));

/** The block as it would have to read, for `GODWIT_TEST_UPDATE=1`. */
export function update(block: Block, ran: readonly Ran[]): void {
  const parts = ran.map(({ command, output, actual }) => {
    const text = matches(output, actual) ? output : actual.replace(/\n*$/, "\n");
    return `$ ${command}\n${text.trim() === "" ? "" : text}${output.endsWith("\n\n") && !text.endsWith("\n\n") ? "\n" : ""}`;
  });
  rewriteBlock(block, parts.join(""));
}

function matchLines(shown: readonly string[], actual: readonly string[]): boolean {
  const [first, ...rest] = shown;
  if (first === undefined) return actual.length === 0;
  if (first !== "…") return first === actual[0] && matchLines(rest, actual.slice(1));
  return actual.some((_, i) => matchLines(rest, actual.slice(i))) || rest.length === 0;
}

/** What differs from one run to the next, made the same. */
const settled = (text: string): string =>
  text
    .trim()
    .replace(/[ \t]+$/gm, "")
    .replace(/\b\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?Z?/g, "TIME")
    .replace(/\b[\d.]+ (?:ms|s)(?=\))/g, "DURATION")
    .replace(/(?<= {2})\S+@\S+(?=(?: +\(DURATION\))?$)/gm, "USER")
    .replace(/("(?:by|tool_version)": )"[^"]+"/g, "$1TEXT")
    .replace(/("duration_ms": )\d+/g, "$1N")
    .replace(/\bbun \d+\.\d+\.\d+, \S+/g, "bun VERSION");
