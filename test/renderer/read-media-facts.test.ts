import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CODE_OF_FAILURE, RenderFailure } from '../../src/model/failure.ts';
import { nodeFileSystem } from '../../src/renderer/file-system.ts';
import { readMediaFacts } from '../../src/renderer/read-media-facts.ts';
import { makeDirectory } from '../support/directory.ts';

const Facts = suite('renderer/read-media-facts');

Facts('a file that is no video fails its check as an output', () =>
	makeDirectory(async (directory) => {
		const file = join(directory, 'junk.mp4');
		writeFileSync(file, Buffer.alloc(64, 7));
		const error = await readMediaFacts(nodeFileSystem, file).then(
			() => null,
			(reason: unknown) => reason,
		);
		assert.instance(error, RenderFailure);
		const { failure } = error as RenderFailure;
		assert.is(failure.class, 'OUTPUT');
		assert.is(CODE_OF_FAILURE[failure.class], 'RF7001');
	}),
);

Facts.run();
