/** What stands where a secret was. */
const mask = "***";

/** Query parameters of connection URLs that hold secrets. */
const secretParameter =
  /([?&;](?:password|pass|pwd|sslpassword|sslkey_password|auth_?token|access_?token|token|secret)=)[^&;\s#"']*/gi;

/** `scheme://user:password@`, the password reaching to the last `@` before the end of the word. */
const userInfo = /([a-z][\w+.-]*:\/\/[^\s:/?#@"']*):[^\s"'`]*@/gi;

/**
 * The text without passwords of connection URLs, wherever in it they stand. Use it on everything that is printed or logged and
 * may hold a URL.
 */
export const redact = (text: string): string =>
  text.replace(userInfo, `$1:${mask}@`).replace(secretParameter, `$1${mask}`);

/**
 * Takes the password of one URL out of any text, encoded or decoded: databases and drivers repeat parts of it in
 * messages. Passwords of fewer than three characters are left, as they would tear every text apart.
 */
export function redactorFor(url: string): (text: string) => string {
  const secrets = secretsOf(url).filter((secret) => secret.length >= 3);
  return (text) => secrets.reduce((result, secret) => result.replaceAll(secret, mask), redact(text));
}

function secretsOf(url: string): readonly string[] {
  const password = /^[a-z][\w+.-]*:\/\/[^:/?#@]*:(.*)@/i.exec(url)?.[1];
  const parameters = [...url.matchAll(secretParameter)].map((match) => match[0].slice((match[1] ?? "").length));
  const raw = [...(password ? [password] : []), ...parameters];
  return [...new Set([...raw, ...raw.map(decoded)])].toSorted((a, b) => b.length - a.length);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
