/** UTF-8 of a text, or the bytes as they are. Throws TypeError for anything else, and for halves of surrogate pairs. */
export function bytesOf(data: string | Uint8Array): Uint8Array {
  if (data instanceof Uint8Array) return data;
  if (typeof data !== "string") throw new TypeError(`a text or a Uint8Array is needed, not ${typeof data}`);
  let escaped: string;
  try {
    // There is no TextEncoder in the sandbox; percent encoding is UTF-8 too.
    escaped = encodeURIComponent(data);
  } catch {
    throw new TypeError("the text holds half a surrogate pair, which has no bytes");
  }
  const bytes: number[] = [];
  for (let at = 0; at < escaped.length; at++) {
    if (escaped[at] !== "%") bytes.push(escaped.charCodeAt(at));
    else {
      bytes.push(Number.parseInt(escaped.slice(at + 1, at + 3), 16));
      at += 2;
    }
  }
  return Uint8Array.from(bytes);
}
