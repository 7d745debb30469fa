import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { formatDiagnostic, placeOf } from '../../src/diagnostics/code-frame.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';

const Frame = suite('diagnostics/code-frame');

/** The text with `«` and `»` around the range, which are not part of it. */
const problemIn = (marked: string, more: Partial<Diagnostic> = {}): { readonly text: string; readonly problem: Diagnostic } => {
	const start = marked.indexOf('«');
	const end = marked.indexOf('»') - 1;
	return {
		text: marked.replace(/[«»]/g, ''),
		problem: { code: 'RF2000', severity: 'error', summary: 'wrong', range: { file: 'a.yaml', start, end }, ...more },
	};
};

const format = (marked: string, more: Partial<Diagnostic> = {}): string => {
	const { text, problem } = problemIn(marked, more);
	return formatDiagnostic(problem, new Map([['a.yaml', text]]));
};

Frame('a range is marked under its line, with line and column from 1', () => {
	assert.is(
		format('one: 1\ntwo: «deux»\n', { hint: 'write 2' }),
		['a.yaml:2:6 error[RF2000] wrong', '  2 | two: deux', '    |      ~~~~', '  hint: write 2'].join('\n'),
	);
});

for (const [title, marked, source, mark] of [
	['a line that ends with CR LF shows no CR', 'a: «b»\r\nc: d\r\n', 'a: b', '   ~'],
	['a range over several lines is marked on its first', 'a: «[1,\n  2]»\n', 'a: [1,', '   ~~~'],
	['a range without length is marked by one sign', 'a: «»b\n', 'a: b', '   ~'],
	['a range at the end of a line is marked behind it', 'a:«»\nb: 1\n', 'a:', '  ~'],
	['a tab takes four columns', 'a:\t«b»\n', 'a:    b', '      ~'],
	['a wide character takes two columns', '名前: «漢字»\n', '名前: 漢字', '      ~~~~'],
	['an emoji of several code points takes two columns', '👩‍👩‍👧: «x»\n', '👩‍👩‍👧: x', '    ~'],
	['a combining mark takes no column', 'e\u0301a: «x»\n', 'e\u0301a: x', '    ~'],
	['a control character is shown and not sent to the terminal', 'a: "«\u001b[31m»"\n', 'a: "␛[31m"', '    ~~~~~'],
	['a direction mark cannot reorder the line', 'a: «\u202eb»\n', 'a: \ufffdb', '   ~~'],
	['a byte order mark takes no column', '\ufeff«a»: 1\n', 'a: 1', '~'],
] as const) {
	Frame(title, () => {
		const [, ...frame] = format(marked).split('\n');
		assert.equal(frame, [`  1 | ${source}`, `    | ${mark}`]);
	});
}

Frame('a byte order mark does not count in the column', () => {
	assert.equal(placeOf({ file: 'a', start: 1, end: 2 }, new Map([['a', '\ufeffa: 1']])), { line: 1, column: 1 });
	assert.equal(placeOf({ file: 'a', start: 6, end: 7 }, new Map([['a', 'a: 1\nb: 2']])), { line: 2, column: 2 });
});

Frame('a long line is cut around the mark, which still stands under its word', () => {
	const [, source = '', mark = ''] = format(`${'x'.repeat(3000)} «here» ${'y'.repeat(3000)}`).split('\n');
	assert.ok(source.length < 130, source);
	assert.ok(source.startsWith('  1 | …x') && source.endsWith('y…'));
	assert.is(source.indexOf('here'), mark.indexOf('~'));
	assert.is(mark.trimEnd().length, mark.indexOf('~') + 4);
});

Frame('a mark longer than the window ends with it', () => {
	const [, source = '', mark = ''] = format(`a: «${'x'.repeat(3000)}»`).split('\n');
	assert.ok(mark.length <= source.length && mark.length > 60);
});

Frame('related places have frames of their own', () => {
	const text = 'a: 1\na: 2\n';
	const problem: Diagnostic = {
		code: 'RF1002',
		severity: 'error',
		summary: 'twice',
		range: { file: 'a.yaml', start: 5, end: 6 },
		related: [{ message: 'first written here', range: { file: 'a.yaml', start: 0, end: 1 } }],
	};
	assert.is(
		formatDiagnostic(problem, new Map([['a.yaml', text]])),
		['a.yaml:2:1 error[RF1002] twice', '  2 | a: 2', '    | ~', '  a.yaml:1:1 first written here', '  1 | a: 1', '    | ~'].join('\n'),
	);
});

Frame('without a range or without its text there is no frame', () => {
	const problem: Diagnostic = { code: 'RF5001', severity: 'warning', summary: 'no browser' };
	assert.is(formatDiagnostic(problem, new Map()), 'warning[RF5001] no browser');
	assert.is(formatDiagnostic({ ...problem, range: { file: 'b.yaml', start: 4, end: 5 } }, new Map()), 'b.yaml warning[RF5001] no browser');
});

Frame('colours come from the caller, and the user’s text cannot bring any', () => {
	const { text, problem } = problemIn('a: «b»\n', { summary: 'bad \u001b[2J' });
	const tag = (name: string) => (part: string) => `<${name}>${part}</${name}>`;
	const paint = { error: tag('red'), warning: tag('yellow'), dim: tag('dim'), bold: tag('b') };
	assert.is(
		formatDiagnostic(problem, new Map([['a.yaml', text]]), paint),
		['<b>a.yaml:1:4</b> <red>error[RF2000]</red> <b>bad ␛[2J</b>', '  <dim>1 |</dim> a: b', '  <dim>  |</dim>    <red>~</red>'].join('\n'),
	);
});

Frame('the cells that have the problem are named, four at most', () => {
	const problem: Diagnostic = { code: 'RF3014', severity: 'error', summary: 'too long', cells: ['x/15s/a'], hint: 'say less' };
	assert.is(formatDiagnostic(problem, new Map()), 'error[RF3014] too long\n  in: x/15s/a\n  hint: say less');
	const cells = ['a', 'b', 'c', 'd', 'e', 'f'];
	assert.match(formatDiagnostic({ ...problem, cells }, new Map()), '  in: a, b, c, d and 2 more\n');
});

Frame('a range anywhere in a hostile text formats without a throw', () => {
	const text = '\ufeffa\t👩‍👩‍👧\r\n\n\u202e\ud800x\r\n漢';
	for (let start = 0; start <= text.length + 1; start++) {
		for (let end = start; end <= text.length + 2; end++) {
			const problem: Diagnostic = { code: 'RF2000', severity: 'error', summary: 'x', range: { file: 'a', start, end } };
			const lines = formatDiagnostic(problem, new Map([['a', text]])).split('\n');
			assert.is(lines.length, 3);
			assert.match(lines[2] ?? '', /~/);
		}
	}
});

Frame.run();
