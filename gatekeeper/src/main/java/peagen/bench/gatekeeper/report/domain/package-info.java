/** Verdicts in the forms that continuous integration reads: JUnit XML, and the markdown of a job's summary. */
@NullMarked
package peagen.bench.gatekeeper.report.domain;

import org.jspecify.annotations.NullMarked;
