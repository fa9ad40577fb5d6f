import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { run } from "./debian-package.ts";
import { filesOfDebian13 } from "./debian-release.ts";
import { sharedFolder } from "./server-folder.ts";

/** What an executable for another Linux needs around it, on this one with x64 and glibc. */
export interface ForeignLinux {
  /** Path from `/` there → the file here. */
  readonly libraries: Readonly<Record<string, string>>;
  /** What runs programs for its processor, where that is another one. */
  readonly emulator?: string;
}

/** The C libraries and the emulator are those of Debian 13. Each throws where what it is made of cannot be fetched. */
export const foreignLinux = {
  "linux-arm64": () => ({ libraries: glibcArm64(), emulator: emulator() }),
  "linux-arm64-musl": () => ({ libraries: musl("aarch64"), emulator: emulator() }),
  "linux-x64-musl": () => ({ libraries: musl("x86_64") }),
} as const satisfies Readonly<Record<string, () => ForeignLinux>>;

const debian = (): string =>
  filesOfDebian13("foreign-linux", {
    "qemu-user": ["./usr/bin/qemu-aarch64"],
    "libc6:arm64": ["./usr/lib/aarch64-linux-gnu"],
    "musl:arm64": ["./usr/lib/aarch64-linux-musl"],
    musl: ["./usr/lib/x86_64-linux-musl"],
  });

const emulator = (): string => join(debian(), "usr/bin/qemu-aarch64");

const glibcArm64 = (): Readonly<Record<string, string>> => {
  const names = ["ld-linux-aarch64.so.1", "libc.so.6", "libdl.so.2", "libm.so.6", "libpthread.so.0"];
  return Object.fromEntries(names.map((name) => [`/lib/${name}`, join(debian(), "usr/lib/aarch64-linux-gnu", name)]));
};

type Machine = "aarch64" | "x86_64";

/** As Alpine has them: musl is loader and C library in one, and what `libstdc++` and `libgcc` put into /usr/lib. */
const musl = (machine: Machine): Readonly<Record<string, string>> => {
  const libc = join(debian(), "usr/lib", `${machine}-linux-musl`, "libc.so");
  const cpp = cppForMusl(machine);
  return {
    [`/lib/ld-musl-${machine}.so.1`]: libc,
    [`/lib/libc.musl-${machine}.so.1`]: libc,
    ...Object.fromEntries(readdirSync(cpp).map((name) => [`/usr/lib/${name}`, join(cpp, name)])),
  };
};

/**
 * Alpine's libstdc++ and libgcc. Debian builds neither for musl, but wheels of Python that are written in C++ bring both, as Alpine had them when
 * they were built (https://peps.python.org/pep-0656/). Their names bear a hash, by which the one finds the other.
 */
const cppForMusl = (machine: Machine): string =>
  sharedFolder(`musl-${machine}-libstdc++`, (folder) => {
    const work = join(folder, "work");
    mkdirSync(work);
    writeFileSync(join(work, "requirements.txt"), wheel[machine]);
    const fits = ["--platform", `musllinux_1_2_${machine}`, "--python-version", "311", "--only-binary", ":all:"];
    const pip = ["-m", "pip", "download", "-q", "--no-deps", "--require-hashes", ...fits, "-r", "requirements.txt"];
    run("python3", pip, work);
    const file = readdirSync(work).find((name) => name.endsWith(".whl"));
    if (file === undefined) throw new Error("pip has fetched no wheel");
    run("python3", ["-m", "zipfile", "-e", file, "."], work);
    const libraries = join(work, "pyzmq.libs");
    for (const name of readdirSync(libraries).filter((each) => /^lib(?:stdc\+\+|gcc_s)-/.test(each)))
      copyFileSync(join(libraries, name), join(folder, name.replace(/^libstdc\+\+-.*/, "libstdc++.so.6")));
    rmSync(work, { recursive: true });
  });

const wheel: Readonly<Record<Machine, string>> = {
  aarch64: "pyzmq==27.3.0 --hash=sha256:aaab8cf85cf6f063f291ccbee20ced0de69b8e945589471e8e7dc355218a0a13\n",
  x86_64: "pyzmq==27.3.0 --hash=sha256:b1d5c7d0903f5485e0689a115ca528748a9f287fa04ed6c46580772a2e725c46\n",
};

/** The names of what lies there, without the version that Alpine had. */
export const libraryName = (path: string): string => basename(path).replace(/^libgcc_s-.*/, "libgcc_s.so.1");
