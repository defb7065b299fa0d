import type { EntryText } from "./entry.js";

/** What an entry of an invariant is written from. */
interface InvariantText extends Omit<EntryText, "computed"> {
  /** Of one intent: it breaks the invariant when … */
  readonly violated: string;
  /** Of one intent: it was put to the test when … */
  readonly exposed: string;
}

const texts: Readonly<Record<string, InvariantText>> = {
  "no-double-charge": {
    title: "Nobody pays twice",
    meaning:
      "No intent ever has two live charges, whatever keys its requests carry and however many devices sent them.",
    violated: "two charges of the intent are live at one time, also if one is given back later",
    exposed:
      "there was more than one request, an answer of the provider that nobody learned, or a redelivery after a possible effect",
    mend: 'Give the provider\'s component `idempotency.key: "item"` (never `attempt` or `none`), so that a repeated call is known to it. Guard the order store with a unique key (`check: "unique"`, not `check-then-act`), by `intent` where clients make new request keys. Fail over with `openFor: "never-sent"`: a second provider knows other keys.',
    see: ["retry-without-idempotent-target", "no-lost-charge", "errors"],
  },
  "no-duplicate-order": {
    title: "One order for each intent",
    meaning: "No intent has two orders.",
    violated: "the order store wrote two orders for the intent",
    exposed: "a second request or a redelivery passed the order store",
    mend: 'Guard the order store: `idempotency: { "key": "request", "check": "unique" }`; with `check-then-act` a second request within `lagMs` passes as new, and `request` is of no use where clients make a new key for each request: take `intent`.',
    see: ["no-double-charge", "freshKeys"],
  },
  "no-lost-charge": {
    title: "No charge is forgotten",
    meaning: "Whatever was taken belongs to an intent that the system knows to be paid.",
    violated: "a charge of the intent is live, and the intent ends unconfirmed",
    exposed: "it was charged while the reply did not arrive",
    mend: 'Never take silence for a failure (`onUnknown: "assume-failed"`). Try again under the same key, or ask (`onUnknown: "query"`); behind the last attempt let a redelivery, a webhook or a schedule find out. A sequence that turns back must undo the charge, the one of unknown outcome included (`settleMs`).',
    see: ["unknownMs", "nothing-stuck"],
  },
  "no-phantom-success": {
    title: "No success without a charge",
    meaning: "Nothing is confirmed that nobody paid for.",
    violated: "the intent is confirmed and has no live charge",
    exposed: "a call that was meant to charge ended without a charge",
    mend: "Let only the provider's own ok confirm: no ok from a fallback or from a message that is merely accepted. Keep the fence of a durable sequence (`saga.fence`), and do not take a timeout for an answer.",
    see: ["no-lost-charge", "compensation-complete"],
  },
  "nothing-stuck": {
    title: "Every intent comes to an end",
    meaning: "At the end of the run it is known of every intent how it ended; with `limitMs`, within that time.",
    violated:
      "it is not final, or its durable sequence is open, at the end of the run; or it took longer than the problem's `limitMs`",
    exposed: "it met a refusal, a failure, a crash or a lost answer",
    mend: "Somebody must come for what is left: a queue that delivers again, a schedule (`everyMs` on a trigger) for unknown rows, a sweeper for parked sequences. What leaves after `maxDeliveries` needs a dead-letter connection that leads on. And the backlog must drain before the run ends.",
    see: ["pending", "unknownMs", "sessionMs"],
  },
  "exactly-once-downstream": {
    title: "Each consumer applies each intent once",
    meaning: "Loyalty points, kitchen and ledger get every confirmed intent just once, and no other.",
    violated: "a consumer did not apply the confirmed intent just once, or applied one that is not confirmed",
    exposed: "an event was repeated or never sent",
    mend: 'Take the events from the store\'s changes (`on: "change"`, an outbox) and not from a second write beside the first, which is lost when a process dies in between; let each consumer know events again (`idempotency.key: "event"`).',
    see: ["ledger-balanced", "convergence"],
  },
  "ledger-balanced": {
    title: "The books balance",
    meaning: "In every ledger the entries of an intent sum to zero in each currency.",
    violated:
      "the entries of a final intent do not sum to zero in each currency, or are not there just once (confirmed) or at all (any other)",
    exposed: "an event was repeated or never sent, or its entries were written apart",
    mend: 'Write all entries in one operation (`post`) from the store\'s changes, with `idempotency.key: "event"`; `debit`, `payout` and `fee` in calls of their own leave some undone when a process dies in between.',
    see: ["exactly-once-downstream"],
  },
  convergence: {
    title: "What is shown is what is recorded",
    meaning: "At the latest when the run ends, buyers are shown how each intent ended.",
    violated: "a final intent is not shown as final",
    exposed: "a read model had to show it",
    mend: "Feed the read model from the store's changes, at least once, by a way that delivers again what was refused; leave time to drain.",
    see: ["readLagMs", "readCaughtUpMs"],
  },
  "no-double-refund": {
    title: "Nobody is refunded twice",
    meaning: "No intent gets its money back twice.",
    violated: "the intent was refunded more than once",
    exposed: "a refund was asked for again, or nobody learned what became of one",
    mend: 'Refund under a key that a repetition shares: `idempotency.key: "item"` at the provider.',
    see: ["no-double-charge"],
  },
  "compensation-complete": {
    title: "What failed is wholly undone",
    meaning: "A durable sequence that turned back leaves no finished step and no charge behind.",
    violated:
      "a durable sequence turned back, its intent was not confirmed, and a charge is live or a finished step was never undone",
    exposed: "a durable sequence turned back after a finished step",
    mend: "Name an `undo` on every connection whose step leaves something, and set no limit to `undoAttempts`. Keep `settleMs`: a charge in service is invisible to a void, so the undo of an unknown step is sent once more. Keep `saga.fence`.",
    see: ["no-leak", "sessionMs"],
  },
  "no-oversell": {
    title: "Nothing is sold that is not there",
    meaning: "The stock never goes below zero, and what leaves it is what confirmed intents want.",
    violated:
      "a reservation or commit took a unit that was not there; or the units committed are not those of the cart (confirmed), or there are any (not confirmed)",
    exposed: "it reserved what another intent had reserved and not yet committed or released",
    mend: 'Look and take in one: `check: "unique"` at the inventory, for `check-then-act` decides by a counter that is `lagMs` old. Reserve before paying, commit after; keep the fence, so that an owner that was replaced commits nothing.',
    see: ["no-leak", "compensation-complete"],
  },
  "no-leak": {
    title: "Nothing is held back for ever",
    meaning: "What is final keeps no stock and no lock from others.",
    violated:
      "it is final and holds an open reservation; or, not confirmed, a lock; or, confirmed, a lock for which somebody else has asked",
    exposed: "it was disturbed or declined while it held one of these",
    mend: "Undo reservations (`release`) and locks of every sequence that turns back, and let a sweeper take up what nobody else will: orphaned records, buyers who left.",
    see: ["compensation-complete", "abandoned"],
  },
  "no-regression": {
    title: "A final state is never left",
    meaning: "The record of a charge that has come to its end stays there.",
    violated: "the record left an end: succeeded or declined for anything else, or failed for anything but succeeded",
    exposed: "a charge that had come to its end was written again, and no further: an event late or repeated",
    mend: 'Let the record only move on: `idempotency.writes: "forward"` at the order store. With `"any"` the last event wins, and events come in any order.',
    see: ["no-double-charge"],
  },
};

/** Every invariant's entry. */
export const invariantTexts: Readonly<Record<string, EntryText>> = Object.fromEntries(
  Object.entries(texts).map(([id, { violated, exposed, ...text }]) => [
    id,
    {
      title: text.title,
      meaning: text.meaning,
      computed: `Violated when ${violated}. Exposed when ${exposed}.`,
      mend: text.mend,
      see: [...(text.see ?? []), "exposure"],
    },
  ]),
);
