import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { debianPackage } from "./debian-package.ts";

/**
 * What [sqlfluff](https://docs.sqlfluff.com/en/stable/reference/dialects.html) cannot read of scripts in a dialect: the names of the scripts, each with the
 * first words that it stops at. It is the one that is installed, else Debian's, which is unpacked and needs no rights. Throws when it says something else.
 */
export const unreadBySqlfluff = async (
  dialect: string,
  scripts: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> => {
  const folder = mkdtempSync(join(tmpdir(), "godwit-sqlfluff-"));
  try {
    for (const [name, text] of Object.entries(scripts)) writeFileSync(join(folder, `${name}.sql`), `${text}\n`);
    const { command, env } = program();
    const options = ["--dialect", dialect, "--templater", "raw", "--format", "json"];
    const child = Bun.spawn([...command, "parse", ...options, folder], {
      env: { ...process.env, ...env },
      stdout: "pipe",
      stderr: "pipe",
    });
    const [out, said] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
    const read = new Map(reportOf(out, said).map(({ filepath, segments }) => [basename(filepath, ".sql"), segments]));
    return Object.fromEntries(
      Object.keys(scripts).flatMap((name) => {
        const segments = read.get(name);
        if (segments === undefined) throw new Error(`sqlfluff says nothing of ${name}: ${said.slice(-500)}`);
        // Where brackets do not fit, there is not even a tree.
        const [, fault] =
          /"unparsable":(.{0,300})/.exec(JSON.stringify(segments)) ?? (segments ? [] : ["", "brackets"]);
        return fault === undefined ? [] : [[name, fault]];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
};

function program(): { readonly command: readonly string[]; readonly env: Readonly<Record<string, string>> } {
  if (Bun.which("sqlfluff")) return { command: ["sqlfluff"], env: {} };
  const root = debianPackage("sqlfluff");
  // What Debian packs for Python is for Debian's, not for one that comes first in PATH.
  const python = Bun.which("python3", { PATH: ["/usr/bin", join(root, "usr/bin")].join(":") });
  if (python === null) throw new Error("tests need Python to run sqlfluff: install the Debian package python3");
  return { command: [python, "-m", "sqlfluff"], env: { PYTHONPATH: join(root, "usr/lib/python3/dist-packages") } };
}

function reportOf(out: string, said: string): readonly { filepath: string; segments: unknown }[] {
  try {
    return JSON.parse(out) as readonly { filepath: string; segments: unknown }[];
  } catch {
    throw new Error(`sqlfluff gave no report: ${(said || out).slice(-1000)}`);
  }
}
