import { readSpec } from '../../src/compiler/read-spec.ts';
import { formatDiagnostic } from '../../src/diagnostics/code-frame.ts';
import type { Code } from '../../src/diagnostics/codes.ts';

export const SPEC_FILE = 'q3.yaml';

/** The head that every spec needs, so that a test can write only what it is about. */
export const HEAD = 'reelform: 1\ncampaign: q3\nplatforms: [tiktok, youtube]\ndurations: [15, 30]\n';

/** A spec that is right but for `scenes` and what follows them. */
export const withScenes = (scenes: string): string => `${HEAD}scenes:\n${scenes}`;

/** What `validate` says about a text, as a terminal without colours shows it. */
export const reportOf = (text: string): string =>
	readSpec({ file: SPEC_FILE, text })
		.diagnostics.map((d) => formatDiagnostic(d, new Map([[SPEC_FILE, text]])))
		.join('\n\n');

/** `code line:column summary` and the hint of each diagnostic, for tables. */
export const shortReportOf = (text: string): readonly string[] =>
	readSpec({ file: SPEC_FILE, text }).diagnostics.map((d) => {
		const [head = ''] = formatDiagnostic(d, new Map([[SPEC_FILE, text]])).split('\n');
		return `${head.replace(`${SPEC_FILE}:`, '').replace(/ error\[(\w+)\]/, ' $1')} | ${d.hint}`;
	});

export const codesOf = (text: string): readonly Code[] => readSpec({ file: SPEC_FILE, text }).diagnostics.map((d) => d.code);
