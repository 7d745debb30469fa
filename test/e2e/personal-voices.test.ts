import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inProject, mail, type Parsed, SPEC } from '../support/mail-project.ts';

const Voices = suite('e2e/personal-voices');

const ROWS = 1_000;
const people = (names: readonly string[]): string => `id,name\n${names.map((name, index) => `r${index},${name}`).join('\n')}\n`;
const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
/** A name for each row that is like no other. */
const spelled = (row: number): string => [...String(row)].map((digit) => DIGITS[Number(digit)]).join(' ');

const FIVE = `  - {id: hello, duration: 6, transition: cut, voiceover: 'Hello {{recipient.name}}. Cold brew takes all night. Ours is ready in ten minutes.', layers: [{text: Hello, role: headline}]}
  - {id: close, duration: 3, voiceover: 'Brew it at breakfast. Find it in any shop.', layers: [{text: Go, role: headline}]}`;

const spoken = mail({
	scenes: FIVE,
	durations: '9',
	platforms: '{name: wide, width: 160, height: 90, fps: 24}',
});

Voices('a static sentence is said once for all recipients, and the plan says so: exact and streamed, for people and for programs', () =>
	inProject({ [SPEC]: spoken, 'people.csv': people(Array.from({ length: ROWS }, (_, row) => spelled(row))) }, async (project) => {
		const sentences = { total: 5 * ROWS, distinct: ROWS + 4, toSynthesize: ROWS + 4 };
		const mixes = { total: ROWS, unique: ROWS, reused: 0, toRender: ROWS };
		const exact: Parsed = (await project.json('plan', SPEC, '--json')).summary;
		assert.equal([exact.sentences, exact.mixes], [sentences, mixes]);
		const streamed: Parsed = (await project.lines('plan', SPEC, '--json=lines')).at(-1).summary;
		assert.equal([streamed.sentences, streamed.mixes], [sentences, mixes]);
		const { stdout } = await project.run('plan', SPEC);
		assert.match(stdout, 'Voice: 5,000 sentences, 1,004 different, 1,004 to say\nSound: 1,000 mixes, 1,000 to make (new)\n');
	}),
);

const LONG = `Maximiliana ${'and her very good friends '.repeat(6)}from the coast`;

Voices('a row whose voice is too long for its scene fails with both lengths, the others are made; what is said is not said again', () =>
	inProject({ [SPEC]: spoken, 'people.csv': people(['Ada', LONG, 'Cy']) }, async (project) => {
		const forecast = await project.lines('plan', SPEC, '--json=lines');
		const bad = forecast.filter(({ type }) => type === 'row-problem');
		assert.equal(
			bad.map(({ code, row, key }: Parsed) => [code, row, key]),
			[['RF3074', 2, 'r1']],
		);
		assert.match(bad[0].summary, /scene hello takes \d+\.\d s, and its scene leaves it 5\.8 s/);
		const { code, stderr } = await project.run('render', SPEC);
		assert.is(code, 3, stderr);
		assert.match(stderr, /row 2 \(key r1\).*takes \d+\.\d s, and its scene leaves it 5\.8 s/);
		assert.equal(project.videos(), ['wide-r0.mp4', 'wide-r2.mp4']);
		assert.equal(
			// Whichever is made first comes first.
			project
				.manifest()
				.map(({ key, status, error }) => [key, status, error?.code ?? null])
				.sort(),
			[
				['r0', 'finished', null],
				['r1', 'failed', 'RF3074'],
				['r2', 'finished', null],
			],
		);

		project.write('people.csv', people(['Ada', 'Bo', 'Cy']));
		const { summary, mixes }: Parsed = await project.json('plan', SPEC, '--json');
		assert.equal([summary.sentences.distinct, summary.mixes.toRender, mixes.length], [7, 1, 3]);
		const again: Parsed = (await project.lines('plan', SPEC, '--json=lines')).at(-1).summary;
		assert.equal(again.mixes, summary.mixes);
		assert.equal(again.sentences, summary.sentences);
		const done: Parsed = (await project.lines('render', SPEC, '--json')).at(-1).summary;
		assert.equal([done.outputs.finished, done.outputs.unchanged, done.mixes.mixed, done.frames.rendered], [1, 2, 1, 0]);
	}),
);

Voices.run();
