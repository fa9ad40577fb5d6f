import { expect, test } from "bun:test";
import { inVersionRange, parseVersionRange } from "../../src/core/version-range.ts";

const holds = (version: string, range: string): boolean => inVersionRange(version, parseVersionRange(range) ?? []);

test("a version is compared number by number, as far as the range goes", () => {
  const cases = {
    ">= 14": { "17.10": true, "14.0": true, "13.22": false, "9.6": false },
    "14": { "14.2": true, "15": true, "13": false },
    "> 17": { "17.10": false, "18.0": true },
    "= 17": { "17.10": true, "18.1": false },
    ">= 14, < 18": { "17.10 (Debian 17.10-1)": true, "18.0": false, "13.1": false },
    "<= 3.45.1": { "3.45.1": true, "3.45.2": false, "3.9.0": true, "11.8.3-MariaDB-0+deb13u1": false },
  };
  for (const [range, versions] of Object.entries(cases))
    for (const [version, expected] of Object.entries(versions))
      expect(`${version} ${range}: ${holds(version, range)}`).toBe(`${version} ${range}: ${expected}`);
});

test("what is no range is not taken for one", () => {
  for (const text of ["", "x", ">= ", "14,", ">= 14 < 18", "14.x", "=> 3", "~14", "1.2.3.4.5"])
    expect({ text, range: parseVersionRange(text) }).toEqual({ text, range: undefined });
});
