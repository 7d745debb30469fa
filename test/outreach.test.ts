import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inProject, type Parsed, type Project } from './support/mail-project.ts';

const Outreach = suite('outreach');

const FOLDER = 'specs/outreach';
const SPEC = 'outreach.campaign.yaml';
const table = readFileSync(`${FOLDER}/recipients.csv`, 'utf8');
const inOutreach = (act: (project: Project) => Promise<void>): Promise<void> =>
	inProject({ [SPEC]: readFileSync(`${FOLDER}/${SPEC}`, 'utf8'), 'recipients.csv': table }, act);

Outreach('has 200 recipients in 3 x 2 narratives, is valid without a warning, and shares four fifths of its frames at least', () =>
	inOutreach(async (project) => {
		const valid = await project.run('validate', SPEC);
		assert.equal([valid.code, valid.stderr], [0, '']);
		const { outputs, segments, summary } = await project.json('plan', SPEC, '--json');
		assert.is(summary.outputs, 200);
		assert.is(summary.frames.total, 200 * 900);
		assert.ok(summary.frames.unique <= summary.frames.total / 5, `${summary.frames.unique}`);
		const labelOf = new Map<string, string>(segments.map(({ key, label }: Parsed) => [key, label]));
		const narratives = new Set(
			outputs.map((output: Parsed) => [...new Set(output.segments.map((key: string) => labelOf.get(key)))].join()),
		);
		assert.is(narratives.size, 6);
		assert.is(new Set(outputs.map(({ path }: Parsed) => path.toLowerCase())).size, 200);
	}),
);

Outreach('the streamed plan counts what the exact one counts', () =>
	inOutreach(async (project) => {
		const exact = (await project.json('plan', SPEC, '--json')).summary;
		const lines = await project.lines('plan', SPEC, '--json=lines');
		const { summary, rows } = lines.at(-1);
		assert.equal(summary.frames, exact.frames);
		assert.is(summary.outputs, 200);
		assert.equal(rows, { good: 200, bad: 0 });
		assert.is(lines.filter(({ type }) => type === 'output').length, 200);
	}),
);

Outreach('another name in one row changes that one greeting and nothing else', () =>
	inOutreach(async (project) => {
		const keysIn = (plan: Parsed): ReadonlySet<string> => new Set(plan.segments.map(({ key }: Parsed) => key));
		const before = await project.json('plan', SPEC, '--json');
		project.write('recipients.csv', table.replace('T1002,Ben,', 'T1002,Benjamin,'));
		const after = await project.json('plan', SPEC, '--json');
		const known = keysIn(before);
		const fresh = after.segments.filter(({ key }: Parsed) => !known.has(key));
		assert.ok(fresh.length > 0 && fresh.every(({ label, uses }: Parsed) => label === 'hello' && uses === 1), JSON.stringify(fresh));
		const changed = after.outputs.filter(
			(output: Parsed, index: number) => output.segments.join() !== before.outputs[index].segments.join(),
		);
		assert.equal(
			changed.map(({ recipient }: Parsed) => recipient),
			['T1002'],
		);
	}),
);

Outreach('a sample of six has each narrative once', () =>
	inOutreach(async (project) => {
		const { outputs, segments } = await project.json('plan', SPEC, '--json', '--sample', '6');
		const labelOf = new Map<string, string>(segments.map(({ key, label }: Parsed) => [key, label]));
		const shown = outputs.map((output: Parsed) =>
			['saas', 'retail', 'health', 'many', 'few'].filter((id) => output.segments.some((key: string) => labelOf.get(key) === id)).join(),
		);
		assert.is(new Set(shown).size, 6);
	}),
);

Outreach.run();
