/** The sum of all lines `Label: N` that uvu printed. */
const count = (output, label) =>
	[...output.matchAll(new RegExp(`^\\s*${label}:\\s+(\\d+)`, 'gm'))].reduce((sum, match) => sum + Number(match[1]), 0);

/** Suites declared and suites run must be the same number, in the test file itself. */
const hasForgottenSuite = (source) => (source.match(/= suite[<(]/g) ?? []).length !== (source.match(/^\w+\.run\(\);$/gm) ?? []).length;

/**
 * Passed and failed tests of one file that ran under uvu. uvu 0.5 reports success when a hook throws, when a suite is never run and when nothing ran; each of
 * these counts as a failure of the file.
 */
export const judgeTestRun = ({ source, output, status, signal }) => {
	const total = count(output, 'Total');
	const passed = count(output, 'Passed');
	const problems = [];
	if (total === 0) problems.push('ran no test');
	if (status !== 0) problems.push(signal ? `ended by ${signal}` : `exit code ${status}`);
	if (/^\s*FAIL\s/m.test(output) && passed === total) problems.push('a hook failed');
	if (/\bthrow (null|undefined)\b/.test(source)) problems.push('throws nothing, which uvu takes for a pass');
	if (hasForgottenSuite(source)) problems.push('a suite has no matching .run()');
	return { passed, failed: Math.max(total - passed, problems.length > 0 ? 1 : 0), problems };
};
