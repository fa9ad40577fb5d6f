/**
 * Writes the YAML that schemas are mostly made of, many times faster than a library that makes a tree of nodes of it first: mappings, lists of mappings, and
 * lists of scalars in one line; the values of `inline` keys stand in one line, too. The text is exactly what `fullYamlText` gives. Anything that might need
 * more thought (texts of several lines, quotes, numbers that are texts) gives `undefined`.
 */
export function simpleYamlText(content: object, inline: ReadonlySet<string>): string | undefined {
  try {
    return writeMapping(content, "", inline);
  } catch (error) {
    if (error === beyond) return undefined;
    throw error;
  }
}

/** Thrown at the first thing that this writer leaves to the library. */
const beyond = new Error("beyond simple YAML");

const giveUp = (): never => {
  throw beyond;
};

/** Its lines, each with the end of a line; the first one is not indented. */
function writeMapping(mapping: object, indent: string, inline: ReadonlySet<string>): string {
  let text = "";
  for (const [key, value] of Object.entries(mapping)) {
    // What is included is a list line by line, whatever is in it.
    if (!plainKey.test(key) || key === "include") giveUp();
    text += `${text && indent}${key}:${writeValue(value, { indent, inLine: inline.has(key), inline })}`;
  }
  return text || giveUp();
}

/** A word that is nothing but a word; one of more than a thousand letters would be written in another way. */
const plainKey = /^(?!(?:null|true|false)$)[a-z_]\w{0,200}$/i;

interface Place {
  readonly indent: string;
  readonly inLine: boolean;
  readonly inline: ReadonlySet<string>;
}

/** What stands behind a colon. */
function writeValue(value: unknown, { indent, inLine, inline }: Place): string {
  if (typeof value !== "object" || value === null) return ` ${writeScalar(value, blockText)}\n`;
  const deeper = `${indent}  `;
  if (!Array.isArray(value))
    return inLine ? ` ${writeFlow(value)}\n` : `\n${deeper}${writeMapping(value, deeper, inline)}`;
  if (value.every((item) => typeof item !== "object")) return ` ${writeFlow(value)}\n`;
  const items = value.map((item: unknown) => {
    if (typeof item !== "object" || item === null || Array.isArray(item)) return giveUp();
    return `${deeper}- ${writeMapping(item, `${deeper}  `, inline)}`;
  });
  return `\n${items.join("")}`;
}

/** A value in the rest of a line. */
function writeFlow(value: unknown): string {
  if (typeof value !== "object" || value === null) return writeScalar(value, flowText);
  if (Array.isArray(value)) return `[${value.map(writeFlow).join(", ")}]`;
  const entries = Object.entries(value).map(([key, member]) =>
    plainKey.test(key) ? `${key}: ${writeFlow(member)}` : giveUp(),
  );
  return entries.length > 0 ? `{${entries.join(", ")}}` : giveUp();
}

function writeScalar(value: unknown, plain: RegExp): string {
  if (typeof value === "string") return plain.test(value) && !constant.test(value) ? value : giveUp();
  if (typeof value === "boolean") return String(value);
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : giveUp();
}

/** Texts that begin with a letter or a parenthesis, and have neither a colon nor a sign of a comment where it would mean something. */
const blockText =
  /^[A-Za-z_(](?:[\w().,/+*=<>%'"|[\]{}&!?;$@~^-]|:(?=[^ ]))*(?: (?:[\w().,/+*=<>%'"|[\]{}&!?;$@~^-]|:(?=[^ ]))+)*$/;
/** The same without what ends a value in a line. */
const flowText = /^[A-Za-z_(][\w()./+*=<>%-]*(?: [\w()./+*=<>%-]+)*$/;

/** What is no text without quotes. */
const constant = /^(?:null|true|false)$/i;
