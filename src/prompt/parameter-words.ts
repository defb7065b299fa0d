import type { ClientSpec, Problem, WorkloadSpec } from "../problem/problem.js";

/** What the fields of a workload say; `client` and `cart` have their own. */
export const workloadWords: Readonly<Record<keyof WorkloadSpec, string>> = {
  ratePerS: "intents that arrive in a second",
  profile: "the rate of arrivals over time, linear between the points; two points at one time make a step",
  arrivals: "`poisson`: at random; `constant`: evenly spaced",
  durationMs: "how long intents arrive",
  drainMs: "how long the run may go on after that",
  warmupMs: "arrivals before this count for nothing",
  crashRate:
    "share of the calls that are lost by a crash between the goal's effect and its being written down, in every run",
  abandonRate: "share of the buyers who leave before paying",
  eventRepeatRate: "share of the relayed events that are delivered twice",
  dualWriteLossRate:
    "share of second writes beside a first that are never made, while the caller goes on as after an ok",
  client: "how the buyers' clients behave",
  cart: "what a buyer wants of the stock",
};

/** What the fields of a client say. */
export const clientWords: Readonly<Record<keyof ClientSpec, string>> = {
  timeoutMs: "how long a request waits for its answer",
  retries: "how often a request without a yes is sent again",
  backoffMs: "wait before the first of these",
  backoffFactor: "each further wait is so many times the last",
  doubleClickPct: "percent of the buyers who click twice",
  doubleClickWithinMs: "the second click comes within this time",
  keyPolicy: "whether all requests of an intent carry one request key, or each its own",
  freshKeyPct: "percent of the buyers whose client makes a new request key for each request",
  patienceMs: "an intent accepted later than this counts as unhealthy",
  poll: "asks for the status of an accepted intent until it is shown final, every `everyMs` ± `jitterPct` percent",
  resubmitMs: "an accepted intent that is not shown final so long after is sent again",
  resubmits: "how often",
  secondDevicePct: "percent of the buyers who send the same cart from a second device, with another key",
  secondDeviceFromMs: "after this time at the earliest",
  secondDeviceToMs: "and after this time at the latest",
};

export const cartWords: Readonly<Record<keyof NonNullable<WorkloadSpec["cart"]>, string>> = {
  skus: "how many different articles there are",
  hotShare: "share of the carts that hold the hot one",
  twoItemShare: "share of the carts with a second article",
};

export const errorsWords: Readonly<Record<keyof NonNullable<Problem["errors"]>, string>> = {
  curve:
    "every component with slots, and every external role, errs by its offered utilisation ρ: 0 up to 0.8; 0.10 × ((ρ − 0.8) ÷ 0.2)^1.5 up to 1; 0.10 + 0.90 × (1 − 1 ÷ ρ) above",
  beforeQueue: "error rate added to each component on the way to the first queue or batch, that one included",
};

/** What fields say that a scenario of any kind may have. */
export const scenarioWords: Readonly<Record<string, string>> = {
  recoveryAllowanceMs: "how long a full recovery may take before the recovery part of stability is 0",
  providers: "how many payment providers can be reached in it, of those that the canvas has",
  workload: "what it changes of the load",
  roles: "what it changes of the roles' figures",
};

/** What the parameters of roles say, whatever role has them. */
export const roleParameterWords: Readonly<Record<string, string>> = {
  ratePerS: "calls that it can take in a second",
  timeMs: "its service time",
  replyLossRate: "share of the calls whose reply is lost after the effect",
  unavailableRate: "share of the calls that it refuses at once, without effect",
  errorRate: "share of the calls that end in an error",
  errorEffectShare: "share of these errors that had their effect",
  declineRate: "share of the intents that it declines: an answer of the business, and no failure",
  voidFailRate: "share of the voids that fail without effect",
  errorCurve: "errs by its offered utilisation",
  keyTtlMs: "how long it remembers a key",
  second: "what differs at a second provider, where the canvas has one",
  unitsPerSku: "units of each article in stock at the beginning",
  hotUnits: "units of the hot one",
  delayMs: "from the provider's doing to the delivery of the event, drawn for each: they come in any order",
  duplicateRate: "share of the events that are delivered twice",
  missedRate: "share of the events that come `missedRetryMs` later",
  missedRetryMs: "how much later",
  downRetryMs: "an event whose receiver fails is sent again after this",
};
