import { defineCheck, ok } from "../define.ts";

export default defineCheck({
  name: "terminal",
  rank: 130,
  judge: ({ terminal: { interactive, colours, width } }) =>
    ok(
      [
        interactive ? "questions are asked" : "nobody to ask: questions are answered by flags or --answers",
        width === undefined ? "plain lines" : `${width} columns`,
        colours ? "colours" : "no colours",
      ].join(", "),
    ),
});
