import {
  type ConvertedMigration,
  defineConvertTool,
  type Finding,
  type ReadOptions,
  type SourceFile,
  type SqlHalf,
} from "../define.ts";
import { type FlywayConfig, flywayConfig } from "../flyway-config.ts";
import { inLocations } from "../flyway-locations.ts";
import { type FlywayName, flywayName, plainVersion, sortFlyway } from "../flyway-names.ts";
import { readSettings } from "../flyway-settings.ts";
import { baseName, migrationName } from "../names.ts";
import { refuseTwice } from "../pairs.ts";

/**
 * `V1.2__name.sql`, sorted by the numbers of their versions, with `U1.2__name.sql` to take them back; then `R__name.sql`, by name. In any folder below.
 * https://documentation.red-gate.com/fd/migrations-271585107.html
 */
export default defineConvertTool({
  tool: "flyway",
  title: "Flyway",
  tables: ["flyway_schema_history", "schema_version"],
  detect: (files) => {
    const config = flywayConfig(files);
    return files.some(({ path }) =>
      ["versioned", "repeatable"].includes(flywayName(baseName(path), config)?.kind ?? ""),
    );
  },
  read: (files, options) => {
    const config = flywayConfig(files);
    const everywhere = files.flatMap((file) => {
      const name = flywayName(baseName(file.path), config);
      return name ? [{ ...name, file }] : [];
    });
    const located = config.locations && inLocations(everywhere, config.locations);
    const named = located?.inside ?? everywhere;
    const { ordered, passedOver } = sortFlyway(named);
    refuseTwice(
      ordered,
      ({ file }) => file.path,
      ({ id, version }) => (version === undefined ? id : `version ${plainVersion(version)}`),
    );
    const undo = named.filter(({ kind }) => kind === "undo");
    const newest = ordered.flatMap(({ version }) => version ?? []).at(-1) ?? "0";
    const read = ordered.map((own) => {
      const { version } = own;
      const isSame = (each: Named): boolean => plainVersion(each.version ?? "0") === plainVersion(version ?? "0");
      const down = version === undefined ? undefined : undo.find(isSame);
      return one(own, { config, files, options, down, newest });
    });
    const findings = read.flatMap((each) => each.findings);
    return {
      migrations: read.map(({ migration }) => migration),
      findings: [
        ...config.findings,
        ...(located?.findings ?? []),
        ...findings,
        ...passedOver.map(({ file, kind }) => leftOut(file, kind)),
      ],
    };
  },
});

type Named = FlywayName & { readonly file: SourceFile };

interface Work {
  readonly config: FlywayConfig;
  readonly files: readonly SourceFile[];
  readonly options: ReadOptions;
  readonly down: Named | undefined;
  /** The last version, which what is repeatable comes after. */
  readonly newest: string;
}

interface One {
  readonly migration: ConvertedMigration;
  readonly findings: readonly Finding[];
}

function one(own: Named, work: Work): One {
  const { file, id, description, version } = own;
  const [number = "0", ...parts] = (version ?? work.newest).split(".");
  const words = version === undefined ? id : [...parts, description].join("_");
  const migration = { name: migrationName(number, words), ids: [id], file: file.path };
  if (own.isProgram) return { migration, findings: [program(file)] };
  const up = half(file, work);
  const down = work.down && half(work.down.file, work);
  const findings = [...up.findings, ...(down?.findings ?? []), ...(version === undefined ? [repeated(file)] : [])];
  if (findings.some(({ lost }) => lost)) return { migration, findings };
  return { migration: { ...migration, up: up.half, ...(down && { down: down.half }) }, findings };
}

interface Half {
  readonly half: SqlHalf;
  readonly findings: readonly Finding[];
}

/** A script may have a file beside it, `V1__name.sql.conf`. */
function half(file: SourceFile, { config, files, options }: Work): Half {
  const beside = files.find(({ path }) => path === `${file.path}.conf`);
  const settings = beside ? readSettings(beside) : new Map<string, string>();
  const says = (key: string, otherwise: boolean): boolean => (settings.get(key) ?? String(otherwise)) !== "false";
  const transaction = says("executeintransaction", config.transaction);
  const place = { file: file.path, line: 1, transaction };
  const condition = settings.get("shouldexecute") ?? "true";
  if (beside && condition !== "true")
    return { half: { ...place, text: "" }, findings: [conditional(beside, condition)] };
  if (!says("placeholderreplacement", config.replaces)) return { half: { ...place, text: file.text }, findings: [] };
  const values = {
    "flyway:filename": baseName(file.path),
    "flyway:table": config.table,
    ...config.placeholders,
    ...options.placeholders,
  };
  const { text, findings } = filledIn(file, values, config);
  return { half: { ...place, text }, findings };
}

function filledIn(
  { path, text }: SourceFile,
  values: Readonly<Record<string, string>>,
  { prefix, suffix }: FlywayConfig,
) {
  const findings: Finding[] = [];
  const byName = new Map(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]));
  let result = "";
  let at = 0;
  for (let from = text.indexOf(prefix); from >= 0; from = text.indexOf(prefix, at)) {
    const end = text.indexOf(suffix, from + prefix.length);
    if (end < 0) break;
    const name = text.slice(from + prefix.length, end);
    const value = byName.get(name.toLowerCase());
    result += text.slice(at, from) + (value ?? "");
    at = end + suffix.length;
    if (value === undefined)
      findings.push({
        file: path,
        line: text.slice(0, from).split("\n").length,
        what: `"${prefix}${name}${suffix}" is filled in by Flyway, and nothing says with what`,
        hint: `give the value with --placeholder ${name}=VALUE`,
        lost: true,
      });
  }
  return { text: result + text.slice(at), findings };
}

/** https://documentation.red-gate.com/fd/script-configuration-273973365.html */
const conditional = ({ path }: SourceFile, condition: string): Finding => ({
  file: path,
  line: 1,
  what: `lets its migration run only where ${condition} is true`,
  hint: "decide that, and take the line out or the migration away",
  lost: true,
});

const program = ({ path }: SourceFile): Finding => ({
  file: path,
  line: 1,
  what: "is a program, which has no SQL to keep",
  hint: "write what it does as operations or runCode",
  lost: true,
});

const repeated = ({ path }: SourceFile): Finding => ({
  file: path,
  line: 1,
  what: "runs again whenever it changes in Flyway, and as a migration once",
  hint: "put a later change into a new migration",
  lost: false,
});

const leftOut = ({ path }: SourceFile, kind: FlywayName["kind"]): Finding => ({
  file: path,
  line: 1,
  what: whyLeftOut[kind],
  hint:
    kind === "callback" ? "write it as a hook in godwit.yaml if it still has a purpose" : "nothing needs to be done",
  lost: false,
});

const whyLeftOut: Readonly<Record<FlywayName["kind"], string>> = {
  versioned: "is left out",
  repeatable: "is left out",
  undo: "takes back a version that is not there",
  baseline: "stands for the versions before it, which are there themselves",
  callback: "is a callback, which belongs to no migration",
};
