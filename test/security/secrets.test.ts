import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cliFile } from '../support/dist.ts';
import { type Seen, serve, type TestServer } from '../support/fault-server.ts';
import { inProject, mail, type Project, SPEC } from '../support/mail-project.ts';

const Secrets = suite('security/secrets');

const secret = `s3cr3t-${randomUUID()}`;
/** The secret, and what it looks like when it was written in another way. The end of Base64 depends on what follows. */
const FORMS = [secret, Buffer.from(secret).toString('base64').slice(0, -4), Buffer.from(secret).toString('hex')];

const found = (text: string): boolean => FORMS.some((form) => text.includes(form));

/** Files below a folder that hold the secret, in their names or bytes. */
const leaksBelow = (folder: string): readonly string[] =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
		try {
			const path = join(folder, name);
			return found(name) || (lstatSync(path).isFile() && found(readFileSync(path, 'latin1')));
		} catch {
			return false; // Removed in the meantime.
		}
	});

const parentOf = (pid: number): number => Number(/^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? 0);

/** The processes that a process has started, and theirs. */
const descendantsOf = (pid: number): readonly number[] => {
	const children = new Map<number, number[]>();
	for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
		try {
			const parent = parentOf(Number(name));
			children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
		} catch {
			// It has ended.
		}
	}
	const below = (one: number): readonly number[] => (children.get(one) ?? []).flatMap((child) => [child, ...below(child)]);
	return below(pid);
};

type Watched = {
	readonly code: number | null;
	readonly text: string;
	readonly processes: ReadonlySet<string>;
	readonly leaks: ReadonlySet<string>;
};

