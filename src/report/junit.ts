import XMLBuilder from "fast-xml-builder";
import type { Result } from "../scoring/result.js";
import { designNames } from "./design-name.js";
import { baselineCases } from "./junit/baseline-case.js";
import { type TestCase, testCasesOf } from "./junit/test-cases.js";
import { xmlBlock, xmlLine } from "./junit/xml-text.js";
import type { SynchronousReporter } from "./reporter.js";

/** Last part of the class name of what no run changes; a scenario's id has no space. */
const wholeDesign = "whole design";

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  textNodeName: "#text",
  format: true,
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
});

/**
 * JUnit's XML: a suite per design, in it a test case per criterion and invariant of each run, and one for its baseline.
 * `<failure>` is a missed criterion, a broken invariant or a regression that fails the run, `<error>` what could not be run, `<skipped>` what is undecided. There is no time in
 * it, for the same command makes the same bytes.
 *
 * Source: junit-10.xsd of Jenkins' xunit plugin, and what its predecessor in test/fixtures allows as well: a reason
 * for skipping is text, not an attribute, and the root has no count of skipped cases.
 */
export const junit: SynchronousReporter = {
  name: "junit",
  render({ designs, baselines, failOnRegression = false }) {
    const names = designNames(designs.map(({ result }) => result));
    const suites = designs.map((design, index) => ({
      result: design.result,
      name: xmlLine(names[index]!),
      cases: [...testCasesOf(design), ...baselineCases(baselines?.[index], failOnRegression)],
    }));
    const all = suites.flatMap(({ cases }) => cases);
    return builder.build({
      "?xml": { "@version": "1.0", "@encoding": "UTF-8" },
      testsuites: {
        "@name": "chini-bench",
        "@tests": all.length,
        "@failures": countOf(all, "failure"),
        "@errors": countOf(all, "error"),
        testsuite: suites.map(suiteOf),
      },
    });
  },
};

function countOf(cases: readonly TestCase[], kind: TestCase["outcome"]["kind"]): number {
  return cases.filter(({ outcome }) => outcome.kind === kind).length;
}

interface Suite {
  readonly result: Result;
  readonly name: string;
  readonly cases: readonly TestCase[];
}

function suiteOf({ result, name, cases }: Suite) {
  return {
    "@name": name,
    "@tests": cases.length,
    "@failures": countOf(cases, "failure"),
    "@errors": countOf(cases, "error"),
    "@skipped": countOf(cases, "skipped"),
    properties: { property: propertiesOf(result) },
    testcase: cases.map((one) => caseOf(result.problem, name, one)),
  };
}

function propertiesOf(result: Result) {
  const { canvas, cost, problem, repeat, score, seeds, tool, verdict } = result;
  const properties: readonly (readonly [name: string, value: string | number])[] = [
    ["problem", problem],
    ["canvas", canvas.name ?? ""],
    ["verdict", verdict],
    ["score", score.composite],
    ["effectiveMonthlyUsd", cost.effectiveMonthlyUsd.toFixed(2)],
    ["seeds", seeds.length > 1 ? `${seeds[0]} to ${seeds.at(-1)}` : String(seeds[0])],
    ["repeat", repeat],
    ["version", `${tool.name} ${tool.version}`],
  ];
  return properties.map(([name, value]) => ({ "@name": name, "@value": xmlLine(String(value)) }));
}

/**
 * What the design is called stands in the name of every case: a page that puts the suites of a job together would take
 * the cases of two designs for one.
 */
function caseOf(problem: string, design: string, { scenario, name, outcome }: TestCase) {
  const head = {
    "@classname": xmlLine(`${problem}.${scenario ?? wholeDesign}`),
    "@name": `${xmlLine(name)} (${design})`,
  };
  switch (outcome.kind) {
    case "passed":
      return head;
    case "skipped":
      return { ...head, skipped: xmlLine(outcome.reason) };
    case "failure":
    case "error": {
      const { kind, type, message, lines } = outcome;
      return { ...head, [kind]: { "@message": xmlLine(message), "@type": type, "#text": xmlBlock(lines) } };
    }
    default:
      return outcome satisfies never;
  }
}
