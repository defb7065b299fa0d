import type { FaultArguments } from "../document/wording.js";
import type { EntryText } from "./entry.js";

/** Faults of a file as JSON: it cannot be read, or not as one value. */
export const fileFaults = {
  "file-missing": {
    title: "No such file",
    meaning: "There is no file of that name.",
    computed: "Opening it fails with ENOENT or ENOTDIR.",
    mend: "Check the path; it is relative to the working directory.",
  },
  "file-directory": {
    title: "A directory, not a file",
    meaning: "The path names a directory.",
    computed: "Opening it fails with EISDIR.",
    mend: "Name the file in it; a shell expands `designs/*.json`.",
  },
  "file-empty": {
    title: "The file is empty",
    meaning: "Nothing but white space stands in the file.",
    computed: "The text without white space has no characters.",
    mend: "Write a canvas or problem into it; `canvases/` holds some to start from.",
  },
  "file-unreadable": {
    title: "The file cannot be read",
    meaning: "The system refuses to hand the file out.",
    computed: "Any other failure of opening or reading, with the system's own reason.",
    mend: "See the reason; usually the rights of the file.",
  },
  "file-too-large": {
    title: "The file is too large",
    meaning: "The file is larger than any design needs to be.",
    computed: "More than 1 MB.",
    mend: "Remove what is not the design: pictures, histories, drawings of other tools.",
  },
  "file-encoding": {
    title: "The file is not UTF-8",
    meaning: "The bytes are no UTF-8 text; often it is UTF-16 or Latin-1.",
    computed: "A byte-order mark of UTF-16, or a byte sequence that UTF-8 does not have.",
    mend: "Save it as UTF-8.",
  },
  "json-syntax": {
    title: "The text is no JSON",
    meaning: "At this place stands something that JSON does not allow there.",
    computed: "The first character at which parsing cannot go on, with a hint where the slip is a common one.",
    mend: "Look at the place and just before it: a missing comma, a comma too many, single quotes, a comment.",
  },
  "json-truncated": {
    title: "The text ends too early",
    meaning: "Brackets or quotes are still open at the end of the file.",
    computed: "The parser would need more.",
    mend: "Copy the whole file; model output that was cut off has to be made again with more tokens.",
    see: ["json-syntax"],
  },
  "json-control-character": {
    title: "A raw control character in a string",
    meaning: "A string holds a line break, a tab or another control character as itself.",
    computed: "A character below U+0020 between quotes.",
    mend: "Write it as an escape, such as `\\n`.",
  },
  "json-too-deep": {
    title: "Nested too deep",
    meaning: "Lists and objects lie inside each other deeper than any canvas needs.",
    computed: "The limit stands in the message.",
    mend: "Remove the nested part; another tool's data can be left out.",
  },
  "json-duplicate-key": {
    title: "The same key twice",
    meaning: "An object has two properties of one name, of which one would silently be lost.",
    computed: "A name that stood in the same object before; the message names the first line.",
    mend: "Remove one of them.",
  },
  "json-proto-key": {
    title: "A key that may not be used",
    meaning: "The key `__proto__` changes objects instead of describing a design.",
    computed: "Any property of that name, at any depth.",
    mend: "Remove it.",
  },
  "json-number-range": {
    title: "A number too large",
    meaning: "The number is beyond what a computer's floating-point number can hold.",
    computed: "Its value is infinite: above about 1.8e308.",
    mend: "Write a number that was meant.",
  },
} as const satisfies Partial<Record<keyof FaultArguments, EntryText>>;
