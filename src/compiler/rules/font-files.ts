import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { errorAt } from '../../diagnostics/diagnostic.ts';
import { isBroken } from '../draft-spec.ts';
import type { Rule } from './rule.ts';

/** A font of the project is one file or several, and not both. */
export const fontFiles: Rule = ({ draft, rangeOf }) =>
	(['heading', 'body'] as const).flatMap((use): readonly Diagnostic[] => {
		const font = draft.brand?.fonts?.[use];
		if (font === undefined || typeof font === 'string' || isBroken(font, 'file') || isBroken(font, 'files')) return [];
		const path = ['brand', 'fonts', use];
		if (font.file === undefined && font.files === undefined)
			return [errorAt(rangeOf(path), 'RF2004', 'missing key "file"', 'name the file, such as `file: fonts/Own-Bold.woff2`')];
		if (font.file === undefined || font.files === undefined) return [];
		return [errorAt(rangeOf([...path, 'file']), 'RF2000', '"file" beside "files"', 'write every file under `files`')];
	});
