import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { CheckedSpec } from '../src/compiler/checked-spec.ts';
import { familiesOf } from '../src/compiler/design/moods.ts';
import { collectNeeds, compileCampaign, emitEntry, planCampaign, readSpec, share } from '../src/compiler/pipeline.ts';
import { formatDiagnostic } from '../src/diagnostics/code-frame.ts';
import type { ExecutablePlan } from '../src/model/render-plan.ts';
import { resolveInputs } from '../src/providers/resolve-inputs.ts';
import { spoken } from './support/spoken.ts';

const Golden = suite('golden');

const specs = readdirSync('specs').map((name) => ({ name, file: `specs/${name}/${name}.campaign.yaml` }));
/** Shows one of everything: its plan is long, and changes with every look. It has to compile without a warning all the same, and twice to the same bytes. */
const SHOWCASE = 'gallery';
/** The plan of a machine that never changes, so that the golden files change with the compiler and with nothing else. */
const toolchain = { runtime: 'golden', remotion: 'golden', react: 'golden', browser: 'golden', encoder: 'golden' };
const audioToolchain = { code: 'golden', encoder: 'golden' };

const compile = async (file: string) => {
	const text = readFileSync(file, 'utf8');
	const checked = readSpec({ file, text });
	if (!checked.ok) throw new Error(checked.diagnostics.map((d) => formatDiagnostic(d, new Map([[file, text]]))).join('\n'));
	const moods = Object.values(checked.value.spec.variants ?? {}).map((variant) => variant.mood);
	const { needs } = collectNeeds(checked.value.spec, [...new Set(moods.flatMap(familiesOf))]);
	const { inputs, problems } = await resolveInputs(needs, { specFile: resolve(file) });
	assert.equal(problems, []);
	const compiled = compileCampaign(
		checked.value,
		{ ...inputs, ...(await heard(file, checked.value)) },
		{ draft: false, select: null, limit: null },
	);
	assert.equal(
		compiled.diagnostics.map((d) => `${d.code} ${d.summary} ${d.cells?.join(' ')}`),
		[],
		'the specs that we ship compile without a warning',
	);
	if (!compiled.ok) throw new Error(`${file} does not compile`);
	return compiled.value;
};

/** Each spec is said once. */
const speeches = new Map<string, ReturnType<typeof spoken>>();
const heard = (file: string, checked: CheckedSpec): ReturnType<typeof spoken> => {
	const speech = speeches.get(file) ?? spoken(checked);
	speeches.set(file, speech);
	return speech;
};

const plan = async (file: string): Promise<ExecutablePlan> =>
	planCampaign(share(await compile(file), toolchain, audioToolchain), { stored: new Map(), previous: null, concurrency: 2 });

const matches = (file: string, text: string): void => {
	if (process.env['UPDATE_GOLDEN'] === '1') {
		mkdirSync(file.slice(0, file.lastIndexOf('/')), { recursive: true });
		writeFileSync(file, text);
	}
	assert.ok(existsSync(file), `${file} is missing: run the test once with UPDATE_GOLDEN=1`);
	assert.ok(readFileSync(file, 'utf8') === text, `${file} differs: run the test with UPDATE_GOLDEN=1 and read the difference`);
};

/** What its rows look like is in `outreach.test.ts`. */
const PERSONAL = 'outreach';
const impersonal = specs.filter(({ name }) => name !== PERSONAL);

for (const { name, file } of impersonal.filter(({ name }) => name !== SHOWCASE)) {
	Golden(`the plan and the generated entry of ${name} are as committed`, async () => {
		const { plan: written } = await plan(file);
		matches(`test/golden/${name}/plan.json`, `${JSON.stringify(written, null, '\t')}\n`);
		matches(`test/golden/${name}/entry.tsx`, emitEntry({ specName: `${name}.campaign.yaml`, campaign: name }).text);
	});
}

for (const { name, file } of impersonal) {
	Golden(`compiling ${name} twice gives the same bytes`, async () => {
		const [first, second] = [await plan(file), await plan(file)];
		assert.ok(JSON.stringify(first) === JSON.stringify(second));
	});
}

Golden('product-launch is the matrix of 72 outputs, of whose frames at most a quarter are unique', async () => {
	const { summary } = (await plan('specs/product-launch/product-launch.campaign.yaml')).plan;
	assert.is(summary.outputs, 72);
	assert.is(summary.frames.total, 75_600);
	assert.ok(summary.frames.unique <= summary.frames.total / 4, `${summary.frames.unique} of ${summary.frames.total}`);
});

Golden('quickstart is small enough for a demo, at real sizes', async () => {
	const { summary, outputs } = (await plan('specs/quickstart/quickstart.campaign.yaml')).plan;
	assert.ok(summary.frames.unique <= 600);
	assert.ok(outputs.every((output) => output.width * output.height === 1080 * 1920));
});

Golden.run();
