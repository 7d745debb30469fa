import type { FuzzKind } from './kind.ts';
import { output, video } from './kinds/films.ts';
import { ttf, woff, woff2 } from './kinds/fonts.ts';
import { gif, jpeg, png, svg, webp } from './kinds/pictures.ts';
import { applied, planFile } from './kinds/plans.ts';
import { manifest, outputRecord, recipeBook, segmentRecord } from './kinds/records.ts';
import { specs, templates } from './kinds/specs.ts';
import { csv, json, ndjson } from './kinds/tables.ts';

/** Every kind of input that comes from outside. A new reader gets its kind here; the numbers of cases change with it. */
export const KINDS: readonly FuzzKind[] = [
	...[specs, templates],
	...[csv, json, ndjson],
	...[png, jpeg, webp, gif, svg],
	...[video, output],
	...[woff2, woff, ttf],
	...[segmentRecord, outputRecord, planFile, applied, manifest, recipeBook],
];

/** One round of cases: each kind as often as its share, spread evenly. */
const ROUND: readonly FuzzKind[] = KINDS.flatMap((kind, index) =>
	Array.from({ length: kind.share }, (_, turn) => ({ kind, at: (turn + 0.5) / kind.share + index / 1e6 })),
)
	.sort((a, b) => a.at - b.at)
	.map(({ kind }) => kind);

/** The kind that a case is of. */
export const kindOfCase = (number: number): FuzzKind => ROUND[number % ROUND.length]!;
