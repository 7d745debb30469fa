import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, sep } from 'node:path';

export type BundleServer = {
	/** `http://127.0.0.1:<port>`, no slash at its end. */
	readonly origin: string;
	readonly close: () => Promise<void>;
};

const CONTENT_TYPES: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.mjs': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json',
	'.map': 'application/json',
	'.wasm': 'application/wasm',
	'.woff': 'font/woff',
	'.woff2': 'font/woff2',
	'.ttf': 'font/ttf',
	'.otf': 'font/otf',
	'.png': 'image/png',
	'.jpg': 'image/jpeg',
	'.jpeg': 'image/jpeg',
	'.webp': 'image/webp',
	'.gif': 'image/gif',
	'.avif': 'image/avif',
	'.svg': 'image/svg+xml',
	'.ico': 'image/x-icon',
};

/** The page may load from its own origin only, whatever a component or an SVG asks for. */
const CONTENT_SECURITY_POLICY = [
	"default-src 'none'",
	"script-src 'self' 'unsafe-inline'",
	"style-src 'self' 'unsafe-inline'",
	"img-src 'self' data: blob:",
	"font-src 'self' data:",
	"media-src 'self' data: blob:",
	"connect-src 'self'",
	"worker-src 'self' blob:",
	"base-uri 'none'",
	"form-action 'none'",
].join('; ');

/**
 * Serves the files of a bundle to this machine only. A request for another host is refused, so that no web page in a browser of the user can
 * reach it by a name of its own; a path or link that leads out of the directory is not found.
 */
export const serveBundle = async (directory: string): Promise<BundleServer> => {
	const root = await realpath(directory);
	const server = createServer((request, response) => {
		answer(root, request, response).catch(() => refuse(response, 500));
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	return {
		origin: `http://127.0.0.1:${port}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
};

const answer = async (root: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
	const { port } = request.socket.address() as AddressInfo;
	if (request.headers.host !== `127.0.0.1:${port}` && request.headers.host !== `localhost:${port}`) return refuse(response, 403);
	if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
	const file = await findFile(root, request.url ?? '/');
	if (file === null) return refuse(response, 404);
	response.writeHead(200, {
		'content-type': CONTENT_TYPES[extname(file.path).toLowerCase()] ?? 'application/octet-stream',
		'content-length': file.size,
		'content-security-policy': CONTENT_SECURITY_POLICY,
		'x-content-type-options': 'nosniff',
		// A bundle is named by its content and an origin lives as long as the server: nothing changes behind an address.
		'cache-control': 'max-age=31536000, immutable',
	});
	if (request.method === 'HEAD') return void response.end();
	createReadStream(file.path)
		.on('error', () => response.destroy())
		.pipe(response);
};

const findFile = async (root: string, url: string): Promise<{ path: string; size: number } | null> => {
	try {
		const { pathname } = new URL(url, 'http://127.0.0.1');
		const name = decodeURIComponent(pathname);
		if (name.includes('\0') || name.includes('\\')) return null;
		const path = await realpath(join(root, name.endsWith('/') ? `${name}index.html` : name));
		if (!path.startsWith(root + sep)) return null;
		const { size, ...found } = await stat(path).then((s) => ({ size: s.size, isFile: s.isFile() }));
		return found.isFile ? { path, size } : null;
	} catch {
		// Not there, or not a URL at all.
		return null;
	}
};

const refuse = (response: ServerResponse, status: number): void => {
	if (response.headersSent) response.destroy();
	else response.writeHead(status).end();
};
