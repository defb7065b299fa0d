import type { EntryText } from "./entry.js";

const floors =
  "A component costs max(declared, floor). Floors: compute $1 for each slot; storage $60 + $0.20 × its largest arrivals in one second; read model $40; queue or batch $10 + $0.40 for each million messages at λ over 30 days; lock $50; schedule $5; second provider $100; persons and external roles nothing.";

/** Figures of the design's cost that a gate of the problem may name. */
export const costMetrics = {
  "cost.effectiveMonthlyUsd": {
    title: "Cost a month",
    meaning: "What the design costs a month: what it declares, but no less than its parts cost at least.",
    computed: `The sum over the components. ${floors} An autoscaled component counts its \`max\` slots.`,
    mend: "The report names the dearest components: fewer slots where they idle, fewer stores, no declared price above the floor.",
    example: "cost.effectiveMonthlyUsd <= 700",
    see: ["monthlyBudgetUsd", "cost"],
  },
  "cost.peakMonthlyUsd": {
    title: "Cost a month at the busiest second",
    meaning: "What the design would cost if the busiest second of any scenario lasted all month.",
    computed:
      "As `cost.effectiveMonthlyUsd`, with queues paid at the highest planned rate of all scenarios in place of λ.",
    mend: "Fewer queues on the way of each message; batches; fewer slots at the peak.",
    example: "cost.peakMonthlyUsd <= 700",
    see: ["cost.peakToOffPeak"],
  },
  "cost.offPeakMonthlyUsd": {
    title: "Cost a month at the quietest second",
    meaning: "What the design would cost if the quietest second of any scenario lasted all month.",
    computed:
      "As `cost.effectiveMonthlyUsd`, with queues paid at the lowest planned rate, storage for its largest arrivals × lowest ÷ highest rate, and autoscaled components for their `min` slots.",
    mend: "Let slots follow the load: `service.autoscale`.",
    example: "cost.offPeakMonthlyUsd <= 300",
    see: ["cost.peakToOffPeak"],
  },
  "cost.peakToOffPeak": {
    title: "Cost at the peak over cost off it",
    meaning: "How much dearer the design is at its peak than in its quietest second.",
    computed:
      "`cost.peakMonthlyUsd` ÷ `cost.offPeakMonthlyUsd`; 1 for a design that costs nothing, `null` for one that costs something at its peak only.",
    unit: "a ratio",
    mend: "It is near 1 where all is sized for the peak all month, and grows with what follows the load: queues, storage, autoscaling.",
    example: "cost.peakToOffPeak <= 1.5",
    see: ["cost.peakMonthlyUsd", "cost.offPeakMonthlyUsd"],
  },
} as const satisfies Readonly<Record<string, EntryText>>;
