import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/document/input-error.js";
import { parseSource, plainValue } from "../../src/document/parse.js";
import type { SourceText } from "../../src/document/read.js";

/** Pieces that make and break JSON. */
const piece = fc.constantFrom(
  ...'{}[],:"\\/ \n\t01.-+eE',
  "true",
  "null",
  "NaN",
  '"a"',
  "\\u00",
  "\u0000",
  "\u2028",
  "\u00a0",
  "'",
);

/** JSON texts, whole and damaged at up to three places. */
const text = fc
  .tuple(fc.json(), fc.array(fc.tuple(fc.nat(), fc.nat(2), piece), { maxLength: 3 }))
  .map(([json, edits]) =>
    edits.reduce((damaged, [seed, removed, inserted]) => {
      const offset = seed % (damaged.length + 1);
      return damaged.slice(0, offset) + inserted + damaged.slice(offset + removed);
    }, json),
  );

function ours(source: SourceText): unknown {
  try {
    return { value: plainValue(source, parseSource(source)).value };
  } catch (error) {
    if (error instanceof InputError) return "refused";
    throw error;
  }
}

function reference(json: string): unknown {
  try {
    return { value: JSON.parse(json) as unknown };
  } catch {
    return "refused";
  }
}

describe("parsing", () => {
  it("takes and refuses what JSON.parse does, with the same value", () => {
    fc.assert(
      fc.property(text, (json) => {
        // The one difference that is meant: an own key __proto__ is left out.
        fc.pre(!json.includes("__proto__"));
        expect(ours({ file: "x", bytes: new Uint8Array(), text: json })).toEqual(reference(json));
      }),
      { numRuns: 3_000 },
    );
  });

  it("places every fault inside of the text", () => {
    fc.assert(
      fc.property(text, (json) => {
        try {
          parseSource({ file: "x", bytes: new Uint8Array(), text: json });
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          const [fault] = error.faults;
          const lines = json.split(/\r\n|\r|\n/);
          expect(fault?.line).toBeGreaterThanOrEqual(1);
          expect(fault?.line).toBeLessThanOrEqual(lines.length);
          expect(fault?.column).toBeGreaterThanOrEqual(1);
          expect(fault?.column).toBeLessThanOrEqual((lines[(fault?.line ?? 1) - 1] ?? "").length + 1);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
