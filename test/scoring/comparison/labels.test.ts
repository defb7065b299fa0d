import { describe, expect, it } from "vitest";
import { labelsOf } from "../../../src/scoring/comparison/labels.js";

describe("labelsOf", () => {
  it("takes the last part where it is the only one, and as many as it takes where it is not", () => {
    expect(labelsOf(["/w/a/b/x.json", "/w/a/c/x.json", "/w/a/y.json"])).toEqual(["b/x", "c/x", "y"]);
    expect(labelsOf(["/w/1/t/x.json", "/w/2/t/x.json"])).toEqual(["1/t/x", "2/t/x"]);
  });

  it("gives the whole path where another path ends in it", () => {
    expect(labelsOf(["/x.json", "/w/x.json"])).toEqual(["/x", "w/x"]);
  });

  it("keeps the ending that alone tells two files apart", () => {
    expect(labelsOf(["/w/x", "/w/x.json", "/w/y.JSON"])).toEqual(["x", "x.json", "y"]);
  });

  it("reads the separator of the system, and none for no files", () => {
    expect(labelsOf(["C:\\a\\x.json", "C:\\b\\x.json"], "\\")).toEqual(["a/x", "b/x"]);
    expect(labelsOf([])).toEqual([]);
  });
});
