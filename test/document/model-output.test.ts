import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadCanvas } from "../../src/canvas/load.js";
import { InputError } from "../../src/document/input-error.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();
const canvas = `{
  "name": "A",
  "components": [{ "id": "a", "type": "person" }, { "id": "b", "type": "step" }],
  "connections": [{ "from": "a", "to": "b" }]
}
`;

async function read(text: string) {
  const file = directory.write("answer.md", text);
  const said: string[] = [];
  const outcome = await loadCanvas(file, { fromModelOutput: true, tell: (line) => said.push(line) }).catch(
    (error: unknown) => error,
  );
  return {
    name: outcome instanceof InputError ? null : (outcome as Awaited<ReturnType<typeof loadCanvas>>).canvas.name,
    faults: outcome instanceof InputError ? outcome.faults : [],
    said: said.map((line) => line.replace(`${file}: read from model output: `, "")),
  };
}

describe("a canvas in model output", () => {
  it("passes unsaid when the file is JSON", async () => {
    expect(await read(canvas)).toEqual({ name: "A", faults: [], said: [] });
  });

  it.each([
    ["a fence", `Here:\n\n\`\`\`json\n${canvas}\`\`\`\nDone {really}.\n`, "took the code block on lines 4 to 8"],
    ["a fence of tildes", `~~~~\n${canvas}~~~~\n`, "took the code block on lines 2 to 6"],
    ["a fence that is not closed", `\`\`\`\n${canvas}`, "took the code block on lines 2 to 6"],
    ["sentences around", `Sure! ${canvas}Hope it helps.`, "took the text on lines 1 to 5"],
    [
      "a draft before it",
      `\`\`\`\n${canvas.replace('"A"', '"Draft"')}\`\`\`\nBetter:\n\`\`\`\n${canvas}\`\`\`\n`,
      "took the code block on lines 10 to 14, the last of 2 canvases",
    ],
    [
      "a snippet after it",
      `\`\`\`\n${canvas}\`\`\`\n\`\`\`json\n{ "cost": 3 }\n\`\`\`\n`,
      "took the code block on lines 2 to 6",
    ],
    ["a snippet in the only fence", `\`\`\`\n{ "cost": 3 }\n\`\`\`\n${canvas}`, "took the text on lines 4 to 8"],
    [
      "a trailing comma",
      canvas.replace('"b" }]', '"b" },]'),
      'took the text on lines 1 to 5; repaired it: unexpected "]" (no comma may stand before it) at 4:46; so faults name no lines',
    ],
    [
      "comments and single quotes",
      `\`\`\`\n// mine\n${canvas.replace('"A"', "'A'")}\`\`\``,
      'took the code block on lines 2 to 7; repaired it: unexpected "/" (JSON has no comments) at 2:1; so faults name no lines',
    ],
    [
      "an end that is cut off",
      `\`\`\`\n${canvas.slice(0, -4)}`,
      "took the code block on lines 2 to 5; repaired it: the file ends too early at 5:45, so that parts of the canvas may be missing; so faults name no lines",
    ],
  ])("is found with %s", async (_what, text, said) => {
    expect(await read(text)).toEqual({ name: "A", faults: [], said: [said] });
  });

  it("keeps the file's lines and columns in faults when it was cut out", async () => {
    const { faults } = await read(`Here it is:\r\n\`\`\`\r\n${canvas.replace('"step"', '"stepp"')}\`\`\``);
    expect(faults).toMatchObject([{ pointer: "/components/1/type", line: 5, column: 72, suggestion: "step" }]);
  });

  it("names no lines when it was repaired", async () => {
    const twice = canvas.replace('"b", "type"', '"a", "type"').replace('"to": "b" }]', '"to": "a", }]');
    const { faults } = await read(twice);
    expect(faults.map(({ line, message }) => [line, message])).toEqual([
      [null, 'duplicate component id "a"'],
      [null, 'connects "a" to itself'],
    ]);
  });

  it.each(["I am sorry.", "{ braces } of prose", "[1, 2]x", "{[".repeat(60)])("refuses %j", async (text) => {
    const { faults } = await read(text);
    expect(faults.map(({ code }) => code)).toEqual(["no-json"]);
  });

  it("does not repair more than 64 kB, which could take minutes", async () => {
    const { faults } = await read(`{"a":"${'x" '.repeat(30_000)}`);
    expect(faults.map(({ code }) => code)).toEqual(["repair-too-long"]);
  });

  it("is not looked for unless asked", async () => {
    const file = directory.write("plain.md", `\`\`\`\n${canvas}\`\`\``);
    await expect(loadCanvas(file)).rejects.toThrow("a code fence is not part of the JSON");
  });

  it("is the same design as the file that it quotes", async () => {
    const reference = "canvases/chini-002-checkout/reference.json";
    const quoted = directory.write("quoted.md", `My design:\n\`\`\`json\n${readFileSync(reference, "utf8")}\`\`\``);
    const plain = await loadCanvas(reference);
    expect((await loadCanvas(quoted, { fromModelOutput: true })).canvas).toEqual(plain.canvas);
  });
});
