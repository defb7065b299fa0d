import type { TimeSpec } from "../canvas/canvas.js";
import { constant, Draws } from "./draws.js";
import { standardNormal } from "./normal.js";

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
 * Draws service times, milliseconds, from a stream of uniforms. Exponential, lognormal and hyperexponential draws invert
 * the distribution function, so that each takes a fixed number of uniforms.
 * Only +, −, ×, ÷, √, log and exp are used: V8 gives the same bits for them in every supported Node version.
 */
export function serviceTimes(time: TimeSpec, uniform: Draws): Draws {
  if (typeof time === "number") return constant(time);
  switch (time.dist) {
    case "constant":
      return constant(time.meanMs);
    case "exponential":
      return exponential(time.meanMs, uniform);
    case "lognormal":
      return lognormal(time.medianMs, time.sigma, uniform);
    case "erlang":
      return erlang(time.meanMs, time.k, uniform);
    case "hyperexponential":
      return hyperexponential(time.meanMs, time.cv2, uniform);
  }
}

function exponential(meanMs: number, uniform: Draws): Draws {
  return new Draws((into) => {
    for (let i = 0; i < into.length; i++) into[i] = -meanMs * Math.log(uniform.next() + halfStep);
  });
}

function lognormal(medianMs: number, sigma: number, uniform: Draws): Draws {
  return new Draws((into) => {
    for (let i = 0; i < into.length; i++)
      into[i] = medianMs * Math.exp(sigma * standardNormal(uniform.next() + halfStep));
  });
}

function erlang(meanMs: number, k: number, uniform: Draws): Draws {
  const scale = meanMs / k;
  return new Draws((into) => {
    for (let i = 0; i < into.length; i++) {
      let total = 0;
      for (let stage = 0; stage < k; stage++) total -= Math.log(uniform.next() + halfStep);
      into[i] = scale * total;
    }
  });
}

/** Two phases with balanced means: p = (1 + √((c²−1)/(c²+1)))/2, rates 2p/m and 2(1−p)/m. */
function hyperexponential(meanMs: number, cv2: number, uniform: Draws): Draws {
  const p = (1 + Math.sqrt((cv2 - 1) / (cv2 + 1))) / 2;
  const firstMs = meanMs / (2 * p);
  const secondMs = meanMs / (2 * (1 - p));
  return new Draws((into) => {
    for (let i = 0; i < into.length; i++) {
      const phaseMs = uniform.next() < p ? firstMs : secondMs;
      into[i] = -phaseMs * Math.log(uniform.next() + halfStep);
    }
  });
}
