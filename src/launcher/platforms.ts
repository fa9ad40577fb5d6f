/** A platform that there is an executable for. */
export interface Platform {
  /** As in the name of its file and package: `linux-x64-musl`. Without `-musl`, Linux means glibc. */
  readonly name: string;
  /** As Node and npm call the operating system, the processor, and on Linux the C library. */
  readonly os: string;
  readonly cpu: string;
  readonly libc?: Libc;
}

export type Libc = "glibc" | "musl";

/** All of them. */
export const platforms: readonly Platform[] = [
  { name: "linux-x64", os: "linux", cpu: "x64", libc: "glibc" },
  { name: "linux-x64-musl", os: "linux", cpu: "x64", libc: "musl" },
  { name: "linux-arm64", os: "linux", cpu: "arm64", libc: "glibc" },
  { name: "linux-arm64-musl", os: "linux", cpu: "arm64", libc: "musl" },
  { name: "darwin-x64", os: "darwin", cpu: "x64" },
  { name: "darwin-arm64", os: "darwin", cpu: "arm64" },
  { name: "windows-x64", os: "win32", cpu: "x64" },
];

/** The npm package that holds the executable for a platform. */
export const packageOf = ({ name }: Platform): string => `@godwit/${name}`;

/** Where it is in that package. */
export const executableIn = ({ os }: Platform): string => `bin/godwit${os === "win32" ? ".exe" : ""}`;
