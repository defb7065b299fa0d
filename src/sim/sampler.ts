import type { TimeSpec } from "../canvas/canvas.js";
import { standardNormal } from "./normal.js";
import type { Stream } from "./random.js";

/** Draws a time in milliseconds. */
export type Sampler = () => number;

/** 2^-33: shifts a 32-bit uniform off 0, so that its logarithm is finite. */
const halfStep = 2 ** -33;

/**
 * Mean of a service time, milliseconds. A lognormal's is median · exp(σ²/2).
 */
export function meanOf(time: TimeSpec): number {
  if (typeof time === "number") return time;
  return time.dist === "lognormal" ? time.medianMs * Math.exp((time.sigma * time.sigma) / 2) : time.meanMs;
}

/**
 * Builds the sampler of a service time on a stream. Exponential, lognormal and hyperexponential draws invert the
 * distribution function, so that each draw takes a fixed number of uniforms.
 * Only +, −, ×, ÷, √, log and exp are used: V8 gives the same bits for them in every supported Node version.
 */
export function samplerOf(time: TimeSpec, uniform: Stream): Sampler {
  if (typeof time === "number") return () => time;
  switch (time.dist) {
    case "constant": {
      const { meanMs } = time;
      return () => meanMs;
    }
    case "exponential": {
      const { meanMs } = time;
      return () => -meanMs * Math.log(uniform() + halfStep);
    }
    case "lognormal": {
      const { medianMs, sigma } = time;
      return () => medianMs * Math.exp(sigma * standardNormal(uniform() + halfStep));
    }
    case "erlang":
      return erlang(time.meanMs, time.k, uniform);
    case "hyperexponential":
      return hyperexponential(time.meanMs, time.cv2, uniform);
  }
}

function erlang(meanMs: number, k: number, uniform: Stream): Sampler {
  const scale = meanMs / k;
  return () => {
    let total = 0;
    for (let stage = 0; stage < k; stage++) total -= Math.log(uniform() + halfStep);
    return scale * total;
  };
}

/** Two phases with balanced means: p = (1 + √((c²−1)/(c²+1)))/2, rates 2p/m and 2(1−p)/m. */
function hyperexponential(meanMs: number, cv2: number, uniform: Stream): Sampler {
  const p = (1 + Math.sqrt((cv2 - 1) / (cv2 + 1))) / 2;
  const firstMs = meanMs / (2 * p);
  const secondMs = meanMs / (2 * (1 - p));
  return () => {
    const phaseMs = uniform() < p ? firstMs : secondMs;
    return -phaseMs * Math.log(uniform() + halfStep);
  };
}
