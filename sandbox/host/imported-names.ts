/** What a file takes from a module that is no file beside it. */
export interface ImportedNames {
  readonly module: string;
  /** `default` among them, and what is looked up in the module as a whole. */
  readonly names: readonly string[];
}

/** The imports of a file by bare names, types among them. Read without a parser: a name too many does no harm. */
export function importedNames(source: string): readonly ImportedNames[] {
  const clauses = [...source.matchAll(/\b(?:import|export)\s+([^"';]*?)\s*\bfrom\s*(["'])([^"'\n]+)\2/g)];
  const bare = [...source.matchAll(/\bimport\s*(["'])([^"'\n]+)\1/g)].map(([, , module = ""]) => ({
    module,
    names: [],
  }));
  return [
    ...clauses.map(([, clause = "", , module = ""]) => ({ module, names: namesIn(clause, source) })),
    ...bare,
  ].filter(({ module }) => !module.startsWith("."));
}

/** `a, { b, type c as d }`, `* as e` */
function namesIn(clause: string, source: string): readonly string[] {
  const [, listed = ""] = /\{([^}]*)\}/.exec(clause) ?? [];
  const names = listed.split(",").map(
    (item) =>
      item
        .trim()
        .replace(/^type\s+/, "")
        .split(/\s+as\s+/)[0]
        ?.trim() ?? "",
  );
  const [, whole] = /\*\s*as\s+([\w$]+)/.exec(clause) ?? [];
  const looked =
    whole === undefined ? [] : [...source.matchAll(new RegExp(`\\b${escaped(whole)}\\s*\\.\\s*([\\w$]+)`, "g"))];
  const rest = clause
    .replace(/\{[^}]*\}/, "")
    .replace(/\*\s*as\s+[\w$]+/, "")
    .replace(/^type\b/, "");
  return [
    ...names.filter((name) => isName.test(name)),
    ...looked.flatMap(([, name = ""]) => name),
    ...(/[\w$]/.test(rest) ? ["default"] : []),
  ];
}

const isName = /^[A-Za-z_$][\w$]*$/;

const escaped = (name: string): string => name.replaceAll("$", "\\$");
