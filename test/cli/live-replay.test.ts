import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { WebSocketServer } from 'ws';
import { json, type Service, withService } from '../providers/data/service.ts';
import { inProject, mail, type Project, SPEC } from '../support/mail-project.ts';

const Replay = suite('cli/live-replay');

const SCENES = `  - {id: hello, duration: 1.5, transition: cut, layers: [{text: 'Hi {{recipient.name}}', role: headline}]}
  - {id: close, layers: [{text: 'Now {{stock.price}}', role: headline}]}`;

const specOf = (host: string, how: string): string =>
	mail({ scenes: SCENES }).replace(
		/^data:\n/m,
		`data:\n  stock: {type: live, ${how}, allowPrivate: ['${host}'], fields: {price: {type: number}}}\n`,
	);

/** A campaign with a source that says 10, 11, ... each time it is asked, until it is gone. */
const withStock = (
	how: (host: string) => string,
	act: (project: Project, service: Service & { leave: () => Promise<void> }) => Promise<void>,
) => {
	let price = 9;
	return withService(
		(_hit, response) => json(response, { price: ++price }),
		(service) => {
			const sockets = new WebSocketServer({ server: service.server });
			sockets.on('connection', (socket) => socket.send(JSON.stringify({ price: ++price })));
			const leave = async (): Promise<void> => {
				service.server.closeAllConnections();
				for (const socket of sockets.clients) socket.terminate();
				await new Promise((resolve) => service.server.close(resolve));
			};
			const files = { [SPEC]: specOf(service.host, how(service.host)), 'people.csv': 'id,name\na,Ada\nb,\n' };
			return inProject(files, (project) => act(project, { ...service, leave })).finally(() => sockets.close());
		},
	);
};

const rendered = async (project: Project, ...args: readonly string[]): Promise<number> =>
	(await project.lines(...args, '--json')).at(-1).summary.frames.rendered;

const POLLED = (host: string): string => `url: 'http://${host}/stock'`;

Replay('what a source gave a render is shown again when it is gone, whoever has asked it since', () =>
	withStock(POLLED, async (project, { leave }) => {
		const none = await project.run('plan', SPEC, '--replay');
		assert.is(none.code, 1);
		assert.match(none.stderr, /error\[RF4200\] no render has kept what \w+:.*\/stock gave\n(.*\n)* +hint: render once without --replay/);

		assert.is((await project.run('render', SPEC)).code, 3);
		// Whoever looks in between changes nothing of it.
		assert.match((await project.run('plan', SPEC)).stdout, /text "Now 10" is "Now 11"/);
		await leave();

		const asked = await project.run('render', SPEC);
		assert.is(asked.code, 1);
		assert.match(asked.stderr, /hint: .*; --replay shows what it gave the last render/);
		assert.is((await project.run('render', SPEC, '--replay')).code, 3);
		project.write('people.csv', 'id,name\na,Ada\nb,Bo\n');
		assert.ok((await rendered(project, 'retry', SPEC)) > 0);
		assert.is(await rendered(project, 'render', SPEC, '--replay'), 0);
		const verified = await project.run('verify', SPEC, '--all');
		assert.is(verified.code, 0, verified.stderr);
		assert.match(verified.stdout, /^4 segments of 4 /);
	}),
);

Replay('a saved plan is rendered with what a web socket gave it', () =>
	withStock(
		(host) => `url: 'ws://${host}/stock'`,
		async (project, { leave }) => {
			project.write('people.csv', 'id,name\na,Ada\n');
			assert.is((await project.run('plan', SPEC, '--out', 'plan.json')).code, 0);
			await leave();
			assert.ok((await rendered(project, 'render', 'plan.json')) > 0);
		},
	),
);

Replay.run();
