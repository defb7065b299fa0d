import type { PendingEvents } from "./pending-events.js";

const none = -1;

/** A pairing heap over typed arrays (Fredman, Sedgewick, Sleator and Tarjan, 1986), merged in two passes. */
export class PairingHeap implements PendingEvents {
  private readonly times: Float64Array;
  private readonly sequences: Uint32Array;
  private readonly payloads: Int32Array;
  private readonly firstChild: Int32Array;
  private readonly nextSibling: Int32Array;
  private root = none;
  private freeHead = none;
  private fresh = 0;
  private issued = 0;
  time = 0;

  constructor(capacity: number) {
    this.times = new Float64Array(capacity);
    this.sequences = new Uint32Array(capacity);
    this.payloads = new Int32Array(capacity);
    this.firstChild = new Int32Array(capacity);
    this.nextSibling = new Int32Array(capacity);
  }

  push(time: number, payload: number): void {
    let node = this.freeHead;
    if (node === none) node = this.fresh++;
    else this.freeHead = this.nextSibling[node]!;
    this.times[node] = time;
    this.sequences[node] = this.issued++;
    this.payloads[node] = payload;
    this.firstChild[node] = none;
    this.nextSibling[node] = none;
    this.root = this.root === none ? node : this.merge(this.root, node);
  }

  pop(): number {
    const { root, nextSibling } = this;
    this.time = this.times[root]!;
    let pairs = none;
    for (let node = this.firstChild[root]!; node !== none; ) {
      const second = nextSibling[node]!;
      const rest = second === none ? none : nextSibling[second]!;
      const merged = second === none ? node : this.merge(node, second);
      nextSibling[merged] = pairs;
      pairs = merged;
      node = rest;
    }
    let merged = pairs;
    if (pairs !== none) {
      for (let node = nextSibling[pairs]!; node !== none; ) {
        const rest = nextSibling[node]!;
        merged = this.merge(merged, node);
        node = rest;
      }
      nextSibling[merged] = none;
    }
    this.root = merged;
    nextSibling[root] = this.freeHead;
    this.freeHead = root;
    return this.payloads[root]!;
  }

  private merge(a: number, b: number): number {
    const { times, sequences } = this;
    const first = times[a]! < times[b]! || (times[a] === times[b] && sequences[a]! < sequences[b]!);
    const parent = first ? a : b;
    const child = first ? b : a;
    this.nextSibling[child] = this.firstChild[parent]!;
    this.firstChild[parent] = child;
    return parent;
  }
}
