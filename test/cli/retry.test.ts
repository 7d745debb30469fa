import { getPriority } from 'node:os';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { serve } from '../support/fault-server.ts';
import { inProject, linesOf, mail, type Parsed, type Project, SPEC } from '../support/mail-project.ts';
import { processesWith } from '../support/processes.ts';

const Retry = suite('cli/retry');

const FIELDS = 'name: {type: string, required: true}, deals: {type: integer, minimum: 0}';

const statuses = (project: Project): readonly string[] =>
	project.manifest().map(({ output, status, error }) => `${output} ${status}${error === null ? '' : ` ${error.code}`}`);
const eventsOf = (stdout: string, type: string): readonly Parsed[] => linesOf(stdout).filter((event) => event.type === type);

Retry('a skipped row is made when it is good now, by its key or its number; what is still bad stays skipped', () =>
	inProject({ [SPEC]: mail({ fields: FIELDS }), 'people.csv': 'id,name,deals\na,Ada,1\nb,Bo,many\nc\nd,,4\n' }, async (project) => {
		const first = await project.run('render', SPEC, '--json');
		assert.is(first.code, 3, first.stderr);
		assert.equal(
			eventsOf(first.stdout, 'row-skipped').map(({ row, key, failure }) => [row, key, failure.class, failure.code]),
			[
				[2, 'b', 'DATA', 'RF4204'],
				[3, null, 'DATA', 'RF4201'],
				[4, 'd', 'DATA', 'RF4203'],
			],
		);
		const made = 'wide/3s/plain/a finished';
		const bad = ['recipients/2 skipped RF4204', 'recipients/3 skipped RF4201', 'recipients/4 skipped RF4203'];
		assert.equal(statuses(project), [made, ...bad]);

		const unmended = await project.run('retry', SPEC);
		assert.is(unmended.code, 1);
		assert.match(unmended.stderr, /error\[RF4208\] none of the 3 rows keeps its contract/);
		assert.equal(statuses(project), [made, ...bad]);

		project.write('people.csv', 'id,name,deals\na,Ada,1\nb,Bo,2\nc,Cy,3\nd,,4\n');
		const second = await project.run('retry', SPEC);
		assert.is(second.code, 3, second.stderr);
		assert.match(second.stderr, '1 row left out:\nRF4203 DATA  1 row\n  cause: name: has no value');
		assert.match(second.stderr, '  which: recipients row 4 (key d)\n');
		assert.equal([...statuses(project)].sort(), [
			'recipients/4 skipped RF4203',
			made,
			'wide/3s/plain/b finished',
			'wide/3s/plain/c finished',
		]);

		// The row is gone, and one before it: its key is found nowhere, its number is another's.
		project.write('people.csv', 'id,name,deals\na,Ada,1\nc,Cy,3\ne,Eve,5\nf,Flo,6\n');
		assert.is((await project.run('retry', SPEC)).code, 0);
		assert.not(statuses(project).some((line) => line.includes('skipped')));
		assert.match((await project.run('retry', SPEC)).stderr, 'Nothing has failed in out/mail/');
		const [end] = linesOf((await project.run('retry', SPEC, '--json')).stdout);
		assert.equal([end.formatVersion, end.type, end.summary.outputs.finished], [1, 'run-finished', 0]);
	}),
);

const FACTS = (host: string): string => `  facts:
    type: api
    url: http://${host}/facts/{id}
    allowPrivate: ['${host}']
    fields: {city: {type: string, required: true}}
`;

