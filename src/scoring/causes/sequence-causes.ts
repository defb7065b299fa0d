import type { Model, ModelComponent, ModelEdge } from "../../compile/model.js";
import { numberParameter } from "../parameters.js";
import { formatCount, formatDuration, formatRate } from "../quantity.js";
import {
  type Candidate,
  type CauseRule,
  type Found,
  type ObservedRun,
  type Station,
  waitedFor,
} from "./observed-run.js";
import { counted } from "./wording.js";

/** A lock's lease where it states none, milliseconds. */
const defaultLeaseMs = 600_000;

/** A sequence's `resumeMs` and `settleMs` where it states none, milliseconds: a mend names them. */
const defaultResumeMs = 30_000;
const defaultSettleMs = 30_000;

/** The operations that take back what others did. */
const undoing: Readonly<Record<string, string | undefined>> = {
  acquire: "release",
  reserve: "release",
  charge: "void",
  authorise: "void",
  capture: "void",
};

/** A durable sequence with its parameters, and what it did. */
interface Sequence {
  readonly station: Station;
  readonly saga: NonNullable<ModelComponent["saga"]>;
}

function sequencesOf(run: ObservedRun): readonly Sequence[] {
  return run.stations.flatMap((station) => {
    const { saga } = station.component;
    return saga === undefined ? [] : [{ station, saga }];
  });
}

/** The schedule that takes up a sequence's records; null where nobody comes for them. */
function sweeperOf({ components, edges }: Model, sequence: ModelComponent): ModelComponent | null {
  const leading = edges.filter(({ to }) => to === sequence.index).map(({ from }) => components[from]!);
  return leading.find((component) => numberParameter(component, "ageMs") !== null) ?? null;
}

/**
 * Why sequences stay open: `no schedule takes up what stays open: 305 buyers left`, or, where one does,
 * `takes up what has been open for 900 s, every 30 s; …`. A time below the sweeper's age is not its doing.
 */
export function openSequences(run: ObservedRun, actualMs: number | null): readonly Candidate[] {
  return sequencesOf(run).flatMap(({ station, saga }): readonly Candidate[] => {
    const { id } = station.component;
    const sweeper = sweeperOf(run.model, station.component);
    if (sweeper === null) {
      const { abandoned } = run.measurement.metrics;
      const weight = abandoned + (saga.resumeMs === 0 ? station.measured.lost : 0);
      const left = counted(abandoned, "buyer left", "buyers left");
      const message = `no schedule takes up what stays open: ${left}`;
      const mend = `a trigger with behavior.everyMs and behavior.ageMs and a connection to ${id} does`;
      return [{ component: id, message, mend, weight, final: true }];
    }
    const ageMs = numberParameter(sweeper, "ageMs")!;
    const everyMs = numberParameter(sweeper, "everyMs") ?? 0;
    const sweptMs = ageMs + everyMs;
    const when = `takes up what has been open for ${formatDuration(ageMs)}, every ${formatDuration(everyMs)}`;
    const settles =
      saga.settleMs === 0 ? "" : `; an unknown outcome is undone once more ${formatDuration(saga.settleMs)} later`;
    const message = `${when}: ${id} is swept at up to ${formatDuration(sweptMs)}${settles}`;
    return [{ component: sweeper.id, message, weight: (actualMs ?? 0) >= ageMs ? sweptMs : 0, final: true }];
  });
}

/** `resumeMs 0: nobody goes on with 303 sequences whose owner was lost`. */
export const ownersLost: CauseRule = (run) =>
  sequencesOf(run)
    .filter(({ saga }) => saga.resumeMs === 0)
    .map(({ station: { component, measured } }) => {
      const sequences = counted(measured.lost, "sequence whose owner was lost", "sequences whose owners were lost");
      const message = `resumeMs 0: nobody goes on with ${sequences} before a sweep`;
      const mend = `with saga.resumeMs ${defaultResumeMs} another owner does`;
      return { component: component.id, message, mend, weight: measured.lost, final: true };
    });

