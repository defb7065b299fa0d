import type { ScenarioMeasurement } from "../scenarios/measurement.js";

/** How long a full recovery may take when the scenario does not say. */
const defaultRecoveryAllowanceMs = 90_000;

/** One window in twenty (5 %) counts as the worst. */
const windowsPerWorstWindow = 20;

/**
 * Stability of one scenario run, 0 to 100 (docs/model.md, score):
 * 50 % mean health + 30 % mean health of the worst 5 % of windows + 20 % recovery.
 * A run that could not be made, or in which nobody arrived, shows no stability: 0.
 */
export function stabilityScore(
  measurement: ScenarioMeasurement,
  recoveryAllowanceMs = defaultRecoveryAllowanceMs,
): number {
  if (measurement.impossible !== null) return 0;
  const health = measurement.timeline.health.filter((share) => share !== null);
  if (health.length === 0) return 0;
  const worst = [...health]
    .sort((left, right) => left - right)
    .slice(0, Math.ceil(health.length / windowsPerWorstWindow));
  return 100 * (0.5 * mean(health) + 0.3 * mean(worst) + 0.2 * recoveryShare(measurement, recoveryAllowanceMs));
}

/**
 * 1 − min(1, recovery time ÷ allowance), 0 to 1; 1 without a disturbance.
 * A disturbance that lasts until arrivals stop leaves nothing to recover in: then the final backlog decides.
 */
export function recoveryShare(measurement: ScenarioMeasurement, recoveryAllowanceMs: number): number {
  const { disturbance, metrics } = measurement;
  if (disturbance === null) return 1;
  if (disturbance.untilEnd) return disturbance.backlogBack ? 1 : 0;
  if (metrics.recoveryMs === null) return 0;
  return 1 - Math.min(1, metrics.recoveryMs / recoveryAllowanceMs);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
