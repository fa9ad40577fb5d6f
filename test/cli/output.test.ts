import { expect, test } from "bun:test";
import { visible } from "../../src/cli/output.ts";

test("control characters of a message are shown and not obeyed", () => {
  expect(visible("\u001b]0;title\u0007\u001b[2J\r\u009b1A\u0000\u007f")).toBe(
    "\\x1b]0;title\\x07\\x1b[2J\\x0d\\x9b1A\\x00\\x7f",
  );
  expect(visible("\u001b[5mblink")).toBe("\\x1b[5mblink");
});

test("line ends, tabs, other letters and our own colours stay", () => {
  const text = "\u001b[31merror:\u001b[39m línea 😀\n\tSQL\r\n";
  expect(visible(text)).toBe(text);
});
