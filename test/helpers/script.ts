/** One command of a session with what it printed and how it ended. */
export interface Step {
  readonly command: string;
  readonly outcome: StepOutcome;
  /** Line of the command in the session's file. */
  readonly line: number;
}

export interface StepOutcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/**
 * A session at a terminal, as text. `$` begins a command, `>` a line it prints on stdout, `!` one on stderr, `?` its exit code unless
 * that is 0; `#` a comment. `@ postgresql` says which databases it is for. After `-- path --` come the files that are there at the start.
 */
export interface Script {
  readonly databases: readonly string[];
  readonly steps: readonly Step[];
  readonly files: ReadonlyMap<string, string>;
}

/** Throws an Error naming the line that is none of a session's. */
export function parseScript(text: string): Script {
  const [body, files] = cutFiles(text);
  const steps: Step[] = [];
  let databases: readonly string[] = ["sqlite"];
  for (const [i, line] of body.split("\n").entries()) {
    if (line === "" || line.startsWith("#")) continue;
    const value = line.slice(2);
    const last = steps.at(-1);
    if (line.startsWith("@ ")) databases = value.split(" ");
    else if (line.startsWith("$ ")) steps.push({ command: value, outcome: noOutput, line: i + 1 });
    else if (last && /^[>!?]( |$)/.test(line))
      steps[steps.length - 1] = { ...last, outcome: extend(last, line, value) };
    else throw new Error(`line ${i + 1} is no line of a session: ${line}`);
  }
  return { databases, steps, files };
}

/** The same text with other outcomes, in the order of the commands; comments and files stay. */
export function rewriteScript(text: string, outcomes: readonly StepOutcome[]): string {
  const [body] = cutFiles(text);
  const lines: string[] = [];
  let next = 0;
  for (const line of body.split("\n")) {
    if (/^[>!?]( |$)/.test(line)) continue;
    lines.push(line);
    const outcome = line.startsWith("$ ") ? outcomes[next++] : undefined;
    if (outcome) lines.push(...printOutcome(outcome));
  }
  return lines.join("\n") + text.slice(body.length);
}

/** The lines that stand under a command. */
export const printOutcome = ({ stdout, stderr, exitCode }: StepOutcome): readonly string[] => [
  ...printLines(">", stdout),
  ...printLines("!", stderr),
  ...(exitCode === 0 ? [] : [`? ${exitCode}`]),
];

const noOutput: StepOutcome = { stdout: "", stderr: "", exitCode: 0 };

function extend({ outcome }: Step, line: string, value: string): StepOutcome {
  if (line.startsWith(">")) return { ...outcome, stdout: `${outcome.stdout}${value}\n` };
  if (line.startsWith("!")) return { ...outcome, stderr: `${outcome.stderr}${value}\n` };
  return { ...outcome, exitCode: Number(value) };
}

const printLines = (mark: string, text: string): readonly string[] =>
  text === ""
    ? []
    : text
        .replace(/\n$/, "")
        .split("\n")
        .map((line) => `${mark} ${line}`.trimEnd());

const fileHead = /^-- (.+) --\n/gm;

function cutFiles(text: string): readonly [string, ReadonlyMap<string, string>] {
  const heads = [...text.matchAll(fileHead)];
  const files = new Map(
    heads.map((head, i) => [head[1] ?? "", text.slice(head.index + head[0].length, heads[i + 1]?.index)]),
  );
  return [text.slice(0, heads[0]?.index), files];
}
