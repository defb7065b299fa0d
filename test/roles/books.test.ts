import { describe, expect, it } from "vitest";
import { allEntries, Books, Entry } from "../../src/roles/books.js";
import { IntentBook } from "../../src/sim/intents.js";

/** Books with so many intents open. */
function open(intents: number): Books {
  const book = new IntentBook({ now: 0 });
  const books = new Books(book);
  book.attach(books);
  for (let i = 0; i < intents; i++) book.open(0);
  return books;
}

const serials = Array.from({ length: 9_000 }, (_, serial) => serial);

describe("the entries of a charge", () => {
  it("sum to zero in both currencies, written together or apart, in any order", () => {
    const together = open(9_000);
    const apart = open(9_000);
    for (const serial of serials) {
      together.write(serial, allEntries);
      for (const entry of [Entry.fee, Entry.debit, Entry.payouts]) apart.write(serial, entry);
    }
    const wrong = (books: Books) =>
      serials.filter((serial) => !books.isBalanced(serial) || !books.isPostedOnce(serial));
    expect(wrong(together)).toEqual([]);
    expect(wrong(apart)).toEqual([]);
    expect([together.writes[7], apart.writes[7]]).toEqual([1, 3]);
  });

  it.each(Object.entries(Entry))("do not sum to zero where %s is missing or written twice", (_, entry) => {
    const without = open(9_000);
    const twice = open(9_000);
    for (const serial of serials) {
      without.write(serial, allEntries & ~entry);
      twice.write(serial, allEntries);
      twice.write(serial, entry);
    }
    expect(serials.filter((serial) => without.isBalanced(serial))).toEqual([]);
    expect(serials.filter((serial) => twice.isBalanced(serial))).toEqual([]);
    expect(serials.filter((serial) => twice.isPostedOnce(serial))).toEqual([]);
  });

  it("sum to zero where all are written twice, and are not there once", () => {
    const books = open(1);
    for (let i = 0; i < 2; i++) books.write(0, allEntries);
    expect([books.isBalanced(0), books.isPostedOnce(0), books.has(0, Entry.fee)]).toEqual([true, false, true]);
  });

  it("take prices from 10.00 to 99.99, each once in 9,000 charges", () => {
    const books = open(9_000);
    for (const serial of serials) books.write(serial, Entry.debit);
    const sums = new Set(serials.map((serial) => books.wordSums(serial)));
    expect(sums.size).toBe(9_000);
    expect(sums).toContain("-10.00 and 0.00");
    expect(sums).toContain("-99.99 and 0.00");
  });

  it("pay the second merchant of every eighth charge abroad", () => {
    const books = open(16);
    for (let serial = 0; serial < 16; serial++) books.write(serial, Entry.payouts);
    const abroad = serials.slice(0, 16).filter((serial) => !books.wordSums(serial).endsWith(" and 0.00"));
    expect(abroad).toEqual([0, 8]);
    // 10.00: 0.50 is the marketplace's, 5.70 the first merchant's, 3.80 the second's, 7.60 abroad.
    expect(books.wordSums(0)).toBe("5.70 and 7.60");
    books.write(0, Entry.fee);
    expect(books.wordSums(0)).toBe("10.00 and 0.00");
  });
});
