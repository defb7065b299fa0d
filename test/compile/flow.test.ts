import { describe, expect, it } from "vitest";
import { Notebook } from "../../src/compile/notebook.js";
import { arrow, channel, draw, flowOf, mode, person, step, storage, tool } from "./drawing.js";

const queue = channel("mail", mode("queue"));

describe("direction words of other tools", () => {
  const ends = [step("a"), step("b")];

  it("takes forward as drawn and backward swapped", () => {
    expect(flowOf(draw(ends, [arrow("a>b", { direction: "forward" })]))).toEqual(["a>b"]);
    expect(flowOf(draw(ends, [arrow("a>b", { direction: "backward" })]))).toEqual(["b>a"]);
  });

  it("lets none carry nothing", () => {
    expect(flowOf(draw(ends, [arrow("a>b", { direction: "none" })]))).toEqual([]);
  });

  it("makes two arrows of both, of which the one back is a response", () => {
    const notebook = new Notebook();
    expect(flowOf(draw(ends, [arrow("a>b", { direction: "both", id: "x" })]), notebook)).toEqual(["a>b"]);
    expect(notebook.inferences).toEqual([
      expect.objectContaining({ component: "b", field: "connection x (back)", value: "response arrow" }),
    ]);
  });

  it("makes two flow edges of both when nothing leads back: they meet from two sides", () => {
    const canvas = draw(
      [person("p"), person("q"), step("a"), step("b")],
      ["p>a", "q>b", arrow("a>b", { direction: "both", on: "success" })],
    );
    expect(flowOf(canvas)).toEqual(["p>a", "q>b", "a>b", "b>a"]);
  });
});

describe("response arrows", () => {
  it("carry no flow, and each is listed with what it leads back to", () => {
    const notebook = new Notebook();
    const canvas = draw(
      [person("buyer"), step("api"), storage("db")],
      ["buyer>api", "api>db", arrow("db>api", { id: "row" }), arrow("api>buyer", { label: "confirmation" })],
    );
    expect(flowOf(canvas, notebook)).toEqual(["buyer>api", "api>db"]);
    expect(notebook.inferences.map(({ component, field, value }) => `${component} ${field}: ${value}`)).toEqual([
      "db connection row: response arrow",
      "api connection api→buyer: response arrow",
    ]);
    expect(notebook.inferences[0]!.because).toContain("api");
  });

  it("are found depth first in canvas order, so the first drawn of two opposite arrows is the way onward", () => {
    const parts = [person("p"), step("a"), step("b"), step("c")];
    expect(flowOf(draw(parts, ["p>a", "a>b", "b>c", "c>a"]))).toEqual(["p>a", "a>b", "b>c"]);
    // c is reached from a before b is: then c → b goes on, and b → c leads back.
    expect(flowOf(draw(parts, ["p>a", "a>c", "a>b", "b>c", "c>b"]))).toEqual(["p>a", "a>c", "a>b", "c>b"]);
  });

  it("do not include an arrow to a component that another branch has already passed", () => {
    expect(flowOf(draw([step("a"), step("b"), step("c")], ["a>b", "a>c", "c>b"]))).toEqual(["a>b", "a>c", "c>b"]);
  });

  it("start from persons, wherever they stand in the file", () => {
    expect(flowOf(draw([step("api"), person("buyer")], ["api>buyer", "buyer>api"]))).toEqual(["buyer>api"]);
  });

  it("also break a cycle that no entry leads to", () => {
    expect(flowOf(draw([step("a"), step("b")], ["a>b", "b>a"]))).toEqual(["a>b"]);
  });

  it("include a component's arrow to itself", () => {
    expect(flowOf(draw([step("a")], ["a>a"]))).toEqual([]);
  });

  it("are flow when their `on` is set, whatever it is", () => {
    const parts = [person("p"), step("a"), step("b")];
    for (const on of ["success", "failure", "compensate"] as const) {
      const notebook = new Notebook();
      expect(flowOf(draw(parts, ["p>a", "a>b", arrow("b>a", { on })]), notebook)).toHaveLength(3);
      expect(notebook.inferences).toEqual([]);
    }
  });
});

