import { rmSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { serve } from '../support/fault-server.ts';
import { inProject, mail, type Parsed, type Project, SPEC } from '../support/mail-project.ts';

const Personal = suite('cli/personalised');

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
	Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

/** Every kind of bad row between two good ones, with what is told of it: code, key and column. */
const BAD_ROWS: readonly (readonly [line: Uint8Array, code: string, key: string | null, column: string | null])[] = [
	[bytes('b,,2'), 'RF4203', 'b', 'name'],
	[bytes('c,Cy,many'), 'RF4204', 'c', 'deals'],
	[bytes('a,Again,3'), 'RF4202', 'a', 'id'],
	[bytes('d,Di'), 'RF4201', null, null],
	[bytes('e,"E"x,4'), 'RF4201', null, null],
	[bytes('f,F', [0], 'o,5'), 'RF4207', 'f', 'name'],
	[bytes('g,', 'x'.repeat(1_500_000), ',6'), 'RF4206', null, 'name'],
	[bytes('h,Z', [0xff, 0xfe], ',7'), 'RF4205', null, 'name'],
	[bytes('=h,Hi,-7'), 'RF4204', '=h', 'deals'],
];
const LF = bytes('\n');
const tableOf = (lines: readonly Uint8Array[]): Uint8Array =>
	Buffer.concat([bytes('id,name,deals'), ...lines].flatMap((line) => [line, LF]));
const FIELDS = 'name: {type: string, required: true}, deals: {type: integer, minimum: 0}';

Personal('bad rows are named by row, key and column and listed as skipped; the others are made, and the exit code is 3', () =>
	inProject(
		{ [SPEC]: mail({ fields: FIELDS }), 'people.csv': tableOf([bytes('a,Ada,1'), ...BAD_ROWS.map(([line]) => line), bytes('i,Io,8')]) },
		async (project) => {
			const { code, stderr } = await project.run('render', SPEC);
			assert.is(code, 3, stderr);
			const records = project.manifest();
			assert.equal(
				records.filter(({ status }) => status === 'finished').map(({ key, row }) => [key, row]),
				[
					['a', 1],
					['i', BAD_ROWS.length + 2],
				],
			);
			assert.equal(project.videos(), ['wide-a.mp4', 'wide-i.mp4']);
			const skipped = records.filter(({ status }) => status === 'skipped');
			assert.equal(
				skipped.map(({ key, row, error }) => [error?.code, key, row]),
				BAD_ROWS.map(([, problem, key], index) => [problem, key, index + 2]),
			);
			for (const [index, [, problem, key, column]] of BAD_ROWS.entries()) {
				const shownKey = key === null ? '' : ` (key ${key.startsWith('=') ? `"${key}"` : key})`;
				const place = `warning[${problem}] recipients row ${index + 2}${shownKey}${column === null ? '' : `, column ${column}`}: `;
				assert.ok(stderr.includes(place), `${place}\n${stderr}`);
			}
			assert.not.match(stderr, '\u0000');
		},
	),
);

Personal('with `onBadRow: fail` a bad row stops everything before it is rendered: exit 1', () =>
	inProject(
		{
			[SPEC]: mail({ source: '{type: csv, path: people.csv, key: id, onBadRow: fail,', fields: FIELDS }),
			'people.csv': 'id,name,deals\na,Ada,1\nb,,2\n',
		},
		async (project) => {
			for (const command of ['plan', 'render']) {
				const { code, stderr } = await project.run(command, SPEC);
				assert.is(code, 1);
				assert.match(stderr, /error\[RF4203\] row 2 \(key "b"\), column "name": has no value/);
			}
			assert.equal(project.videos(), []);
		},
	),
);

Personal('with `onBadRow: fail` a bad row is told once, as an error', () =>
	inProject(
		{
			[SPEC]: mail({ source: '{type: csv, path: people.csv, key: id, onBadRow: fail,', fields: FIELDS }),
			'people.csv': `id,name,deals\n${Array.from({ length: 25 }, (_, row) => `${row},,1\n`).join('')}`,
		},
		async (project) => {
			const { stderr } = await project.run('plan', SPEC);
			assert.is(stderr.match(/RF4203/g)?.length, 20, stderr);
			assert.not.match(stderr, 'warning');
			assert.match(stderr, /error\[RF2009\] and at least 5 more problems of rows/);
		},
	),
);

const JOINED = (policy: string): string =>
	`${mail({ fields: 'name: {type: string}' })}`.replace(
		/^data:\n/m,
		`data:\n  plans: {type: csv, path: plans.csv, key: id, on: id, onBadRow: ${policy}, fields: {id: {type: string}, seats: {type: integer}}}\n`,
	);

Personal('`onBadRow: fail` of a source that is joined stops everything as well', () =>
	inProject({ 'people.csv': 'id,name\na,Ada\n', 'plans.csv': 'id,seats\na,5\nz,many\n' }, async (project) => {
		for (const [policy, code, told] of [
			['fail', 1, 'error[RF4204] row 2 (key "z"), column "seats"'],
			['skip', 0, 'warning[RF4204] plans row 2 (key z), column seats'],
		] as const) {
			project.write(SPEC, JOINED(policy));
			const plan = await project.run('plan', SPEC);
			assert.is(plan.code, code, plan.stderr);
			assert.ok(plan.stderr.includes(told), plan.stderr);
		}
	}),
);

Personal('a picture that its fallback replaces is no bad row', () =>
	inProject(
		{
			[SPEC]: mail({
				source: '{type: csv, path: people.csv, key: id, onBadRow: fail,',
				fields: 'name: {type: string}, face: {type: string, format: image, fallback: here.svg}',
			}),
			'here.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8"/></svg>',
			'people.csv': 'id,name,face\na,Ada,gone.png\n',
		},
		async (project) => {
			const { code, stderr } = await project.run('plan', SPEC);
			assert.is(code, 0, stderr);
		},
	),
);

Personal('data without a row that keeps its contract is an error', () =>
	inProject({ [SPEC]: mail({ fields: FIELDS }), 'people.csv': 'id,name,deals\na,,1\nb,,2\n' }, async (project) => {
		for (const command of ['plan', 'render']) {
			const { code, stderr } = await project.run(command, SPEC);
			assert.is(code, 1);
			assert.match(stderr, /error\[RF4208\] none of the 2 rows keeps its contract/);
		}
		project.write('people.csv', 'id,name,deals\n');
		assert.match((await project.run('plan', SPEC)).stderr, /error\[RF4208\] the source has no row/);
		assert.equal(project.videos(), []);
	}),
);

const LONG = 'Antidisestablishmentarianism '.repeat(12).trim();

/** Two that can be made, one without the value that a template reads, one whose name no line can hold. */
const uneven = (): Readonly<Record<string, string>> => ({
	[SPEC]: mail({
		fields: 'name: {type: string}',
		platforms: '{name: wide, width: 320, height: 180, fps: 24}, {name: tall, width: 180, height: 320, fps: 24}',
	}),
	'people.csv': `id,name\na,Ada\nb,\nc,${LONG}\nd,Di\n`,
});

Personal(
	'what a row cannot fill, or what does not fit for it alone, fails its own outputs; `retry` makes them when the cause is mended',
	() =>
		inProject(uneven(), async (project) => {
			const planned = await project.run('plan', SPEC, '--json');
			assert.is(planned.code, 0);
			assert.equal(
				JSON.parse(planned.stdout).outputs.map(({ recipient, axes }: Parsed) => `${recipient} ${axes.platform}`),
				['a wide', 'a tall', 'd wide', 'd tall'],
			);
			assert.match(planned.stderr, /warning\[RF3064\] recipients row 2 \(key b\), column name: /);
			assert.match(planned.stderr, /warning\[RF3014\] recipients row 3 \(key c\): /);

			const rendered = await project.run('render', SPEC);
			assert.is(rendered.code, 3, rendered.stderr);
			assert.equal(
				project
					.manifest()
					.map(({ key, platform, status, error }) => `${key} ${platform} ${status} ${error?.code ?? ''}`)
					.sort(),
				[
					...['a tall finished ', 'a wide finished ', 'b tall failed RF3064', 'b wide failed RF3064'],
					...['c tall failed RF3014', 'c wide failed RF3014', 'd tall finished ', 'd wide finished '],
				],
			);
			assert.equal(project.videos(), ['tall-a.mp4', 'tall-d.mp4', 'wide-a.mp4', 'wide-d.mp4']);

			project.write('people.csv', 'id,name\na,Ada\nb,Bo\nc,Cy\nd,Di\n');
			assert.equal(finishedIn(await project.lines('retry', SPEC, '--json')), ['tall-b.mp4', 'tall-c.mp4', 'wide-b.mp4', 'wide-c.mp4']);
			assert.ok(project.manifest().every(({ status }) => status === 'finished'));
			assert.is(project.manifest().length, 8);
			const again = await project.run('retry', SPEC);
			assert.equal([again.code, again.stdout], [0, '']);
			assert.match(again.stderr, 'Nothing has failed in out/mail/');
			const second = (await project.lines('render', SPEC, '--json')).at(-1).summary;
			assert.equal([second.outputs, second.frames.rendered], [{ finished: 0, unchanged: 8, failed: 0 }, 0]);
		}),
);

const finishedIn = (events: readonly Parsed[]): readonly string[] =>
	events
		.filter(({ type }) => type === 'output-finished')
		.map(({ path }) => path)
		.sort();

Personal('two recipients with one file name are both named, nothing is rendered, and the cure that is told works', () =>
	inProject(
		{
			[SPEC]: mail({ output: "{naming: '{data.name}.mp4'}" }),
			'people.csv': 'id,name\na,Ada\nb,Bo\nc,ADA\n',
		},
		async (project) => {
			for (const args of [['plan'], ['plan', '--json=lines'], ['render']] as const) {
				const { code, stderr } = await project.run(args[0], SPEC, ...args.slice(1));
				assert.is(code, 1);
				assert.match(
					stderr,
					/error\[RF3007\] rows 1 and 3 have one name in wide\/3s\/plain: "ADA\.mp4"\n[\s\S]*add \{key\} to `output\.naming`/,
				);
			}
			assert.equal(project.videos(), []);
			project.write(SPEC, mail({ output: "{naming: '{data.name}-{key}.mp4'}" }));
			assert.equal(
				(await project.json('plan', SPEC, '--json')).outputs.map(({ path }: Parsed) => path),
				['Ada-a.mp4', 'Bo-b.mp4', 'ADA-c.mp4'],
			);
		},
	),
);

const PICTURE = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#e11d48' } })
	.png()
	.toBuffer();

Personal('a row names pictures of the private hosts that its own source may ask, and of no other', async () => {
	const server = await serve((_request, response) => void response.end(PICTURE));
	const spec = mail({
		source: `{type: csv, path: people.csv, key: id, allowPrivate: ['${server.host}'],`,
		fields: 'logo: {type: string, format: image, required: true}',
		scenes: `  - {id: hello, layers: [{image: '{{recipient.logo}}'}]}`,
	}).replace(
		'scenes:\n',
		'  shots: {type: csv, path: shots.csv, key: id, on: id, fields: {id: {type: string}, shot: {type: string, format: image, required: true}}}\nscenes:\n',
	);
	const people = `id,name,logo\na,Ada,${server.origin}/a.png\nb,Bo,${server.origin}/b.png\n`;
	await inProject(
		{ [SPEC]: spec, 'people.csv': people, 'shots.csv': `id,shot\na,shot.png\nb,${server.origin}/b.png\n`, 'shot.png': PICTURE },
		async (project) => {
			const { code, stdout, stderr } = await project.run('plan', SPEC, '--json');
			assert.is(code, 0, stderr);
			assert.equal(
				JSON.parse(stdout).outputs.map(({ recipient }: Parsed) => recipient),
				['a'],
			);
			assert.match(stderr, /RF4210\] shots row 2 \(key b\), column shot: .* which is not public/);
		},
	).finally(() => server.close());
});

