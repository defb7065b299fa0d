import fc from "fast-check";
import type { ScenarioSpec } from "../../src/problem/problem.js";

/** What random scenarios must fit: how long arrivals last, and the problem's roles. */
export interface Frame {
  readonly durationMs: number;
  readonly roles: readonly string[];
}

const shares = fc.constantFrom(0, 0.05, 0.3, 1);
const multipliers = fc.constantFrom(0.1, 2, 8);
const modes = fc.constantFrom("blackhole", "failfast", "both");

/** A window inside of the arrivals; from the start or to the end where it does not say. */
function windows({ durationMs }: Frame): fc.Arbitrary<{ readonly startMs?: number; readonly endMs?: number }> {
  const startMs = fc.constantFrom(0, 0.2, 0.5).map((share) => share * durationMs);
  const endMs = fc.constantFrom(0.6, 0.8, 1).map((share) => share * durationMs);
  return fc.record({ startMs, endMs }, { requiredKeys: [] });
}

/** What a scenario changes of the workload; a longer run only, so that windows and warm-ups stay inside of it. */
function workloads({ durationMs }: Frame) {
  return fc.record(
    {
      ratePerS: fc.constantFrom(5, 60),
      arrivals: fc.constantFrom("poisson", "constant"),
      durationMs: fc.constant(durationMs + 700),
      drainMs: fc.constantFrom(0, 30_000),
      crashRate: shares,
      cart: fc.record({ hotShare: shares }),
      abandonRate: shares,
      client: fc.record(
        { timeoutMs: fc.constantFrom(50, 900), retries: fc.nat({ max: 2 }), patienceMs: fc.constant(80) },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  );
}

type Fields = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** What a scenario changes of the roles: the stock, where there is one. */
function levels({ roles }: Frame): Fields {
  if (!roles.includes("inventory")) return {};
  return { roles: fc.record({ inventory: fc.record({ hotUnits: fc.constantFrom(0, 2, 900) }) }) };
}

interface Parameters {
  readonly must: Fields;
  readonly may: Fields;
}

/** Kinds that need no role. */
const untargeted: Readonly<Record<string, Parameters>> = {
  baseline: { must: {}, may: {} },
  spike: { must: { multiplier: multipliers }, may: {} },
  adversarial: { must: { multiplier: multipliers }, may: {} },
  crash: { must: { rate: shares }, may: {} },
  pause: { must: { rate: shares, minMs: fc.constantFrom(0, 40), maxMs: fc.constantFrom(40, 900) }, may: {} },
  cascade: { must: {}, may: { jitter: shares, ambientDrop: shares } },
};

/** Every scenario kind with its parameters beside the window: those that must be given, and those that may. */
function kinds({ durationMs, roles }: Frame): Readonly<Record<string, Parameters>> {
  if (roles.length === 0) return untargeted;
  const target = fc.constantFrom(...roles);
  const fault = fc
    .record({ target, mode: fc.constantFrom("blackhole", "failfast"), at: fc.constantFrom(0, 0.3) })
    .map(({ at, ...rest }) => ({ ...rest, startMs: at * durationMs, endMs: 0.7 * durationMs }));
  return {
    ...untargeted,
    cascade: { must: {}, may: { jitter: shares, ambientDrop: shares, fault } },
    latency: { must: { target, addMs: fc.constantFrom(0, 300) }, may: { factor: fc.constantFrom(1, 4) } },
    outage: { must: { target }, may: { mode: modes } },
    brownout: {
      must: { target },
      may: { capacityFactor: fc.constantFrom(0.01, 0.5), latencyFactor: fc.constantFrom(1, 3), errorRate: shares },
    },
  };
}

/** One to three scenarios of any kinds. */
export function scenariosIn(frame: Frame): fc.Arbitrary<readonly ScenarioSpec[]> {
  const one = fc.oneof(
    ...Object.entries(kinds(frame)).map(([kind, { must, may }]) =>
      fc
        .tuple(
          fc.record(must),
          fc.record(
            {
              recoveryAllowanceMs: fc.constant(900),
              providers: fc.constantFrom(1, 2),
              workload: workloads(frame),
              ...levels(frame),
              ...may,
            },
            { requiredKeys: [] },
          ),
          kind === "baseline" ? fc.constant({}) : windows(frame),
        )
        .map((parts): object => Object.assign({ kind }, ...parts)),
    ),
  );
  return fc
    .array(one, { minLength: 1, maxLength: 3 })
    .map((list) => list.map((scenario, i) => ({ id: `s${i}`, ...scenario }) as ScenarioSpec));
}
