import type { Model, ModelComponent } from "../../compile/model.js";
import type { InvariantMeasurement } from "../../scenarios/measurement.js";
import { hasFreshKey } from "../design/retry-checks.js";
import { formatDuration } from "../quantity.js";
import { askAgain, lossRules } from "./loss-causes.js";
import { type Candidate, type Found, heaviest, type ObservedRun } from "./observed-run.js";
import {
  sideBySide,
  takenUpByNobody,
  undoGivenUp,
  undoneByHalf,
  undoneNever,
  undoneOnce,
  unfencedOwner,
} from "./sequence-causes.js";
import { counted } from "./wording.js";

/** Finds what lets an invariant break; null when this is not it. */
type InvariantRule = (run: ObservedRun) => Found | null;

/** `idempotency key attempt: a repeated call is a new charge to it`. */
const freshProviderKey: InvariantRule = (run) => freshKey(run, "call is a new charge to it", "charge");

/** `idempotency key attempt: a repeated refund is another to it`. */
const freshRefundKey: InvariantRule = (run) => freshKey(run, "refund is another to it", "refund");

function freshKey({ model }: ObservedRun, repeated: string, effect: string): ReturnType<InvariantRule> {
  const provider = model.components.find((component) => component.external && hasFreshKey(component));
  if (provider === undefined) return null;
  const key = provider.idempotency.key ?? "none";
  const message = `idempotency key ${key}: a repeated ${repeated}`;
  return { component: provider.id, message, mend: `with idempotency.key "item" a retry is the same ${effect}` };
}

/** `openFor any: what it has sent and got no answer for goes to psp2 as well, …`. */
const blindFailover: InvariantRule = ({ model, stations }) => {
  const edge = model.edges.find(
    ({ divertsAny, to }) => divertsAny && stations.some(({ component }) => component.index === to),
  );
  if (edge === undefined) return null;
  const [breaker, other] = [model.components[edge.from]!, model.components[edge.to]!];
  const message = `openFor any: what it has sent and got no answer for goes to ${other.id} as well, which knows other keys`;
  return { component: breaker.id, message, mend: 'with openFor "never-sent" it gets only what was not sent' };
};

/** `check-then-act with 200 ms between: a second request in that time passes`. */
const blindGuard: InvariantRule = ({ model }) => {
  const store = orderStore(model);
  if (store?.idempotency.check !== "check-then-act") return null;
  const lag = store.idempotency.lagMs === undefined ? "" : `, ${formatDuration(store.idempotency.lagMs)} apart`;
  const message = `check-then-act${lag}: a second request in between passes as new`;
  return { component: store.id, message, mend: 'with idempotency.check "unique" the second is known' };
};

/** `idempotency key none: …`, or `key request under a client that …`. */
const looseGuard: InvariantRule = ({ model }) => {
  const store = orderStore(model);
  if (store === null) return null;
  const key = store.idempotency.key ?? "none";
  const same = sendsFreshKeys(model) ? "intent" : "request";
  const mend = `with idempotency.key "${same}" a second request is the same order`;
  if (hasFreshKey(store))
    return { component: store.id, message: `idempotency key ${key}: each request is a new order to it`, mend };
  if (key !== "request" || same === "request") return null;
  return {
    component: store.id,
    message: "idempotency key request: the client sends a new one with each request",
    mend,
  };
};

function sendsFreshKeys({ problem }: Model): boolean {
  const clients = [problem.workload, ...problem.scenarios.map(({ workload }) => workload)].map((one) => one?.client);
  return clients.some((client) => client?.keyPolicy === "per-request" || (client?.freshKeyPct ?? 0) > 0);
}

/** `idempotency key none: …` at a consumer, or at a ledger, which is one. */
const looseConsumer: InvariantRule = ({ model }) => {
  const consumer = model.components.find(
    ({ role, idempotency }) => (role === "consumer" || role === "ledger") && idempotency.key === "none",
  );
  if (consumer === undefined) return null;
  const again = consumer.role === "ledger" ? "written" : "applied";
  const message = `idempotency key none: an event that comes again is ${again} again`;
  return { component: consumer.id, message, mend: 'with idempotency.key "event" it is known' };
};

/** `writes to ledger in 3 calls of its own: a process that dies before the last of them leaves some undone`. */
const writtenApart: InvariantRule = ({ model }) => {
  const apart = model.edges.filter(
    ({ dualWrite, to }) => dualWrite && eventRoles.has(model.components[to]!.role ?? ""),
  );
  const [first] = apart;
  if (first === undefined) return null;
  const beside = apart.filter(({ from }) => from === first.from);
  const targets = [...new Set(beside.map(({ to }) => model.components[to]!.id))].join(", ");
  const calls = counted(beside.length, "call of its own", "calls of its own");
  const message = `writes to ${targets} in ${calls}: what a process that dies in between leaves out, nobody makes up for`;
  const mend = 'a connection with on "change" from the store that it writes last leaves out nothing';
  return { component: model.components[first.from]!.id, message, mend };
};