/**
 * `a lock per SKU is held while its holder waits for psp (638 ms): 1.57/s at most; 18,395 of 31,692 calls did not get it`.
 * What is refused before it for want of slots is refused for its sake, for those slots wait for the lock.
 */
export const heldLock: CauseRule = (run) =>
  run.stations.flatMap((station): readonly Candidate[] => {
    const { component, measured } = station;
    const missed = measured.lost + measured.failures.conflict;
    if (component.role !== "lock" || component.idempotency.key !== "sku" || missed === 0) return [];
    const before = run.stations.filter((other) => waitedFor(run, other).includes(station));
    const externals = before.flatMap((other) => waitedFor(run, other)).filter((other) => other.component.external);
    const [slowest] = externals.sort((a, b) => b.component.meanServiceMs - a.component.meanServiceMs);
    if (slowest === undefined) return [];
    const heldMs = slowest.component.meanServiceMs;
    const rate = `${formatRate(1000 / heldMs)} at most`;
    const held = `a lock per SKU is held while its holder waits for ${slowest.component.id} (${formatDuration(heldMs)})`;
    const share = `${formatCount(missed)} of ${counted(measured.arrivals, "call")} did not get it`;
    const { abandoned } = run.measurement.metrics;
    const leaseMs = formatDuration(component.idempotency.claimLeaseMs ?? defaultLeaseMs);
    const kept = abandoned === 0 ? "" : `; who leaves keeps it for ${leaseMs} (${formatCount(abandoned)} did)`;
    const refused = before.reduce((sum, other) => sum + other.measured.failures.full, 0);
    const message = `${held}: ${rate}; ${share}${kept}`;
    return [{ component: component.id, message, mend: cartLock, weight: missed + refused, final: true }];
  });

// --- what lets invariants break; null when this is not it ---

/** Nobody comes for what buyers leave, or owners that nobody follows. */
export function takenUpByNobody(run: ObservedRun): Found | null {
  return openSequences(run, null).find(({ weight }) => weight > 0) ?? null;
}

/** `undo none at cart-lock, stock and breaker: …`. A step that only gives something back leaves nothing to undo. */
export function undoneNever({ model }: ObservedRun): Found | null {
  const left = model.edges.filter(({ undo, operation }) => undo === "none" && operation !== "release");
  const [first] = left;
  if (first === undefined) return null;
  const steps = left.filter(({ from }) => from === first.from);
  const targets = (of: readonly ModelEdge[]) => listed([...new Set(of.map(({ to }) => model.components[to]!.id))]);
  const message = `undo none at ${targets(steps)}: what a failed sequence has done stays done`;
  const mends = ["release", "void"].flatMap((undo) => {
    const undone = steps.filter(({ operation }) => undoing[operation ?? ""] === undo);
    return undone.length === 0 ? [] : [`undo "${undo}" at ${targets(undone)}`];
  });
  const component = model.components[first.from]!.id;
  return { component, message, ...(mends.length === 0 ? {} : { mend: `${mends.join(" and ")} takes it back` }) };
}

/** `lock, stock and breaker`. */
function listed(names: readonly string[]): string {
  const [last, ...before] = [...names].reverse();
  return before.length === 0 ? (last ?? "") : `${before.reverse().join(", ")} and ${last}`;
}

/** `settleMs 0: …` and `undoAttempts 1: …`: what lets a step stand although its sequence was undone. */
export function undoneOnce(run: ObservedRun): Found | null {
  const found = sagaWith(run.model, ({ settleMs }) => settleMs === 0);
  if (found === null) return undoGivenUp(run);
  const given = undoGivenUp(run);
  const message = "settleMs 0: an effect that lands after its undo is never undone";
  const mend = `with saga.settleMs ${defaultSettleMs} it is undone again`;
  if (given?.component !== found.id) return { component: found.id, message, mend };
  return { component: found.id, message: `${message}; ${given.message}`, mend: `${mend}, ${given.mend}` };
}

