import { describe, expect, test } from "bun:test";
import type { PolicyExample } from "../../../src/core/policies/define.ts";
import { policies, policyFindings } from "../../../src/core/policies/index.ts";
import { dialects } from "../../../src/dialects/registry.gen.ts";
import { tracksOf } from "./tracks.ts";

// Every policy carries examples of what it finds and of what it must let pass.

for (const policy of policies) {
  const found = ({ dialect: name = "postgresql", tracks }: PolicyExample): readonly string[] => {
    const dialect = dialects.find((d) => d.name === name);
    if (!dialect) throw new Error(`no dialect "${name}"`);
    return policyFindings({ tracks: tracksOf(tracks, policy.enabledBy), dialect })
      .filter(({ code }) => code === policy.code)
      .map(({ message }) => message);
  };

  describe(policy.code, () => {
    test("says what it demands and why", () => {
      expect(policy.title).toMatch(/^[A-Z].*\.$/);
      expect(policy.why).toMatch(/^[A-Z].*\.$/);
      expect(policy.bad.length).toBeGreaterThan(4);
      expect(policy.ok.length).toBeGreaterThan(4);
    });

    for (const example of policy.bad)
      test(`finds ${example.title}`, () => {
        expect(found(example)).toEqual([expect.stringContaining(example.says)]);
      });

    for (const example of policy.ok)
      test(`lets pass: ${example.title}`, () => {
        expect(found(example)).toEqual([]);
      });
  });
}
