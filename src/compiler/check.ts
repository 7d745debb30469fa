import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { DraftSpec } from './draft-spec.ts';
import type { ParsedSpec } from './parse.ts';
import { ctaLayers } from './rules/cta-layers.ts';
import { data } from './rules/data.ts';
import { chartData, groupMembers, mockupAddress, numberFormats } from './rules/figures.ts';
import { fontFiles } from './rules/font-files.ts';
import { knownColors } from './rules/known-colors.ts';
import { knownNames } from './rules/known-names.ts';
import { layerSubjects, layerTimes } from './rules/layers.ts';
import { measures, orderedLengths, roomToDraw } from './rules/measures.ts';
import { attributionsSuit, motionSuits } from './rules/motion.ts';
import { outputNaming } from './rules/output-naming.ts';
import { plainText } from './rules/plain-text.ts';
import type { Rule, RuleInput } from './rules/rule.ts';
import { singleBraces } from './rules/single-braces.ts';
import { askableProviders, assetNames, captionsSuit, music, voiceovers } from './rules/sound.ts';
import { templates } from './rules/templates.ts';
import { uniqueNames } from './rules/unique-names.ts';
import { findInside } from './source-map.ts';
import { withoutTemplates } from './template/without-templates.ts';

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
	assetNames,
	voiceovers,
	captionsSuit,
	music,
	askableProviders,
];

/** Rules that read templates. To the others, what a row gives is not there. */
const DATA_RULES: readonly Rule[] = [templates, singleBraces, data];

/** Stage 2, second half: what the schema cannot say. Works on what is left of a spec that breaks the schema, and says nothing about the rest. */
export const checkMeaning = ({ text, rangeOf }: ParsedSpec, draft: DraftSpec): readonly Diagnostic[] => {
	const input: Omit<RuleInput, 'draft'> = { rangeOf, findIn: (path, piece) => findInside(text, rangeOf(path), piece) };
	const written = withoutTemplates(draft);
	return [...RULES.flatMap((rule) => rule({ ...input, draft: written })), ...DATA_RULES.flatMap((rule) => rule({ ...input, draft }))];
};