/** Runs the program with the secret in its environment, and looks at everything that it starts and writes while it does. */
const run = (project: Project, ...list: readonly string[]): Promise<Watched> =>
	new Promise((resolve) => {
		const temporary = join(project.folder, 'tmp');
		mkdirSync(temporary, { recursive: true });
		const environment = { ...process.env, CANARY: secret, PEXELS_API_KEY: secret, ELEVENLABS_API_KEY: secret, TMPDIR: temporary };
		const child = spawn(process.execPath, [cliFile, ...list], { cwd: project.folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
		let text = '';
		const processes = new Set<string>();
		const leaks = new Set<string>();
		const take = (chunk: Buffer): void => {
			text += chunk.toString();
		};
		child.stdout.on('data', take);
		child.stderr.on('data', take);
		const look = (): void => {
			for (const file of leaksBelow(project.folder)) leaks.add(file);
			if (process.platform === 'linux') for (const pid of descendantsOf(child.pid ?? 0)) inspect(pid, processes, leaks);
		};
		const timer = setInterval(look, 100);
		child.on('close', (code) => {
			clearInterval(timer);
			for (const file of leaksBelow(project.folder)) leaks.add(file);
			resolve({ code, text, processes, leaks });
		});
	});

const inspect = (pid: number, processes: Set<string>, leaks: Set<string>): void => {
	try {
		const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
		// Between its birth and its first instruction a child shows what its parent has.
		if (command.includes(cliFile)) return;
		processes.add(/ffmpeg|headless/.exec(command)?.[0] ?? 'other');
		if (found(command)) leaks.add(`command line of ${command}`);
		if (found(readFileSync(`/proc/${pid}/environ`, 'utf8'))) leaks.add(`environment of ${command}`);
	} catch {
		// It has ended.
	}
};

const withService = async (answer: Parameters<typeof serve>[0], work: (service: TestServer) => Promise<void>): Promise<void> => {
	const service = await serve(answer);
	try {
		await work(service);
	} finally {
		await service.close();
	}
};

const people = (service: TestServer): string => `{type: csv, url: '${service.origin}/people.csv?token=\${env.CANARY}',
      headers: {Authorization: 'Bearer \${env.CANARY}'}, allowPrivate: ['${service.host}'], key: id,`;
const usage = (service: TestServer): string => `
  usage:
    type: api
    url: '${service.origin}/usage/{id}?token=\${env.CANARY}'
    headers: {X-Key: '\${env.CANARY}'}
    allowPrivate: ['${service.host}']
    fields: {hours: {type: number}}`;

/** A campaign whose people and whose figures come from a service that asks for the secret. */
const campaign = (service: TestServer): string =>
	mail({
		source: people(service),
		scenes: `  - {id: hello, duration: 1.5, transition: cut, layers: [{text: 'Hi {{recipient.name}}: {{usage.hours}}', role: headline}]}
  - {id: close, layers: [{text: Go, role: headline}]}`,
	}).replace('\nscenes:', `${usage(service)}\nscenes:`);

const isPeople = ({ url }: Seen): boolean => url.startsWith('/people.csv');
const CSV = 'id,name\na,Ada\nb,Bo\n';

const assertClean = (watched: Watched, label: string): void => {
	assert.not(found(watched.text), `${label}: ${watched.text}`);
	assert.equal([...watched.leaks], [], label);
};

Secrets('plan, render and what they start and keep know a secret by its name alone, also when the service fails at first', () =>
	withService(
		(request, response, before) => {
			if (isPeople(request)) return void response.end(CSV);
			if (before < 3) return void response.writeHead(503, { 'retry-after': '0' }).end(JSON.stringify(request.headers));
			response.setHeader('content-type', 'application/json').end('{"hours": 4}');
		},
		(service) =>
			inProject({ [SPEC]: campaign(service) }, async (project) => {
				const processes = new Set<string>();
				for (const list of [
					['validate', SPEC],
					['plan', SPEC, '--json'],
					['plan', SPEC, '--out', 'plan.json'],
					['render', SPEC, '--json'],
					['render', SPEC],
				]) {
					const watched = await run(project, ...list);
					assert.is(watched.code, 0, `${list.join(' ')}: ${watched.text}`);
					assertClean(watched, list.join(' '));
					for (const name of watched.processes) processes.add(name);
				}
				assert.equal(project.videos(), ['wide-a.mp4', 'wide-b.mp4']);
				assert.ok(
					service.seen.some(({ headers }) => headers['x-key'] === secret),
					'the secret was sent',
				);
				assert.ok(service.seen.some(({ url, headers }) => url.endsWith(secret) && headers.authorization === `Bearer ${secret}`));
				if (process.platform === 'linux') assert.ok(processes.has('ffmpeg') && processes.has('headless'), [...processes].join());
			}),
	),
);

type Answer = Parameters<typeof serve>[0];

/** Services that throw back what they were told. */
const ECHOES: Readonly<Record<string, Answer>> = {
	'an error page with the request in it': (request, response) => response.writeHead(401).end(JSON.stringify(request)),
	'JSON that breaks off in the secret': (_, response) => response.setHeader('content-type', 'application/json').end(`{"hours": ${secret}`),
	'a redirect with the secret in it': (_, response) => response.writeHead(302, { location: `http://127.0.0.1:1/?token=${secret}` }).end(),
	'a redirect to a name with the secret in it': (_, response) =>
		response.writeHead(302, { location: `http://user:${secret}@127.0.0.1:1/` }).end(),
	'a connection that ends': (_, response) => response.destroy(),
	'a status line with the secret in it': (_, response) => response.writeHead(400, secret).end(),
};

for (const [label, echo] of Object.entries(ECHOES))
	Secrets(`${label}: the failure is told without it`, () =>
		withService(
			(request, response, before) => (isPeople(request) ? void response.end(CSV) : echo(request, response, before)),
			(service) =>
				inProject({ [SPEC]: campaign(service) }, async (project) => {
					const watched = await run(project, 'render', SPEC);
					assert.is.not(watched.code, 0, watched.text);
					assert.match(watched.text, /RF4\d{3}/);
					assertClean(watched, label);
				}),
		),
	);

Secrets('an address with a name and password is refused without them', () =>
	withService(
		(_, response) => response.end(CSV),
		(service) => {
			const spec = campaign(service).replace(service.origin, `http://user:\${env.CANARY}@${service.host}`);
			return inProject({ [SPEC]: spec }, async (project) => {
				const watched = await run(project, 'plan', SPEC);
				assert.is.not(watched.code, 0, watched.text);
				assertClean(watched, 'userinfo');
				assert.equal(service.seen, []);
			});
		},
	),
);

Secrets('the search finds what it looks for: a file, however it is written', () =>
	inProject(
		{ 'plain.txt': `x${secret}y`, 'hex.txt': FORMS[2]!, 'base64.txt': Buffer.from(secret).toString('base64'), 'none.txt': 'x' },
		async (project) => {
			assert.equal([...leaksBelow(project.folder)].sort(), ['base64.txt', 'hex.txt', 'plain.txt']);
		},
	),
);

Secrets.run();
