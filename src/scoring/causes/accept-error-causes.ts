import { type PassedComponent, passedComponents } from "../../compile/accept-errors.js";
import { formatShare } from "../quantity.js";
import { refusalRules } from "./loss-causes.js";
import { type Candidate, type CauseRule, heaviest, type ObservedRun } from "./observed-run.js";

/** The components' own errors explain the accept errors when they make up this share of them. */
const explainedShare = 0.5;

/** Components that are named of those that err alike; the others are counted. */
const namedComponents = 3;

/**
 * `9 components err on the way to an accept: edge, firewall, session and 6 more 0.08 % each; 1 − Π(1 − e) = 0.72 %,
 * measured 0.75 %`; none where an accept is no product over components.
 */
export const compoundErrors: CauseRule = (run) => {
  const { compoundErrorRate, acceptErrorRate } = run.measurement.metrics;
  const passed = passedComponents(run.model, run.measurement.arrivalRatePerS) ?? [];
  const erring = passed.filter(({ errorRate }) => errorRate > 0).sort((a, b) => b.errorRate - a.errorRate);
  const [worst] = erring;
  if (worst === undefined || compoundErrorRate === null) return [];
  const count = `${erring.length} component${erring.length === 1 ? " errs" : "s err"} on the way to an accept`;
  const product = `1 − Π(1 − e) = ${formatShare(compoundErrorRate)}, measured ${formatShare(acceptErrorRate)}`;
  const message = `${count}: ${wordShares(erring)}; ${product}`;
  return [{ component: worst.component.id, message, weight: compoundErrorRate, final: true }];
};

/** `gateway 3.5 %; api, orders, queue and 2 more 0.08 % each`: those that err alike together, the worst first. */
function wordShares(erring: readonly PassedComponent[]): string {
  const alike = new Map<string, string[]>();
  for (const { component, errorRate, passes } of erring) {
    const times = passes === 1 ? "" : ` (passed ${passes} times)`;
    const share = formatShare(errorRate);
    alike.set(share, [...(alike.get(share) ?? []), `${component.id}${times}`]);
  }
  return [...alike]
    .map(([share, ids]) => {
      const rest = ids.length - namedComponents;
      const named = ids.slice(0, namedComponents).join(", ");
      const others = rest > 0 ? ` and ${rest} more` : "";
      return `${named}${others} ${share}${ids.length > 1 ? " each" : ""}`;
    })
    .join("; ");
}

/**
 * Why intents were not accepted: the components' own errors where they make up half of it, else what refused most of
 * the calls that the client waits for, with what the errors make up beside it.
 */
export function refusedAccept(run: ObservedRun): Candidate | null {
  const { compoundErrorRate, acceptErrorRate } = run.measurement.metrics;
  const compound = heaviest(compoundErrors(run));
  if (compound !== null && compound.weight >= explainedShare * acceptErrorRate) return compound;
  const facing = { ...run, stations: run.stations.filter(({ facesClient }) => facesClient) };
  const refusal = heaviest(refusalRules.flatMap((rule) => rule(facing)));
  if (refusal === null || compoundErrorRate === null) return refusal ?? compound;
  const beside = `the components' own errors, 1 − Π(1 − e), make up ${formatShare(compoundErrorRate)}`;
  return { ...refusal, message: `${refusal.message}; ${beside}` };
}