Personal('rows whose keys differ in nothing that a file system sees are told to have other keys', () =>
	inProject({ [SPEC]: mail({ output: "{naming: '{key}.mp4'}" }), 'people.csv': 'id,name\na,Ada\nA,Bo\n' }, async (project) => {
		const { code, stderr } = await project.run('plan', SPEC);
		assert.is(code, 1);
		assert.match(stderr, 'hint: give the rows keys that differ in more than case and signs');
	}),
);

Personal('names of files that rows would lead elsewhere stay inside of the output folder', () =>
	inProject(
		{
			[SPEC]: mail({ output: "{naming: '{data.name}/{data.name}.mp4'}" }),
			'people.csv': 'id,name\na,../../etc/passwd\nb,/etc/passwd\nc,..\nd,C:\\Windows\ne,"a\nb"\n',
		},
		async (project) => {
			assert.is((await project.run('render', SPEC, '--rows', 'a,c')).code, 0);
			const inside = project.videos();
			assert.is(inside.length, 2);
			const { outputs } = await project.json('plan', SPEC, '--json');
			assert.is(outputs.length, 5);
			for (const { path } of outputs) {
				assert.ok(path.split('/').length === 2 && !path.split('/').includes('..') && !path.startsWith('/'), path);
				assert.not.match(path, /[\\:\n]/);
			}
		},
	),
);

