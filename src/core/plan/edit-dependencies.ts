/**
 * The text of a TypeScript migration with other dependencies; `undefined` where it does not say them in one list of plain texts. Layout and comments stay, but for those in the list.
 */
export function withDependencies(text: string, dependencies: readonly string[]): string | undefined {
  const code = withoutComments(text);
  const list = `[${dependencies.map((name) => JSON.stringify(name)).join(", ")}]`;
  const found = [
    ...code.matchAll(/(?<![\w$."'`])(["']?)dependencies\1\s*:\s*(\[(?:\s*(?:"[^"\n]*"|'[^'\n]*')\s*,?)*\s*\])/g),
  ];
  const [match, ...more] = found;
  if (more.length > 0) return undefined;
  if (match) return spliced(text, match.index + match[0].length - (match[2] ?? "").length, match[2] ?? "", list);
  if (/(?<![\w$])dependencies\b/.test(code)) return undefined;
  const open = [...code.matchAll(/(?<![\w$.])migration\(\s*\{/g)];
  const [start] = open;
  if (!start || open.length > 1) return undefined;
  return spliced(text, start.index + start[0].length, "", `\n  dependencies: ${list},`);
}

/** The same of an SQL file: its comment, or none where it says none and comes after the one before it by itself. */
export function withSqlDependencies(text: string, dependencies: readonly string[]): string {
  return text.replace(
    /^([ \t]*--[ \t]*dependencies[ \t]*:[ \t]*)[^\r\n]*/im,
    (_, start: string) => start + dependencies.join(", "),
  );
}

const spliced = (text: string, at: number, old: string, now: string): string =>
  text.slice(0, at) + now + text.slice(at + old.length);

/** With spaces in place of comments, so that places stay what they are. */
const withoutComments = (text: string): string =>
  text.replace(
    /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (part) => {
      if (part.startsWith("/")) return part.replace(/[^\n]/g, " ");
      // What a template holds is SQL, in which nothing is a dependency.
      return part.startsWith("`") ? part.replace(/[^\n`]/g, " ") : part;
    },
  );
