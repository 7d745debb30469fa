import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compositionIds } from '../../src/runtime/composition-id.ts';

const Ids = suite('runtime/composition-id');

for (const [name, ids, expected] of [
	['a path becomes hyphens', ['tiktok/15s/professional/shop-now'], ['tiktok-15s-professional-shop-now']],
	['ids that meet are numbered', ['a/b', 'a-b', 'a b'], ['a-b', 'a-b-2', 'a-b-3']],
	['the reel keeps its own id', ['reel', 'Reel'], ['reel-2', 'Reel']],
	['letters that Remotion refuses are left out', ['čaj/30s', '日本'], ['aj-30s', 'output']],
	['a number that is taken is passed over', ['a', 'a-2', 'a'], ['a', 'a-2', 'a-3']],
] as const) {
	Ids(name, () => assert.equal(compositionIds(ids, ['reel']), expected));
}

Ids.run();
