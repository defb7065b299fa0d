import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { junit } from "../../src/report/junit.js";
import { junitFaults, xmlValues } from "../fixtures/junit-schema.js";
import { hostileResult, hostileText } from "./hostile.js";
import { designOf, reportOf } from "./report-of.js";

const options = { color: false, width: 100, quiet: false };

describe("hostile texts in a JUnit report", () => {
  it("leave it valid by the schema, with the test cases that there are", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const result = {
          ...hostileResult(text),
          scenarios: [{ ...hostileResult(text).scenarios[0]!, truncated: false }],
        };
        const xml = junit.render(reportOf(result), options);
        expect(junitFaults(xml)).toEqual([]);
        expect(xmlValues(xml, "//testcase/@name")).toHaveLength(6);
        expect(xmlValues(xml, "//failure/@type")).toEqual(["criterion", "invariant"]);
        expect(
          xmlValues(xml, "//*[not(self::testsuites or self::testsuite or self::properties or self::property)]"),
        ).toHaveLength(6 + 2 + 1 + 2);
      }),
      { numRuns: 200 },
    );
  });

  it("leave the report of an invalid canvas valid", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const findings = [{ code: "x", severity: "error" as const, message: text }];
        const result = { ...hostileResult(text), verdict: "invalid" as const, findings };
        const xml = junit.render({ designs: [designOf(result)] }, options);
        expect(junitFaults(xml)).toEqual([]);
        expect(xmlValues(xml, "//error/@type")).toEqual(["invalid canvas"]);
      }),
      { numRuns: 200 },
    );
  });
});
