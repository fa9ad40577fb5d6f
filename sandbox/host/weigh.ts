/** What it may cost to translate a file, in bytes of memory. */
export interface Weight {
  /** For Bun's bundler. */
  readonly bundled: number;
  /** For Sucrase. */
  readonly stripped: number;
}

/**
 * An estimate from above, made of the characters alone. Translators take hundreds of bytes for a character or two (`{}` is a block with
 * a scope of its own), and Bun can be neither limited nor stopped, so what would take too much is refused before. What stands in texts
 * and comments counts like code: whoever tells them apart has to know regular expressions from divisions, and can be deceived.
 *
 * The numbers were measured with files of 400,000 characters made of one construct, see test/sandbox/weigh.test.ts.
 */
export function weigh(source: string): Weight {
  let bundled = 0;
  let tokens = 0;
  let inWord = false;
  for (let at = 0; at < source.length; at++) {
    const code = source.charCodeAt(at);
    const isWord = code < 128 ? WORD[code] === 1 : true;
    bundled += code < 128 ? (MARK[code] as number) : code < 256 ? LATIN : WIDE;
    if (isWord ? !inWord : code > 32 || code === LINE_FEED) tokens++;
    if (isWord && !inWord) bundled += code >= 48 && code <= 57 ? NUMBER : NAME;
    inWord = isWord;
  }
  for (const [word] of source.matchAll(COSTLY)) bundled += word.startsWith("/") ? LEGAL : DECLARATION;
  const namespaces = source.match(/\b(?:namespace|module)\b/g)?.length ?? 0;
  return { bundled: bundled + namespaces ** 2 * NAMESPACES, stripped: tokens * TOKEN + source.length * LETTER };
}

const LINE_FEED = 10;

/** Bytes for one of each. */
const LETTER = 10;
const LATIN = 40;
const WIDE = 50;
const NAME = 110;
const NUMBER = 50;
const DECLARATION = 1100;
const LEGAL = 500;
const TOKEN = 500;
/** Those of one name are merged, each with all before it. */
const NAMESPACES = 25;

const marks: Readonly<Record<string, number>> = { "{": 600, "(": 450, ":": 330, "\n": 40 };
const PUNCTUATION = 60;

const WORD = Uint8Array.from({ length: 128 }, (_, code) => (/[\w$\\]/.test(String.fromCharCode(code)) ? 1 : 0));
const MARK = Uint16Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return marks[character] ?? (/[\w$\\\s]/.test(character) ? LETTER : PUNCTUATION);
});

/** Words that begin a declaration, and comments that Bun keeps. */
const COSTLY = /\b(?:import|export|var|let|const|await|enum)\b|\/[/*][!@]/g;
