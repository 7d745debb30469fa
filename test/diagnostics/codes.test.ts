import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readSpec } from '../../src/compiler/read-spec.ts';
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

/** Codes that need more than the text of a spec to be found. */
const LATER = /^RF(1005|3003|3004|3005|3006|3007|3010|3011|3013|3014|3015|3017|3018|3021|3040|3041|3064|3074|3075|[4-7])/;

for (const { heading, text } of sections) {
	const example = /^```yaml\n([\s\S]*?)^```$/m.exec(text)?.[1];
	const code = heading.slice(0, 6);
	if (example === undefined || LATER.test(code)) continue;
	Codes(`the example of ${heading} has that problem`, () => {
		const found = readSpec({ file: 'example.yaml', text: example }).diagnostics.map((d) => d.code as string);
		assert.ok(found.includes(code), found.join(', '));
	});
}

Codes.run();
