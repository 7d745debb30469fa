// node scripts/lock-platforms.mjs: completes package-lock.json after an install from a registry that does not carry every platform's packages.
// An optional package of another platform that is missing from the lock makes `npm ci` refuse the lock everywhere. Its version is the exact one that its
// parent asks for; system and processor are read off its name. It gets no hash: the machine that installs it takes it from its own registry.
import { readFileSync, writeFileSync } from 'node:fs';

const file = 'package-lock.json';
const lock = JSON.parse(readFileSync(file, 'utf8'));

const platformOf = (name) => {
	const words = name.split(/[/-]/);
	const among = (known) => known.filter((word) => words.includes(word));
	const [os, cpu] = [among(['android', 'darwin', 'freebsd', 'linux', 'win32']), among(['arm', 'arm64', 'ia32', 'x64'])];
	const libc = words.includes('musl') ? ['musl'] : words.includes('gnu') ? ['glibc'] : [];
	return { ...(cpu.length > 0 && { cpu }), ...(libc.length > 0 && { libc }), ...(os.length > 0 && { os }) };
};

const added = [];
for (const entry of Object.values(lock.packages)) {
	for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
		const path = `node_modules/${name}`;
		const platform = platformOf(name);
		if (lock.packages[path] !== undefined || platform.os === undefined) continue;
		if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error(`${name} is asked for as ${version}: no exact version to lock`);
		lock.packages[path] = { version, ...platform, ...(entry.dev && { dev: true }), optional: true };
		added.push(`${name}@${version}`);
	}
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(added.length === 0 ? 'nothing is missing\n' : `${added.join('\n')}\n`);
