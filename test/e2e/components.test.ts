import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type CliRun, reelform } from '../support/run-cli.ts';

const Components = suite('e2e/components');

const root = mkdtempSync(join(tmpdir(), 'reelform-components-'));
process.on('exit', () => rmSync(root, { recursive: true, force: true }));

const LAYER = 'component: components/Growth.tsx, props: {percent: 60, label: Faster}';

const spec = (layer = LAYER, variants = '{bold: {mood: bold}}'): string => `
reelform: 1
campaign: own
platforms: [{name: wide, width: 160, height: 90, fps: 25}]
durations: [2]
variants: ${variants}
scenes:
  - id: words
    duration: 1
    layers: [{text: Hello, role: headline}]
  - id: chart
    layers: [{${layer}, at: center}]
`;

const project = (name: string, files: Readonly<Record<string, string>> = {}): string => {
	const folder = join(root, name);
	mkdirSync(folder, { recursive: true });
	cpSync('test/fixtures/components', join(folder, 'components'), { recursive: true });
	writeFileSync(join(folder, 'package.json'), '{}');
	for (const [file, text] of Object.entries({ 'own.campaign.yaml': spec(), ...files })) writeFileSync(join(folder, file), text);
	symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
	return folder;
};

type Planned = { readonly key: string; readonly label: string };
const planned = async (folder: string): Promise<readonly Planned[]> => {
	const { stdout, stderr } = await reelform(folder, 'plan', 'own.campaign.yaml', '--json');
	assert.ok(stdout !== '', stderr);
	return JSON.parse(stdout).segments;
};
const keysOf = (segments: readonly Planned[], label: string): readonly string[] =>
	segments.filter((segment) => segment.label === label).map(({ key }) => key);

const GROWTH = readFileSync('test/fixtures/components/Growth.tsx', 'utf8');
const SHARE = readFileSync('test/fixtures/components/share.ts', 'utf8');

/** A component whose body is this. */
const component = (body: string, imports = ''): string => `${imports}\nexport default function Probe(given) { ${body} return null; }\n`;

/** The summary that a render ends with. */
const summaryOf = ({ stdout }: CliRun) => {
	const lines = stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line));
	return lines.find((line) => line.type === 'run-finished').summary;
};

Components('a component is drawn, and again with the same bytes and without rendering', async () => {
	const render = async (folder: string, ...flags: readonly string[]) => {
		const run = await reelform(folder, 'render', 'own.campaign.yaml', '--out', 'out', '--json', ...flags);
		assert.is(run.code, 0, run.stderr);
		return summaryOf(run);
	};
	const find = (at: string) => readFileSync(join(at, 'out/wide/bold/2s.mp4'));
	const folder = project('drawn');
	const first = await render(folder, '--frame-source', 'stage');
	assert.equal([first.outputs, first.frames.rendered], [{ finished: 1, unchanged: 0, failed: 0 }, 50]);
	const drawn = find(folder);
	const again = await render(folder);
	assert.equal([again.outputs, again.frames.rendered], [{ finished: 0, unchanged: 1, failed: 0 }, 0]);
	assert.ok(find(folder).equals(drawn), 'the second run leaves the bytes of the first');
	const other = project('drawn-otherwise');
	assert.is((await render(other, '--frame-source', 'remotion')).frames.rendered, 50);
	assert.ok(find(other).equals(drawn), 'both frame sources give the same bytes');
});

Components('an edit of a component, or of what it imports, changes the keys of its own segments alone', async () => {
	const folder = project('edited');
	const before = await planned(folder);
	const edits = { 'components/Growth.tsx': GROWTH.replace('* 12', '* 13'), 'components/share.ts': SHARE.replace('** 3', '** 4') };
	for (const [file, text] of Object.entries(edits)) {
		const original = readFileSync(join(folder, file));
		writeFileSync(join(folder, file), text);
		const after = await planned(folder);
		assert.equal(keysOf(after, 'words'), keysOf(before, 'words'));
		assert.ok(keysOf(before, 'chart').length > 0);
		for (const key of keysOf(before, 'chart')) assert.not(keysOf(after, 'chart').includes(key), `${file} is in the key`);
		writeFileSync(join(folder, file), original);
	}
	assert.equal(await planned(folder), before, 'undone, it is what it was');
});

