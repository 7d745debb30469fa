/** Characters of one cell, or of one text of a document. */
export const MAX_CELL = 64 * 1024;
/** Bytes of one record. */
export const MAX_RECORD = 1024 * 1024;
/** Containers within each other in one record. */
export const MAX_DEPTH = 64;
/** Records in one group. */
export const GROUP = 1000;
