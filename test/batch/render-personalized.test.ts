import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BatchProgress, renderPersonalized as RenderPersonalized } from '../../src/batch/render-personalized.ts';
import { distDirectory } from '../support/dist.ts';
import { columnsOf, makeRemotionProject, videosIn } from '../support/remotion-project.ts';

const Personal = suite('batch/render-personalized');

const project = makeRemotionProject('personal-project');

const load = async (): Promise<typeof RenderPersonalized> =>
	(await import(pathToFileURL(join(distDirectory, 'batch/render-personalized.js')).href)).renderPersonalized;

/** A service that says yellow of everybody but Bob, and remembers what it was asked. */
const startService = async () => {
	const asked: string[] = [];
	const server = createServer((request, response) => {
		asked.push(request.url ?? '');
		const status = request.url === '/colors/Bob' ? 500 : request.url?.startsWith('/colors/') ? 200 : 404;
		response.writeHead(status, { 'access-control-allow-origin': '*', 'content-type': 'application/json' }).end('{"color":"#ff0"}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return { api, asked, close: () => server.close() };
};

Personal('rows become checked videos that show their own data; those that cannot are results and stop no other', async () => {
	const renderPersonalized = await load();
	const service = await startService();
	const { api } = service;
	const seen: BatchProgress[] = [];
	try {
		const results = await renderPersonalized({
			composition: 'Greeting',
			data: [
				{ id: 'a', name: 'Ann & Co', color: '#f00', picture: `${api}/gone.png` },
				{ id: 'b', name: 'Bob', color: '#0f0', picture: 'javascript:alert(1)' },
				{ id: 'c', name: 'Cy', color: '#00f', frames: 3, snapshot: { [`${api}/colors/Cy`]: { color: '#fff' } } },
				{ id: 'd', name: 'Di', color: '#fff', city: '\u200b' },
				{ id: 'e', color: '#fff' },
			],
			inputProps: { api },
			key: 'id',
			outputDir: 'personal',
			naming: '{data.name}/{key}.mp4',
			parallel: 2,
			projectDir: project,
			onProgress: (progress) => seen.push(progress),
		});
		const [ann, cy] = [results[0]!, results[2]!];
		const failures = results.map((result) => (result.ok ? '' : result.error.message));
		if (!ann.ok || !cy.ok) throw new Error(failures.join('; '));
		assert.equal([relative(project, ann.path), ann.frames, ann.seconds, ann.key, ann.index], ['personal/Ann & Co/a.mp4', 2, 0.2, 'a', 0]);
		assert.equal([relative(project, cy.path), cy.frames, cy.row.color], ['personal/Cy/c.mp4', 3, '#00f']);
		assert.equal(await columnsOf(ann.path, 5), ['f00', 'f00', '0f0', 'ff0', '0ff']);
		assert.equal(await columnsOf(cy.path, 5), ['00f', '00f', '0f0', 'fff', '0ff']);
		assert.match(failures[1] ?? '', /the data source http:\/\/127\.0\.0\.1:\d+\/colors\/Bob answered 500/);
		assert.match(failures[3] ?? '', /the row has no "city", or an empty one, and the DataText has no fallback/, failures.join('; '));
		assert.equal([results[4]!.path, failures[4]], [null, 'the row has no text "name", which its file is named by']);
		assert.equal(videosIn(join(project, 'personal')), ['Ann & Co/a.mp4', 'Cy/c.mp4']);
		assert.equal(seen.at(-1), { done: 5, failed: 3, total: 5 });
		assert.ok(service.asked.includes('/colors/Ann%20%26%20Co'));
		assert.equal(
			service.asked.filter((url) => url === '/colors/Cy' || url === '/never'),
			[],
			'what is in a snapshot is not asked for',
		);
	} finally {
		service.close();
	}
});

Personal('what cannot be carried out is said before a frame is drawn', async () => {
	const renderPersonalized = await load();
	const fails = async (options: object, message: RegExp): Promise<void> => {
		const whole = {
			composition: 'Greeting',
			data: [{ name: 'Ann' }],
			outputDir: 'never',
			naming: '{data.name}.mp4',
			projectDir: project,
			...options,
		};
		await renderPersonalized(whole).then(
			() => assert.unreachable('rendered'),
			(error: Error) => assert.match(error.message, message),
		);
	};
	await fails({ entryPoint: 'src/gone.tsx' }, /src\/gone\.tsx does not exist/);
	await fails({ parallel: 0.5 }, /parallel/);
	await fails({ composition: 'Greetin' }, /no composition "Greetin".*Greeting/);
	await fails({ data: [{ name: 'Ann' }, { name: 'Bob' }, { name: 'ANN' }] }, /rows 1 and 3 have the name "ann\.mp4"/);
	assert.not(existsSync(join(project, 'never')));
	assert.equal(await renderPersonalized({ composition: 'Greeting', data: [], outputDir: 'never', projectDir: project }), []);
});

Personal.run();
