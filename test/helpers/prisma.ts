import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { engineFile } from "./engines.ts";

/** Databases that a project of Prisma can be for here, as its schema names them. For `mysql`, the engine that is used here breaks down with a panic. */
export type PrismaProvider = "postgresql" | "sqlite";

/** A project of Prisma in a folder with a database of its own, and the real tool. */
export interface PrismaProject {
  /** Writes these models, and the migration from the ones before to these, as `prisma migrate diff` says it. */
  step(name: string, models: string): void;
  /** Writes a migration by hand, or another text for one that is there. */
  write(name: string, sql: string): void;
  /** Runs `prisma WORDS`; what it said, and how it ended. */
  run(...words: readonly string[]): PrismaRun;
  /** The same, while others go on. */
  start(...words: readonly string[]): Promise<PrismaRun>;
}

interface PrismaRun {
  readonly exitCode: number;
  readonly said: string;
}

/**
 * Prisma's own command line, with its own schema engine. The native one is downloaded from binaries.prisma.sh and lies in no package of npm; the same engine
 * as WebAssembly is in Prisma's own, and Prisma 6 runs on that where `prisma.config.ts` says `engine: "js"` and gives a driver adapter. (Prisma 7 has it
 * too, and runs the native one only.) Two things are asked of the native ones all the same, neither of them work: that the files are there, and before
 * `migrate resolve --rolled-back`, whether the database can be reached. So a program that ends well stands where they would be.
 * The adapter for PostgreSQL is that of Prisma 7: the one of 6 does not know the type `name`, which the engine asks for.
 * https://github.com/prisma/prisma/releases/tag/6.6.0
 */
export const prismaProject = (folder: string, provider: PrismaProvider, url: string): PrismaProject => {
  mkdirSync(join(folder, "prisma/migrations"), { recursive: true });
  symlinkSync(dirname(dirname(engineFile("prisma/package.json", "tools"))), join(folder, "node_modules"));
  writeFileSync(join(folder, "prisma.config.ts"), configFor(provider));
  writeFileSync(join(folder, "prisma/migrations/migration_lock.toml"), lockFor(provider));
  const program = ["node", engineFile("prisma/build/index.js", "tools")];
  const env = { ...process.env, ...surroundings, DATABASE_URL: url };
  const run: PrismaProject["run"] = (...words) => {
    const { exitCode, stdout, stderr } = Bun.spawnSync([...program, ...words], { cwd: folder, env });
    return { exitCode, said: `${stdout}${stderr}` };
  };
  const start: PrismaProject["start"] = async (...words) => {
    const child = Bun.spawn([...program, ...words], { cwd: folder, env, stdout: "pipe", stderr: "pipe" });
    const said = await Promise.all([child.stdout.text(), child.stderr.text()]);
    return { exitCode: await child.exited, said: said.join("") };
  };
  const write: PrismaProject["write"] = (name, sql) => {
    mkdirSync(join(folder, "prisma/migrations", name), { recursive: true });
    writeFileSync(join(folder, "prisma/migrations", name, "migration.sql"), sql);
  };
  const schema = join(folder, "prisma/schema.prisma");
  writeFileSync(schema, schemaFor(provider, ""));
  let before = "";
  const step: PrismaProject["step"] = (name, models) => {
    const next = schemaFor(provider, models);
    writeFileSync(join(folder, "before.prisma"), before);
    writeFileSync(schema, next);
    const from = before ? ["--from-schema-datamodel", "before.prisma"] : ["--from-empty"];
    const diff = ["migrate", "diff", ...from, "--to-schema-datamodel", "prisma/schema.prisma", "--script"];
    const steps = before + next;
    before = next;
    const known = scripts.get(steps);
    write(name, known ?? "");
    if (known !== undefined) return;
    const file = join("prisma/migrations", name, "migration.sql");
    const { exitCode, said } = run(...diff, "-o", file);
    if (exitCode !== 0) throw new Error(`prisma migrate diff ended with ${exitCode}: ${said}`);
    scripts.set(steps, readFileSync(join(folder, file), "utf8"));
  };
  return { step, write, run, start };
};

/** What leads from one schema to another, by the texts of both: Prisma takes a second to say it. */
const scripts = new Map<string, string>();

const standIn = Bun.which("true") ?? "/bin/true";

const surroundings = {
  PRISMA_SCHEMA_ENGINE_BINARY: standIn,
  PRISMA_QUERY_ENGINE_LIBRARY: standIn,
  CHECKPOINT_DISABLE: "1",
  PRISMA_HIDE_UPDATE_MESSAGE: "1",
};

const adapters: Readonly<Record<PrismaProvider, readonly [name: string, from: string, made: string]>> = {
  postgresql: [
    "PrismaPg",
    "@prisma/adapter-pg",
    "new PrismaPg({ connectionString: process.env.DATABASE_URL, allowExitOnIdle: true })",
  ],
  sqlite: ["PrismaLibSQL", "@prisma/adapter-libsql", "new PrismaLibSQL({ url: process.env.DATABASE_URL })"],
};

const configFor = (provider: PrismaProvider): string => {
  const [name, from, made] = adapters[provider];
  return `import { defineConfig } from "prisma/config";
import { ${name} } from "${from}";
export default defineConfig({
  schema: "prisma/schema.prisma",
  experimental: { adapter: true },
  engine: "js",
  adapter: async () => ${made},
});
`;
};

const lockFor = (provider: PrismaProvider): string => `# Please do not edit this file manually
# It should be added in your version-control system (e.g., Git)
provider = "${provider}"
`;

const schemaFor = (provider: PrismaProvider, models: string): string => `generator client {
  provider = "prisma-client"
  output   = "../client"
}

datasource db {
  provider = "${provider}"
  url      = env("DATABASE_URL")
}

${models.trim()}
`;
