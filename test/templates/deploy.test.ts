import { expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { parseArguments } from "../../src/cli/arguments.ts";
import type { Command, Registry } from "../../src/cli/command.ts";
import { commands } from "../../src/cli/commands.gen.ts";
import { resolve } from "../../src/cli/resolve.ts";
import { readConfig } from "../../src/runtime/config-file.ts";
import { bareRoot, librariesOf } from "../helpers/bare-root.ts";
import { godwitBinary } from "../helpers/binary.ts";
import { testInNamespaces } from "../helpers/namespaces.ts";
import { commandOf, copiesOf, parseDockerfile, type Stage } from "./dockerfile.ts";

// What people copy: it has to be what the tools read, and its commands have to be there.

const folder = join(import.meta.dir, "../../templates/deploy");
const read = (file: string): string => readFileSync(join(folder, file), "utf8");
const yaml = (file: string) => parse(read(file), { strict: true, uniqueKeys: true });
const files = [...new Bun.Glob("**").scanSync({ cwd: folder })].toSorted();

const finalStage = (file: string): Stage => parseDockerfile(read(file)).at(-1) as Stage;

/** As the executable takes them apart. Throws ToolError `usage` for what it would refuse. */
async function accept(words: readonly string[]): Promise<string> {
  const [name = "", ...rest] = words;
  const called = basename(name);
  expect(["godwit", "migrate"]).toContain(called);
  const resolved = resolve(called === "migrate" ? ["migrate", ...rest] : rest, commands as Registry);
  if (resolved.kind === "group") throw new Error(`no command: ${words.join(" ")}`);
  const command = (await resolved.entry.load()).default as Command;
  parseArguments(resolved.tokens, { args: command.args, rest: command.rest, path: resolved.path, below: [] });
  return resolved.path;
}

/** Lines of scripts that call godwit. */
const calls = (script: readonly string[]): readonly string[] =>
  script.flatMap((text) => text.split("\n")).filter((line) => line.startsWith("godwit "));

test("docs/containers.md names all of them", () => {
  const page = readFileSync(join(import.meta.dir, "../../docs/containers.md"), "utf8");
  expect(files.length).toBeGreaterThanOrEqual(9);
  expect(files.filter((file) => !page.includes(`templates/deploy/${file}`))).toEqual([]);
});

for (const file of files.filter((name) => name.endsWith("Dockerfile"))) {
  test(`${file}: one command without a shell, as a user without rights`, async () => {
    const stage = finalStage(file);
    expect(await accept(commandOf(stage))).toBe("migrate up");
    const user = stage.instructions.find(({ name }) => name === "USER")?.text ?? stage.base;
    expect(user).toMatch(/^65534:65534$|:nonroot$/);
    expect(copiesOf(stage).map(({ target }) => target)).toEqual(expect.arrayContaining(["/migrate", "/migrations"]));
  });
}

testInNamespaces(
  "Dockerfile: what it copies from its first stage is what the executable is linked with, and that runs",
  async () => {
    const program = await godwitBinary();
    const [libraries] = parseDockerfile(read("Dockerfile"));
    const stage = finalStage("Dockerfile");
    expect({ base: stage.base, libraries: libraries?.alias }).toEqual({ base: "scratch", libraries: "libraries" });
    const copied = copiesOf(stage).filter(({ from }) => from === "libraries");
    expect(copied.filter(({ source, target }) => source !== target)).toEqual([]);
    const name = (path: string): string => basename(path).replace(/^ld-linux-.*/, "loader");
    expect(copied.map(({ target }) => name(target)).toSorted()).toEqual(librariesOf(program).map(name).toSorted());
    const [entry = "", ...words] = commandOf(stage);
    const bare = bareRoot(program, { name: basename(entry) });
    try {
      bare.write("migrations/0001_a.up.sql", "CREATE TABLE a (id integer);\n");
      const { stdout, exitCode } = await bare.run(words, { DATABASE_URL: "sqlite:///data/app.db" });
      expect({ stdout, exitCode }).toEqual({ stdout: "1 migration applied\n", exitCode: 0 });
    } finally {
      bare.remove();
    }
  },
);

test("compose.yaml: the application waits for the migrations, and their configuration is one", async () => {
  const { services, configs, secrets } = yaml("compose.yaml");
  expect(await accept(["migrate", ...services.migrate.command])).toBe("migrate up");
  expect(services.application.depends_on.migrate.condition).toBe("service_completed_successfully");
  expect({ readOnly: services.migrate.read_only, restart: services.migrate.restart }).toEqual({
    readOnly: true,
    restart: "no",
  });
  for (const name of services.migrate.secrets) expect(Object.keys(secrets)).toContain(name);
  const directory = mkdtempSync(join(tmpdir(), "godwit-compose-"));
  writeFileSync(join(directory, "godwit.yaml"), configs.godwit.content);
  const { database, migrations } = readConfig(join(directory, "godwit.yaml"), "godwit.yaml");
  rmSync(directory, { recursive: true });
  expect(database?.password_file).toBe(`/run/secrets/${services.migrate.secrets[0]}`);
  expect(copiesOf(finalStage("Dockerfile")).map(({ target }) => target)).toContain(migrations ?? "");
});

for (const file of ["kubernetes/job.yaml", "kubernetes/init-container.yaml"]) {
  test(`${file}: a container without rights that migrates`, async () => {
    const { apiVersion, kind, metadata, spec } = yaml(file);
    expect([apiVersion, kind]).toEqual(kind === "Job" ? ["batch/v1", "Job"] : ["apps/v1", "Deployment"]);
    expect(metadata.name).toMatch(/^[a-z-]+$/);
    const pod = spec.template.spec;
    const [container] = kind === "Job" ? pod.containers : pod.initContainers;
    expect(await accept(["migrate", ...container.args])).toBe("migrate up");
    expect({ ...pod.securityContext, ...container.securityContext }).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 65534,
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
    });
    expect(container.env[0]).toEqual({
      name: "DATABASE_URL",
      valueFrom: { secretKeyRef: { name: expect.any(String), key: expect.any(String) } },
    });
    if (kind === "Job") expect(pod.restartPolicy).toBe("Never");
    else expect(spec.template.metadata.labels).toEqual(spec.selector.matchLabels);
  });
}