Components('comments, and the folder that a component lies in, change no key', async () => {
	const folder = project('commented');
	const before = await planned(folder);
	writeFileSync(join(folder, 'components/Growth.tsx'), `// A thought.\n${GROWTH}`);
	assert.equal(await planned(folder), before);
	assert.equal(
		(await planned(project('elsewhere'))).map(({ key }) => key),
		before.map(({ key }) => key),
	);
});

/** What each of these components does, and what the render says of it. */
const IMPURE: Readonly<Record<string, readonly [body: string, said: RegExp]>> = {
	now: [
		'globalThis.kept = Date.now();',
		/the component components\/now\.tsx reads the clock with Date\.now\(\): draw from `frame \/ canvas\.fps`/,
	],
	hidden: ['try { globalThis.kept = new Date(); } catch {}', /components\/hidden\.tsx reads the clock with new Date\(\)/],
	indirect: ['globalThis["Da" + "te"].now();', /components\/indirect\.tsx reads the clock with Date\.now\(\)/],
	performance: ['performance.now();', /components\/performance\.tsx reads the clock with performance\.now\(\)/],
	chance: [
		'globalThis.kept = Math.random();',
		/components\/chance\.tsx draws lots with Math\.random\(\): use `random\(seed\)` from 'remotion'/,
	],
	timer: ['setTimeout(() => {}, 1);', /components\/timer\.tsx waits with setTimeout\(\): every frame is drawn alone/],
	tick: ['requestAnimationFrame(() => {});', /components\/tick\.tsx waits with requestAnimationFrame\(\)/],
	network: ['fetch("/");', /components\/network\.tsx reaches for the network with fetch\(\): give the component its data as `props`/],
	axis: [
		'globalThis.kept = given.axes.platform;',
		/components\/axis\.tsx reads the axis "platform" without saying so: add it to the layer: `uses: \[cta, platform\]`/,
	],
	animation: [
		'return <i style={{ animation: "x 1s" }}><style>{"@keyframes x { to { opacity: 0 } }"}</style></i>;',
		/components\/animation\.tsx moves by a CSS animation/,
	],
};

Components('a component that reads a clock, chance, the network or an axis stops its own output, with its name and the cure', async () => {
	const names = Object.keys(IMPURE);
	const layers = names.map((name) => `{component: components/${name}.tsx, uses: [cta], when: {variant: ${name}}}`);
	const text = `
reelform: 1
campaign: own
platforms: [{name: wide, width: 160, height: 90, fps: 25}]
durations: [1]
variants: {fine: {mood: bold}, ${names.map((name) => `${name}: {mood: bold}`).join(', ')}}
scenes: [{id: only, layers: [{component: components/Growth.tsx, props: {percent: 9, label: Fine}}, ${layers.join(', ')}]}]
`;
	const folder = project('impure', { 'own.campaign.yaml': text });
	for (const [name, [body]] of Object.entries(IMPURE)) writeFileSync(join(folder, `components/${name}.tsx`), component(body));
	const run = await reelform(folder, 'render', 'own.campaign.yaml', '--out', 'out', '--concurrency', '1');
	assert.is(run.code, 3, run.stderr);
	const told = run.stderr.replaceAll(/\s+/g, ' ');
	for (const [name, [, said]] of Object.entries(IMPURE)) {
		assert.match(told, said);
		assert.match(told, new RegExp(`error\\[RF6004\\] wide/${name}/1s\\.mp4`));
	}
	assert.match(
		told,
		/warning\[RF4023\] "components\/now\.tsx" reads what changes from render to render: components\/now\.tsx:\d+ Date\.now/,
	);
	assert.ok(existsSync(join(folder, 'out/wide/fine/1s.mp4')), 'the other output is there');
});

/** What goes wrong in components, and how it is told. */
const BROKEN: Readonly<Record<string, readonly [code: string, said: string]>> = {
	late: [component('if (given.frame > 3) throw new TypeError("boom");'), 'components/late.tsx throws at its frame 4: boom'],
	nothing: [component(`throw ${'null'};`), 'components/nothing.tsx throws at its frame 0: null'],
	words: [component('throw "a text";'), 'components/words.tsx throws at its frame 0: a text'],
	loading: [component('', 'throw new Error("not today");'), 'components/loading.tsx throws when it is loaded: not today'],
	effect: [
		component('useLayoutEffect(() => { throw new Error("too late"); });', 'import { useLayoutEffect } from "react";'),
		'components/effect.tsx throws at its frame 0: too late',
	],
	inner: [component('return <Inner />; function Inner() { throw new Error("deep"); }'), 'components/inner.tsx throws at its frame 0: deep'],
};