describe("arrows back to a queue", () => {
  const parts = [person("p"), queue, step("worker")];

  it.each(["on fail", "Retry later", "requeue", "redrive", "poll"])(
    "are taken on failure when labelled %s",
    (label) => {
      const notebook = new Notebook();
      expect(flowOf(draw(parts, ["p>mail", "mail>worker", arrow("worker>mail", { label })]), notebook)).toEqual([
        "p>mail",
        "mail>worker",
        "worker>mail (failure)",
      ]);
      expect(notebook.inferences).toHaveLength(1);
      expect(notebook.inferences[0]).toMatchObject({ component: "worker", value: "failure" });
    },
  );

  it("are responses without such a label, and so is a labelled one to something else", () => {
    expect(flowOf(draw(parts, ["p>mail", "mail>worker", arrow("worker>mail", { label: "ack" })]))).toHaveLength(2);
    const other = [person("p"), step("a"), step("b")];
    expect(flowOf(draw(other, ["p>a", "a>b", arrow("b>a", { label: "retry" })]))).toEqual(["p>a", "a>b"]);
  });
});

describe("conditions from labels", () => {
  const parts = [step("a"), step("b")];
  const conditionOf = (label: string): string => flowOf(draw(parts, [arrow("a>b", { label })]))[0]!;

  it.each(["on failure", "Error path", "fallback", "Timeout"])("%s means failure", (label) => {
    expect(conditionOf(label)).toBe("a>b (failure)");
  });

  it.each(["compensates", "Rollback", "undo reservation"])("%s means compensate", (label) => {
    expect(conditionOf(label)).toBe("a>b (compensate)");
  });

  it.each(["DLQ", "dead letter", "dead-letters", "deadletter"])("%s means dead letter", (label) => {
    expect(conditionOf(label)).toBe("a>b (dead-letter)");
  });

  it.each(["charges", "", "retries", "polls"])("%j means success", (label) => {
    expect(conditionOf(label)).toBe("a>b");
  });

  it("is overruled by `on`, and then nothing was inferred", () => {
    const notebook = new Notebook();
    expect(flowOf(draw(parts, [arrow("a>b", { label: "fallback", on: "success" })]), notebook)).toEqual(["a>b"]);
    expect(notebook.inferences).toEqual([]);
  });

  it("lists an inference for each label that it reads", () => {
    const notebook = new Notebook();
    flowOf(draw(parts, [arrow("a>b", { id: "c1", label: "on error" })]), notebook);
    expect(notebook.inferences).toEqual([
      { component: "a", field: "connection c1: on", value: "failure", because: 'label "on error"' },
    ]);
  });
});

describe("dead-letter connections", () => {
  it("are known by the target's id or label too", () => {
    expect(flowOf(draw([step("a"), channel("orders-dlq")], ["a>orders-dlq"]))).toEqual(["a>orders-dlq (dead-letter)"]);
    const labelled = draw([step("a"), storage("box", { label: "Dead letters" })], ["a>box"]);
    expect(flowOf(labelled)).toEqual(["a>box (dead-letter)"]);
  });

  it("move to the nearest queue upstream, past the worker and the provider where they were drawn", () => {
    const canvas = draw(
      [
        person("p"),
        channel("far", mode("queue")),
        step("mover"),
        channel("near", mode("queue")),
        step("worker"),
        tool("psp"),
        storage("dlq"),
      ],
      ["p>far", "far>mover", "mover>near", "near>worker", "worker>psp", "psp>dlq"],
    );
    expect(flowOf(canvas)).toContain("near>dlq (dead-letter)");
    expect(flowOf(canvas).filter((edge) => edge.includes("dlq"))).toHaveLength(1);
  });

  it("stay at the queue that they were drawn from, and where no queue stands upstream", () => {
    expect(flowOf(draw([queue, storage("dlq")], ["mail>dlq"]))).toEqual(["mail>dlq (dead-letter)"]);
    expect(flowOf(draw([step("a"), storage("dlq")], ["a>dlq"]))).toEqual(["a>dlq (dead-letter)"]);
  });

  it("do not take the dead-letter queue itself for the queue upstream", () => {
    const canvas = draw(
      [person("p"), queue, step("worker"), channel("dlq", mode("queue"))],
      ["p>mail", "mail>worker", "worker>dlq", arrow("dlq>worker", { on: "success" })],
    );
    expect(flowOf(canvas)).toContain("mail>dlq (dead-letter)");
  });

  it("move when written with `on` as well, for the queue is who gives up", () => {
    const canvas = draw(
      [queue, step("worker"), storage("box")],
      ["mail>worker", arrow("worker>box", { on: "dead-letter" })],
    );
    expect(flowOf(canvas)).toEqual(["mail>worker", "mail>box (dead-letter)"]);
  });
});
