import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { defects } from "../../scripts/defects.js";

describe("the defects that break-engine plants", () => {
  it.each(defects.map((defect) => [defect.name, defect] as const))("fits the code in one place: %s", (_, defect) => {
    expect(readFileSync(defect.file, "utf8").split(defect.find)).toHaveLength(2);
    expect(defect.replace).not.toBe(defect.find);
  });
});
