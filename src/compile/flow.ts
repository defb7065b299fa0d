import type { Canvas, Component, Connection, ConnectionCondition } from "../canvas/canvas.js";
import type { Notebook } from "./notebook.js";
import { whySchedule } from "./schedule.js";
import { mayProvide, type Receivers, statedReceivers } from "./webhook.js";

/** A connection that may carry calls, by component positions. */
export interface FlowEdge {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly on: ConnectionCondition;
  readonly connection: Connection;
}

interface Arrow {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly connection: Connection;
}

const failureLabel = /fail|error|fallback|timeout/i;
const compensateLabel = /compensat|rollback|undo/i;
const deadLetterLabel = /dlq|dead.?letter/i;
const requeueLabel = /fail|retry|requeue|redrive|poll/i;

/**
 * Finds which connections carry calls, and when: response arrows carry none, labels say what `on` does not.
 * Source: the flow graph's rules in docs/model.md.
 */
export function findFlow(
  canvas: Canvas,
  notebook: Notebook,
  receivers: Receivers = statedReceivers(canvas),
): readonly FlowEdge[] {
  const arrows = directed(canvas).filter(
    (arrow) => !leadsToSchedule(canvas, arrow, notebook) && !carriesEvents(canvas, arrow, receivers, notebook),
  );
  const backward = backwardArrows(canvas, arrows);
  const edges: FlowEdge[] = [];
  for (const arrow of arrows) {
    const edge = asFlow(canvas, arrow, backward.has(arrow), notebook);
    if (edge !== null) edges.push(edge);
  }
  return edges.map((edge) => (edge.on === "dead-letter" ? fromNearestQueue(canvas, edges, edge) : edge));
}

/** A schedule starts its calls itself: what is drawn into it (the rows that it reads, an answer) carries none. */
function leadsToSchedule(canvas: Canvas, arrow: Arrow, notebook: Notebook): boolean {
  const target = canvas.components[arrow.to]!;
  if (whySchedule(target) === null) return false;
  const because = `${target.id} is a schedule and starts its calls itself; the connection carries none`;
  notebook.infer(canvas.components[arrow.from]!.id, `connection ${arrow.id}`, "no calls", because);
  return true;
}

/** What the provider sends to a webhook it sends in its own time, whether or not a connection says so. */
function carriesEvents(canvas: Canvas, arrow: Arrow, receivers: Receivers, notebook: Notebook): boolean {
  const source = canvas.components[arrow.from]!;
  if (!receivers.has(arrow.to) || !mayProvide(source)) return false;
  const because = `${canvas.components[arrow.to]!.id} gets the provider's events, which are no part of its answers`;
  notebook.infer(source.id, `connection ${arrow.id}`, "no calls", because);
  return true;
}

/** Applies other tools' direction words. */
function directed(canvas: Canvas): readonly Arrow[] {
  const position = new Map(canvas.components.map((component, index) => [component.id, index]));
  const arrows: Arrow[] = [];
  for (const connection of canvas.connections) {
    const from = position.get(connection.from);
    const to = position.get(connection.to);
    if (from === undefined || to === undefined) continue;
    const id = connection.id ?? `${connection.from}→${connection.to}`;
    const direction = connection.direction ?? "forward";
    if (direction === "forward" || direction === "both") arrows.push({ id, from, to, connection });
    if (direction === "backward") arrows.push({ id, from: to, to: from, connection });
    if (direction === "both") arrows.push({ id: `${id} (back)`, from: to, to: from, connection });
  }
  return arrows;
}

/** Where a walk through the graph begins: persons, else what nothing leads to. */
function walkRoots(canvas: Canvas, arrows: readonly Arrow[]): readonly number[] {
  const inbound = new Set(arrows.map((arrow) => arrow.to));
  const indexes = canvas.components.map((_, index) => index);
  const persons = indexes.filter((index) => canvas.components[index]!.type === "person");
  const sources = indexes.filter((index) => !inbound.has(index) && canvas.components[index]!.type !== "person");
  return [...persons, ...sources];
}

