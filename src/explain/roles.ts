import type { EntryText } from "./entry.js";

/** What a component may be to the problem; the operations stand in `src/roles`, the default first. */
export const roleTexts: Readonly<Record<string, EntryText>> = {
  "payment-provider": {
    title: "The external provider that takes payments",
    meaning:
      "Its rate, latency and errors are the problem's. Its effect and its reply are separate events: a reply can be lost, late or an error after the money was taken. A call under a key that it knows gets the stored answer.",
    computed:
      "Slots ⌈rate × mean time⌉, a waiting room of one second of its rate, then `full` after 10 ms. `idempotency.key` is `item` unless stated: what a request creates on the server's side, the same for all its retries and redeliveries. Two components in this role are two providers, with keys and accounts of their own.",
    mend: 'State `"role": "payment-provider"` on a `tool`; without it words such as pay, psp or provider bind it.',
    see: ["no-double-charge", "unbound-role"],
  },
  "order-store": {
    title: "The store that writes the orders",
    meaning:
      "Writes one row for each order. With an idempotency key it is a guard: a request whose key is in work gets a `conflict`, one whose key is done gets ok, and nothing further is called.",
    computed:
      "A `storage`. `idempotency.key`: `request` (the client's key), `intent` (a natural key such as the cart), `item`, or `none`; `check`: `unique`, or `check-then-act`, which sees rows only `lagMs` after they were written.",
    mend: 'State `"role": "order-store"` and its `idempotency`.',
    see: ["no-duplicate-order"],
  },
  reconciler: {
    title: "A schedule that settles unknown rows",
    meaning: "Comes at intervals for rows of the order store of which nobody learned how their charge ended.",
    computed:
      "A `trigger` with `everyMs` (15,000), `ageMs` (30,000) and `batch` (500): at each tick one call along its success connections for each row that has been unknown for `ageMs`; a connection with `operation: query` asks instead of charging.",
    mend: 'State `"role": "reconciler"`, and connect it to what it shall call.',
    see: ["unknownMs", "nothing-stuck"],
  },
  sweeper: {
    title: "A schedule that finishes durable sequences",
    meaning: "Takes over records of sagas that are open or parked and too old: it undoes them, or goes on with them.",
    computed:
      "A schedule with a connection into a durable sequence: `everyMs`, `ageMs` from the record's opening, `batch`; `operation: compensate` (default) or `resume`.",
    mend: "Draw its connection to the component that keeps the sequence.",
    see: ["sessionMs", "no-leak"],
  },
  webhook: {
    title: "Receives the provider's events",
    meaning: "The provider tells it of each charge: pending, succeeded or declined; late, twice, or in any order.",
    computed:
      'A step, trigger or channel to which only the provider sends. With `idempotency.key: "event"` it hands on no event twice. Its connection to an order store means `operation: record`. A design may do without it.',
    mend: 'State `"role": "webhook"`, and connect it to the order store.',
    see: ["no-regression", "unknownMs"],
  },
  outbox: {
    title: "Hands on what the store has written",
    meaning: "Takes in the changes of the order store and delivers them to each consumer, at least once.",
    computed:
      'Fed by a connection with `on: "change"` from the order store, so that row and event are one write. Also called `publisher`.',
    mend: 'State `"role": "outbox"`; connect it from the store, and to the consumers.',
    see: ["exactly-once-downstream"],
  },
  consumer: {
    title: "Applies each confirmed intent once",
    meaning: "Loyalty points, kitchen, notification: whoever must get every confirmed intent, and no other.",
    computed: "Knows events again by `idempotency.key` (`event`); with `none` it applies all that come.",
    mend: 'State `"role": "consumer"`.',
    see: ["exactly-once-downstream"],
  },
  ledger: {
    title: "The books",
    meaning: "An append-only ledger: debit, payouts and fee of each charge, which must sum to zero.",
    computed:
      "`post` writes all entries at once; `debit`, `payout` and `fee` one part each. Events are known by `idempotency.key` (`event`).",
    mend: 'State `"role": "ledger"`.',
    see: ["ledger-balanced"],
  },
  "read-model": {
    title: "Shows buyers what became of their intents",
    meaning: "A view fed by events, which clients look at.",
    computed: "Shows an intent's final state from its projection on.",
    mend: 'State `"role": "read-model"` on a `storage`.',
    see: ["convergence", "readLagMs"],
  },
  inventory: {
    title: "The stock",
    meaning: "Counts units by SKU; reserves, commits and gives back.",
    computed:
      "`reserve` takes the cart's units or none (`declined`), `commit` makes it final, `release` gives it back. Known by `idempotency.key` (`item`). `check`: `unique` looks and takes in one, `check-then-act` decides by a counter that is `lagMs` old.",
    mend: 'State `"role": "inventory"` on a `storage`.',
    see: ["no-oversell", "no-leak"],
  },
  lock: {
    title: "Locks with a lease",
    meaning: "One lock for each cart or each SKU; who finds it held gets a `conflict`, or waits in line.",
    computed:
      "`acquire` and `release`; `idempotency.key`: `intent` (one for each cart) or `sku`; `claimLeaseMs` (600,000); `onHeld`: `conflict` or `wait`.",
    mend: 'State `"role": "lock"` on a `storage`.',
    see: ["no-leak", "conflict"],
  },
};
