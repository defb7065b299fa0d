import { describe, expect, it } from "vitest";
import { junit } from "../../src/report/junit.js";
import type { Result } from "../../src/scoring/result.js";
import { junitFaults, xmlValues } from "../fixtures/junit-schema.js";
import { designOf, reportOf } from "./report-of.js";
import { failing, failingDesign, invalidDesign, passing } from "./sample.js";

const options = { color: false, width: 100, quiet: false };

function render(...results: readonly Result[]): string {
  return junit.render(reportOf(...results), options);
}

describe("the schema that JUnit reports are held to", () => {
  it("refuses what is no report", () => {
    expect(junitFaults("<testsuites><testcase/></testsuites>")).not.toEqual([]);
    expect(junitFaults('<testsuites skipped="1"/>')).toEqual([expect.stringContaining("'skipped' is not allowed")]);
    expect(junitFaults("<testsuites>")).not.toEqual([]);
  });
});

describe("the junit reporter", () => {
  it("has a suite per canvas with a case per criterion and invariant, and counts them", () => {
    const xml = junit.render({ designs: [failingDesign, designOf(passing), invalidDesign] }, options);
    expect(junitFaults(xml)).toEqual([]);
    expect(xmlValues(xml, "/testsuites/@*")).toEqual(["chini-bench", "9", "2", "1"]);
    expect(xmlValues(xml, "/testsuites/testsuite[1]/@*")).toEqual(["canvases/a.json", "6", "2", "0", "2"]);
    expect(xmlValues(xml, "/testsuites/testsuite[2]/@*")).toEqual(["canvases/a.json [2]", "2", "0", "0", "0"]);
    expect(xmlValues(xml, "//testsuite[1]/testcase/@classname")).toEqual([
      "checkout.whole design",
      ...Array.from({ length: 4 }, () => "checkout.baseline"),
      "checkout.whole design",
    ]);
    expect(xmlValues(xml, "//testsuite[1]/testcase/@name")).toEqual(
      [
        "the canvas is valid",
        "errors ≤ 3",
        "acceptMs.p95 ≤ 500 ms",
        "no-double-charge",
        "no-leak",
        "effectiveMonthlyUsd ≤ $800",
      ].map((name) => `${name} (canvases/a.json)`),
    );
    expect(xml.endsWith("</testsuites>\n")).toBe(true);
  });

  it("tells a failure by what was expected and found, with the cause and the trace", () => {
    const xml = render(failing);
    expect(xmlValues(xml, "//failure/@message")).toEqual([
      "errors 19, expected ≤ 3",
      "no-double-charge is broken for 19 of 56 exposed intents",
    ]);
    expect(xmlValues(xml, "//failure/@type")).toEqual(["criterion", "invariant"]);
    expect(xmlValues(xml, "//failure")[1]).toBe(
      [
        "psp: a repeated call is a new charge",
        "intent 1,084 in baseline:",
        "  1.000 s  client  request 1 sent with key 7",
        "  1.250 s  psp  charge captured under key 8: 1 live for this intent",
      ].join("\n"),
    );
  });

  it("skips what is undecided, with the reason", () => {
    expect(xmlValues(render(failing), "//skipped")).toEqual([
      "undecided: acceptMs.p95 499 ms (95 %: 480 ms to 518 ms), expected ≤ 500 ms",
      "not put to the test: 4 intents exposed here, at least 10 needed in all runs together",
    ]);
  });

  it("lets a run that was cut off decide nothing but what was broken in it", () => {
    const cut = { ...failing, scenarios: failing.scenarios.map((scenario) => ({ ...scenario, truncated: true })) };
    const xml = render(cut);
    expect(xmlValues(xml, "//failure/@type")).toEqual(["invariant"]);
    expect(xmlValues(xml, "//skipped")[0]).toBe(
      "cut off: baseline: stopped at 180.000 s after 12,345 events; its measures decide nothing",
    );
  });

  it("has an error for a scenario that cannot be run, and for a canvas that cannot", () => {
    const [criterion] = failing.criteria;
    const cause = { message: "no component plays the inventory" };
    const runnable = { ...criterion!, id: "runnable", metric: "runnable", actual: null, cause };
    const xml = render({ ...failing, criteria: [runnable], invariants: [] });
    expect(xmlValues(xml, "//error/@*")).toEqual(["cannot be run", "scenario"]);
    expect(xmlValues(xml, "//error")).toEqual(["no component plays the inventory"]);
    expect(xmlValues(xml, "//failure")).toEqual([]);

    const invalid = junit.render({ designs: [invalidDesign] }, options);
    const first = 'canvases/b.json:3:9 /components/0/type: unknown type "tol"; did you mean "tool"?';
    expect(xmlValues(invalid, "//error/@message")).toEqual([`${first} (and 1 more)`]);
    expect(xmlValues(invalid, "//error")).toEqual([`${first}\ncanvases/b.json: no entry`]);
  });

  it("names what strict refuses from the findings, for that has no place", () => {
    const strict = designOf({ ...invalidDesign.result }, { faults: [] });
    expect(xmlValues(junit.render({ designs: [strict] }, options), "//error")).toEqual(["told above"]);
  });

  it("tells limits apart that read the same, so that a page shows both", () => {
    const [criterion] = failing.criteria;
    const twice = [criterion!, { ...criterion!, id: "other", pass: true, verdict: "pass" as const }];
    expect(xmlValues(render({ ...failing, criteria: twice, invariants: [] }), "//testcase/@name").slice(1)).toEqual([
      "errors ≤ 3 (canvases/a.json)",
      "errors ≤ 3 [2] (canvases/a.json)",
    ]);
  });

  it("holds no time, and what leads to the result again", () => {
    const xml = render(failing);
    expect(xmlValues(xml, "//@time | //@timestamp")).toEqual([]);
    expect(xmlValues(xml, "//property[@name='repeat']/@value")).toEqual([failing.repeat]);
    expect(render(failing)).toBe(xml);
  });
});