test("github-actions.yaml and gitlab-ci.yaml: the executable is held against its hash, and every command is there", async () => {
  const { on, jobs } = yaml("github-actions.yaml");
  expect(Object.keys(on)).toEqual(["pull_request", "push"]);
  const steps = jobs.check.steps as readonly { readonly run?: string }[];
  const github = steps.flatMap(({ run }) => run ?? []);
  const { stages, migrations, migrate, ".godwit": base } = yaml("gitlab-ci.yaml");
  for (const job of [migrations, migrate]) expect(stages).toContain(job.stage);
  const gitlab = [...base.before_script, ...migrations.script, ...migrate.script] as readonly string[];
  for (const script of [github, gitlab]) {
    expect(script.join("\n")).toContain("sha256sum --check");
    const paths: string[] = [];
    for (const call of calls(script)) paths.push(await accept(call.split(" ")));
    for (const path of ["generate", "migrate check", "migrate up", "schema drift"]) expect(paths).toContain(path);
  }
});

test("shop-migrate.service: a command that ends, and nothing that a JIT compiler cannot live with", async () => {
  const lines = read("shop-migrate.service")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  expect(lines.filter((line) => !/^\[\w+\]$|^\w+=/.test(line))).toEqual([]);
  expect(lines.filter((line) => line.startsWith("["))).toEqual(["[Unit]", "[Service]", "[Install]"]);
  const settings = new Map(
    lines.flatMap((line) => {
      const [, key, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
      return key === undefined ? [] : [[key, value ?? ""] as const];
    }),
  );
  expect(settings.get("Type")).toBe("oneshot");
  expect(settings.has("MemoryDenyWriteExecute")).toBe(false);
  const command = settings.get("ExecStart") ?? "";
  expect(await accept(command.split(" "))).toBe("migrate up");
  const credential = settings.get("LoadCredential")?.split(":")[0];
  expect(command).toContain(`--env-file %d/${credential} `);
});
