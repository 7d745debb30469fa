import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fillAddress, speakAddress } from '../../src/data/fill-address.ts';

const Address = suite('data/fill-address');

for (const [template, row, filled] of [
	['https://api.example.com/user/{userId}', { userId: 7 }, 'https://api.example.com/user/7'],
	['/u/{user.id}?q={q}', { user: { id: 'a/../b' }, q: 'x&y=#' }, '/u/a%2F..%2Fb?q=x%26y%3D%23'],
	['/u/{ id }', { id: 'naïve \u{1f600}\ud800' }, '/u/na%C3%AFve%20%F0%9F%98%80%EF%BF%BD'],
	['/none', {}, '/none'],
] as const) {
	Address(`${template} becomes ${filled}`, () => assert.is(fillAddress(template, row), filled));
}

for (const [template, row] of [
	['/u/{id}', {}],
	['/u/{id}', { id: '' }],
	['/u/{id}/x', { id: '..' }],
	['/u/{id}/x', { id: '.' }],
	['/u/{__proto__}', {}],
	['https://{host}/x', { host: 'evil.example' }],
	['https://api.example.com{suffix}/x', { suffix: '.evil.example' }],
	['//{host}/x', { host: 'evil.example' }],
	['{url}', { url: 'https://evil.example' }],
	['{scheme}://example.com', { scheme: 'file' }],
] as const) {
	Address(`${template} with ${JSON.stringify(row)} is refused`, () => assert.throws(() => fillAddress(template, row), /the address/));
}

Address('what may be a secret is not spoken of', () => {
	assert.is(speakAddress('https://me:pw@example.com/a?token=1#x'), 'https://example.com/a');
});

Address.run();
