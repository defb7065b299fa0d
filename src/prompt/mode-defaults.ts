import { baseRatePerS } from "../compile/timing.js";
import { modes } from "../components/index.js";
import { byDefault, type ModeContext } from "../components/mode.js";
import type { Problem } from "../problem/problem.js";
import { roles } from "../roles/index.js";

/** A default computed from a rate has no more digits than the rate had. */
const valueDigits = 6;

/**
 * What each parameter of a mode is at this problem's load where a canvas leaves it out: `4`, `120 (⌈6 × λ⌉ consumers)`.
 * Parameters that then do nothing have none.
 */
export function modeDefaults(mode: string, problem: Problem): ReadonlyMap<string, string> {
  const defaults = new Map<string, string>();
  const given: ModeContext["given"] = (_written, field, fallback, because) => {
    const value = typeof fallback === "number" ? Number(fallback.toPrecision(valueDigits)) : fallback;
    defaults.set(field, because.startsWith(byDefault) ? String(value) : `${value} (${because})`);
    return fallback;
  };
  modes.get(mode)?.resolve(
    { mode },
    {
      ratePerS: baseRatePerS(problem),
      externalRatePerS: externalRatePerS(problem),
      carriesEvents: false,
      loadFactor: 1,
      given,
    },
  );
  return defaults;
}

/** Rate of the problem's external role, per second; null where it has none. */
function externalRatePerS(problem: Problem): number | null {
  const name = Object.keys(problem.roles ?? {}).find((role) => roles.get(role)?.external === true);
  const rate = name === undefined ? undefined : problem.roles?.[name]?.ratePerS;
  return typeof rate === "number" ? rate : null;
}
