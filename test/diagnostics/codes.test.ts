import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CODES } from '../../src/diagnostics/codes.ts';

const Codes = suite('diagnostics/codes');

/** `## RF1001: YAML syntax error` and what follows it up to the next section. */
const sections = readFileSync('docs/errors.md', 'utf8')
	.split(/^## /m)
	.slice(1)
	.map((text) => ({ heading: text.split('\n', 1)[0] ?? '', text }));

Codes('docs/errors.md has one section for each code, in order, under its title', () => {
	assert.equal(
		sections.map(({ heading }) => heading),
		Object.entries(CODES)
			.map(([code, title]) => `${code}: ${title}`)
			.sort(),
	);
});

Codes('each section says why and what to do, and shows an example', () => {
	for (const { heading, text } of sections) {
		assert.match(text, /^\*\*Why\.\*\* \S/m, heading);
		assert.match(text, /^\*\*What to do\.\*\* \S/m, heading);
		assert.match(text, /^```\w+\n[\s\S]+\n```$/m, heading);
	}
});

Codes.run();
