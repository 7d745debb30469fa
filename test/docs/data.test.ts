import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inProject, type Parsed } from '../support/mail-project.ts';

const Docs = suite('docs/data');

const page = readFileSync('docs/data.md', 'utf8');
const example = (language: string): string => new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';

Docs('the first spec of docs/data.md plans one video for each row of the table beside it', () =>
	inProject({ 'outreach.campaign.yaml': example('yaml'), 'recipients.csv': example('csv') }, async (project) => {
		const { outputs, segments } = await project.json('plan', 'outreach.campaign.yaml', '--json');
		assert.equal(
			outputs.map(({ path }: Parsed) => path),
			['linkedin/Analytical Engines-1.mp4', 'linkedin/Hopper, Inc-2.mp4'],
		);
		const labels = new Map<string, string>(segments.map(({ key, label }: Parsed) => [key, label]));
		const scenesOf = (output: Parsed): ReadonlySet<string | undefined> => new Set(output.segments.map((key: string) => labels.get(key)));
		assert.ok(scenesOf(outputs[0]).has('numbers') && !scenesOf(outputs[1]).has('numbers'), 'the second row has no deal');
		const shared = outputs[0].segments.filter((key: string) => outputs[1].segments.includes(key));
		assert.ok(shared.length > 0, 'the last scene has its entrance in common');
	}),
);

Docs.run();
