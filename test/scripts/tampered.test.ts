import { describe, expect, test } from "bun:test";
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type Measured, runMeasured } from "../helpers/measured.ts";
import { openSession, type Session } from "../helpers/script-session.ts";

// Files that godwit wrote, or finds beside the migrations, after somebody changed them.

const table = (name: string, dependencies = "") => `import { createTable, migration } from "godwit";

export default migration({
  ${dependencies}operations: [createTable({ name: "${name}", fields: [{ name: "id", type: "bigint", primaryKey: true }] })],
});
`;
const project = new Map([
  ["migrations/0001_a.ts", table("a")],
  ["migrations/0002_b.ts", table("b", 'dependencies: ["0001_a"],\n  ')],
]);
const compiled = "migrations/compiled.json";

const godwit = ({ directory, env }: Session, ...words: readonly string[]): Promise<Measured> =>
  runMeasured([join(directory, "../bin/godwit"), ...words], { cwd: directory, env });

/** Prepares a project, spoils it, and expects one message, no database, and little time and memory. */
async function refused(
  prepare: readonly (readonly string[])[],
  spoil: (session: Session) => void,
  command: readonly string[],
  says: readonly string[],
): Promise<void> {
  const session = await openSession("sqlite", project);
  try {
    for (const words of prepare) expect(await godwit(session, ...words)).toMatchObject({ exitCode: 0 });
    const before = databaseOf(session);
    spoil(session);
    const { exitCode, stdout, stderr, ms, rssMiB } = await godwit(session, ...command);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    for (const part of says) expect(stderr).toContain(part);
    expect(stderr).not.toContain("a bug in godwit");
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(databaseOf(session)).toEqual(before);
    expect(ms).toBeLessThan(3000);
    expect(rssMiB).toBeLessThan(200);
  } finally {
    await session.end();
  }
}

function databaseOf({ directory }: Session): Buffer | undefined {
  return readdirSync(directory).includes("app.db") ? readFileSync(join(directory, "app.db")) : undefined;
}

const edit = (file: string, change: (text: string) => string) => (session: Session) => {
  const path = join(session.directory, file);
  writeFileSync(path, change(readFileSync(path, "utf8")));
};
const replace = (file: string, text: string) => edit(file, () => text);
const link = (file: string, target: string) => (session: Session) => {
  rmSync(join(session.directory, file), { force: true });
  symlinkSync(target, join(session.directory, file));
};
const pipe = (file: string) => (session: Session) => {
  rmSync(join(session.directory, file), { force: true });
  expect(Bun.spawnSync(["mkfifo", join(session.directory, file)]).exitCode).toBe(0);
};

/** Puts the right checksum on what was changed, as somebody does who knows how. Operations have checksums of their own. */
const resealed = (change: (text: string) => string) =>
  edit(compiled, (text) => {
    const { checksum: _, ...content } = JSON.parse(change(text)) as Record<string, unknown>;
    const bare = JSON.parse(
      JSON.stringify(content, (key, value: unknown) => (key === "operations" ? undefined : value)),
    );
    return JSON.stringify({
      ...content,
      checksum: new Bun.CryptoHasher("sha256").update(sortedJson(bare)).digest("hex"),
    });
  });

