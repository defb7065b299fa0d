/** Erlang B: the share lost by `servers` without a waiting room under `load` Erlang; B₀ = 1, Bₖ = aBₖ₋₁/(k + aBₖ₋₁). */
export function erlangB(servers: number, load: number): number {
  let loss = 1;
  for (let k = 1; k <= servers; k++) loss = (load * loss) / (k + load * loss);
  return loss;
}

/** Erlang C: the share that waits, C = cB/(c − a(1 − B)). */
export function erlangC(servers: number, load: number): number {
  const loss = erlangB(servers, load);
  return (servers * loss) / (servers - load * (1 - loss));
}

/** M/M/c: mean wait, C/(cμ − λ), in the unit of 1/μ. */
export function meanWaitOfMMc(servers: number, arrivalRate: number, serviceRate: number): number {
  return erlangC(servers, arrivalRate / serviceRate) / (servers * serviceRate - arrivalRate);
}

/** M/G/1 (Pollaczek–Khinchine): mean wait, ρ/(1 − ρ) · (1 + cₛ²)/2 · E[S]. */
export function meanWaitOfMG1(utilization: number, meanService: number, cv2: number): number {
  return (utilization / (1 - utilization)) * ((1 + cv2) / 2) * meanService;
}

/** M/M/1/K: the share lost with room for `room` in all, (1 − ρ)ρᴷ/(1 − ρᴷ⁺¹), 1/(K + 1) at ρ = 1. */
export function lossOfMM1K(utilization: number, room: number): number {
  if (utilization === 1) return 1 / (room + 1);
  return ((1 - utilization) * utilization ** room) / (1 - utilization ** (room + 1));
}

/** M/M/1: quantile of the sojourn time, −ln(1 − p)/(μ − λ). */
export function sojournQuantileOfMM1(p: number, arrivalRate: number, serviceRate: number): number {
  return -Math.log(1 - p) / (serviceRate - arrivalRate);
}
