import { expect, test } from "bun:test";
import { utf8, utf8Length } from "../../../src/core/schema/names.ts";

// PostgreSQL cuts names at 63 bytes: a character counted too small would make two names one.
test.each(["", "users", "größe", "名前", "😀 a", "ÿĀ߿ࠀ￿", "\u0000\u007f\u0080"])(
  "%p has as many bytes as it is made of",
  (text) => {
    const { length } = new TextEncoder().encode(text);
    expect([utf8Length(text), utf8(text).length]).toEqual([length, length]);
  },
);