/** Members by name, as godwit writes what it hashes. */
function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, item]) => `${JSON.stringify(key)}:${sortedJson(item)}`).join(",")}}`;
}

const swapSources = (text: string): string => {
  const [first = "", second = ""] = [...text.matchAll(/\.ts":\s*"([0-9a-f]{64})"/g)].map(([, hash]) => hash);
  return text.replace(first, "?").replace(second, first).replace("?", second);
};

describe("compiled migrations that were changed are refused", () => {
  const cases: readonly (readonly [what: string, spoil: (session: Session) => void, says: readonly string[]])[] = [
    ["their operations", edit(compiled, (text) => text.replace('"name":"a"', '"name":"x"')), ["was changed after"]],
    ["their operations, with a new checksum", resealed((text) => text.replace('"name":"a"', '"name":"x"')), ["0001_a"]],
    [
      "the checksum of a migration",
      edit(compiled, (text) => text.replace(/"checksum":"../, '"checksum":"00')),
      ["was changed"],
    ],
    ["the hashes of sources", resealed(swapSources), ["0001_a.ts", "0002_b.ts"]],
    ["the file beside them", edit("migrations/0001_a.ts", (text) => text.replace('"a"', '"x"')), ["0001_a.ts"]],
    ["a member more", resealed((text) => text.replace('"tracks"', '"hooks": {}, "tracks"')), ["was changed"]],
    [
      "a prototype",
      replace(compiled, '{"__proto__":{"format":"godwit compiled","version":1}}'),
      ["is not what `godwit compile` writes"],
    ],
    [
      "a prototype in an operation",
      resealed((text) => text.replace('{"kind"', '{"__proto__":{"a":1},"kind"')),
      ["compiled.json"],
    ],
    ["wrong types", resealed((text) => text.replace('"transaction":true', '"transaction":"no"')), ["was changed"]],
    [
      "a version of the future",
      edit(compiled, (text) => text.replace('"version": 1', '"version": 99')),
      ["is of version 99"],
    ],
    [
      "a version that is an object",
      edit(compiled, (text) => text.replace('"version": 1', '"version": {"toString": 1}')),
      ["is of version {"],
    ],
    ["half of the file", ({ directory }) => truncateSync(join(directory, compiled), 300), ["is damaged"]],
    ["nothing", replace(compiled, ""), ["is not what `godwit compile` writes"]],
    ["a list without an end", replace(compiled, "[".repeat(1_000_000)), ["is not what `godwit compile` writes"]],
    [
      "depth",
      replace(
        compiled,
        `{"format":"godwit compiled","version":1,"tracks":${"[".repeat(500_000)}${"]".repeat(500_000)}}`,
      ),
      ["compiled.json"],
    ],
    [
      "millions of values",
      replace(compiled, `{"format":"godwit compiled","x":[${"{},".repeat(3_000_000)}{}]}`),
      ["more than 2000000 values"],
    ],
    [
      "100 MB of blanks",
      ({ directory }) => writeFileSync(join(directory, compiled), Buffer.alloc(100_000_000, 32)),
      ["100000000 bytes"],
    ],
    ["a link to a device", link(compiled, "/dev/zero"), ["not a regular file"]],
    ["a link to other texts", link(compiled, "/etc/passwd"), ["is not what `godwit compile` writes"]],
    ["a pipe", pipe(compiled), ["not a regular file"]],
  ];
  for (const [what, spoil, says] of cases) {
    test(what, () => refused([["compile"]], spoil, ["migrate", "up", "--from", compiled], says), { retry: 2 });
  }
});

describe("files that are none are refused", () => {
  const file = "migrations/0001_a.ts";
  const cases: readonly (readonly [what: string, spoil: (session: Session) => void, says: readonly string[]])[] = [
    ["a migration that is a device", link(file, "/dev/zero"), ["0001_a.ts", "not a regular file"]],
    ["a migration that is a pipe", pipe(file), ["0001_a.ts", "not a regular file"]],
    ["a migration that is a link to itself", link(file, "0001_a.ts"), ["0001_a.ts"]],
    ["a migration that is the input", link(file, "/dev/stdin"), ["0001_a.ts", "not a regular file"]],
    ["a migration of 3 GB", ({ directory }) => truncateSync(join(directory, file), 3e9), ["3000000000 bytes"]],
    ["a migration of 150 MB", ({ directory }) => truncateSync(join(directory, file), 150e6), ["150000000 bytes"]],
    [
      "a migration of bytes",
      ({ directory }) => writeFileSync(join(directory, file), Buffer.from([255, 254, 0, 128])),
      ["0001_a.ts:1:1", "syntax error"],
    ],
    ["SQL that is a device", link("migrations/0003_c.up.sql", "/dev/zero"), ["0003_c.up.sql", "not a regular file"]],
    ["a configuration that is a device", link("godwit.yaml", "/dev/zero"), ["godwit.yaml", "not a regular file"]],
    ["a configuration that is a pipe", pipe("godwit.yaml"), ["godwit.yaml", "not a regular file"]],
    [
      "a configuration of 50 MB",
      ({ directory }) => writeFileSync(join(directory, "godwit.yaml"), Buffer.alloc(50e6, 10)),
      ["50000000 bytes"],
    ],
  ];
  for (const [what, spoil, says] of cases) {
    test(what, () => refused([], spoil, ["migrate", "up"], says), { retry: 2 });
  }
});

describe("symbols that were changed are refused", () => {
  const source = "export const f = () => 1;\n";
  const integrity = `sha256-${new Bun.CryptoHasher("sha256").update(source).digest("base64")}`;
  const list = JSON.stringify({ evil: { package: "evil@1.0.0", file: "evil.js", integrity } });
  const add = (session: Session): void => {
    mkdirSync(join(session.directory, "migrations/symbols"));
    writeFileSync(join(session.directory, "migrations/symbols/evil.js"), source);
    writeFileSync(join(session.directory, "migrations/symbols/symbols.json"), list);
  };
  const js = "migrations/symbols/evil.js";
  const json = "migrations/symbols/symbols.json";
  const cases: readonly (readonly [what: string, spoil: (session: Session) => void, says: readonly string[]])[] = [
    [
      "their content",
      replace(js, "export const f = () => 2;\n"),
      ['module "evil"', "is not the one that was registered"],
    ],
    ["a blank at their end", replace(js, `${source} `), ['module "evil"', "is not the one that was registered"]],
    ["no content", ({ directory }) => rmSync(join(directory, js)), ["evil.js"]],
    ["a link out of the project", link(js, "/etc/passwd"), ['module "evil"', "is not the one that was registered"]],
    ["a link to a device", link(js, "/dev/zero"), ["evil.js", "not a regular file"]],
    ["100 MB", ({ directory }) => truncateSync(join(directory, js), 100e6), ["100000000 bytes"]],
    [
      "another file",
      replace(json, list.replace("evil.js", "../../0001_a.ts")),
      ["symbols.json", "is not what godwit writes"],
    ],
    ["a built-in name", replace(json, list.replace('"evil"', '"godwit/uuid"')), ['"godwit/uuid" cannot be registered']],
    ["a path as a name", replace(json, list.replace('"evil"', '"../evil"')), ['"../evil" cannot be registered']],
    ["a list that is no JSON", replace(json, "{"), ["symbols.json", "is not what godwit writes"]],
    ["a list that is a device", link(json, "/dev/zero"), ["symbols.json", "not a regular file"]],
    [
      "a hash of another kind",
      replace(json, list.replace("sha256-", "md5-")),
      ["symbols.json", "is not what godwit writes"],
    ],
  ];
  for (const [what, spoil, says] of cases) {
    const both = (session: Session): void => {
      add(session);
      spoil(session);
    };
    test(what, () => refused([], both, ["migrate", "up"], says), { retry: 2 });
  }
});

/** The file in which evaluations are kept. */
function packOf({ env }: Session): string {
  const directory = join(env["HOME"] ?? "", ".cache/godwit");
  return join(directory, readdirSync(directory).find((file) => file.endsWith(".evaluated")) ?? "");
}

/** Changes what is kept, and what says that it was not changed. */
const poisoned = (change: (body: string) => string) => (session: Session) => {
  const path = packOf(session);
  const [head = "", ...lines] = readFileSync(path, "utf8").split("\n");
  const body = change(lines.join("\n"));
  const hash = new Bun.CryptoHasher("sha256").update(body).digest("hex");
  writeFileSync(path, `${head.split(" ").slice(0, -1).join(" ")} ${hash}\n${body}`);
};

describe("a cache that somebody changed on purpose ends in one message", () => {
  const cases: readonly (readonly [what: string, change: (body: string) => string])[] = [
    ["other operations", (body) => body.replace('"name":"a"', '"name":"x"')],
    ["operations of another migration", (body) => body.replace(/\n(.*)\n(.*)/, "\n$2\n$1")],
    ["no operations", (body) => body.replace('={"operations"', '={"nothing"')],
    ["no JSON", (body) => body.replace('={"', '={{"')],
    ["a text in place of what was noted", (body) => body.replace(/\{"dependencies".*?\}\]/, '"no"]')],
    ["other types in what was noted", (body) => body.replace('{"dependencies":[]', '{"dependencies":null')],
    [
      "a prototype",
      (body) => body.replace('={"operations":[', '={"__proto__":{"operations":[]},"operations":[{"__proto__":{}},'),
    ],
  ];
  for (const [what, change] of cases) {
    test(
      what,
      () => refused([["migrate", "up"]], poisoned(change), ["schema", "state"], ["kept of the evaluation", "delete"]),
      { retry: 2 },
    );
  }
});

const without = (make: (path: string) => unknown) => (path: string) => {
  rmSync(path);
  make(path);
};

describe("a cache that is damaged only costs time", () => {
  const cases: readonly (readonly [what: string, spoil: (path: string) => void])[] = [
    ["cut off", (path) => truncateSync(path, 200)],
    ["changed", (path) => writeFileSync(path, readFileSync(path, "utf8").replace('"name":"a"', '"name":"x"'))],
    ["200 MB", (path) => appendFileSync(path, Buffer.alloc(200_000_000, 120))],
    ["a directory", without(mkdirSync)],
    ["a device", without((path) => symlinkSync("/dev/zero", path))],
    ["a pipe", without((path) => Bun.spawnSync(["mkfifo", path]))],
  ];
  for (const [what, spoil] of cases) {
    const play = async (): Promise<void> => {
      const session = await openSession("sqlite", project);
      try {
        await godwit(session, "migrate", "up");
        const { stdout: before } = await godwit(session, "schema", "state");
        spoil(packOf(session));
        const { exitCode, stdout, stderr, ms, rssMiB } = await godwit(session, "schema", "state");
        expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: before, stderr: "" });
        expect(ms).toBeLessThan(3000);
        expect(rssMiB).toBeLessThan(200);
      } finally {
        await session.end();
      }
    };
    test(what, play, { retry: 2 });
  }
});
