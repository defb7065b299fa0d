import type { JsonDocument } from "../document/document.js";
import { createFault, type Fault, type Position } from "../document/fault.js";
import { InputError } from "../document/input-error.js";
import { isJsonObject, readSchema } from "../document/json-schema.js";
import type { JsonObject, JsonValue } from "../document/parse.js";
import { pointerTo } from "../document/pointer.js";
import { excerpt } from "../document/printable.js";
import type { FaultDetail } from "../document/wording.js";
import { type Edit, settingText } from "./setting.js";
import { fieldFault, findTarget, type Target } from "./target.js";

/** Longest setting that a fault names, in characters: two ids of the longest and some fields. */
const flagLength = 400;

interface PlacedEdit {
  readonly edit: Edit;
  readonly target: Target;
}

/** An edit as the command line says it, for a fault: `--set worker.service.concurrency=0`. */
function flagOf({ path, value }: Edit): string {
  return excerpt(`--set ${settingText({ path, values: [value] })}`, flagLength);
}

/** The document with some values changed; what was changed stands at no line of the file. */
class EditedDocument implements JsonDocument {
  readonly file: string;
  readonly sha256: string;
  readonly value: JsonValue;
  readonly faults: readonly Fault[];
  readonly #original: JsonDocument;
  readonly #placed: readonly PlacedEdit[];

  constructor(original: JsonDocument, placed: readonly PlacedEdit[], value: JsonValue) {
    this.file = original.file;
    this.sha256 = original.sha256;
    this.faults = original.faults;
    this.value = value;
    this.#original = original;
    this.#placed = placed;
  }

  positionOf(pointer: string): Position | undefined {
    return this.#editAt(pointer) === undefined ? this.#original.positionOf(pointer) : undefined;
  }

  keyPositionOf(pointer: string): Position | undefined {
    return this.#editAt(pointer) === undefined ? this.#original.keyPositionOf(pointer) : undefined;
  }

  fault(pointer: string, detail: FaultDetail, at: "value" | "key" = "value"): Fault {
    const about = detail.code === "missing-property" ? pointerTo(pointer, detail.property) : pointer;
    const edit = this.#editAt(about) ?? this.#editAt(pointer) ?? this.#maker(pointer);
    if (edit === undefined) return this.#original.fault(pointer, detail, at);
    return createFault({ file: this.file, pointer, position: null, setting: flagOf(edit) }, detail);
  }

  /** The last edit of the value, or of one that it is part of. */
  #editAt(pointer: string): Edit | undefined {
    return this.#placed.findLast(({ target }) => pointer === target.pointer || pointer.startsWith(`${target.pointer}/`))
      ?.edit;
  }

  /** The edit that made an object which the file does not have, to put its field there. */
  #maker(pointer: string): Edit | undefined {
    if (this.#original.positionOf(pointer) !== undefined) return undefined;
    return this.#placed.find(({ target }) => target.pointer.startsWith(`${pointer}/`))?.edit;
  }
}

/** The value with a field set, and the objects on the way to it made where they are missing; null removes the field. */
function withField(root: JsonValue, { list, index, fields }: Target, value: JsonValue): JsonValue {
  const entries = (root as JsonObject)[list] as readonly JsonValue[];
  return { ...(root as JsonObject), [list]: entries.with(index, withMember(entries[index], fields, value)) };
}

function withMember(
  object: JsonValue | undefined,
  [name = "", ...deeper]: readonly string[],
  value: JsonValue,
): JsonObject {
  const members = isJsonObject(object) ? object : {};
  const before = Object.hasOwn(members, name) ? members[name] : undefined;
  if (value === null && (deeper.length === 0 || before === undefined)) {
    return Object.fromEntries(Object.entries(members).filter(([other]) => other !== name));
  }
  const member: JsonValue = deeper.length === 0 ? value : withMember(before, deeper, value);
  return { ...members, [name]: member };
}

/** The fault of a value on the way to a field that is no object, and so cannot hold it. */
function blockedAt(root: JsonValue, { list, index, fields }: Target): FaultDetail | null {
  let value = ((root as JsonObject)[list] as readonly JsonValue[])[index];
  for (const name of fields.slice(0, -1)) {
    value = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    if (value === undefined) return null;
    if (!isJsonObject(value)) return { code: "not-an-object", found: name };
  }
  return null;
}

/**
 * The document of a canvas with edits applied, in their order. It is to be validated as a file is; its faults name the
 * setting where the value is not the file's. The positions of all that was not edited are the file's.
 * @throws InputError when a path leads to nothing that the canvas or its schema knows
 */
export function editedDocument(document: JsonDocument, edits: readonly Edit[]): JsonDocument {
  const faults: Fault[] = [];
  const refuse = ({ path }: Edit, pointer: string, detail: FaultDetail) => {
    const setting = excerpt(`--set ${path}`, flagLength);
    faults.push(createFault({ file: document.file, pointer, position: null, setting }, detail));
  };
  const placed = edits.flatMap((edit): readonly PlacedEdit[] => {
    const target = findTarget(document, edit.path);
    if ("code" in target) refuse(edit, "", target);
    return "code" in target ? [] : [{ edit, target }];
  });
  let value = document.value;
  for (const { edit, target } of placed) {
    const detail = blockedAt(value, target);
    if (detail === null) value = withField(value, target, edit.value);
    else refuse(edit, target.pointer, detail);
  }
  if (faults.length > 0) throw new InputError(faults);
  const edited = new EditedDocument(document, placed, value);
  // Only now: another edit may choose the behaviour mode that a parameter belongs to.
  const schema = readSchema("canvas");
  for (const { edit, target } of placed) {
    const detail = fieldFault(edited, schema, target);
    if (detail !== null) refuse(edit, target.pointer, detail);
  }
  if (faults.length > 0) throw new InputError(faults);
  return edited;
}

/** The faults of an edited canvas; those that the file alone does not have, at values that are the file's, name every edit. */
export function blamedOnEdits(
  faults: readonly Fault[],
  faultsOfFile: readonly Fault[],
  edits: readonly Edit[],
): readonly Fault[] {
  const own = new Set(faultsOfFile.map(({ pointer, message }) => JSON.stringify([pointer, message])));
  const setting = edits.map(flagOf).join(" ");
  return faults.map((fault) => {
    const known = fault.setting !== undefined || own.has(JSON.stringify([fault.pointer, fault.message]));
    return known ? fault : { ...fault, setting };
  });
}
