import { mode } from "./mode.js";
import { Passthrough } from "./passthrough.js";

/** As passthrough: what a transformation does to the payload is not simulated. */
export const transform = mode({
  name: "transform",
  asynchronous: false,
  resolve: () => ({}),
  create: () => (engine, station) => new Passthrough(engine, station),
});
