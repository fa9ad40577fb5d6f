import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { godwitBinary } from "./binary.ts";
import { clickhouseServer } from "./clickhouse-server.ts";
import { mariadbServer } from "./mariadb-server.ts";
import { postgresServer, type TestDatabase } from "./postgres-server.ts";
import type { StepOutcome } from "./script.ts";
import { sqldServer } from "./sqld-server.ts";

/** A directory, a database and an environment that nobody else has, in which commands are run by a shell. */
export interface Session {
  /** Where commands run. */
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
  /** What the command printed, with all that differs from run to run replaced, as in `<time>`. */
  run(command: string): Promise<StepOutcome>;
  /** Puts a placeholder for what is different each time. */
  normalize(text: string): string;
  end(): Promise<void>;
}

const repository = join(import.meta.dir, "../..");

/**
 * `godwit` in these sessions is the compiled executable, `sql` runs one statement on the session's database and prints rows as JSON.
 * On `postgresql`, `mariadb`, `clickhouse` and `turso` DATABASE_URL names an empty database; on `sqlite` nothing is set.
 */
export async function openSession(database: string, files: ReadonlyMap<string, string> = new Map()): Promise<Session> {
  const place = realpathSync(mkdtempSync(join(tmpdir(), "godwit-session-")));
  const directory = join(place, "project");
  for (const folder of ["project", "home", "bin"]) mkdirSync(join(place, folder));
  symlinkSync(await godwitBinary(), join(place, "bin/godwit"));
  const sql = `#!/bin/sh\nexec "${process.execPath}" "${join(repository, "test/helpers/sql.ts")}" "$@"\n`;
  writeFileSync(join(place, "bin/sql"), sql, { mode: 0o755 });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  const server = await serverDatabase(database);
  const env = {
    PATH: `${join(place, "bin")}:/usr/local/bin:/usr/bin:/bin`,
    HOME: join(place, "home"),
    LC_ALL: "C.UTF-8",
    TZ: "UTC",
    REPOSITORY: repository,
    ...(server && { DATABASE_URL: server.url }),
  };
  const normalize = normalizer(place, server?.url);
  return {
    directory,
    env,
    normalize,
    run: async (command) => {
      const child = Bun.spawn(["/bin/sh", "-c", command], {
        cwd: directory,
        env,
        stdin: "ignore",
        stdout: "pipe",
        stderr: "pipe",
        timeout: 20_000,
        killSignal: "SIGKILL",
      });
      const [stdout, stderr, exitCode] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
      return { stdout: normalize(stdout), stderr: normalize(stderr), exitCode };
    },
    end: async () => {
      await server?.drop();
      rmSync(place, { recursive: true, force: true });
    },
  };
}

async function serverDatabase(database: string): Promise<Pick<TestDatabase, "url" | "drop"> | undefined> {
  if (database === "sqlite") return undefined;
  if (database === "clickhouse") return (await clickhouseServer()).createDatabase();
  if (database === "turso") return (await sqldServer()).createDatabase();
  return (await (database === "mariadb" ? mariadbServer() : postgresServer())).createDatabase();
}

function normalizer(place: string, url: string | undefined): (text: string) => string {
  const server = url === undefined ? undefined : new URL(url);
  const known: readonly (readonly [string, string])[] = [
    [join(place, "project"), "<project>"],
    [place, "<place>"],
    [repository, "<repository>"],
    ...(server
      ? ([
          [server.href, "<url>"],
          ...(server.password === "" ? [] : [[server.href.replace(server.password, "***"), "<redacted url>"] as const]),
          [server.host, "<host>"],
          [`"port": ${server.port}`, '"port": <port>'],
          ...(server.pathname.length < 2 ? [] : [[server.pathname.slice(1), "<database>"] as const]),
        ] as const)
      : []),
  ];
  return (text) => patterns.reduce((t, [from, to]) => t.replace(from, to), replaceAll(text, known));
}

const replaceAll = (text: string, known: readonly (readonly [string, string])[]): string =>
  known.reduce((result, [from, to]) => result.replaceAll(from, to), text);

const patterns: readonly (readonly [RegExp, string])[] = [
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?/g, "<time>"],
  [/\((\d+ ms|\d+\.\d s)\)/g, "(<ms>)"],
  [/(?<= {2})\S+@\S+(?=(?: +\(<ms>\))?$)/gm, "<user>"],
  [/("by": )"[^"]+@[^"]+"/g, '$1"<user>"'],
  [/("tool_version": )"[^"]+"/g, '$1"<version>"'],
  [/("duration_ms": )\d+/g, '$1"<ms>"'],
  [/\b[0-9a-f]{64}\b/g, "<checksum>"],
  [/("(?:trace|span|parent_span)_id":")[0-9a-f]+/g, "$1<id>"],
  [/("[\w.]+\.duration":)[\d.]+/g, "$1<s>"],
  [/process \d+ of \S+@\S+,/g, "process <pid> of <user>,"],
  [/\bgodwit \d+\.\d+\.\d+\S*/g, "godwit <version>"],
];