Retry(
	'a row whose service fails is left out with class NETWORK, one that the service does not know with DATA; `retry` makes the first',
	async () => {
		let isDown = true;
		const server = await serve(({ url }, response) => {
			if (url.endsWith('/c')) response.writeHead(404).end();
			else if (url.endsWith('/b') && isDown) response.writeHead(500).end();
			else response.writeHead(200, { 'content-type': 'application/json' }).end('{"city": "Rome"}');
		});
		const spec = mail({ fields: FIELDS }).replace('scenes:\n', `${FACTS(server.host)}scenes:\n`);
		await inProject({ [SPEC]: spec, 'people.csv': 'id,name,deals\na,Ada,1\nb,Bo,2\nc,Cy,3\n' }, async (project) => {
			const first = await project.run('render', SPEC, '--json');
			assert.is(first.code, 3, first.stderr);
			assert.equal(
				eventsOf(first.stdout, 'row-skipped').map(({ row, key, failure }) => [row, key, failure.class, failure.code]),
				[
					[2, 'b', 'NETWORK', 'RF4209'],
					[3, 'c', 'DATA', 'RF4209'],
				],
			);
			assert.equal(statuses(project), ['wide/3s/plain/a finished', 'recipients/2 skipped RF4209', 'recipients/3 skipped RF4209']);
			isDown = false;
			assert.is((await project.run('retry', SPEC)).code, 3);
			assert.equal([...statuses(project)].sort(), ['recipients/3 skipped RF4209', 'wide/3s/plain/a finished', 'wide/3s/plain/b finished']);
		}).finally(() => server.close());
	},
);

const BOOM = `export default ({ props }: { readonly props: { readonly name: string } }) => {
	if (props.name === 'Bo') throw new Error('no picture of Bo');
	return null;
};
`;
const BOOM_SCENES = `  - id: hello
    layers: [{text: Hi, role: headline}, {component: boom.tsx, at: center, props: {name: '{{recipient.name}}'}}]`;

Retry('render and retry take --fail-fast, --max-memory and --nice', () =>
	inProject({ [SPEC]: mail({ scenes: BOOM_SCENES }), 'boom.tsx': BOOM, 'people.csv': 'id,name\na,Ada\nb,Bo\nc,Cy\n' }, async (project) => {
		const plain = await project.run('render', SPEC, '--json');
		assert.is(plain.code, 3, plain.stderr);
		const [end] = eventsOf(plain.stdout, 'run-finished');
		assert.equal([end.summary.outputs, end.summary.stoppedEarly], [{ finished: 2, unchanged: 0, failed: 1 }, undefined]);
		for (const command of ['render', 'retry']) {
			const { code, stderr } = await project.run(command, SPEC, '--fail-fast', '--max-memory', '2GB', '--nice');
			assert.is(code, 3, stderr);
			assert.match(stderr, /RF6004 PAGE {2}1 video\n {2}cause: .*no picture of Bo/);
			assert.match(stderr, 'Stopped at the first video that failed.');
			const wrong = await project.run(command, SPEC, '--max-memory', 'lots');
			assert.is(wrong.code, 64);
			assert.match(wrong.stderr, '--max-memory cannot read "lots"');
		}
	}),
);

/** The niceness of the encoders that work in a folder, against that of this process, for as long as a command runs. */
const nicenessDuring = async <T>(folder: string, command: Promise<T>): Promise<readonly number[]> => {
	const seen = new Set<number>();
	const timer = setInterval(() => {
		for (const { pid, command } of processesWith(folder)) {
			if (!/ffmpeg/.test(command)) continue;
			try {
				seen.add(getPriority(pid) - getPriority());
			} catch {
				// It has ended in the meantime.
			}
		}
	}, 20);
	await command.finally(() => clearInterval(timer));
	return [...seen];
};

Retry('with --nice encoders give way to other programs, without it they do not', () =>
	inProject({ [SPEC]: mail(), 'people.csv': 'id,name\na,Ada\nb,Bo\n' }, async (project) => {
		if (process.platform !== 'linux') return;
		const plain = await nicenessDuring(project.folder, project.run('render', SPEC, '--rows', 'a'));
		const nice = await nicenessDuring(project.folder, project.run('render', SPEC, '--rows', 'b', '--nice'));
		assert.ok(plain.length > 0 && plain.every((niceness) => niceness === 0), String(plain));
		assert.ok(
			nice.some((niceness) => niceness > 0),
			String(nice),
		);
	}),
);

Retry('a spec that is missing or broken is told as `render` tells it', () =>
	inProject({ 'broken.campaign.yaml': 'reelform: [' }, async (project) => {
		for (const spec of ['nowhere.campaign.yaml', 'broken.campaign.yaml']) {
			const [retried, rendered] = [await project.run('retry', spec), await project.run('render', spec)];
			assert.is(retried.code, 1);
			assert.match(retried.stderr, /error\[RF\d{4}\]/);
			assert.equal(retried, rendered);
		}
	}),
);

Retry.run();
