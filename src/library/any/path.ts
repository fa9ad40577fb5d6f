/** What of `node:path` the sources need where there are no files: names of files in messages. */

export const isAbsolute = (path: string): boolean => path.startsWith("/");

/** Of two absolute paths, neither of which has `.` or `..` in it. */
export function relative(from: string, to: string): string {
  const [a, b] = [from, to].map((path) => path.split("/").filter((part) => part !== ""));
  if (!a || !b) return to;
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return [...a.slice(shared).map(() => ".."), ...b.slice(shared)].join("/");
}
