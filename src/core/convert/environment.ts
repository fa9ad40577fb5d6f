import type { Finding } from "./define.ts";

/** A text with what the environment has put into it. */
export interface Filled {
  readonly text: string;
  readonly findings: readonly Finding[];
}

/**
 * Fills `$NAME`, `${NAME}`, `${NAME-default}` and `${NAME:-default}` in, between the lines `-- +goose ENVSUB ON` and `OFF`, which it leaves empty.
 * A name without a value is a finding. https://pressly.github.io/goose/blog/2023/variable-substitution/
 */
export function fillEnvironment(path: string, text: string, values: Readonly<Record<string, string>>): Filled {
  const findings: Finding[] = [];
  let on = false;
  const lines = text.split("\n").map((line, i) => {
    const [, word] = mark.exec(line) ?? [];
    if (word !== undefined) on = word.toUpperCase() === "ON";
    if (word !== undefined) return "";
    if (!on || /^\s*--/.test(line)) return line;
    return line.replace(variable, (whole, ...[plain, braced, sign, otherwise]: readonly (string | undefined)[]) => {
      const name = plain ?? braced ?? "";
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      if (value !== undefined && !(value === "" && sign === ":-")) return value;
      if (otherwise !== undefined) return otherwise;
      findings.push({
        file: path,
        line: i + 1,
        what: `"${whole}" is filled in from the environment, which a migration does not see`,
        hint: `give the value with --placeholder ${name}=VALUE`,
        lost: true,
      });
      return whole;
    });
  });
  return { text: lines.join("\n"), findings };
}

const mark = /^\s*--\s*\+goose\s+envsub(?:st)?\s+(on|off)\s*$/i;
const variable = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?-)([^}]*))?\})/g;
