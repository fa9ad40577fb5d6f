import { describe, expect, test } from "bun:test";
import { parseArguments } from "../../src/cli/arguments.ts";
import type { Command, Registry } from "../../src/cli/command.ts";
import { commands } from "../../src/cli/commands.gen.ts";
import { globalArguments } from "../../src/cli/global-arguments.ts";
import { resolve } from "../../src/cli/resolve.ts";
import { openSession } from "../helpers/script-session.ts";

const registry = commands as Registry;
const load = async (path: string): Promise<Command> => (await registry[path]?.load())?.default as Command;

/** Flags as people type them. */
const flagsOf = (args: Command["args"]): readonly string[] =>
  Object.entries(args)
    .filter(([, arg]) => arg.type !== "positional")
    .map(([name, arg]) => (arg.type === "boolean" && arg.default === true ? `--no-${name}` : `--${name}`));

/** The words of an example as a shell would cut them, up to what the shell itself takes. */
const wordsOf = (line: string): readonly string[] =>
  [...(line.split(/\s[>|#]\s/)[0] ?? "").matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map((m) => m[1] ?? m[2] ?? m[3] ?? "");

describe("the help of every command", () => {
  test("exits with 0, names each flag and argument with a description, and has examples", async () => {
    const session = await openSession("sqlite");
    for (const path of Object.keys(registry)) {
      const command = await load(path);
      const { exitCode, stdout, stderr } = await session.run(`godwit ${path} --help`);
      expect({ path, exitCode, stderr }).toEqual({ path, exitCode: 0, stderr: "" });
      expect(stdout).toStartWith(`godwit ${path} — ${command.meta.summary}\n`);
      const words = [...flagsOf(command.args), ...flagsOf(globalArguments)];
      for (const flag of words) expect(stdout).toMatch(new RegExp(`${flag}( [A-Z.=:]+)?  +\\S`));
      for (const [name, arg] of Object.entries(command.args)) {
        expect({ path, name, described: Boolean(arg.description) }).toEqual({ path, name, described: true });
      }
      for (const { line } of command.examples) expect(stdout).toContain(line);
      expect({ path, examples: command.examples.length > 0 }).toEqual({ path, examples: true });
    }
    await session.end();
  });

  test("has examples that the command takes", async () => {
    for (const path of Object.keys(registry)) {
      const command = await load(path);
      for (const { line } of command.examples) {
        const [executable, ...words] = wordsOf(line);
        expect(executable).toBe("godwit");
        const resolved = resolve(words, registry);
        if (resolved.kind !== "command") throw new Error(`"${line}" is an example of "${path}" and names no command`);
        expect({ line, path: resolved.path }).toEqual({ line, path });
        parseArguments(resolved.tokens, { args: command.args, rest: command.rest, path, below: [] });
      }
    }
  });
});

describe("the list of commands", () => {
  test("has every command and the summary of each", async () => {
    const session = await openSession("sqlite");
    const { stdout } = await session.run("godwit --help");
    await session.end();
    for (const [path, { meta }] of Object.entries(registry)) {
      expect(stdout).toMatch(new RegExp(`^  ${path}  +${RegExp.escape(meta.summary)}$`, "m"));
    }
  });
});

describe("completion scripts", () => {
  test("offer every command and every flag in bash", async () => {
    const session = await openSession("sqlite");
    await session.run("godwit completion bash > complete.bash");
    const complete = async (words: readonly string[]): Promise<readonly string[]> => {
      const line = ["godwit", ...words, "''"].join(" ");
      const script = `. ./complete.bash; COMP_WORDS=(${line}); COMP_CWORD=${words.length + 1}; _godwit; echo "\${COMPREPLY[@]}"`;
      return (await session.run(`bash -c '${script.replaceAll("'", "'\\''")}'`)).stdout.trim().split(" ");
    };
    const top = await complete([]);
    for (const path of Object.keys(registry)) {
      const words = path.split(" ");
      expect(words.length === 1 ? top : await complete(words.slice(0, -1))).toContain(words.at(-1) ?? "");
      const offered = await complete(words);
      for (const flag of flagsOf({ ...(await load(path)).args, ...globalArguments })) expect(offered).toContain(flag);
    }
    await session.end();
  });

  test("name every command and every flag for zsh and fish", async () => {
    const session = await openSession("sqlite");
    for (const shell of ["zsh", "fish"]) {
      const { stdout } = await session.run(`godwit completion ${shell}`);
      for (const path of Object.keys(registry)) {
        for (const word of path.split(" ")) expect(stdout).toContain(word);
        for (const flag of flagsOf((await load(path)).args)) {
          expect(stdout).toContain(shell === "fish" ? `-l ${flag.slice(2)}` : flag);
        }
      }
    }
    await session.end();
  });
});
