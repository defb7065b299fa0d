import { writeFileSync } from "node:fs";
import { referenceDocument, referenceText } from "./reference-text.js";

writeFileSync(referenceDocument, referenceText());
process.stdout.write(`${referenceDocument}\n`);
