import type { Metrics } from "../scenarios/measurement.js";
import type { EntryText } from "./entry.js";

/** Metrics that count intents, and shares of such counts. */
export const countMetrics = {
  offered: {
    title: "Intents offered",
    meaning: "What buyers wanted: one for each purpose, however often it is clicked, sent or tried again.",
    computed:
      "Counts the intents that arrived after `warmupMs`, hostile ones left out. It holds that offered = delivered + declined + abandoned + dropped + pending.",
    mend: "Nothing: the problem's workload decides it. Few intents say little; run more seeds with `--seeds`.",
    see: ["intent", "delivered"],
  },
  accepted: {
    title: "Intents accepted",
    meaning: "Intents whose client got an ok, from a queue that took the work or from the whole chain.",
    computed: "Counts offered intents with at least one ok at the client.",
    mend: "Where it is far below `offered`, see which component refuses, in the failures by component.",
    see: ["acceptErrorRate", "acceptMs"],
  },
  delivered: {
    title: "Intents delivered",
    meaning: "Intents that the system knows to have reached the problem's goal, such as a charge.",
    computed:
      "Counts offered intents that are confirmed: an ok that passed the goal's effect reached a queue or the client, or a later one was recorded in the order store. Without a goal: an ok at the client.",
    mend: "See `deliveryRate`.",
    see: ["deliveryRate", "undelivered"],
  },
  dropped: {
    title: "Intents dropped",
    meaning: "Intents that nothing will come of: the client gave up, or they were accepted and then lost.",
    computed: "Counts offered intents that end neither delivered, declined, abandoned nor pending.",
    mend: "See `dropRate`.",
    see: ["dropRate", "undelivered"],
  },
  pending: {
    title: "Intents still open at the end",
    meaning: "Intents that are not final when the run ends, and that their client has not given up.",
    computed: "Counted when the run ends, at `durationMs` + `drainMs` at the latest.",
    mend: "Release faster than work arrives, so that the backlog empties; let somebody come for what is unknown: a redelivery, or a schedule that reconciles.",
    see: ["nothing-stuck", "drainMs"],
  },
  declined: {
    title: "Intents declined",
    meaning: "Intents that ended in a no of the business: a declined card, no stock. An end, and no failure.",
    computed: "Counts offered intents that end declined. They are left out of `deliveryRate` and of health.",
    mend: "Nothing, where the problem's `declineRate` or its stock explains it.",
    see: ["deliveryRate"],
  },
  abandoned: {
    title: "Intents abandoned",
    meaning: "Intents whose buyer left before paying, and that were not paid after all.",
    computed:
      "Counts what a durable sequence parked for a buyer who leaves (`workload.abandonRate`). They are left out of `deliveryRate` and of health.",
    mend: "Nothing to gain here; but a sweeper has to undo what they hold.",
    see: ["no-leak", "sessionMs"],
  },
  dropRate: {
    title: "Share of intents dropped",
    meaning: "How many of those who came were lost: by giving up, or after they had been told yes.",
    computed: "dropped ÷ offered; 0 where nobody came. From 0 to 1.",
    mend: "Find the component that refuses or loses: more slots or room before the queue, a queue that takes what the provider cannot, more deliveries or a dead letter that is redriven, a schedule for what stays unknown.",
    example: "dropRate <= 3%",
    see: ["maxDropRate", "deliveryRate"],
  },
  deliveryRate: {
    title: "Share of intents delivered",
    meaning: "How many of those who could be served reached the goal by the end of the run.",
    computed: "delivered ÷ (offered − declined − abandoned); 0 where that leaves nobody. From 0 to 1.",
    mend: "Lose nothing between acceptance and goal (queue, retry, redelivery, schedule), and leave time to drain: what is still open at the end is not delivered.",
    example: "deliveryRate >= 99.5%",
    see: ["minDeliveryRate", "pending", "dropRate"],
  },
  errors: {
    title: "Intents that ended wrong",
    meaning: "Intents that broke an invariant: charged twice, charged and forgotten, never settled.",
    computed:
      "Counts intents that broke at least one of the problem's invariants, or `nothing-stuck`, which is always looked at. An intent that breaks three counts once.",
    mend: "Mend the invariant that is broken: the report names it, with the trace of one intent.",
    example: "errors == 0",
    see: ["maxErrors", "nothing-stuck", "no-double-charge"],
  },
  acceptErrorRate: {
    title: "Share of intents never accepted",
    meaning: "How many of those who came never got a yes, all their tries included.",
    computed: "1 − accepted ÷ offered; 0 where nobody came. From 0 to 1.",
    mend: "Put fewer components before the queue, for each adds its errors; give them slots for the peak; let nothing that calls the provider stand before the acceptance.",
    example: "acceptErrorRate <= 0.5%",
    see: ["compoundErrorRate", "acceptMs"],
  },
  compoundErrorRate: {
    title: "Error rate of an acceptance, computed",
    meaning: "What the errors of the components that one request passes add up to, before any retry.",
    computed:
      "1 − Π(1 − eᵢ) over the components passed on the way to an acceptance, once for each pass; eᵢ = the component's error rate + the error curve at λ × passes ÷ capacity, λ being the scenario's planned mean rate. Computed and not measured: faults, waiting rooms and retries count nothing. `null` where nothing errs, or where the way is no single product (several entries, a weighted branch, a fallback, a cycle).",
    mend: "Shorten the way to the queue, and size what is on it for less than 80 % of use.",
    example: "compoundErrorRate <= 0.4%",
    see: ["acceptErrorRate"],
  },
  undelivered: {
    title: "Intents accepted and not delivered",
    meaning: "Broken promises: told yes, and nothing came of it.",
    computed: "Counts intents accepted and, at their end, neither delivered, declined nor abandoned.",
    mend: "Whatever follows an acceptance must not give up: a durable queue with redelivery, a retry, a dead letter that leads back, a schedule for what is unknown; and time to drain.",
    example: "undelivered == 0",
    see: ["deliveryRate", "nothing-stuck"],
  },
  amplification: {
    title: "Provider calls for each intent",
    meaning: "How much retries, redeliveries and double clicks multiply the load on the provider.",
    computed:
      "Calls to all components of the problem's external role ÷ offered intents; of the goal's role where no role is external. In an adversarial run the calls of hostile intents count, too. `null` without a provider.",
    unit: "calls for each intent",
    mend: "Fewer attempts with longer waits, a breaker that stops calls to a provider that is down, no retry inside another, a guard that answers repeated requests without a call.",
    example: "amplification <= 1.3",
    see: ["nested-retries", "providerErrorRate"],
  },
  providerErrorRate: {
    title: "Share of provider calls that failed",
    meaning: "How often the provider, as the design calls it, had no room, was down or erred.",
    computed:
      "Calls that ended full, unavailable or error at the external role's components ÷ their calls; an outage counts. `null` without calls.",
    mend: "Call it at a lower rate: a queue with `releaseRps`, a rate limit; wait longer between attempts; a breaker for the outage.",
    example: "providerErrorRate <= 0.5%",
    see: ["amplification"],
  },
  blocked: {
    title: "Share of hostile intents stopped",
    meaning: "How many attackers got nothing.",
    computed: "Hostile intents that were not confirmed ÷ hostile intents; `null` in a run without any.",
    mend: "Put a filter with a better `detection` before what costs, and a rate limit behind it.",
    example: "blocked >= 90%",
    see: ["adversarial"],
  },
  backlogMax: {
    title: "Largest backlog",
    meaning: "The most promises that were open at once.",
    computed: "Intents accepted and not final, sampled at the end of each second; the largest sample.",
    mend: "Release faster, as far as the provider allows; refuse earlier with a rate limit.",
    example: "backlogMax <= 5000",
    see: ["backlog", "drainMs"],
  },
  polls: {
    title: "Status polls sent",
    meaning: "How often clients asked what had become of their intents.",
    computed:
      "Counts the polls of measured intents: every `client.poll.everyMs` from the acceptance until the end is shown.",
    mend: "Finish faster: an intent that is final T after its acceptance takes ⌈T ÷ everyMs⌉ polls.",
    see: ["pollErrorRate", "statusMs", "no-poll-connection"],
  },
  pollErrorRate: {
    title: "Share of status polls not answered",
    meaning: "How often a client that asked for the status got no answer.",
    computed: "Polls refused, failed, lost or waited for in vain ÷ polls; `null` without polls.",
    mend: 'Give the component that shows the status slots for the polls, and draw the `on: "poll"` connection to it, past what may be down.',
    example: "pollErrorRate <= 1%",
    see: ["polls"],
  },
  freshKeys: {
    title: "Requests with a new key, recognised",
    meaning: "How often a guard knew an intent again although its client had made a new request key.",
    computed: 'Counts requests that a guard with `idempotency.key: "intent"` recognised by the natural key.',
    mend: "It is 0 without such a guard. Where clients make new keys, a guard by `request` cannot know them.",
    example: "freshKeys >= 1",
    see: ["no-double-charge"],
  },
} as const satisfies Partial<Record<keyof Metrics, EntryText>>;
