import { describe, expect, it } from "vitest";
import type { BehaviorSpec, Canvas, Component, Connection } from "../../src/canvas/canvas.js";
import { componentTypes } from "../../src/canvas/canvas.schema.js";
import { mermaid } from "../../src/report/mermaid.js";

/** a → b → c, where b may be a queue. */
function chain(fields: Partial<Connection> = {}, back: readonly Connection[] = []): Canvas {
  const components: readonly Component[] = ["a", "b", "c"].map((id) => ({ id, type: "step" }));
  return { components, connections: [{ from: "a", to: "b" }, { from: "b", to: "c", ...fields }, ...back] };
}

function lines(canvas: Canvas): readonly string[] {
  return mermaid(canvas).trimEnd().split("\n");
}

/** The line of the last connection of the chain. */
function lastLine(canvas: Canvas): string | undefined {
  return lines(canvas).at(-1)?.trim();
}

function node(fields: Partial<Component>): string | undefined {
  return lines({ components: [{ id: "a", type: "step", ...fields }], connections: [] })[1]?.trim();
}

describe("a component in a Mermaid diagram", () => {
  it("has the shape of its type", () => {
    const components = componentTypes.map((type): Component => ({ id: type, type }));
    expect(lines({ components, connections: [] })).toEqual([
      "flowchart LR",
      '  n0("person")',
      '  n1["step"]',
      '  n2[("storage")]',
      '  n3{"decision"}',
      '  n4{{"trigger"}}',
      '  n5[["tool"]]',
      '  n6(["channel"])',
    ]);
  });

  it.each<[BehaviorSpec, string]>([
    [{ mode: "queue", releaseRps: 45, capacity: 20_000, maxDeliveries: 3 }, "queue, 45/s, capacity 20000"],
    [{ mode: "queue", capacity: 7 }, "queue, capacity 7"],
    [{ mode: "retry", maxAttempts: 4, timeoutMs: 1500 }, "retry, attempts 4, timeout 1500 ms"],
    [{ mode: "ratelimit", rps: 2.5, burst: 9 }, "ratelimit, 2.5/s, burst 9"],
    [{ mode: "circuitbreaker", failureThreshold: 0.5, openMs: 5000 }, "circuitbreaker, threshold 0.5, open 5000 ms"],
    [{ mode: "batch", size: 10, maxWaitMs: 50 }, "batch, size 10, waits 50 ms"],
    [{ mode: "filter", dropPct: 5, detection: 0.9 }, "filter, drops 5 #37;, detects 0.9"],
    [{ mode: "delay", delayMs: 250 }, "delay, 250 ms"],
    [{ mode: "replicate", quorum: "all" }, "replicate, quorum all"],
    [{ mode: "passthrough" }, "passthrough"],
    [{ mode: "retry", maxAttempts: { toString: "x" } }, "retry"],
  ])("shows %j as its mode with the figures that are stated", (behavior, words) => {
    expect(node({ behavior })).toBe(`n0["a<br/>${words}"]`);
  });

  it("falls back on its id, and on a word when that is blank, too", () => {
    expect(node({ id: "a_b", label: " \n" })).toBe('n0["a#95;b"]');
    expect(node({ id: " ", label: "" })).toBe('n0["unnamed"]');
  });
});

describe("a connection in a Mermaid diagram", () => {
  it.each<[Partial<Connection>, string]>([
    [{}, "n1 --> n2"],
    [{ label: "writes" }, 'n1 -->|"writes"| n2'],
    [{ async: true }, "n1 -.-> n2"],
    [{ async: true, label: "writes" }, 'n1 -.->|"writes"| n2'],
    [{ on: "failure" }, 'n1 -.->|"failure"| n2'],
    [{ on: "poll", label: "asks" }, 'n1 -.->|"poll · asks"| n2'],
    [{ on: "dead-letter" }, 'n1 -.->|"dead-letter"| n2'],
    [{ label: "rollback" }, 'n1 -.->|"compensate · rollback"| n2'],
    [{ direction: "none", label: "see" }, 'n1 ---|"see"| n2'],
  ])("with %j is %s", (fields, line) => {
    expect(lastLine(chain(fields))).toBe(line);
  });

  it("is a response where it leads back on the way from the entry", () => {
    const back = { from: "c", to: "a", label: "answers" };
    expect(lastLine(chain({}, [back]))).toBe('n2 -.->|"response · answers"| n0');
    expect(lastLine(chain({}, [{ ...back, on: "success" }]))).toBe('n2 -->|"answers"| n0');
  });

  it("is drawn from its end when its direction is backward, and twice when it is both", () => {
    const ends: readonly Component[] = ["a", "b"].map((id) => ({ id, type: "step" }));
    const drawn = (direction: "backward" | "both") =>
      lines({ components: ends, connections: [{ from: "a", to: "b", direction }] }).slice(3);
    expect(drawn("backward")).toEqual(["  n1 --> n0"]);
    expect(drawn("both")).toEqual(["  n0 --> n1", '  n1 -.->|"response"| n0']);
  });

  it("keeps its place when the simulation starts a dead letter at the queue upstream", () => {
    const canvas = chain({ on: "dead-letter" });
    const [first, ...others] = canvas.components;
    const queue: Component = { ...first!, behavior: { mode: "queue" } };
    expect(lastLine({ ...canvas, components: [queue, ...others] })).toBe('n1 -.->|"dead-letter"| n2');
  });

  it("to a component that does not exist is refused", () => {
    expect(() => mermaid(chain({ to: "z" }))).toThrow(
      new RangeError('the canvas has no component "z"; load it with loadCanvas'),
    );
  });
});

describe("marks in a Mermaid diagram", () => {
  it("are a word on the component and a class, in canvas order", () => {
    const marks = new Map([
      ["c", "failed"],
      ["b", "disturbed"],
      ["a", "failed"],
    ] as const);
    expect(mermaid(chain(), { marks })).toBe(`flowchart LR
  n0["a<br/>failed"]
  n1["b<br/>disturbed"]
  n2["c<br/>failed"]
  n0 --> n1
  n1 --> n2
  classDef failed stroke:#c62828,stroke-width:4px
  class n0,n2 failed
  classDef disturbed stroke:#ef6c00,stroke-width:3px,stroke-dasharray:6 4
  class n1 disturbed
`);
  });

  it("on a component that does not exist are refused", () => {
    expect(() => mermaid(chain(), { marks: new Map([["z", "failed"]]) })).toThrow(RangeError);
  });
});
