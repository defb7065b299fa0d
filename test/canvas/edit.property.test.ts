import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadCanvas } from "../../src/canvas/load.js";
import { type Edit, parseSetting, settingText } from "../../src/canvas/setting.js";
import { InputError } from "../../src/document/input-error.js";

/** Any control character but the line ends between faults. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is what this is for
const unprintableText = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/;

const file = "canvases/chini-002-checkout/reference.json";

describe("a setting", () => {
  it("is read as it was written, whatever the value", () => {
    const values = fc.uniqueArray(fc.oneof(fc.jsonValue(), fc.string()), {
      minLength: 1,
      maxLength: 5,
      selector: (value) => JSON.stringify(value),
    });
    fc.assert(
      fc.property(values, (list) => {
        // Through JSON, for -0 is 0 there; not with keys that no file may have.
        const plain = JSON.parse(JSON.stringify(list)) as Edit["value"][];
        fc.pre(!JSON.stringify(plain).includes("__proto__"));
        const numbers = plain.filter((value) => typeof value === "number");
        const expected = numbers.length === plain.length ? numbers.sort((left, right) => left - right) : plain;
        expect(parseSetting(settingText({ path: "w.x", values: plain })).values).toEqual(expected);
      }),
    );
  });

  it("stands in the canvas afterwards, and nothing else changes", async () => {
    const original = (await loadCanvas(file)).canvas;
    const fields = fc.constantFrom("service.concurrency", "service.queueLimit", "behavior.capacity", "cost.monthlyUsd");
    const ids = fc.constantFrom(...original.components.map(({ id }) => id));
    await fc.assert(
      fc.asyncProperty(ids, fields, fc.integer({ min: 1, max: 1000 }), async (id, field, value) => {
        const component = original.components.find((each) => each.id === id)!;
        fc.pre(field !== "behavior.capacity" || component.behavior !== undefined);
        const { canvas } = await loadCanvas(file, { edits: [{ path: `${id}.${field}`, value }] });
        const [group, name] = field.split(".") as ["service" | "cost" | "behavior", string];
        const expected = original.components.map((each) =>
          each.id === id ? { ...each, [group]: { ...each[group], [name]: value } } : each,
        );
        expect(canvas).toEqual({ ...original, components: expected });
      }),
      { numRuns: 50 },
    );
  });

  it("of a hostile path is refused in printable words, and reaches no prototype", async () => {
    const segment = fc.oneof(
      fc.constantFrom(
        "worker",
        "c6",
        "service",
        "behavior",
        "__proto__",
        "constructor",
        "prototype",
        "toString",
        "",
        "0",
      ),
      fc.string({ unit: "binary" }),
    );
    const paths = fc.array(segment, { minLength: 1, maxLength: 6 }).map((segments) => segments.join("."));
    await fc.assert(
      fc.asyncProperty(paths, fc.jsonValue(), async (path, value) => {
        try {
          await loadCanvas(file, { edits: [{ path, value: value as Edit["value"] }] });
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          expect((error as InputError).message).not.toMatch(unprintableText);
        }
        expect(({} as Record<string, unknown>).polluted).toBeUndefined();
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      {
        numRuns: 300,
        examples: [
          ["worker.__proto__.polluted", 1],
          ["worker.constructor.prototype.polluted", 1],
        ],
      },
    );
  });
});
