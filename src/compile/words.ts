import type { Component } from "../canvas/canvas.js";

/** What a component says of itself, as one text: where no role is stated, its words are looked at. */
export function wordsOf(component: Component): string {
  return `${component.id} ${component.label ?? ""} ${component.description ?? ""}`;
}
