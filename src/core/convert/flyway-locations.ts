import type { Finding, SourceFile } from "./define.ts";

/** Directories in which Flyway looks for migrations, and where that is said. */
export interface FlywayLocations {
  /** As they are written: `filesystem:sql`, `classpath:db/migration`, `s3:bucket/sql`. */
  readonly named: readonly string[];
  /** Path of the file that says so. */
  readonly file: string;
  readonly line: number;
}

export interface Located<T> {
  readonly inside: readonly T[];
  readonly findings: readonly Finding[];
}

/**
 * What lies in the locations. Paths of the file system are seen from the directory of the configuration, or from that above its `conf`, in which the command has it; what is on the
 * class path lies below any directory. Where nothing lies in any of them, they are those of another machine, and all is taken.
 * https://documentation.red-gate.com/fd/flyway-locations-setting-277579008.html
 */
export function inLocations<T extends { readonly file: SourceFile }>(
  all: readonly T[],
  { named, file, line }: FlywayLocations,
): Located<T> {
  const tell = (what: string, hint: string): Finding => ({ file, line, what, hint, lost: false });
  const base = file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : "";
  const found = named.map((name) => ({ name, own: all.filter((each) => liesIn(each.file.path, name, base)) }));
  const taken = new Set(found.flatMap(({ own }) => own));
  if (taken.size === 0) {
    const what = `names ${named.join(", ")}, where none of these files lies, so all of them are read`;
    return { inside: all, findings: [tell(what, "name the directories that Flyway reads, and no others")] };
  }
  const empty = found.filter(({ own }) => own.length === 0).map(({ name }) => name);
  const outside = all.filter((each) => !taken.has(each));
  return {
    inside: all.filter((each) => taken.has(each)),
    findings: [
      ...empty.map((name) => tell(`names ${name}, and nothing of that is among these files`, whyEmpty(name))),
      ...(outside[0]
        ? [tell(passedOver(outside.length, outside[0].file.path), "add their directory there if they are to run")]
        : []),
    ],
  };
}

const passedOver = (count: number, first: string): string =>
  `does not name where ${count === 1 ? `${first} lies` : `${first} and ${count - 1} more lie`}, so Flyway passes over that, too`;

const whyEmpty = (name: string): string =>
  /^(?:s3|gcs):/.test(name)
    ? "fetch its files, and name the directory that they are in"
    : "name that directory, too, if it has migrations";

function liesIn(path: string, location: string, base: string): boolean {
  const [, kind = "classpath", name = ""] = /^(?:(\w+):)?(.*)$/.exec(location) ?? [];
  const wanted = name.replaceAll("\\", "/").replace(/^\.\/|\/+$/g, "");
  if (kind === "classpath") return pattern(`(?:.*/)?`, wanted.replace(/^\/+/, "")).test(path);
  if (kind !== "filesystem") return false;
  if (wanted.startsWith("/")) return pattern("", wanted).test(path);
  const above = /(?:^|\/)conf$/.test(base) ? [base.replace(/\/?conf$/, "")] : [];
  return [base, ...above].some((from) => pattern("", joined(from, wanted)).test(path));
}

function joined(base: string, path: string): string {
  const parts: string[] = [];
  for (const name of `${base}/${path}`.split("/")) {
    if (name === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (name !== "" && name !== ".") parts.push(name);
  }
  return `${base.startsWith("/") ? "/" : ""}${parts.join("/")}`;
}

/** Stars and question marks stand for parts of names, two stars for any directories. An empty path is the directory itself. */
function pattern(before: string, path: string): RegExp {
  const own =
    path === "" || path === "."
      ? ""
      : `${path
          .split(/(\*\*\/?|\*|\?)/)
          .map(part)
          .join("")}/`;
  return new RegExp(`^${before}${own}[^]*$`);
}

const part = (text: string): string => {
  if (text === "**/" || text === "**") return "(?:.*/)?";
  if (text === "*") return "[^/]*";
  return text === "?" ? "[^/]" : text.replace(/[.+^${}()|[\]\\]/g, "\\$&");
};