for (const source of ['stage', 'remotion'])
	Components(`a component that throws is told by its name and frame, without the stack of what draws it (${source})`, async () => {
		const names = Object.keys(BROKEN);
		const layers = names.map((name) => `{component: components/${name}.tsx, when: {variant: ${name}}}`);
		const variants = `{fine: {mood: bold}, ${names.map((name) => `${name}: {mood: bold}`).join(', ')}}`;
		const text = spec(LAYER, variants).replace('at: center}]', `at: center}, ${layers.join(', ')}]`);
		const folder = project(`broken-${source}`, { 'own.campaign.yaml': text });
		for (const [name, [code]] of Object.entries(BROKEN)) writeFileSync(join(folder, `components/${name}.tsx`), code);
		const run = await reelform(folder, 'render', 'own.campaign.yaml', '--out', 'out', '--frame-source', source);
		assert.is(run.code, 3, run.stderr);
		for (const [name, [, said]] of Object.entries(BROKEN)) assert.match(run.stderr, `wide/${name}/2s.mp4: the component ${said}\n`);
		assert.not.match(run.stderr, /bundle\.js|node_modules/);
		assert.ok(existsSync(join(folder, 'out/wide/fine/2s.mp4')), 'the other output is there');
	});

Components('a declared axis is there, and only then makes segments of their own', async () => {
	const layer = (uses: string): string => `${LAYER}${uses}`;
	const variants = '{one: {mood: bold}, two: {mood: bold}}';
	const shared = await planned(project('undeclared', { 'own.campaign.yaml': spec(layer(''), variants) }));
	const split = await planned(project('declared', { 'own.campaign.yaml': spec(layer(', uses: [variant]'), variants) }));
	assert.is(keysOf(split, 'chart').length, 2 * keysOf(shared, 'chart').length);
	assert.is(keysOf(split, 'words').length, keysOf(shared, 'words').length);
});

Components('props that break their schema, and code that cannot be built, are told at their place in the spec', async () => {
	const schema =
		'propsSchema: {type: object, properties: {percent: {type: number, maximum: 100}}, required: [label], additionalProperties: false}';
	const cases = [
		[
			`component: components/Growth.tsx, ${schema}, props: {percent: 120, label: Hi}`,
			/:12:\d+ error\[RF3040\].*props\.percent must be <= 100/,
		],
		[`component: components/Growth.tsx, ${schema}, props: {percent: 1}`, /error\[RF3040\].*must have required property 'label'/],
		[`component: components/Growth.tsx, ${schema}, props: {label: Hi, pervent: 1}`, /error\[RF3040\].*have no "pervent"/],
		['component: components/Growth.tsx, propsSchema: components/props.json', /error\[RF3040\].*must have required property 'metric'/],
		['component: components/Growth.tsx, propsSchema: {type: nonsense}', /error\[RF4022\]/],
		['component: components/Growht.tsx', /error\[RF4001\].*does not exist/],
		['component: components/broken.tsx', /error\[RF4020\].*components\/broken\.tsx:3:1/],
		['component: components/missing.tsx', /error\[RF4020\].*Could not resolve "\.\/nowhere\.ts"/],
		['component: components/empty.tsx', /error\[RF4021\]/],
	] as const;
	const folder = project('wrong', {
		'components/props.json': '{"type": "object", "required": ["metric"]}',
		'components/broken.tsx': 'export default function Broken() {\n\treturn <div>;\n}\n',
		'components/missing.tsx': "import './nowhere.ts';\nexport default () => null;\n",
		'components/empty.tsx': 'const nothing = 1;\n',
	});
	for (const [layer, said] of cases) {
		writeFileSync(join(folder, 'own.campaign.yaml'), spec(layer));
		const run = await reelform(folder, 'validate', 'own.campaign.yaml');
		assert.is(run.code, 1, layer);
		assert.match(run.stderr + run.stdout, said);
	}
});

Components.run();