/**
 * Arrows that lead back to a component on the way from the entry, depth first in canvas order. Which of the others are,
 * does not depend on the arrows for polls: what only these reach is walked afterwards, from where they lead.
 */
function backwardArrows(canvas: Canvas, arrows: readonly Arrow[]): ReadonlySet<Arrow> {
  const outbound: Arrow[][] = canvas.components.map(() => []);
  for (const arrow of arrows) outbound[arrow.from]!.push(arrow);
  const isPoll = (arrow: Arrow): boolean => arrow.connection.on === "poll";
  const state = new Uint8Array(canvas.components.length);
  const backward = new Set<Arrow>();
  const visit = (index: number): void => {
    state[index] = 1;
    for (const arrow of outbound[index]!) {
      if (isPoll(arrow)) continue;
      if (state[arrow.to] === 1) backward.add(arrow);
      else if (state[arrow.to] === 0) visit(arrow.to);
    }
    state[index] = 2;
  };
  const followed = new Set<number>();
  const followPolls = (index: number): void => {
    if (followed.has(index)) return;
    followed.add(index);
    for (const arrow of outbound[index]!) {
      if (isPoll(arrow) && state[arrow.to] === 0) visit(arrow.to);
      followPolls(arrow.to);
    }
  };
  const roots = walkRoots(canvas, arrows);
  for (const root of roots) if (state[root] === 0) visit(root);
  for (const root of roots) followPolls(root);
  for (let index = 0; index < state.length; index++) if (state[index] === 0) visit(index);
  return backward;
}

function asFlow(canvas: Canvas, arrow: Arrow, backward: boolean, notebook: Notebook): FlowEdge | null {
  const { connection } = arrow;
  const source = canvas.components[arrow.from]!;
  const target = canvas.components[arrow.to]!;
  const edge = (on: ConnectionCondition): FlowEdge => ({ ...arrow, on });
  if (connection.on !== undefined) return edge(connection.on);
  const label = connection.label ?? "";
  if (isDeadLetter(label, target)) {
    notebook.infer(source.id, `connection ${arrow.id}: on`, "dead-letter", "its label or target says dead letter");
    return edge("dead-letter");
  }
  if (backward) {
    if (target.behavior?.mode === "queue" && requeueLabel.test(label)) {
      notebook.infer(source.id, `connection ${arrow.id}: on`, "failure", `"${label}" leads back to a queue`);
      return edge("failure");
    }
    notebook.infer(
      source.id,
      `connection ${arrow.id}`,
      "response arrow",
      `it leads back to ${target.id}; outcomes return by themselves, so it carries no calls`,
    );
    return null;
  }
  const condition = failureLabel.test(label) ? "failure" : compensateLabel.test(label) ? "compensate" : null;
  if (condition === null) return edge("success");
  notebook.infer(source.id, `connection ${arrow.id}: on`, condition, `label "${label}"`);
  return edge(condition);
}

function isDeadLetter(label: string, target: Component): boolean {
  return deadLetterLabel.test(label) || deadLetterLabel.test(target.id) || deadLetterLabel.test(target.label ?? "");
}

/** The nearest queue upstream takes a dead-letter connection; without one it stays where it starts. */
function fromNearestQueue(canvas: Canvas, edges: readonly FlowEdge[], letter: FlowEdge): FlowEdge {
  const seen = new Set([letter.from]);
  let level = [letter.from];
  while (level.length > 0) {
    const queue = level.find((index) => canvas.components[index]!.behavior?.mode === "queue" && index !== letter.to);
    if (queue !== undefined) return { ...letter, from: queue };
    const next: number[] = [];
    for (const edge of edges) {
      if (level.includes(edge.to) && edge.on === "success" && !seen.has(edge.from)) {
        seen.add(edge.from);
        next.push(edge.from);
      }
    }
    level = next;
  }
  return letter;
}
