import fc from "fast-check";
import { judge } from "../../src/scoring/judge.js";
import type { Result } from "../../src/scoring/result.js";
import { buildModel, buildRun, checkoutSketch, context } from "../scoring/fixtures.js";

/** What begins something in Markdown, HTML, XML or a workflow command, as pieces that an arbitrary text is made of. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 4 }),
      fc.constantFrom(
        ...["<b>", "</summary>", "</details>", "<!--", "-->", "<script>", "&lt;", "&#64;", "]]>", "<![CDATA[", "<?x?>"],
        ...["[a](b)", "![a](b)", "[a]: b", "[^1]", "<http://a.b>", "https://a.b/c", "www.a.bc", "a@b.cd", "mailto:"],
        ...["@octocat", "@", "#12", "GH-12", "o/r#1", "o/r@abc", ":tada:", "$x$", "$$", "~~a~~", "***", "__a__"],
        ...["|", "\\", "\\|", "`", "```", "~~~", "# ", "- ", "+ ", "1. ", "> ", "---", "===", "    ", "\t", "::"],
        ...["::error file=a::b", "%0A", "##[error]x", "\n", "\r\n", "\n\n", "\u2028", "\u0000", "\u001b[31m", "\u202e"],
        ...["\ufffe", "\uffff", "\ud83d", "\udc00", "😀", "é", "注文", "a", " ", "9", "_", "."],
      ),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(""));

const failing = judge(buildModel(checkoutSketch()), [buildRun({ metrics: { dropRate: 0.2 } })], context);

/** A design that fails everything that can fail, whose every word is the given text. */
export function hostileResult(text: string): Result {
  const cause = { component: text, message: text };
  return {
    ...failing,
    problem: text,
    canvas: { ...failing.canvas, name: text, file: text },
    verdict: "fail",
    criteria: [
      { id: text, scenario: text, metric: text, expected: text, actual: 1, pass: false, verdict: "fail", cause },
      {
        id: "runnable",
        scenario: text,
        metric: "runnable",
        expected: "",
        actual: null,
        pass: false,
        verdict: "fail",
        cause,
      },
      { id: text, scenario: null, metric: text, expected: "<= 3", actual: 4, pass: false, verdict: "inconclusive" },
    ],
    invariants: [
      {
        id: text,
        scenario: text,
        violations: 2,
        exposure: 9,
        verdict: "fail",
        cause,
        examples: [{ intent: 1, trace: [{ atMs: 1, where: text, what: text }] }],
      },
      { id: text, scenario: text, violations: 0, exposure: 1, verdict: "inconclusive", examples: [] },
    ],
    scenarios: failing.scenarios.map((scenario) => ({
      ...scenario,
      id: text,
      label: text,
      pass: false,
      truncated: true,
    })),
    findings: [{ code: text, severity: "warning", component: text, message: text }],
    assumptions: [{ component: text, field: text, value: text, because: text }],
    cost: { ...failing.cost, components: [{ id: text, declared: 1, floor: 1, effective: 1 }] },
    warnings: [text],
    repeat: `chini-bench run ${text}`,
  };
}
