import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ConnectFailure } from '../../../src/providers/http/address-guard.ts';
import { brokenConnection, shownAddress } from '../../../src/providers/http/problems.ts';

const Problems = suite('providers/http/problems');

const coded = (code: string): Error => Object.assign(new Error('words that nobody decides on'), { code });

for (const [code, summary, passing] of [
	['CERT_HAS_EXPIRED', 'has a certificate that cannot be trusted (CERT_HAS_EXPIRED)', 'lasting'],
	['DEPTH_ZERO_SELF_SIGNED_CERT', 'has a certificate that cannot be trusted (DEPTH_ZERO_SELF_SIGNED_CERT)', 'lasting'],
	['ERR_TLS_CERT_ALTNAME_INVALID', 'has a certificate that cannot be trusted (ERR_TLS_CERT_ALTNAME_INVALID)', 'lasting'],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'has a certificate that cannot be trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE)', 'lasting'],
	['ENOTFOUND', 'is on a host that does not exist', 'lasting'],
	['EAI_AGAIN', 'is on a host whose name cannot be looked up', 'unsent'],
	['ECONNREFUSED', 'refuses the connection', 'unsent'],
	['UND_ERR_CONNECT_TIMEOUT', 'does not take the connection', 'unsent'],
	['EHOSTUNREACH', 'cannot be connected to (EHOSTUNREACH)', 'unsent'],
] as const) {
	Problems(`a connection that fails with ${code} ${summary}`, () => {
		const failure = brokenConnection('https://a.example/x?key=hunter2', new ConnectFailure(coded(code)));
		assert.equal([failure.problem.kind, failure.problem.code, failure.passing], ['network', 'RF4200', passing]);
		assert.is(failure.problem.summary, `https://a.example/x ${summary}`);
		assert.ok(failure.problem.hint.length > 0);
	});
}

Problems('an answer that breaks off may pass, and may have cost something', () => {
	for (const code of ['UND_ERR_SOCKET', 'ECONNRESET', 'HPE_INVALID_CONSTANT', 'Z_BUF_ERROR']) {
		assert.is(brokenConnection('https://a.example/', coded(code)).passing, 'passing');
	}
});

Problems('a mistake of ours is thrown on', () => {
	assert.throws(() => brokenConnection('https://a.example/', new TypeError('ours')), 'ours');
	assert.throws(() => brokenConnection('https://a.example/', new ConnectFailure(new TypeError('ours'))), 'ours');
	assert.throws(() => brokenConnection('https://a.example/', coded('UND_ERR_INVALID_ARG')), 'words');
});

for (const [url, shown] of [
	['https://user:hunter2@a.example:8443/x/y?key=hunter2#hunter2', 'https://a.example:8443/x/y'],
	[`https://a.example/${'p'.repeat(200)}`, `https://a.example/${'p'.repeat(79)}...`],
	['hunter2', 'the address'],
	['data:text/plain,hunter2', 'the address'],
] as const) {
	Problems(`${url.slice(0, 60)} is shown as ${shown.slice(0, 60)}`, () => assert.is(shownAddress(url), shown));
}

Problems.run();
