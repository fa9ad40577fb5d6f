import type { FlywayConfig } from "./flyway-config.ts";
import { compare } from "./names.ts";

/** What a file is to Flyway, by its name. */
export interface FlywayName {
  readonly kind: "versioned" | "undo" | "repeatable" | "baseline" | "callback";
  /** The version, with a `B` in front for a baseline; or of a repeatable migration `R__` and its description. */
  readonly id: string;
  /** Absent for repeatable ones and callbacks. */
  readonly version?: string;
  /** As in the name, with underscores. */
  readonly description: string;
  /** A migration in Java or in a language of scripts. */
  readonly isProgram: boolean;
}

/** `undefined` for what Flyway passes over. https://documentation.red-gate.com/fd/migrations-271585107.html */
export function flywayName(file: string, config: FlywayConfig): FlywayName | undefined {
  const suffix = config.suffixes.find((each) => file.endsWith(each)) ?? programs.exec(file)?.[0];
  if (suffix === undefined) return undefined;
  const isProgram = !config.suffixes.includes(suffix);
  const stem = file.slice(0, -suffix.length);
  if (callback.test(stem)) return { kind: "callback", id: stem, description: stem, isProgram };
  const kind = kinds.find((each) => stem.startsWith(config[each]));
  const rest = kind && stem.slice(config[kind].length);
  const at = rest?.indexOf(config.separator) ?? -1;
  if (!kind || !rest || at < 0) return undefined;
  const description = rest.slice(at + config.separator.length);
  const between = rest.slice(0, at);
  if (kind === "repeatable")
    return between === "" ? { kind, id: `R__${description}`, description, isProgram } : undefined;
  const version = between.replaceAll("_", ".");
  if (!/^\d+(?:\.\d+)*$/.test(version)) return undefined;
  return { kind, id: kind === "baseline" ? `B${version}` : version, version, description, isProgram };
}

const kinds = ["versioned", "undo", "repeatable", "baseline"] as const;
const programs = /\.(?:java|kt|groovy|ps1|bat|cmd|sh|bash|py)$/;
const callback = /^(?:before|after)[A-Z]\w*|^createSchema(?:__|$)/;

/** A version in the one form of all that are the same to Flyway: 1.0 is 1, and so is 01. */
export const plainVersion = (version: string): string =>
  version
    .split(".")
    .map((part) => String(BigInt(part)))
    .join(".")
    .replace(/(?:\.0)+$/, "");

/** By the numbers between the dots: 1.0 is 1. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(".").map(BigInt));
  for (let i = 0; i < Math.max(left?.length ?? 0, right?.length ?? 0); i++) {
    const difference = (left?.[i] ?? 0n) - (right?.[i] ?? 0n);
    if (difference !== 0n) return difference < 0n ? -1 : 1;
  }
  return 0;
}

export interface SortedFlyway<T> {
  /** As Flyway runs them on an empty database: versions, then what is repeatable. */
  readonly ordered: readonly T[];
  readonly passedOver: readonly T[];
}

/** A baseline is the first migration where none of the versions that it stands for is there any more. */
export function sortFlyway<T extends FlywayName>(named: readonly T[]): SortedFlyway<T> {
  const of = (kind: FlywayName["kind"]): readonly T[] => named.filter((each) => each.kind === kind);
  const byVersion = (a: T, b: T): number => compareVersions(a.version ?? "0", b.version ?? "0");
  const versioned = of("versioned").toSorted(byVersion);
  const oldest = versioned[0];
  const first = of("baseline").toSorted(byVersion).at(-1);
  const stands = first && (!oldest || byVersion(first, oldest) < 0) ? [first] : [];
  const repeatable = of("repeatable").toSorted((a, b) => compare(a.description, b.description));
  const ordered = [...stands, ...versioned, ...repeatable];
  const undone = of("undo").filter((undo) => !versioned.some((each) => byVersion(each, undo) === 0));
  const baselines = of("baseline").filter((each) => !stands.includes(each));
  return { ordered, passedOver: [...baselines, ...undone, ...of("callback")] };
}