/** Roles to which each final intent is one event. */
const eventRoles: ReadonlySet<string> = new Set(["consumer", "ledger"]);

/** `writes any: a late event overwrites a final state`. */
const lastWriteWins: InvariantRule = ({ model }) => {
  const store = orderStore(model);
  if (store?.idempotency.writes !== "any") return null;
  const message = "writes any: an event that comes late overwrites a final state";
  return { component: store.id, message, mend: 'with idempotency.writes "forward" it is passed over' };
};

/** `check-then-act, 300 ms apart: reads in between see units that are gone`. */
const staleStock: InvariantRule = ({ model }) => {
  const stores = (model.bindings.get("inventory") ?? []).map((index) => model.components[index]!);
  const stale = stores.find((store) => store.idempotency.check === "check-then-act");
  if (stale === undefined) return null;
  const { lagMs } = stale.idempotency;
  const lag = lagMs === undefined ? "" : `, ${formatDuration(lagMs)} apart`;
  const message = `check-then-act${lag}: reads in between see units that are gone`;
  return { component: stale.id, message, mend: 'with idempotency.check "unique" it looks and takes in one' };
};

/** `takes no answer within 1.5 s for a failure (onUnknown assume-failed); psp charges all the same`. */
const assumedFailure: InvariantRule = ({ model, stations }) => {
  const assuming = stations.find(({ component }) => component.parameters.onUnknown === "assume-failed");
  if (assuming === undefined) return null;
  const { id, parameters } = assuming.component;
  const timeoutMs = parameters.timeoutMs;
  const within = typeof timeoutMs === "number" ? ` within ${formatDuration(timeoutMs)}` : "";
  const provider = model.components.find((component) => component.external);
  const all = provider === undefined ? "" : `; ${provider.id} takes effect all the same`;
  return {
    component: id,
    message: `takes no answer${within} for a failure (onUnknown assume-failed)${all}`,
    mend: askAgain,
  };
};

/** The heaviest loss of the run: what is lost on the way leaves charges unknown and intents open. */
const heaviestLoss: InvariantRule = (run) => heaviest(lossRules.flatMap((rule) => rule(run)));

/** Explanations by invariant, the surest first. A further invariant or explanation is a further entry. */
const rules: Readonly<Record<string, readonly InvariantRule[] | undefined>> = {
  "no-double-charge": [freshProviderKey, blindFailover, blindGuard, looseGuard, sideBySide, undoneOnce],
  "no-duplicate-order": [blindGuard, looseGuard],
  "no-lost-charge": [assumedFailure, undoneNever, undoneOnce, undoneByHalf, heaviestLoss],
  "no-phantom-success": [unfencedOwner, assumedFailure],
  "nothing-stuck": [takenUpByNobody, undoneNever, heaviestLoss],
  "no-oversell": [staleStock, unfencedOwner],
  "no-leak": [undoneNever, undoGivenUp, unfencedOwner],
  "compensation-complete": [undoneNever, undoneOnce, undoneByHalf, unfencedOwner],
  "exactly-once-downstream": [looseConsumer, writtenApart],
  "ledger-balanced": [looseConsumer, writtenApart],
  // A second charge may end otherwise than the first, of which the record has told.
  "no-regression": [lastWriteWins, freshProviderKey, blindFailover],
  "no-double-refund": [freshRefundKey],
};

/**
 * Why a run broke an invariant: the component that lets it happen, or, where none stands out, the last one in the
 * trace of the shortest example.
 */
export function explainViolations(run: ObservedRun, measured: InvariantMeasurement): Candidate {
  const known = Object.hasOwn(rules, measured.id) ? (rules[measured.id] ?? []) : [];
  for (const rule of known) {
    const found = rule(run);
    if (found !== null) return candidate(found, measured);
  }
  const last = measured.examples[0]?.trace.at(-1);
  if (last === undefined)
    return candidate(
      { component: "", message: `${counted(measured.violations, "violation")} without a trace` },
      measured,
    );
  const message = `${last.what} at ${formatDuration(last.atMs)}, as the last step of a broken intent`;
  return candidate({ component: last.where, message }, measured);
}

function candidate({ component, message, mend }: Found, { violations }: InvariantMeasurement): Candidate {
  return { component, message, ...(mend === undefined ? {} : { mend }), weight: violations, final: true };
}

function orderStore(model: Model): ModelComponent | null {
  const index = model.bindings.get("order-store")?.[0];
  return index === undefined ? null : (model.components[index] ?? null);
}
