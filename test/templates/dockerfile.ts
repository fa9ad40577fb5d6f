/** An instruction of a Dockerfile: `COPY`, and what stands behind it. */
export interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** One `FROM` with what follows it. */
export interface Stage {
  readonly base: string;
  readonly alias?: string;
  readonly instructions: readonly Instruction[];
}

const known = ["FROM", "COPY", "RUN", "USER", "WORKDIR", "ENTRYPOINT", "CMD", "ENV", "LABEL"];

/** Throws an Error for a line that is no instruction, and for a list that is no JSON. */
export function parseDockerfile(text: string): readonly Stage[] {
  const stages: { base: string; alias?: string; instructions: Instruction[] }[] = [];
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const [, name = "", rest = ""] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
    if (!known.includes(name)) throw new Error(`no instruction of a Dockerfile: ${line}`);
    if (name === "FROM") {
      const [, base = "", alias] = /^(\S+)(?: AS (\w+))?$/.exec(rest) ?? [];
      stages.push({ base, ...(alias !== undefined && { alias }), instructions: [] });
    } else stages.at(-1)?.instructions.push({ name, text: rest });
  }
  return stages;
}

/** What the container runs: `ENTRYPOINT` and `CMD`, which have to be lists, because there is no shell. */
export const commandOf = ({ instructions }: Stage): readonly string[] =>
  ["ENTRYPOINT", "CMD"].flatMap(
    (name) => JSON.parse(instructions.find((each) => each.name === name)?.text ?? "[]") as readonly string[],
  );

/** Source and target of each `COPY`, with the stage it is from. */
export const copiesOf = ({ instructions }: Stage) =>
  instructions
    .filter(({ name }) => name === "COPY")
    .map(({ text }) => {
      const [, from, source = "", target = ""] = /^(?:--from=(\w+) )?(\S+) (\S+)$/.exec(text) ?? [];
      return { from, source, target };
    });
