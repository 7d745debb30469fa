import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { firstSpec } from '../../src/cli/first-spec.ts';
import { cliFile } from '../support/dist.ts';

const Main = suite('cli/main');

type Ended = { readonly status: number | null; readonly stdout: string; readonly stderr: string };
type Run = (...args: readonly string[]) => Ended;

/** A folder with `good.yaml`, small enough for quick plans, and the program started in it. */
const inProject = async (act: (run: Run, folder: string) => void, env: Readonly<Record<string, string>> = {}): Promise<void> => {
	const folder = mkdtempSync(join(tmpdir(), 'reelform-cli-'));
	const run: Run = (...args) =>
		spawnSync(process.execPath, [cliFile, ...args], { cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', ...env } });
	writeFileSync(join(folder, 'good.yaml'), firstSpec('good', null));
	try {
		act(run, folder);
	} finally {
		rmSync(folder, { recursive: true });
	}
};

for (const [title, args, told] of [
	['no command', [], /Usage: reelform/],
	['an unknown command', ['rendr'], /unknown command 'rendr'\n\(Did you mean render\?\)/],
	['an unknown flag', ['plan', 'good.yaml', '--limt', '3'], /unknown option '--limt'\n\(Did you mean --limit\?\)/],
	['a missing spec', ['plan'], /missing required argument 'spec'/],
	['a limit of nothing', ['plan', 'good.yaml', '--limit', '0'], /a whole number from 1 up is needed/],
	['a frame source that does not exist', ['render', 'good.yaml', '--frame-source', 'x'], /stage, remotion/],
	['an unknown axis', ['plan', 'good.yaml', '--select', 'platfrom=tiktok'], /unknown axis "platfrom".*\n.*did you mean "platform"/],
	[
		'a value that the campaign does not have',
		['plan', 'good.yaml', '--select', 'platform=tiktk'],
		/unknown platform "tiktk".*\n.*"tiktok"/,
	],
	[
		'a selection that leaves nothing',
		['plan', 'good.yaml', '--select', 'platform=tiktok platform=youtube'],
		/no output of the campaign matches/,
	],
	['a plan file that is none by its name', ['plan', 'good.yaml', '--out', 'plan.txt'], /a plan file ends in \.json/],
	['an init over a file', ['init', '.'], /is there already/],
	['rows of a campaign without any', ['plan', 'good.yaml', '--rows', 'a'], /the campaign has no recipients to choose from/],
	['an empty --out', ['render', 'good.yaml', '--out', ''], /argument '' is invalid\. it is empty/],
	['no keys of rows', ['plan', 'good.yaml', '--rows', ''], /argument '' is invalid\. at least one key is needed/],
	['a sample of no rows', ['render', 'good.yaml', '--sample', '2'], /the campaign has no recipients to choose from/],
	['a memory without a unit', ['render', 'good.yaml', '--max-memory', '100'], /no browser starts in 100 B\n.*--max-memory 4GB/],
] as const)
	Main(`${title} is a usage error: exit 64, told on stderr, without a stack`, () =>
		inProject((run, folder) => {
			if (args[0] === 'init') run('init', '.');
			const before = readdirSync(folder);
			const { status, stdout, stderr } = run(...args);
			assert.is(status, 64);
			assert.is(stdout, '');
			assert.match(stderr, told);
			assert.not.match(stderr, /\n {4}at /);
			assert.equal(readdirSync(folder), before);
		}),
	);

Main('version and help come on stdout with exit 0', () =>
	inProject((run) => {
		assert.match(run('--version').stdout, /^\d+\.\d+\.\d+\n$/);
		const help = run('plan', '--help');
		assert.is(help.status, 0);
		assert.match(help.stdout, '--detailed-exitcode');
		assert.not.match(help.stdout, '--json-lines');
	}),
);

Main('init writes a spec that is valid without a warning, and names the next command', () =>
	inProject((run, folder) => {
		const { status, stdout } = run('init', 'My Campaign!');
		assert.is(status, 0);
		assert.is(stdout, 'Wrote My Campaign!/my-campaign.campaign.yaml\nNext: reelform plan My Campaign!/my-campaign.campaign.yaml\n');
		assert.not.match(readFileSync(join(folder, 'My Campaign!', 'my-campaign.campaign.yaml'), 'utf8'), 'yaml-language-server');
		const checked = run('validate', 'My Campaign!/my-campaign.campaign.yaml');
		assert.equal([checked.stdout, checked.stderr, checked.status], ['1 spec is valid\n', '', 0]);
	}),
);

Main('a folder that init cannot make is told: exit 4', () =>
	inProject((run, folder) => {
		for (const place of ['good.yaml', 'good.yaml/new']) {
			const { status, stderr } = run('init', place);
			assert.is(status, 4, stderr);
			assert.match(stderr, /error\[RF5004\] ".*" cannot be written: .*file/);
		}
		assert.equal(readdirSync(folder), ['good.yaml']);
	}),
);

Main('a spec that is no UTF-8 text is RF1009, and one that is a folder is not told to be meant by its own name', () =>
	inProject((run, folder) => {
		writeFileSync(join(folder, 'latin1.yaml'), Buffer.from(firstSpec('caf\u00e9', null), 'latin1'));
		writeFileSync(join(folder, 'utf16.yaml'), Buffer.from(`\ufeff${firstSpec('good', null)}`, 'utf16le'));
		mkdirSync(join(folder, 'empty'));
		for (const name of ['latin1.yaml', 'utf16.yaml']) {
			const { status, stderr } = run('plan', name);
			assert.is(status, 1);
			assert.match(stderr, `error[RF1009] "${name}" is no UTF-8 text\n  hint: save it as UTF-8\n`);
		}
		assert.match(run('plan', 'empty').stderr, '"empty" is a folder, not a spec\n  hint: give the path of a campaign spec');
	}),
);

Main('validate reports every problem of every spec in one run, and leaves nothing on disk', () =>
	inProject((run, folder) => {
		writeFileSync(join(folder, 'bad.yaml'), firstSpec('bad', null).replace('tiktok', 'tiktk'));
		writeFileSync(
			join(folder, 'images.yaml'),
			firstSpec('images', null).replace('{logo: {}, at: top}', '{image: gone.png}').replace('accent,', 'blurple,'),
		);
		const { status, stdout, stderr } = run('validate', 'good.yaml', 'bad.yaml', 'images.yaml', 'gone.yaml');
		assert.is(status, 1);
		assert.is(stdout, '4 errors\n');
		assert.match(stderr, /bad\.yaml:4:13 error\[RF2002\][^\n]*tiktk/);
		assert.match(stderr, /images\.yaml:\d+:\d+ error\[RF3005\][^\n]*blurple/);
		assert.match(stderr, /images\.yaml:\d+:\d+ error\[RF4001\] "gone\.png" does not exist/);
		assert.match(stderr, /error\[RF1009\] "gone\.yaml" does not exist\n {2}hint: did you mean "good\.yaml"\?/);
		assert.equal(readdirSync(folder).sort(), ['bad.yaml', 'good.yaml', 'images.yaml']);
	}),
);

Main('validate --json says the same on stdout, with lines and columns', () =>
	inProject((run, folder) => {
		writeFileSync(join(folder, 'bad.yaml'), firstSpec('bad', null).replace('tiktok', 'tiktk'));
		const { status, stdout, stderr } = run('validate', '--json', 'good.yaml', 'bad.yaml');
		assert.is(status, 1);
		assert.is(stderr, '');
		const { formatVersion, specs } = JSON.parse(stdout);
		assert.is(formatVersion, 1);
		assert.equal(specs[0], { file: 'good.yaml', ok: true, diagnostics: [] });
		const [fault] = specs[1].diagnostics;
		assert.equal([fault.file, fault.line, fault.column, fault.endLine, fault.endColumn, fault.code], ['bad.yaml', 4, 13, 4, 18, 'RF2002']);
	}),
);

Main('a folder in place of a spec is RF1009, and the spec in it is named', () =>
	inProject((run, folder) => {
		mkdirSync(join(folder, 'specs'));
		writeFileSync(join(folder, 'specs', 'a.campaign.yaml'), firstSpec('a', null));
		const { status, stderr } = run('plan', 'specs');
		assert.is(status, 1);
		assert.match(stderr, 'error[RF1009] "specs" is a folder, not a spec\n  hint: name the file in it: specs/a.campaign.yaml');
	}),
);

Main('schema prints the JSON Schema of the package', () =>
	inProject((run) => assert.is(run('schema').stdout, readFileSync('schema/campaign.schema.json', 'utf8'))),
);

Main('plan prints to stdout and nothing to disk, and its exit code tells changes when asked', () =>
	inProject((run, folder) => {
		const plain = run('plan', 'good.yaml');
		assert.is(plain.status, 0);
		assert.match(plain.stdout, /^good\n {2}\+ tiktok\/10s-start\.mp4 /);
		assert.match(plain.stdout, /\nPlan: 2 outputs, \d+ of 600 frames to render \([\d.]+ % reused or shared\), roughly \S+\n$/);
		assert.is(run('plan', 'good.yaml', '--detailed-exitcode').status, 2);
		assert.equal(readdirSync(folder), ['good.yaml']);
	}),
);

Main('plan --json before or after the spec is one document, --json=lines one line for each output and segment', () =>
	inProject((run) => {
		const plan = JSON.parse(run('plan', '--json', 'good.yaml').stdout);
		assert.equal(Object.keys(plan), ['formatVersion', 'campaign', 'summary', 'outputs', 'segments', 'changes']);
		const lines = run('plan', 'good.yaml', '--json=lines').stdout.trimEnd().split('\n');
		assert.is(lines.length, 1 + plan.outputs.length + plan.segments.length + plan.changes.length);
		const selected = JSON.parse(run('plan', 'good.yaml', '--json', '--select', 'platform=youtube', '--draft').stdout);
		assert.equal(
			selected.outputs.map(({ path, width }: { path: string; width: number }) => [path, width]),
			[['youtube/10s-start.mp4', 960]],
		);
	}),
);

Main('compile writes an entry that Remotion Studio opens, with data and every asset, and the plan', () =>
	inProject((run, folder) => {
		const { status, stdout } = run('compile', 'good.yaml');
		assert.is(status, 0);
		assert.match(stdout, /^Remotion Studio is not installed: npm install --save-dev @remotion\/cli@\d+\.\d+\.\d+\nOpen it/m);
		assert.match(stdout, 'npx remotion studio .reelform/build/good/entry.tsx --public-dir .reelform/build/good/public');
		const build = join(folder, '.reelform', 'build', 'good');
		assert.match(readFileSync(join(build, 'entry.tsx'), 'utf8'), "from 'reelform/runtime'");
		const data = JSON.parse(readFileSync(join(build, 'public', 'outputs.json'), 'utf8'));
		assert.is(data.outputs.length, 2);
		const fonts = Object.values<{ fonts: { asset: { sha256: string; extension: string } }[] }>(data.messages).flatMap(({ fonts }) => fonts);
		assert.ok(fonts.length > 0);
		for (const { asset } of fonts) assert.ok(existsSync(join(build, 'public', 'assets', `${asset.sha256}.${asset.extension}`)));
		assert.is(JSON.parse(readFileSync(join(build, 'plan.json'), 'utf8')).formatVersion, 1);
	}),
);

Main('doctor shows every place that was asked, as text and as JSON', () =>
	inProject((run) => {
		const text = run('doctor');
		assert.match(text.stdout, 'REELFORM_BROWSER');
		assert.match(text.stdout, 'FFMPEG_PATH');
		const { formatVersion, ok, checks } = JSON.parse(run('doctor', '--json').stdout);
		assert.is(formatVersion, 1);
		assert.is(text.status, ok ? 0 : 4);
		assert.equal(
			checks.map(({ name }: { name: string }) => name),
			['node', 'browser', 'encoder', 'remotion', 'fonts', 'store'],
		);
	}),
);

Main('a machine without a browser cannot render: exit 4 with what was tried, nothing made; it can still plan', () =>
	inProject(
		(run, folder) => {
			const { status, stdout, stderr } = run('render', 'good.yaml');
			assert.is(status, 4);
			assert.is(stdout, '');
			assert.match(stderr, 'error[RF5001] this machine has no browser that works');
			assert.match(stderr, /REELFORM_BROWSER +unusable/);
			assert.match(stderr, 'hint: mend REELFORM_BROWSER');
			assert.is(JSON.parse(run('render', 'good.yaml', '--json').stdout).missing[0].code, 'RF5001');
			assert.is(run('doctor').status, 4);
			const plan = run('plan', 'good.yaml');
			assert.is(plan.status, 0);
			assert.match(plan.stderr, 'it can plan and not render');
			assert.equal(readdirSync(folder), ['good.yaml']);
		},
		{ REELFORM_BROWSER: '/nowhere/chrome' },
	),
);

Main('a saved plan is refused when the spec has changed, when it was edited, and with flags that it has already', () =>
	inProject((run, folder) => {
		assert.match(run('plan', 'good.yaml', '--out', 'plan.json').stderr, 'reelform render plan.json');
		assert.is(run('render', 'plan.json', '--draft').status, 64);
		const text = readFileSync(join(folder, 'plan.json'), 'utf8');
		writeFileSync(join(folder, 'good.yaml'), firstSpec('good', null).replace('Start free', 'Begin'));
		const drifted = run('render', 'plan.json');
		assert.is(drifted.status, 1);
		assert.match(drifted.stderr, /error\[RF7002\] the spec or a file that it names has changed since the plan/);
		writeFileSync(join(folder, 'plan.json'), text.replace('"crf":', '"crf":1'));
		assert.match(run('render', 'plan.json').stderr, /error\[RF7002\] plan\.json was edited/);
	}),
);

Main.run();
