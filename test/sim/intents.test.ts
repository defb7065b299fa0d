import { describe, expect, it } from "vitest";
import { IntentBook, type IntentColumns, IntentFlag } from "../../src/sim/intents.js";

const clock = { now: 0 };

function openAt(book: IntentBook, now: number, flags: number): number {
  clock.now = now;
  return book.open(flags);
}

describe("IntentBook", () => {
  it("numbers intents in order of arrival, also when it uses records again", () => {
    const book = new IntentBook(clock);
    const first = openAt(book, 10, 0);
    const second = openAt(book, 20, IntentFlag.hostile);
    expect([book.serial[first], book.serial[second]]).toEqual([0, 1]);
    book.close(first);
    const third = openAt(book, 30, IntentFlag.measured);
    expect(third).toBe(first);
    expect([book.serial[third], book.arrivedMs[third], book.flags[third]]).toEqual([2, 30, IntentFlag.measured]);
    expect([book.live, book.arrived]).toEqual([2, 3]);
  });

  it("opens a used record without its past", () => {
    const book = new IntentBook(clock);
    const before = book.open(IntentFlag.accepted);
    book.mark(before, IntentFlag.confirmed);
    book.requests[before] = 4;
    const keys = [book.naturalKey[before], book.clientKey[before]];
    book.close(before);
    const after = openAt(book, 1, 0);
    expect(after).toBe(before);
    expect([book.is(after, IntentFlag.accepted), book.is(after, IntentFlag.confirmed)]).toEqual([false, false]);
    expect([book.requests[after], book.references[after]]).toEqual([0, 0]);
    expect(keys).not.toContain(book.naturalKey[after]);
    expect(keys).not.toContain(book.clientKey[after]);
  });

  it("marks and asks single flags", () => {
    const book = new IntentBook(clock);
    const intent = book.open(IntentFlag.measured);
    book.mark(intent, IntentFlag.declined);
    expect(book.flags[intent]).toBe(IntentFlag.measured | IntentFlag.declined);
    expect([book.is(intent, IntentFlag.declined), book.is(intent, IntentFlag.gaveUp)]).toEqual([true, false]);
  });

  it("never makes the same key twice: of intents, clients and items", () => {
    const book = new IntentBook(clock);
    const keys: number[] = [];
    for (let i = 0; i < 50; i++) {
      const intent = openAt(book, i, 0);
      const item = book.openItem(intent, book.mintKey());
      keys.push(book.naturalKey[intent]!, book.clientKey[intent]!, book.itemKey[item]!, book.requestKey[item]!);
      if (i % 2 === 0) book.close(intent);
    }
    expect(new Set(keys).size).toBe(200);
  });

  it("keeps items with their intent, and gives them back with it", () => {
    const book = new IntentBook(clock);
    const intent = book.open(0);
    const items = [1, 2, 3].map((key) => book.openItem(intent, key));
    expect(items).toEqual([0, 1, 2]);
    expect(items.map((item) => [book.itemIntent[item], book.requestKey[item]])).toEqual([
      [intent, 1],
      [intent, 2],
      [intent, 3],
    ]);
    book.itemUnsure[items[2]!] = 1;
    book.itemMessages[items[2]!] = 5;
    book.close(intent);
    const next = openAt(book, 1, 0);
    const again = [4, 5, 6].map((key) => book.openItem(next, key));
    expect([...again].sort((a, b) => a - b)).toEqual([0, 1, 2]);
    expect(again.map((item) => [book.itemUnsure[item], book.itemMessages[item], book.requestKey[item]])).toEqual([
      [0, 0, 4],
      [0, 0, 5],
      [0, 0, 6],
    ]);
    expect(book.openItem(next, 7)).toBe(3);
  });

  it("keeps a closed intent's record, and its items, until the last follower has gone", () => {
    const book = new IntentBook(clock);
    const intent = openAt(book, 1, 0);
    const [item, poll] = [book.openItem(intent, 1), book.openPoll(intent)];
    expect([book.itemPolls[item], book.itemPolls[poll], book.requestKey[poll]]).toEqual([0, 1, book.clientKey[intent]]);
    book.follow(intent);
    book.follow(intent);
    expect(book.isOpen(intent)).toBe(true);
    book.close(intent);
    expect([book.isOpen(intent), book.live]).toEqual([false, 1]);
    book.forEachOpen(() => expect.unreachable());
    book.unfollow(intent);
    expect([book.live, openAt(book, 2, 0)]).toEqual([1, 1]);
    book.unfollow(intent);
    expect([book.live, openAt(book, 3, 0)]).toEqual([1, intent]);
    expect([book.openItem(intent, 2), book.openItem(intent, 3)].sort()).toEqual([item, poll]);
    expect([book.itemPolls[item], book.itemPolls[poll]]).toEqual([0, 0]);
  });

  it("is not closed by followers that leave", () => {
    const book = new IntentBook(clock);
    const intent = openAt(book, 1, 0);
    book.follow(intent);
    book.unfollow(intent);
    expect([book.isOpen(intent), book.live]).toEqual([true, 1]);
    book.close(intent);
    expect(book.live).toBe(0);
  });

  it("visits the open intents only", () => {
    const book = new IntentBook(clock);
    const intents = [0, 1, 2, 3].map((now) => openAt(book, now, 0));
    book.close(intents[1]!);
    const open: number[] = [];
    book.forEachOpen((intent) => open.push(intent));
    expect(open).toEqual([0, 2, 3]);
  });

  it("keeps everything when intents and items outgrow their first room", () => {
    const book = new IntentBook(clock);
    for (let i = 0; i < 1000; i++) {
      const intent = openAt(book, i, IntentFlag.measured);
      book.acceptedMs[intent] = i + 0.5;
      book.references[intent] = i;
      const item = book.openItem(intent, 5_000 + i);
      book.itemMessages[item] = i;
    }
    const wrong: number[] = [];
    for (let i = 0; i < 1000; i++) {
      const kept = [book.serial[i], book.arrivedMs[i], book.acceptedMs[i], book.references[i], book.itemMessages[i]];
      const expected = [i, i, i + 0.5, i, i];
      if (kept.some((value, column) => value !== expected[column]) || book.requestKey[i] !== 5_000 + i) wrong.push(i);
      if (book.itemIntent[i] !== i || book.flags[i] !== IntentFlag.measured) wrong.push(i);
    }
    expect(wrong).toEqual([]);
  });

  it("gives attached columns room before a handle is used, and clears them when it is opened", () => {
    const book = new IntentBook(clock);
    let room = 0;
    const opened: number[] = [];
    const columns: IntentColumns = {
      reserve: (capacity) => {
        room = capacity;
      },
      open: (intent) => {
        expect(intent).toBeLessThan(room);
        opened.push(intent);
      },
    };
    book.attach(columns);
    expect(room).toBeGreaterThan(0);
    for (let i = 0; i < 600; i++) openAt(book, i, 0);
    book.close(17);
    openAt(book, 601, 0);
    expect(opened).toEqual([...Array.from({ length: 600 }, (_, i) => i), 17]);
  });
});
