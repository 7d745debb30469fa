import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inProject, linesOf, mail, type Parsed, SPEC } from '../support/mail-project.ts';

const Stream = suite('cli/plan-stream');

const PEOPLE = 'id,name\na,Ada\nb,Bo\n';

Stream('after a render the streamed plan says what is made, as the exact one does; a book that is damaged costs only the forecast', () =>
	inProject({ [SPEC]: mail(), 'people.csv': PEOPLE }, async (project) => {
		const summaryOf = async () => (await project.lines('plan', SPEC, '--json=lines')).at(-1).summary;
		const exact = async () => (await project.json('plan', SPEC, '--json')).summary;
		assert.equal((await summaryOf()).frames, (await exact()).frames);
		assert.is((await project.run('render', SPEC)).code, 0);
		const lines = await project.lines('plan', SPEC, '--json=lines');
		assert.equal(
			lines.filter(({ type }) => type === 'segment').map(({ action }) => action),
			lines.filter(({ type }) => type === 'segment').map(() => 'reuse'),
		);
		assert.is((await exact()).frames.toRender, 0);
		assert.equal((await summaryOf()).frames, (await exact()).frames);

		project.write('people.csv', `${PEOPLE}c,Cy\n`);
		assert.equal((await summaryOf()).frames, (await exact()).frames);
		assert.is((await exact()).frames.toRender, 36);
		project.write('people.csv', PEOPLE);

		const folder = join(project.folder, '.reelform', 'recipes');
		const book = join(folder, readdirSync(folder)[0]!);
		const good = readFileSync(book);
		appendFileSync(book, '\u0000\n half a line\n\ndeadbeef\n');
		assert.is((await summaryOf()).frames.toRender, 0);
		writeFileSync(book, good.subarray(0, 100));
		assert.is((await summaryOf()).frames.toRender, 72);
		assert.is((await exact()).frames.toRender, 0);
		const second = (await project.lines('render', SPEC, '--json')).at(-1).summary;
		assert.equal([second.outputs.unchanged, second.frames.rendered], [2, 0]);
		assert.is((await summaryOf()).frames.toRender, 0, 'the book is whole again');
	}),
);

Stream(
	'the lines begin with the plan and end with the sums, each segment stands before the first output that plays it, bad rows are lines of their own',
	() =>
		inProject(
			{ [SPEC]: mail({ fields: 'name: {type: string}, n: {type: integer}' }), 'people.csv': 'id,name,n\na,Ada,1\nb,Bo,x\nc,,3\nd,Di,4\n' },
			async (project) => {
				const { code, stdout, stderr } = await project.run('plan', SPEC, '--json=lines');
				assert.is(code, 0);
				const lines = linesOf(stdout);
				assert.equal([lines[0].formatVersion, lines[0].type, lines[0].campaign], [1, 'plan', 'mail']);
				const known = new Set<string>();
				for (const line of lines) {
					if (line.type === 'segment') known.add(line.key);
					if (line.type === 'output') assert.ok(line.segments.every((key: string) => known.has(key)));
				}
				assert.equal(
					lines.filter(({ type }) => type === 'output').map(({ recipient, row, path }) => [recipient, row, path]),
					[
						['a', 1, 'wide-a.mp4'],
						['d', 4, 'wide-d.mp4'],
					],
				);
				assert.equal(
					lines
						.filter(({ type }) => type === 'row-problem')
						.map(({ code: problem, row, key, column }: Parsed) => [problem, row, key, column]),
					[
						['RF4204', 2, 'b', 'n'],
						['RF3064', 3, 'c', 'name'],
					],
				);
				assert.equal([lines.at(-1).type, lines.at(-1).rows], ['summary', { good: 2, bad: 2 }]);
				assert.match(stderr, /warning\[RF4204\] recipients row 2 \(key b\), column n: /);
			},
		),
);

const SPOKEN = `  - {id: hello, duration: 4, transition: cut, voiceover: 'Hello {{recipient.name}}. Ours is ready.', layers: [{text: Hello, role: headline}]}
  - {id: close, layers: [{text: Go, role: headline}]}`;

Stream('what is heard has a line for each mix, with the same keys, and the sums of the exact plan', () =>
	inProject(
		{
			[SPEC]: mail({
				scenes: SPOKEN,
				durations: '6',
				more: 'music: {mood: calm}',
				platforms: '{name: wide, width: 160, height: 90, fps: 24}',
			}),
			'people.csv': `${PEOPLE}c,Ada\n`,
		},
		async (project) => {
			const exact = await project.json('plan', SPEC, '--json');
			const lines = await project.lines('plan', SPEC, '--json=lines');
			assert.equal(
				lines.filter(({ type }) => type === 'mix'),
				exact.mixes.map(({ key, seconds, action }: Parsed) => ({ type: 'mix', key, seconds, action })),
			);
			assert.is(exact.mixes.length, 2);
			const { mixes, sentences } = lines.at(-1).summary;
			assert.equal([mixes, sentences], [exact.summary.mixes, exact.summary.sentences]);
		},
	),
);

Stream('a source that breaks off in the middle of the plan is an error', () =>
	inProject({ [SPEC]: mail() }, async (project) => {
		const { code, stderr } = await project.run('plan', SPEC, '--json=lines');
		assert.is(code, 1, stderr);
	}),
);

Stream.run();
