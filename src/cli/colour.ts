import { Chalk, type ChalkInstance, supportsColor, supportsColorStderr } from "chalk";

/**
 * The colours for a stream: none with `--no-color` (`color: false`), under NO_COLOR, or where chalk finds
 * that the stream is no terminal or cannot show them.
 */
export function coloursFor(stream: "stdout" | "stderr", color: boolean): ChalkInstance {
  const plain = !color || (process.env.NO_COLOR ?? "") !== "";
  const support = stream === "stdout" ? supportsColor : supportsColorStderr;
  return new Chalk({ level: plain || support === false ? 0 : support.level });
}
