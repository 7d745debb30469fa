import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { familiesOf } from '../../../src/compiler/design/moods.ts';
import { collectNeeds, compileCampaign, readSpec } from '../../../src/compiler/pipeline.ts';
import { parseTemplate } from '../../../src/compiler/template/parse-template.ts';
import { renderTemplate } from '../../../src/compiler/template/render-template.ts';
import { LIMITS } from '../../../src/compiler/template/scan.ts';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import { resolveInputs } from '../../../src/providers/resolve-inputs.ts';
import { expectThat, type FuzzKind } from '../kind.ts';
import { mutateText } from '../mutate-text.ts';

const SPEC_FOLDERS = ['specs/quickstart', 'specs/moods', 'specs/product-launch', 'specs/outreach', 'specs/gallery', 'test/fixtures'];
const FAULTY = ['ten-faults.campaign.yaml'];

/** Specs that name no file of their own: what is left of them can be compiled wherever it stands. */
const COMPILED = /specs\/(quickstart|moods)\//;

const specFiles = (): readonly string[] =>
	SPEC_FOLDERS.flatMap((folder) =>
		readdirSync(folder)
			.filter((file) => file.endsWith('.campaign.yaml') && !FAULTY.includes(file))
			.map((file) => `${folder}/${file}`),
	);

const checkDiagnostics = (diagnostics: readonly Diagnostic[], text: string): void => {
	for (const { range, summary, hint } of diagnostics) {
		expectThat(summary.length > 0 && summary.length < 2000, `a summary of ${summary.length} characters`);
		expectThat((hint ?? '').length > 0, `no hint: ${summary}`);
		expectThat(
			!range || (range.start >= 0 && range.start <= range.end && range.end <= text.length),
			`a place outside of the text: ${summary}`,
		);
	}
};

/** A campaign spec: read, and compiled when it is still one. */
export const specs: FuzzKind = {
	name: 'yaml',
	share: 8,
	prepare: async () => {
		const files = specFiles();
		const seeds: readonly Buffer[] = files.map((file) => readFileSync(file));
		return {
			seeds,
			mutate: mutateText,
			judge: async (input, original) => {
				const file = files[seeds.indexOf(original)] ?? 'fuzz.campaign.yaml';
				const text = input.toString('utf8');
				const checked = readSpec({ file, text });
				checkDiagnostics(checked.diagnostics, text);
				if (!checked.ok) {
					expectThat(
						checked.diagnostics.some(({ severity }) => severity === 'error'),
						'refused without an error',
					);
					return 'refused';
				}
				if (!COMPILED.test(file) || checked.value.spec.data !== undefined) return 'accepted';
				const { spec } = checked.value;
				const moods = Object.values(spec.variants ?? {}).map((variant) => variant.mood);
				const { needs } = collectNeeds(spec, moods.flatMap(familiesOf));
				const { inputs, problems } = await resolveInputs(needs, { specFile: resolve(file) });
				if (problems.length > 0) return 'accepted';
				const compiled = compileCampaign(checked.value, inputs, { draft: true, select: null, limit: 1 });
				checkDiagnostics(compiled.diagnostics, text);
				return 'accepted';
			},
		};
	},
};

const TEMPLATES = [
	'Hi {{recipient.name}}, {{upper recipient.company}}!',
	'{{#if recipient.vip}}Thank you{{else}}Welcome{{/if}}, {{default recipient.nick recipient.name "friend"}}',
	'{{#unless recipient.vip}}{{#if recipient.name}}{{lower recipient.name}}{{/if}}{{/unless}} \\{{shown}}',
	'{{truncate recipient.company 5}} {{! a comment }} {{number recipient.amount}}',
	'{{recipient.amount}} of {{recipient.company}} and {{date recipient.when}}',
] as const;

const VALUES = {
	recipient: { name: 'Zoë <b>', company: '{{recipient.name}} & Sons', vip: true, nick: '', amount: -1234.5, when: '2026-11-20' },
};

/** A text with holes: read, and filled in. */
export const templates: FuzzKind = {
	name: 'template',
	share: 3,
	prepare: async () => ({
		seeds: TEMPLATES.map((text) => Buffer.from(text)),
		mutate: mutateText,
		judge: async (input) => {
			const text = input.toString('utf8');
			const parsed = parseTemplate(text);
			if (!parsed.ok) {
				const { at, hint, summary } = parsed;
				expectThat(hint.length > 0 && summary.length > 0, 'a problem without words');
				expectThat(
					at === undefined || (at.start >= 0 && at.start <= at.end && at.end <= text.length),
					`a place outside of the text: ${summary}`,
				);
				return 'refused';
			}
			expectThat(
				parsed.template.fields.every(({ source, field }) => !/^(__proto__|constructor|prototype)$/.test(source) && field !== '__proto__'),
				'reads what every object inherits',
			);
			const filled = renderTemplate(parsed.template, VALUES, { escape: (value) => value });
			expectThat(!filled.ok || filled.text.length <= LIMITS.output, 'a text beyond its limit');
			expectThat(!filled.ok || !/function |\[object /.test(filled.text) || /function |\[object /.test(text), 'shows an object');
			return 'accepted';
		},
	}),
};
