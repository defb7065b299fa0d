import type { EntryText } from "./entry.js";

const window = "The window goes from `startMs` (0) to `endMs` (the end of the run).";

/** What each kind of scenario does to a run. */
export const scenarioKinds: Readonly<Record<string, EntryText>> = {
  baseline: {
    title: "The workload as it is",
    meaning: "Nothing is disturbed, beyond what the scenario states as its own workload or roles.",
    computed: "Arrivals by the workload; no fault.",
    mend: "What fails here fails every day: begin with it.",
    see: ["deliveryRate"],
  },
  spike: {
    title: "More arrivals for a while",
    meaning: "Many more buyers come than usual.",
    computed: `Arrival rate × \`multiplier\` in the window. ${window}`,
    mend: "Size what stands before the queue for the peak, and let the queue take what the provider cannot.",
    see: ["acceptMs", "drainMs"],
  },
  latency: {
    title: "A role gets slower",
    meaning: "The target answers later than usual.",
    computed: `Its service time × \`factor\` (1) + \`addMs\` (0) in the window; an external role keeps its rate, for its slots follow its latency. ${window}`,
    mend: "More slots in what waits for it (rate × time), and timeouts longer than its slow answers.",
    see: ["confirmMs", "timeout"],
  },
  outage: {
    title: "A role is down",
    meaning:
      "The target does nothing for a while: it is silent (`blackhole`), or answers at once that it is down (`failfast`).",
    computed: `\`mode\` \`both\` runs the scenario twice, as \`<id>:blackhole\` and \`<id>:failfast\`. Calls in service take effect, and blackhole loses their replies; waiting ones are lost without effect. With \`optional: true\` a design may do without the target. ${window}`,
    mend: "Keep the work (queue), stop calling (breaker), and come back to it under the same keys.",
    see: ["recoveryMs", "amplification", "open"],
  },
  brownout: {
    title: "A role at part of its strength",
    meaning: "The target has fewer slots, is slower, and errs.",
    computed: `Slots × \`capacityFactor\`, service time × \`latencyFactor\`, error rate + \`errorRate\`: its throughput is × capacityFactor ÷ latencyFactor. ${window}`,
    mend: "Call it at the rate that it can still take; the rest waits in the queue.",
    see: ["providerErrorRate", "drainMs"],
  },
  cascade: {
    title: "Noise everywhere, and one role down",
    meaning: "All service times vary, some calls are lost on the way, and a fault spreads to those who depend on it.",
    computed: `Every service time varies by ± \`jitter\` (a share), each connection loses the share \`ambientDrop\` of its calls; \`fault\` takes a role down. ${window}`,
    mend: "Timeouts and retries at every call that matters, slots to spare, breakers.",
    see: ["dropRate"],
  },
  adversarial: {
    title: "Attackers among the buyers",
    meaning: "Hostile intents come beside the clean ones.",
    computed: `Hostile intents at \`multiplier\` × the clean rate, sent once each. ${window}`,
    mend: "A filter before what costs; a rate limit.",
    see: ["blocked"],
  },
  crash: {
    title: "Processes die",
    meaning: "Calls are lost after the goal's effect and before it was written down.",
    computed: `At \`rate\`, the call at the innermost retry before the goal is lost when the goal's ok reaches it (without a retry, at the nearest active component); a durable sequence crashes after any of its steps. ${window}`,
    mend: "Whoever takes the work up again must use the same key.",
    see: ["no-double-charge", "no-lost-charge"],
  },
  pause: {
    title: "Processes stop, and go on much later",
    meaning:
      "The owner of a durable sequence stands still after a step that reaches the provider, and goes on as if nothing had happened.",
    computed: `At \`rate\`, for \`minMs\` to \`maxMs\`, evenly; where nothing is durable it is a crash. ${window}`,
    mend: "Fence it: who was replaced may do nothing more (`saga.fence`).",
    see: ["no-oversell", "compensation-complete"],
  },
};
