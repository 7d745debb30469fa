import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { DraftSpec } from './draft-spec.ts';
import type { ParsedSpec } from './parse.ts';
import { ctaLayers } from './rules/cta-layers.ts';
import { chartData, groupMembers, mockupAddress, numberFormats } from './rules/figures.ts';
import { fontFiles } from './rules/font-files.ts';
import { knownColors } from './rules/known-colors.ts';
import { knownNames } from './rules/known-names.ts';
import { layerSubjects, layerTimes } from './rules/layers.ts';
import { measures, orderedLengths, roomToDraw } from './rules/measures.ts';
import { attributionsSuit, motionSuits } from './rules/motion.ts';
import { outputNaming } from './rules/output-naming.ts';
import { plainText } from './rules/plain-text.ts';
import type { Rule } from './rules/rule.ts';
import { uniqueNames } from './rules/unique-names.ts';
import { findInside } from './source-map.ts';

const RULES: readonly Rule[] = [
	uniqueNames,
	fontFiles,
	knownColors,
	knownNames,
	measures,
	orderedLengths,
	roomToDraw,
	layerTimes,
	layerSubjects,
	motionSuits,
	attributionsSuit,
	ctaLayers,
	numberFormats,
	chartData,
	groupMembers,
	mockupAddress,
	outputNaming,
	plainText,
];

/** Stage 2, second half: what the schema cannot say. Works on what is left of a spec that breaks the schema, and says nothing about the rest. */
export const checkMeaning = ({ text, rangeOf }: ParsedSpec, draft: DraftSpec): readonly Diagnostic[] =>
	RULES.flatMap((rule) => rule({ draft, rangeOf, findIn: (path, piece) => findInside(text, rangeOf(path), piece) }));