const NARRATIVES = `  - {id: hello, duration: 1.5, transition: cut, layers: [{text: 'Hi {{recipient.name}}', role: headline}]}
  - {id: shop, when: {data: {kind: shop}}, layers: [{text: Shops, role: headline}]}
  - {id: bank, when: {data: {kind: bank}}, layers: [{text: Banks, role: headline}]}`;
const KINDS = 'name: {type: string}, kind: {type: string, enum: [shop, bank]}';
const kinds = (rows: readonly string[]): string =>
	`id,name,kind\n${rows.map((kind, index) => `k${index},Name${index},${kind}\n`).join('')}`;

const recipientsIn = async (project: Project, ...flags: readonly string[]): Promise<readonly string[]> => [
	...new Set<string>((await project.json('plan', SPEC, '--json', ...flags)).outputs.map(({ recipient }: Parsed) => recipient)),
];

Personal('--rows, --sample and --limit choose recipients; an unknown key is told', () =>
	inProject(
		{ [SPEC]: mail({ fields: KINDS, scenes: NARRATIVES }), 'people.csv': kinds([...Array(6).fill('shop'), 'bank', 'shop', 'bank']) },
		async (project) => {
			assert.equal(await recipientsIn(project, '--rows', 'k7, k2'), ['k2', 'k7']);
			assert.equal(await recipientsIn(project, '--sample', '3'), ['k0', 'k1', 'k6'], 'spread over narratives');
			assert.equal(await recipientsIn(project, '--limit', '2'), ['k0', 'k1']);
			assert.equal(await recipientsIn(project, '--rows', 'k1,k2,k8', '--limit', '2'), ['k1', 'k2']);
			for (const args of [['plan'], ['plan', '--json=lines'], ['render']] as const) {
				const { code, stderr } = await project.run(args[0], SPEC, '--rows', 'k1,nobody', ...args.slice(1));
				assert.is(code, 1);
				assert.match(stderr, /error\[RF3001\] no row has the key "nobody"/);
			}
			assert.equal(project.videos(), []);
		},
	),
);

Personal('a large render is asked about first: without a terminal that is a usage error, and --yes the answer', () =>
	inProject({ [SPEC]: mail({ fields: KINDS, scenes: NARRATIVES }), 'people.csv': kinds(Array(501).fill('shop')) }, async (project) => {
		assert.is((await project.run('plan', SPEC)).code, 0);
		const { code, stderr } = await project.run('render', SPEC);
		assert.is(code, 64);
		assert.match(stderr, /this is 501 videos: say --yes to render more than 500/);
		assert.equal(project.videos(), []);
		assert.is((await project.run('render', SPEC, '--sample', '1')).code, 0);
	}),
);

Personal('a second run renders nothing, and a video that is gone is made again from what is kept', () =>
	inProject({ [SPEC]: mail(), 'people.csv': 'id,name\na,Ada\nb,Bo\n' }, async (project) => {
		assert.is((await project.run('render', SPEC)).code, 0);
		rmSync(join(project.folder, 'out', 'mail', 'wide-a.mp4'));
		const { summary } = (await project.lines('render', SPEC, '--json')).at(-1);
		assert.equal([summary.outputs, summary.frames.rendered], [{ finished: 1, unchanged: 1, failed: 0 }, 0]);
	}),
);

Personal.run();
