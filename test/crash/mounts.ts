/** What to put before a command so that it may mount, in a namespace of its own: nothing stays mounted. Who is not root gets the right to. */
export const withMounts = (): readonly string[] =>
  process.getuid?.() === 0 ? ["unshare", "-m"] : ["unshare", "--user", "--map-current-user", "--keep-caps", "-m"];
