import { hostname, userInfo } from "node:os";

/** The process that godwit runs in, as a lock and the history write it down. */
export const processId: number | null = process.pid;

export const hostName = (): string => hostname();

/** The account's name; a container may run under a number that has none. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env["USER"] ?? `uid ${process.getuid?.() ?? "unknown"}`;
  }
}

/** Whether a process of this machine lives. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
