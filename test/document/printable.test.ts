import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerpt, printable } from "../../src/document/printable.js";

describe("printable", () => {
  it("shows escape sequences instead of passing them to the terminal", () => {
    expect(printable("\u001b[31mred\u0007")).toBe("\\u001b[31mred\\u0007");
  });

  it("shows line breaks, tabs, C1 controls, bidirectional controls and halves of surrogate pairs", () => {
    expect(printable("a\r\n\tb\u009b1m")).toBe("a\\u000d\\u000a\\u0009b\\u009b1m");
    expect(printable("\u202egpj.exe\u2066\u2028\ufeff")).toBe("\\u202egpj.exe\\u2066\\u2028\\ufeff");
    expect(printable("\ud800x\udc00")).toBe("\\ud800x\\udc00");
  });

  it("leaves ordinary text alone, in every script", () => {
    expect(printable("Zahlung für 東京 😀 עברית")).toBe("Zahlung für 東京 😀 עברית");
  });

  it("never lets a control character through", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        // A lone half of a surrogate pair would throw here.
        expect(() => encodeURIComponent(printable(text))).not.toThrow();
      }),
    );
  });
});

describe("excerpt", () => {
  it("cuts long text and says so", () => {
    expect(excerpt("abcdef", 3)).toBe("abc…");
    expect(excerpt("abc", 3)).toBe("abc");
  });
});
