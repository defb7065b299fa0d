import { type FileHandle, open } from "node:fs/promises";
import { createFault, type Place, type Position } from "./fault.js";
import { InputError } from "./input-error.js";
import type { FaultDetail } from "./wording.js";

const chunkBytes = 65_536;

/** A file's content: its bytes, and its text without a byte-order mark. */
export interface SourceText {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly text: string;
  /** The text is not as the file has it, so that no line of it is one of the file's. */
  readonly repaired?: boolean;
}

function refuse(file: string, detail: FaultDetail, position: Position | null = null): never {
  const place: Place = { file, pointer: "", position };
  throw new InputError([createFault(place, detail)]);
}

/** Reads at most one byte more than the limit, so that an endless device is refused and not read. */
async function readAtMost(handle: FileHandle, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let total = 0;
  while (total <= maxBytes) {
    const buffer = Buffer.alloc(Math.min(chunkBytes, maxBytes + 1 - total));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
    if (bytesRead === 0) return Buffer.concat(chunks, total);
    chunks.push(buffer.subarray(0, bytesRead));
    total += bytesRead;
  }
  return null;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).code === "string";
}

/** The fault of a file that the system did not give; any other error is not ours to explain. */
function unreadable(error: unknown): FaultDetail {
  if (!isSystemError(error)) throw error;
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return { code: "file-missing" };
  if (error.code === "EISDIR") return { code: "file-directory" };
  return { code: "file-unreadable", reason: error.message };
}

async function readBytes(file: string, maxBytes: number): Promise<Buffer> {
  let bytes: Buffer | null;
  try {
    const handle = await open(file, "r");
    try {
      bytes = await readAtMost(handle, maxBytes);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return refuse(file, unreadable(error));
  }
  if (bytes === null) return refuse(file, { code: "file-too-large", limitBytes: maxBytes });
  return bytes;
}

/** The longest beginning of the bytes that is UTF-8, as text; it ends before the first character that is not. */
function validBeginning(bytes: Uint8Array): string {
  let valid = 0;
  let invalid = bytes.length + 1;
  let text = "";
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    try {
      // `stream` leaves a character cut at the end for later, so that the answer only ever changes once.
      const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
      text = decoder.decode(bytes.subarray(0, middle), { stream: true });
      valid = middle;
    } catch {
      invalid = middle;
    }
  }
  return text;
}

/** The line and column of an offset; CR, LF and CRLF each end a line, as the JSON parser counts them. */
export function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}

function refuseEncoding(file: string, bytes: Uint8Array): never {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return refuse(file, { code: "file-encoding", found: "UTF-16; save the file as UTF-8" });
  }
  const before = validBeginning(bytes);
  const byte = bytes[Buffer.byteLength(before)] ?? 0;
  const visible = before.replace(/^\ufeff/, "");
  const found = `the byte 0x${byte.toString(16).padStart(2, "0")}`;
  return refuse(file, { code: "file-encoding", found }, positionAt(visible, visible.length));
}

/**
 * Reads a UTF-8 file of at most `maxBytes` bytes; a byte-order mark is tolerated.
 *
 * @throws InputError when it is missing, a directory, unreadable, too large, empty, or not UTF-8
 */
export async function readSource(file: string, maxBytes: number): Promise<SourceText> {
  return decodeSource(file, await readBytes(file, maxBytes));
}

/**
 * The source that a file of this text would be, of at most `maxBytes` bytes in UTF-8.
 *
 * @param name stands where messages name the file
 * @throws InputError when it is too large or empty
 */
export function textSource(name: string, text: string, maxBytes: number): SourceText {
  const bytes = Buffer.from(text);
  if (bytes.length > maxBytes) return refuse(name, { code: "file-too-large", limitBytes: maxBytes });
  return decodeSource(name, bytes);
}

function decodeSource(file: string, bytes: Uint8Array): SourceText {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuseEncoding(file, bytes);
  }
  if (text.trim() === "") return refuse(file, { code: "file-empty" });
  return { file, bytes, text };
}
