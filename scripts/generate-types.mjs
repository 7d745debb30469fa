// schema/campaign.schema.json -> src/model/campaign-spec.gen.ts. `--check` writes nothing and fails when the file is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { compileFromFile } from 'json-schema-to-typescript';

const target = 'src/model/campaign-spec.gen.ts';
const text = await compileFromFile('schema/campaign.schema.json', {
	bannerComment: '/* Generated from schema/campaign.schema.json by `npm run types`. Do not edit. */',
	additionalProperties: false,
	ignoreMinAndMaxItems: true,
	style: { useTabs: true, singleQuote: true, printWidth: 140 },
});

if (process.argv.includes('--check')) {
	if (readFileSync(target, 'utf8') !== text) {
		console.error(`${target} is stale: run \`npm run types\``);
		process.exitCode = 1;
	}
} else {
	writeFileSync(target, text);
}
