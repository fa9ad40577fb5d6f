import { ToolError } from "../core/errors.ts";
import { nearest } from "../core/nearest.ts";
import type { Arguments, Command, Registry } from "./command.ts";
import { globalArguments } from "./global-arguments.ts";

/** Words that may follow a line of words: command line → what comes next. */
type Tree = ReadonlyMap<string, readonly string[]>;

const shells: Readonly<Record<string, (tree: Tree, program: string) => string>> = { bash, zsh, fish };

/** A script that completes commands and flags of a program. Everything is in the script: completing does not start godwit. Throws ToolError `usage`. */
export async function completionScript(shell: string, commands: Registry, program: string): Promise<string> {
  const make = Object.hasOwn(shells, shell) ? shells[shell] : undefined;
  if (make) return make(await completions(commands), program);
  const near = nearest(shell, Object.keys(shells));
  throw new ToolError(
    "usage",
    `no completion for "${shell}"; ${near ? `did you mean "${near}"?` : `use one of ${Object.keys(shells).join(", ")}`}`,
    { shell },
  );
}

async function completions(commands: Registry): Promise<Tree> {
  const tree = new Map<string, string[]>();
  const add = (line: string, word: string) => {
    const words = tree.get(line) ?? [];
    if (!words.includes(word)) tree.set(line, [...words, word]);
  };
  for (const [path, { load }] of Object.entries(commands)) {
    const words = path.split(" ");
    for (const [i, word] of words.entries()) add(words.slice(0, i).join(" "), word);
    const command = (await load()).default as unknown as Command;
    for (const flag of [...flagsOf(command.args), ...flagsOf(globalArguments)]) add(path, flag);
  }
  return tree;
}

const flagsOf = (args: Arguments): readonly string[] =>
  Object.entries(args).flatMap(([name, arg]) => {
    if (arg.type === "positional") return [];
    return [arg.type === "boolean" && arg.default === true ? `--no-${name}` : `--${name}`];
  });

/** The longest line of words in the tree that the typed words begin with decides what is offered. */
function bash(tree: Tree, program: string): string {
  const name = `_${program.replace(/\W/g, "_")}`;
  const cases = [...tree].map(([line, words]) => `    "${line}") words="${words.join(" ")}" ;;`);
  return `${name}() {
  local line="" word words="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    [[ "$word" == -* ]] && continue
    case "\${line:+$line }$word" in
${[...tree.keys()]
  .filter(Boolean)
  .map((line) => `      "${line}") line="${line}" ;;`)
  .join("\n")}
    esac
  done
  case "$line" in
${cases.join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F ${name} ${program}`;
}

function zsh(tree: Tree, program: string): string {
  return `#compdef ${program}
autoload -Uz bashcompinit && bashcompinit
${bash(tree, program)}`;
}

function fish(tree: Tree, program: string): string {
  const lines = [...tree].flatMap(([line, words]) => {
    const seen =
      line === ""
        ? "__fish_use_subcommand"
        : line
            .split(" ")
            .map((word) => `__fish_seen_subcommand_from ${word}`)
            .join("; and ");
    return words.map(
      (word) =>
        `complete -c ${program} -n '${seen}' ${word.startsWith("--") ? `-l ${word.slice(2)}` : `-f -a ${word}`}`,
    );
  });
  return lines.join("\n");
}