/** `undoAttempts 1: an undo that fails is not sent again`. */
export function undoGivenUp({ model }: ObservedRun): (Found & { readonly mend: string }) | null {
  const found = sagaWith(model, ({ undoAttempts }) => Number.isFinite(undoAttempts));
  if (found === null) return null;
  const attempts = found.saga!.undoAttempts;
  const times = attempts === 1 ? "" : ` ${attempts} times`;
  const message = `undoAttempts ${attempts}: an undo that fails${times} is not sent again`;
  return { component: found.id, message, mend: "without saga.undoAttempts it is sent until it succeeds" };
}

/** `idempotency key attempt: a repeated call is a second charge, and an undo gives one back`. */
export function undoneByHalf({ model }: ObservedRun): Found | null {
  if (!model.edges.some(({ undo }) => undo !== null && undo !== "none")) return null;
  const provider = model.components.find(
    ({ external, idempotency }) => external && (idempotency.key === "attempt" || idempotency.key === "none"),
  );
  if (provider === undefined) return null;
  const message = `idempotency key ${provider.idempotency.key}: a repeated call is a second charge, and an undo gives one back`;
  return { component: provider.id, message, mend: 'with idempotency.key "item" a retry is the same charge' };
}

/** `fence false: an owner that paused goes on beside the one that took over`. */
export function unfencedOwner({ model }: ObservedRun): Found | null {
  const found = sagaWith(model, ({ fence }) => !fence);
  if (found === null) return null;
  const message = "fence false: an owner that paused goes on beside whoever took over from it";
  return { component: found.id, message, mend: "with saga.fence true it may do nothing more" };
}

/**
 * Two sequences of one cart that both pay: the lock is let go before the payment, is none of the cart, or is not there
 * while each request opens a record of its own.
 */
export function sideBySide({ model }: ObservedRun): Found | null {
  for (const sequence of model.components) {
    if (sequence.saga === undefined || (sequence.idempotency.key ?? "request") === "intent") continue;
    const steps = sequence.edges.map((index) => model.edges[index]!).filter(({ on }) => on === "success");
    const pays = steps.findLastIndex((step) => leadsOutside(model, step));
    if (pays < 0) continue;
    const locking = steps.filter(({ to }) => model.components[to]!.role === "lock");
    const [step] = locking;
    if (step === undefined) return { component: sequence.id, message: noLock, mend: oneRecord };
    const lock = model.components[step.to]!;
    if (lock.idempotency.key === "sku") return { component: lock.id, message: otherLock, mend: cartLock };
    const freed = steps.findIndex((one) => one.operation === "release" && locking.includes(one));
    if (freed >= 0 && freed < pays)
      return { component: sequence.id, message: earlyRelease(lock.id), mend: "its release belongs behind the payment" };
  }
  return null;
}

const oneRecord = 'with idempotency.key "intent" both go on with one record';
const cartLock = 'with idempotency.key "intent" it locks the cart';
const noLock = "no lock on the cart: its other session, under a key of its own, pays as well";
const otherLock =
  "idempotency key sku: it locks articles, so that a cart's other session takes its turn and pays as well";

function earlyRelease(lock: string): string {
  return `lets the cart's lock at ${lock} go before it pays: the cart's other session pays as well`;
}

/** Whether a step reaches what belongs to the problem, itself or through what plays no role. */
function leadsOutside(model: Model, step: ModelEdge): boolean {
  const seen = new Set<number>();
  const line = [step.to];
  for (let index = line.pop(); index !== undefined; index = line.pop()) {
    const component = model.components[index]!;
    if (component.external) return true;
    if (seen.has(index) || component.role !== null) continue;
    seen.add(index);
    line.push(...component.edges.map((edge) => model.edges[edge]!.to));
  }
  return false;
}

function sagaWith(
  { components }: Model,
  fits: (saga: NonNullable<ModelComponent["saga"]>) => boolean,
): ModelComponent | null {
  return components.find(({ saga }) => saga !== undefined && fits(saga)) ?? null;
}
