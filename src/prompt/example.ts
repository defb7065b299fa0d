import type { Canvas } from "../canvas/canvas.js";

/** A small canvas that shows the format; it is about something that no problem asks for. */
export const exampleCanvas: Canvas = {
  name: "Photo upload",
  components: [
    { id: "visitor", type: "person" },
    {
      id: "upload",
      type: "step",
      label: "Upload page",
      behavior: { mode: "ratelimit", rps: 50 },
      cost: { monthlyUsd: 20 },
    },
    {
      id: "photos",
      type: "storage",
      label: "Photo store",
      service: { timeMs: { dist: "lognormal", medianMs: 20, sigma: 0.5 }, concurrency: 10 },
    },
  ],
  connections: [
    { id: "c1", from: "visitor", to: "upload" },
    { id: "c2", from: "upload", to: "photos", latencyMs: 1 },
  ],
};
