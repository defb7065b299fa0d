import fc from "fast-check";
import type { Canvas, Component, Connection, TimeSpec } from "../../src/canvas/canvas.js";
import { componentTypes, connectionConditions } from "../../src/canvas/canvas.schema.js";
import { behaviours, schedules } from "./behaviours.js";

/**
 * Hostile topologies: any modes, types and edges, cycles, fallbacks, copies, providers and order stores with any key,
 * and words that compiling reads a meaning into. All of them are valid canvases.
 */
const distributions = fc.constantFrom<TimeSpec>(
  { dist: "constant", meanMs: 7 },
  { dist: "exponential", meanMs: 30 },
  { dist: "lognormal", medianMs: 20, sigma: 0.8 },
  { dist: "erlang", meanMs: 40, k: 3 },
  { dist: "hyperexponential", meanMs: 15, cv2: 4 },
);

const services = fc.record(
  {
    timeMs: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(0, 5, 40, 250) }, { weight: 2, arbitrary: distributions }),
    concurrency: fc.constantFrom(1, 3, 50),
    queueLimit: fc.constantFrom(0, 2, 100),
    errorRate: fc.constantFrom(0, 0, 0.2, 1),
  },
  { requiredKeys: [] },
);

const idempotency = fc.record(
  {
    key: fc.constantFrom("request", "intent", "item", "attempt", "event", "sku", "none"),
    check: fc.constantFrom("unique", "check-then-act"),
    ttlMs: fc.constantFrom(1, 500),
    lagMs: fc.constantFrom(0, 300),
    claimLeaseMs: fc.constantFrom(1, 400),
    onHeld: fc.constantFrom("conflict", "wait"),
    writes: fc.constantFrom("forward", "any"),
  },
  { requiredKeys: [] },
);

const sagas = fc.record(
  {
    resumeMs: fc.constantFrom(0, 20, 700),
    fence: fc.boolean(),
    undoAttempts: fc.constantFrom(1, 3),
    undoEveryMs: fc.constantFrom(5, 300),
    settleMs: fc.constantFrom(0, 10, 900),
  },
  { requiredKeys: [] },
);

const types = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom("step", "step", "storage", "decision", "trigger", "channel", "tool") },
  { weight: 1, arbitrary: fc.constantFrom(...componentTypes) },
);

/** Schedules: their service is none, and what they are called or where they lead may keep them from acting. */
const schedule = fc.record(
  {
    type: fc.constant<"trigger">("trigger"),
    label: fc.constantFrom("Reconciler", "Nightly sweep", "Ledger"),
    role: fc.constantFrom("none", "reconciler", "sweeper"),
    behavior: schedules,
  },
  { requiredKeys: ["type", "behavior"] },
);

const ordinary = fc.record(
  {
    type: types,
    label: fc.constantFrom(
      "Orders",
      "Payment gateway",
      "Dead letters",
      "Ledger",
      "Outbox",
      "Status view",
      "Loyalty",
      "Stock",
      "Cart lock",
      "Webhook",
    ),
    behavior: behaviours,
    service: services,
    role: fc.constantFrom(
      ...["none", "none", "none", "order-store", "order-store", "payment-provider", "payment-provider"],
      ...["outbox", "consumer", "read-model", "webhook", "stock", "inventory", "inventory", "lock", "lock", "ledger"],
    ),
    idempotency,
    saga: sagas,
  },
  { requiredKeys: ["type"] },
);

const component = fc.oneof({ weight: 9, arbitrary: ordinary }, { weight: 1, arbitrary: schedule });

const holding = ["reserve", "commit", "release", "release", "acquire"];
const posting = ["post", "debit", "payout", "fee"];

const connection = fc.record(
  {
    from: fc.nat({ max: 11 }),
    to: fc.nat({ max: 11 }),
    on: fc.constantFrom("success", "failure", "compensate", "dead-letter", ...connectionConditions),
    label: fc.constantFrom("calls", "on failure", "retry", "rollback", "to the DLQ"),
    direction: fc.constantFrom("forward", "forward", "forward", "backward", "both", "none"),
    latencyMs: fc.constantFrom(0, 0, 15, 700),
    weight: fc.constantFrom(0, 0.5, 2),
    operation: fc.constantFrom(
      "charge",
      "query",
      "void",
      "create",
      "confirm",
      "fail",
      "authorise",
      "capture",
      "refund",
      "record",
      "compensate",
      "resume",
      ...holding,
      ...posting,
    ),
    undo: fc.constantFrom("void", "fail", "none", "release"),
    async: fc.constantFrom(false, false, true),
    openFor: fc.constantFrom("never-sent", "any"),
  },
  { requiredKeys: ["from", "to"] },
);

const drawings = fc.record({
  components: fc.array(component, { minLength: 2, maxLength: 11 }),
  connections: fc.array(connection, { minLength: 1, maxLength: 14 }),
  /** Which links of the chain through all components are missing. */
  gaps: fc.array(fc.nat({ max: 11 }), { maxLength: 2 }),
  /** What persons poll, by turns. */
  polls: fc.array(fc.nat({ max: 11 }), { maxLength: 3 }),
  /** Where persons come in; without any, what nothing leads to is the entry. */
  entries: fc.array(fc.nat({ max: 11 }), { maxLength: 2 }),
});

type Drawing = typeof drawings extends fc.Arbitrary<infer D> ? D : never;

/** Persons `p0`, …, then components `c0`, … in a chain with gaps, and connections across. */
function canvasOf({ components, connections, gaps, polls, entries }: Drawing): Canvas {
  const placed = components.map(
    ({ role, ...rest }, i): Component => ({
      id: `c${i}`,
      ...rest,
      ...(role === undefined || role === "none" ? {} : { role }),
    }),
  );
  const name = (position: number): string => `c${position % placed.length}`;
  const persons = entries.slice(0, Math.max(0, 12 - placed.length));
  const chain = placed.slice(1).map((_, i): Connection => ({ from: `c${i}`, to: `c${i + 1}` }));
  return {
    components: [...persons.map((_, i): Component => ({ id: `p${i}`, type: "person" })), ...placed],
    connections: [
      ...persons.map((to, i) => ({ from: `p${i}`, to: i === 0 ? "c0" : name(to) })),
      ...(persons.length === 0 ? [] : polls).map(
        (to, i): Connection => ({ from: `p${i % persons.length}`, to: name(to), on: "poll" }),
      ),
      ...chain.filter((_, i) => !gaps.includes(i)),
      ...connections
        .map(({ from, to, ...rest }): Connection => ({ ...rest, from: name(from), to: name(to) }))
        .filter(({ from, to }) => from !== to),
    ],
  };
}

/** Valid canvases of up to 12 components. */
export const canvases: fc.Arbitrary<Canvas> = drawings.map(canvasOf);

/** The canvas with only those connections that lead on in its order of components. */
export function withoutCycles(canvas: Canvas): Canvas {
  const position = new Map(canvas.components.map(({ id }, index) => [id, index]));
  const leadsOn = ({ from, to, direction }: Connection): boolean =>
    (direction ?? "forward") === "forward" && position.get(from)! < position.get(to)!;
  return { ...canvas, connections: canvas.connections.filter(leadsOn) };
}
