const SECRET = /key|token|secret|sign|auth|credential|password|expires|policy/i;

/** An address without what only its holder may know: user names, and parameters that are or could be keys. Not an address: null. */
export const withoutSecrets = (address: string): string | null => {
	if (!URL.canParse(address)) return null;
	const url = new URL(address);
	url.username = '';
	url.password = '';
	for (const name of [...url.searchParams.keys()]) if (SECRET.test(name)) url.searchParams.delete(name);
	return url.href;
};
