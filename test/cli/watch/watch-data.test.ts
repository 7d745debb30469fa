import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { WebSocketServer } from 'ws';
import { json, withService } from '../../providers/data/service.ts';
import { cliFile } from '../../support/dist.ts';
import { inProject, mail, type Parsed, SPEC } from '../../support/mail-project.ts';

const Watch = suite('cli/watch/watch-data');

const LINE_MS = 60_000;

const linesOf = (child: ChildProcess): ((type: string) => Promise<Parsed>) => {
	const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
	const next = async (): Promise<Parsed> => {
		let timer: NodeJS.Timeout | undefined;
		const late = new Promise<never>((_, reject) => {
			timer = setTimeout(() => reject(new Error('no line came')), LINE_MS);
		});
		const { value, done } = await Promise.race([lines.next(), late]).finally(() => clearTimeout(timer));
		if (done) throw new Error('the program ended');
		return JSON.parse(value);
	};
	return async (type) => {
		for (;;) {
			const line = await next();
			if (line.type === type) return line;
			if (line.type === 'failed') throw new Error(JSON.stringify(line));
		}
	};
};

const watching = async (folder: string, act: (next: (type: string) => Promise<Parsed>) => Promise<void>): Promise<void> => {
	const child = spawn(process.execPath, [cliFile, 'watch', SPEC, '--json'], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
	const ended = new Promise<number | null>((resolve) => {
		child.once('exit', resolve);
	});
	try {
		await act(linesOf(child));
		child.kill('SIGINT');
		assert.is(await ended, 0);
	} finally {
		child.kill('SIGKILL');
	}
};

Watch('a change of the table plans again and names the outputs that changed', () =>
	inProject({ [SPEC]: mail(), 'people.csv': 'id,name\na,Ada\nb,Bo\n' }, async (project) =>
		watching(project.folder, async (next) => {
			assert.is((await next('planned')).summary.outputs, 2);
			project.write('people.csv', 'id,name\na,Ada\nb,Bob\nc,Cy\n');
			const { outputs } = (await next('replanned')).difference;
			assert.equal([outputs.changed, outputs.added, outputs.unchanged], [['wide/3s/plain/b'], ['wide/3s/plain/c'], 1]);
		}),
	),
);

Watch('a polled source that changes plans again, and what does not show it stays', () => {
	let price = 10;
	return withService(
		(_hit, response) => json(response, { price }),
		async ({ host }) =>
			inProject(
				{
					[SPEC]: mail({
						scenes: `  - {id: hello, duration: 1.5, transition: cut, layers: [{text: 'Hi {{recipient.name}}', role: headline}]}
  - {id: close, layers: [{text: 'Now {{stock.price}}', role: headline}]}`,
					}).replace(
						'scenes:',
						`  stock: {type: live, url: 'http://${host}/stock', interval: 1, allowPrivate: ['${host}'], fields: {price: {type: number}}}\nscenes:`,
					),
					'people.csv': 'id,name\na,Ada\nb,Bo\n',
				},
				async (project) =>
					watching(project.folder, async (next) => {
						assert.is((await next('planned')).summary.outputs, 2);
						price = 12;
						const { difference } = await next('replanned');
						assert.is(difference.outputs.changed.length, 2);
						assert.equal([...new Set(difference.segments.map(({ label }: Parsed) => label))], ['close']);
						project.write(SPEC, `${mail()}\n`);
						assert.is((await next('replanned')).summary.outputs, 2);
					}),
			),
	);
});

Watch('a polled source that changes what nobody shows is passed over in silence', () => {
	const state = { price: 10, polls: 0 };
	return withService(
		(_hit, response) => json(response, { price: state.price, time: ++state.polls }),
		({ host }) => {
			const stock = `  stock: {type: live, url: 'http://${host}/stock', interval: 1, allowPrivate: ['${host}'], fields: {price: {type: number}, time: {type: number}}}`;
			const scenes = `  - {id: close, duration: 1.5, transition: cut, layers: [{text: 'Now {{stock.price}}', role: headline}]}
  - {id: bye, layers: [{text: '{{recipient.name}}', role: headline}]}`;
			return inProject(
				{ [SPEC]: mail({ scenes }).replace('scenes:', `${stock}\nscenes:`), 'people.csv': 'id,name\na,Ada\n,Bo\n' },
				(project) =>
					watching(project.folder, async (next) => {
						await next('planned');
						const before = state.polls;
						while (state.polls < before + 6) await new Promise((resolve) => setTimeout(resolve, 50));
						state.price = 12;
						assert.equal((await next('replanned')).difference.outputs.changed, ['wide/3s/plain/a']);
					}),
			);
		},
	);
});

for (const scheme of ['http', 'ws'])
	Watch(`Ctrl-C ends a watch that waits for a source which says nothing, ${scheme}, and does not wait for it`, () => {
		let told = (): void => {};
		const asked = new Promise<void>((resolve) => {
			told = resolve;
		});
		return withService(
			() => told(),
			({ host, server }) => {
				const sockets = new WebSocketServer({ server });
				sockets.on('connection', () => told());
				const stock = `  stock: {type: live, url: '${scheme}://${host}/stock', allowPrivate: ['${host}'], fields: {price: {type: number}}}\nscenes:`;
				return inProject({ [SPEC]: mail().replace('scenes:', stock), 'people.csv': 'id,name\na,Ada\n' }, async (project) => {
					const child = spawn(process.execPath, [cliFile, 'watch', SPEC, '--json'], {
						cwd: project.folder,
						stdio: ['ignore', 'pipe', 'pipe'],
					});
					let [stdout, stderr] = ['', ''];
					child.stdout.on('data', (chunk) => {
						stdout += chunk;
					});
					child.stderr.on('data', (chunk) => {
						stderr += chunk;
					});
					const ended = new Promise<number | null>((resolve) => {
						child.once('close', resolve);
					});
					try {
						await asked;
						child.kill('SIGINT');
						assert.is(await ended, 0, stderr);
						// It was asked before the first line: one that waits for its answer goes on to say what it watches.
						assert.is(stdout, '');
						assert.not.match(stderr, 'rror');
					} finally {
						child.kill('SIGKILL');
						sockets.close();
					}
				});
			},
		);
	});

Watch.run();
